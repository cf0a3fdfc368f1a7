import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { useWorkbench } from './harness';

const session = useWorkbench();

/** One notebook at a time: what the next test sees is its own. */
afterEach(async () => {
  const { page } = session().workbench;
  while ((await page.locator('.notebook-editor').count()) > 0) {
    await session().workbench.runCommand('View: Revert and Close Editor');
    await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  }
});

it('the sidebar shows workspaces, templates and incidents', async () => {
  const { workbench } = session();
  await workbench.showSidebar();
  await workbench.treeItem('Contoso').waitFor();
  await workbench.treeItem('Sign in to Azure').waitFor();
  await workbench.treeItem('First steps').waitFor();
  const incident = workbench.page.locator('.part.sidebar .monaco-list-row[aria-label^="Incident "]').first();
  await incident.waitFor({ timeout: 60_000 });
  expect(await incident.getAttribute('aria-label')).toMatch(/severity (High|Medium|Low|Informational)/);
  await workbench.treeItem('Contoso').click();
  await workbench.treeItem('AuditLogs').waitFor();
});

it('a template becomes a notebook, its cells run, the table scrolls', async () => {
  const { workbench, folder } = session();
  const { page } = workbench;
  await workbench.showSidebar();
  await workbench.treeItem('First steps').hover();
  await workbench.treeItem('First steps').getByRole('button', { name: 'Create Notebook from Template' }).click();
  await workbench.answerQuickInput('');
  await workbench.answerQuickInput('story');
  await page.locator('.tab', { hasText: 'story.ipynb' }).waitFor();
  expect(existsSync(path.join(folder, 'story.ipynb'))).toBe(true);
  await workbench.waitForNotebook();
  await workbench.runAll();
  expect(await page.locator('.cell-statusbar-container .codicon-notebook-state-error').count()).toBe(0);

  const grid = workbench.outputs.getByRole('grid').first();
  await grid.waitFor();
  expect(Number(await grid.getAttribute('aria-rowcount'))).toBeGreaterThan(1);
  await workbench.save();
});

it('an untitled notebook keeps its results at its first save', async () => {
  const { workbench, folder } = session();
  const { page } = workbench;
  await workbench.runCommand('Huntbook: New Hunt Notebook');
  await workbench.waitForNotebook();
  await workbench.runAll();
  await workbench.outputs.getByRole('grid').first().waitFor();
  await page.keyboard.press('ControlOrMeta+S');
  // The dialog fills in its suggestion, and lists the folder, before it listens.
  await page.locator('.quick-input-widget:visible .monaco-list-row', { hasText: 'README.md' }).waitFor();
  await workbench.answerQuickInput(path.join(folder, 'saved.ipynb'));
  await page.locator('.tab', { hasText: 'saved.ipynb' }).waitFor();
  await workbench.waitForNotebook();
  // The file has a preview; the last row comes from the engine, which still holds it.
  const grid = workbench.outputs.getByRole('grid').first();
  await grid.getByRole('gridcell').first().click();
  await page.keyboard.press('ControlOrMeta+End');
  const last = await grid.getAttribute('aria-rowcount');
  const lastRow = grid.locator(`[role="row"][aria-rowindex="${last}"]`);
  // Its number, and a result type: 0, or an error of five digits.
  await expect.poll(() => lastRow.innerText(), { timeout: 20_000 }).toMatch(/1,000[\s\S]*\s(0|\d{5})\b/);
});

it('an incident becomes a notebook whose queries run', async () => {
  const { workbench } = session();
  const { page } = workbench;
  await workbench.showSidebar();
  const incident = page.locator('.part.sidebar .monaco-list-row[aria-label^="Incident "]').first();
  await incident.hover();
  await incident.getByRole('button', { name: 'Hunt from Incident' }).click();
  await page.locator('.notebook-editor', { hasText: 'incidentNumber' }).first().waitFor();
  await workbench.waitForNotebook();
  await workbench.runAll();
  expect(await page.locator('.cell-statusbar-container .codicon-notebook-state-error').count()).toBe(0);
  expect(workbench.messages).toEqual([]);
});
