import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { huntbookMetadata, kqlCell, notebookText } from '../../src/common/nbformat';
import { useWorkbench } from './harness';

const session = useWorkbench();

const cells = [
  'let threshold = 5;',
  '//| name: failures\nSigninLogs\n| where TimeGenerated > ago(7d) and ResultType != "0"\n| summarize Failures = count() by UserPrincipalName',
  'failures | where Failures > threshold',
  'failures | where Failurs > threshold',
];

const file = `let lookback = 30d;

SigninLogs
| where TimeGenerated > ago(lookback)
| summarize Count = count() by ResultType

// Changes of the directory
AuditLogs
| where TimeGenerated > ago(lookback)
| summarize Count = count() by OperationName
`;

beforeAll(async () => {
  const { workbench, folder } = session();
  const notebook = { cells: cells.map((text, index) => kqlCell(`cell-${index}`, text)), metadata: huntbookMetadata, nbformat: 4, nbformat_minor: 5 };
  writeFileSync(path.join(folder, 'language.ipynb'), notebookText(notebook));
  writeFileSync(path.join(folder, 'queries.kql'), file);
  await workbench.openFile('language.ipynb');
  await workbench.waitForNotebook();
});

/** Clicks into a line of a cell, from 0, and puts the caret behind a text of it. */
async function caretBehind(cell: number, text: string): Promise<void> {
  const { page } = session().workbench;
  const line = page.locator('.notebook-editor .code-cell-row').nth(cell).locator('.view-line').filter({ hasText: text }).first();
  await line.click();
  await page.keyboard.press('Home');
  const content = (await line.innerText()).replaceAll('\u00A0', ' ');
  for (let step = content.indexOf(text) + text.length; step > 0; step--) await page.keyboard.press('ArrowRight');
}

async function cellText(cell: number): Promise<string> {
  const { page } = session().workbench;
  const lines = await page.locator('.notebook-editor .code-cell-row').nth(cell).locator('.view-line').allInnerTexts();
  return lines.map((line) => line.replaceAll('\u00A0', ' ')).join('\n');
}

it('hover says what a name of another cell is', async () => {
  const { workbench } = session();
  const { page } = workbench;
  await caretBehind(2, 'threshold');
  const hover = page.locator('.monaco-hover:visible').filter({ hasText: 'Defined in cell 1' });
  // The server may just be starting.
  await expect
    .poll(
      async () => {
        await workbench.runCommand('Show or Focus Hover');
        return hover.count();
      },
      { timeout: 30_000 },
    )
    .toBeGreaterThan(0);
  await page.keyboard.press('Escape');
});

it('completion offers what the cell before has made', async () => {
  const { page } = session().workbench;
  await caretBehind(2, '> threshold');
  await page.keyboard.press('Enter');
  // Enter has begun the next operator.
  await page.keyboard.type('project User', { delay: 20 });
  const suggestion = page.locator('.suggest-widget:visible .monaco-list-row').filter({ hasText: 'UserPrincipalName' });
  await suggestion.waitFor();
  expect(await suggestion.count()).toBe(1);
  await page.keyboard.press('Tab');
  await expect.poll(() => cellText(2)).toMatch(/failures \| where Failures > threshold\s+\| project UserPrincipalName/);
});

it('a quick fix writes the name that was meant', async () => {
  const { page } = session().workbench;
  await caretBehind(3, 'Failur');
  await page.keyboard.press('ControlOrMeta+.');
  const action = page.locator('.action-widget .monaco-list-row').filter({ hasText: 'Change to Failures' });
  await action.waitFor();
  await page.keyboard.press('Enter');
  await expect.poll(() => cellText(3)).toBe('failures | where Failures > threshold');
});

it('a rename goes through all cells', async () => {
  const { page } = session().workbench;
  await caretBehind(3, 'failu');
  await page.keyboard.press('F2');
  const box = page.locator('.rename-box input');
  await box.waitFor();
  await box.fill('failed');
  await box.press('Enter');
  await expect.poll(() => cellText(3)).toBe('failed | where Failures > threshold');
  await expect.poll(() => cellText(2)).toMatch(/^failed \| where/);
  await expect.poll(() => cellText(1)).toMatch(/^\/\/\| name: failed/);
});

it('queries of a file run into one panel; values of its result are offered', async () => {
  const { workbench, folder } = session();
  const { page } = workbench;
  await workbench.runCommand('View: Revert and Close Editor');
  await page.locator('.tab').filter({ hasText: 'language.ipynb' }).waitFor({ state: 'hidden' });
  await workbench.openFile('queries.kql');
  const lenses = page.locator('.codelens-decoration a').filter({ hasText: 'Run' });
  await expect.poll(() => lenses.count()).toBe(2);
  await page.locator('.view-line').filter({ hasText: 'by ResultType' }).click();
  await page.keyboard.press('Shift+Enter');
  const panel = page.locator('.tab').filter({ hasText: 'Results of queries.kql' });
  await panel.waitFor({ timeout: 120_000 });
  const grid = workbench.outputs.getByRole('grid').first();
  await expect.poll(() => grid.innerText(), { timeout: 30_000 }).toContain('ResultType');
  await lenses.nth(1).click();
  await expect.poll(() => grid.innerText(), { timeout: 30_000 }).toContain('OperationName');
  expect(await panel.count()).toBe(1);

  await page.locator('.view-line').filter({ hasText: 'by OperationName' }).click();
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  // Whoever types the pipe as well gets one.
  await page.keyboard.type('| where OperationName == ', { delay: 20 });
  const value = page.locator('.suggest-widget:visible .monaco-list-row').filter({ hasText: 'Add member to role' });
  // Values that come later than completion waits for them are there at the next request.
  await value.waitFor({ timeout: 5000 }).catch(() => page.keyboard.press('Control+Space'));
  await value.waitFor();
  await value.click();
  await workbench.save();
  expect(readFileSync(path.join(folder, 'queries.kql'), 'utf8')).toMatch(/by OperationName\n\| where OperationName == "Add member to role"\n/);
  expect(workbench.messages).toEqual([]);
});
