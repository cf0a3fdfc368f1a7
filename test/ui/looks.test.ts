/** One result, looked at in every way: groups, chart, timeline, process tree, entities. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { FrameLocator, Locator } from 'playwright-core';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import { huntbookMetadata, kqlCell, notebookText } from '../../src/common/nbformat';
import { useWorkbench } from './harness';

const session = useWorkbench({ viewport: { width: 1500, height: 1000 } });

const processes = `//| name: processes
DeviceProcessEvents
| where DeviceName startswith "app02" and AccountName == "system"
| project TimeGenerated, DeviceName, AccountName, FileName, ProcessId, ProcessCommandLine,
    InitiatingProcessId, InitiatingProcessFileName`;

beforeAll(async () => {
  const { workbench, folder } = session();
  const notebook = { cells: [kqlCell('a', processes)], metadata: huntbookMetadata, nbformat: 4, nbformat_minor: 5 } as const;
  writeFileSync(path.join(folder, 'looks.ipynb'), notebookText(notebook));
  await workbench.openFile('looks.ipynb');
  await workbench.waitForNotebook();
  await workbench.runAll();
  await outputs().getByRole('grid').first().waitFor({ timeout: 60_000 });
});

beforeEach(() => {
  session().workbench.page.setDefaultTimeout(30_000);
});

function outputs(): FrameLocator {
  return session().workbench.outputs;
}

async function openTab(name: string): Promise<Locator> {
  await outputs().getByRole('tab', { name }).click();
  return outputs().getByRole('tabpanel', { name });
}

it('rows are grouped by a column, and a group opens in place', async () => {
  const header = outputs().getByRole('columnheader', { name: /FileName/ }).first();
  await header.click({ button: 'right' });
  await outputs().getByRole('menuitem', { name: 'Group by' }).first().click();
  const groups = outputs().getByRole('treegrid');
  await groups.waitFor();
  const rows = async (): Promise<number> => Number(await groups.getAttribute('aria-rowcount'));
  await expect.poll(rows).toBeGreaterThan(3);
  const closed = await rows();
  await groups.locator('.hb-grouprow').first().locator('.hb-gutter').click();
  await expect.poll(rows).toBeGreaterThan(closed);
  await outputs().getByRole('button', { name: 'Reset view' }).click();
  await outputs().getByRole('grid').first().waitFor();
});

it('a chart is built without a query', async () => {
  const panel = await openTab('Chart');
  await panel.locator('svg path').first().waitFor();
});

it('a range of the timeline filters the table', async () => {
  const { page } = session().workbench;
  const panel = await openTab('Timeline');
  await panel.getByRole('application').focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('[');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press(']');
  await panel.getByRole('button', { name: 'Filter table to range' }).click();
  const grid = outputs().getByRole('grid').first();
  await grid.waitFor();
  await expect.poll(async () => Number(await grid.getAttribute('aria-rowcount'))).toBeLessThan(300);
  await outputs().getByRole('button', { name: 'Reset view' }).click();
});

it('the process tree leads from a program to the one that began it, and to its row', async () => {
  const panel = await openTab('Process tree');
  await panel.getByRole('searchbox').fill('wtsync');
  const line = panel.getByRole('treeitem').filter({ hasText: 'wtsync' }).first();
  await line.click();
  expect(await panel.getByRole('treeitem').first().textContent()).toContain('app02');
  await panel.getByRole('button', { name: 'Show in the table' }).click();
  const grid = outputs().getByRole('grid').first();
  await expect.poll(async () => Number(await grid.getAttribute('aria-rowcount'))).toBe(2);
  await outputs().getByRole('button', { name: 'Reset view' }).click();
});

it('entities are linked by the rows that name them', async () => {
  const panel = await openTab('Entities');
  await panel.getByRole('option').filter({ hasText: 'app02' }).first().click();
  await panel.getByText(/^Host · /).waitFor();
  expect(session().workbench.messages).toEqual([]);
});
