import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { FrameLocator, Locator } from 'playwright-core';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import { huntbookMetadata, kqlCell, notebookText } from '../../src/common/nbformat';
import { testResults } from '../../scripts/lib/paths.mjs';
import { useWorkbench } from './harness';

const session = useWorkbench({ viewport: { width: 1500, height: 900 } });

const signins = '//| name: signins\nSigninLogs\n| project TimeGenerated, UserPrincipalName, IPAddress, ResultType\n| take 1000';
const failures = 'signins\n| where ResultType != "0"';

beforeAll(async () => {
  const { workbench, folder } = session();
  const cells = [kqlCell('a', signins), kqlCell('b', failures)];
  writeFileSync(
    path.join(folder, 'results.ipynb'),
    notebookText({ cells, metadata: huntbookMetadata, nbformat: 4, nbformat_minor: 5 }),
  );
  await workbench.openFile('results.ipynb');
  await workbench.waitForNotebook();
  await workbench.runAll();
  await grid().waitFor({ timeout: 60_000 });
});

beforeEach(() => {
  session().workbench.page.setDefaultTimeout(30_000);
});

/** The outputs of the notebook: panels are documents of their own. */
function outputs(): FrameLocator {
  const notebook = session().workbench.page.locator('iframe.webview.ready').first();
  return notebook.contentFrame().frameLocator('#active-frame');
}

/** The grid of the first cell. */
function grid(): Locator {
  return outputs().getByRole('grid', { name: /^Result signins/ });
}

function rowCount(): Promise<number> {
  return grid().getAttribute('aria-rowcount').then(Number);
}

function cell(row: number, column: number): Locator {
  return grid().locator(`[role="row"][aria-rowindex="${row + 1}"] [aria-colindex="${column + 1}"]`);
}

/** What the file remembers of the first cell. */
function savedCell(): string {
  const { cells } = JSON.parse(readFileSync(path.join(session().folder, 'results.ipynb'), 'utf8')) as { cells: { metadata: object }[] };
  return JSON.stringify(cells[0]?.metadata);
}

it('a click on a header sorts, the box above filters', async () => {
  const header = grid().getByRole('columnheader', { name: /UserPrincipalName/ });
  await header.click();
  await expect.poll(() => header.getAttribute('aria-sort')).toBe('ascending');
  await expect.poll(() => cell(1, 2).innerText()).toMatch(/^a/);
  await outputs().getByPlaceholder('Filter rows').first().fill('aisha');
  await expect.poll(rowCount).toBeLessThan(200);
  await expect.poll(() => cell(1, 2).innerText()).toMatch(/^aisha/);
});

it('a value becomes a condition of the query, and the query of a new cell', async () => {
  const { page } = session().workbench;
  const user = await cell(1, 2).innerText();
  await cell(1, 2).click({ button: 'right' });
  await outputs().getByRole('menuitem', { name: 'Add to the query' }).click();
  await outputs().getByRole('menuitem', { name: `UserPrincipalName == "${user}"` }).click();
  const first = page.locator('.notebook-editor .code-cell-row').first();
  await expect.poll(() => first.locator('.view-lines').innerText()).toContain('where');

  const cells = await page.locator('.notebook-editor .code-cell-row').count();
  await cell(1, 2).click({ button: 'right' });
  await outputs().getByRole('menuitem', { name: 'New cell with' }).click();
  await outputs().getByRole('menuitem', { name: /^Rows of signins/ }).click();
  await expect.poll(() => page.locator('.notebook-editor .code-cell-row').count()).toBe(cells + 1);
});

it('the result opens in a panel, which looks at it as the cell did', async () => {
  const { workbench } = session();
  await workbench.runCommand('Notebook: Focus First Cell');
  await workbench.runCommand('Huntbook: Open Result in Panel');
  await workbench.page.locator('.tab', { hasText: 'signins' }).waitFor();
  const panel = workbench.page.locator('iframe.webview.ready').last().contentFrame().frameLocator('#active-frame').locator('#page');
  await panel.getByRole('grid').waitFor();
  await expect.poll(() => panel.getByRole('grid').getAttribute('aria-rowcount').then(Number)).toBe(await rowCount());
  await workbench.screenshot(path.join(testResults, 'result-panel.png'));
  await workbench.page.locator('.tab', { hasText: 'signins' }).click();
  await workbench.runCommand('View: Close Editor');
  await workbench.page.locator('.tab', { hasText: 'signins' }).waitFor({ state: 'hidden' });
});

it('all rows are exported as CSV', async () => {
  const { workbench, folder } = session();
  await workbench.runCommand('Notebook: Focus First Cell');
  await workbench.runCommand('Huntbook: Export Result…');
  await workbench.page.locator('.quick-input-widget:visible .monaco-list-row', { hasText: 'hunts' }).waitFor();
  await workbench.answerQuickInput(path.join(folder, 'signins.csv'));
  const file = path.join(folder, 'signins.csv');
  await expect.poll(() => existsSync(file)).toBe(true);
  await workbench.page.locator('.notifications-toasts').getByText(/Exported 1,000 rows/).waitFor();
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  expect(lines).toHaveLength(1001);
  expect(lines[0]).toContain('TimeGenerated,UserPrincipalName,IPAddress,ResultType');
});

it('the notebook is opened again with the view that it was left in', async () => {
  const { workbench } = session();
  // The view rests a moment before the cell remembers it.
  await expect.poll(async () => {
    await workbench.save();
    return savedCell();
  }).toContain('aisha');
  const filtered = await rowCount();
  await workbench.runCommand('View: Close All Editors');
  await workbench.page.locator('.notebook-editor').waitFor({ state: 'hidden' });
  await workbench.openFile('results.ipynb');
  await workbench.waitForNotebook();
  await grid().waitFor();
  await expect.poll(() => outputs().getByPlaceholder('Filter rows').first().inputValue()).toBe('aisha');
  await expect.poll(rowCount).toBe(filtered);
  expect(workbench.messages).toEqual([]);
});
