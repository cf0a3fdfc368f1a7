import { describe, expect, it } from 'vitest';
import type { Locator, Page } from 'playwright-core';
import type { Column, WireRow } from '../../src/common/kqlTypes';
import { violations } from './axe';
import { copied, render } from './drive';
import { type Theme, themes, useRenderer } from './harness';

const open = useRenderer();

const text = (name: string): Column => ({ name, type: 'string' });
const processColumns: readonly Column[] = [
  { name: 'TimeGenerated', type: 'datetime' },
  text('DeviceName'),
  text('AccountName'),
  { name: 'ProcessId', type: 'long' },
  text('FileName'),
  text('ProcessCommandLine'),
  { name: 'InitiatingProcessId', type: 'long' },
  text('InitiatingProcessFileName'),
  text('AlertName'),
];
const at = (second: number): string => `2024-05-06T07:${String(Math.floor(second / 60)).padStart(2, '0')}:${String(second % 60).padStart(2, '0')}.0000000Z`;
const planted = '<img src=x onerror="window.pwned=true">\u202Etxt.exe';
const processes: readonly WireRow[] = [
  [at(1), 'fin-ws-014', 'mia', 400, 'winword.exe', '"WINWORD.EXE" /n invoice.docm', 300, 'explorer.exe', ''],
  [at(5), 'fin-ws-014', 'mia', 410, 'powershell.exe', 'powershell -nop -w hidden -enc SQBFAFgA', 400, 'winword.exe', 'Suspicious PowerShell'],
  [at(9), 'fin-ws-014', 'mia', 420, 'whoami.exe', 'whoami /all', 410, 'powershell.exe', ''],
  [at(12), 'fin-ws-014', 'mia', 430, planted, planted, 410, 'powershell.exe', ''],
  [at(7), 'dc-01', 'SYSTEM', 90, 'ntdsutil.exe', 'ntdsutil "ac i ntds" ifm', 80, 'cmd.exe', ''],
];

async function openTab(page: Page, name: string, columns: readonly Column[], rows: readonly WireRow[]): Promise<Locator> {
  await render(page, { id: 'out', table: { kind: 'rows', columns, rows } });
  await page.getByRole('tab', { name }).click();
  return page.getByRole('tabpanel', { name });
}

describe('the process tree', () => {
  const line = (panel: Locator, name: string): Locator => panel.getByRole('treeitem').filter({ hasText: name });

  it('shows who made whom, host by host, with alerts and command lines', async () => {
    const { page, problems } = await open();
    const panel = await openTab(page, 'Process tree', processColumns, processes);
    await expect.poll(() => panel.getByRole('treeitem').count()).toBe(9);
    const levels = await panel.getByRole('treeitem').evaluateAll((items) => items.map((item) => `${item.getAttribute('aria-level') ?? ''} ${item.querySelector('.hb-pt-name, .hb-pt-host')?.textContent ?? ''}`));
    expect(levels).toEqual(['1 fin-ws-014', '2 explorer.exe', '3 winword.exe', '4 powershell.exe', '5 whoami.exe', `5 <img src=x onerror="window.pwned=true"><U+202E>txt.exe`, '1 dc-01', '2 cmd.exe', '3 ntdsutil.exe']);
    expect(await line(panel, 'powershell -nop').getByText('alert').isVisible()).toBe(true);
    expect(await page.evaluate(() => window.pwned)).toBeUndefined();
    expect(problems).toEqual([]);
  });

  it('is walked by keyboard: open, close, up to the parent, by name', async () => {
    const { page } = await open();
    const panel = await openTab(page, 'Process tree', processColumns, processes);
    const tree = panel.getByRole('tree');
    await tree.focus();
    const active = async (): Promise<string> => (await panel.locator('.hb-active .hb-pt-name, .hb-active .hb-pt-host').textContent()) ?? '';
    await page.keyboard.press('End');
    expect(await active()).toBe('ntdsutil.exe');
    await page.keyboard.press('ArrowLeft');
    expect(await active()).toBe('cmd.exe');
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => panel.getByRole('treeitem').count()).toBe(8);
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => panel.getByRole('treeitem').count()).toBe(9);
    await page.keyboard.type('who');
    expect(await active()).toBe('whoami.exe');
    expect(await tree.getAttribute('aria-activedescendant')).toBe(await panel.locator('.hb-active').getAttribute('id'));
    expect(await page.evaluate(() => window.hunt.leakedKeys())).toEqual([]);
  });

  it('finds processes with the way to them, and alerts alone', async () => {
    const { page } = await open();
    const panel = await openTab(page, 'Process tree', processColumns, processes);
    await panel.getByRole('searchbox').fill('NTDS');
    await expect.poll(() => panel.getByRole('treeitem').count()).toBe(3);
    await panel.getByRole('searchbox').fill('');
    await panel.getByRole('checkbox', { name: 'Alerts only' }).check();
    await expect.poll(() => panel.getByRole('treeitem').count()).toBe(4);
    await panel.getByRole('searchbox').fill('no such process');
    await panel.getByText('Nothing matches.').waitFor();
  });

  it('copies a command line whole, and shows the rows of a process in the table', async () => {
    const { page } = await open();
    const panel = await openTab(page, 'Process tree', processColumns, processes);
    await line(panel, 'powershell -nop').click();
    await panel.getByRole('button', { name: 'Copy command line' }).click();
    expect(await copied(page)).toBe('powershell -nop -w hidden -enc SQBFAFgA');
    await panel.getByRole('button', { name: 'Show in the table' }).click();
    await page.getByRole('tabpanel', { name: 'Table' }).waitFor();
  });

  it('stays quick with many: only lines on screen are in the document', async () => {
    const { page } = await open();
    const rows = Array.from({ length: 30_000 }, (_, index): WireRow => [at(index % 3000), `pc-${index % 50}`, 'mia', index + 10, `p${index}.exe`, 'x', 5, 'explorer.exe', '']);
    const panel = await openTab(page, 'Process tree', processColumns, rows);
    await panel.getByRole('treeitem').first().waitFor();
    await panel.getByRole('button', { name: 'Open all' }).click();
    await panel.getByRole('tree').focus();
    await page.keyboard.press('End');
    await expect.poll(() => panel.locator('.hb-active').count()).toBe(1);
    expect(await panel.getByRole('treeitem').count()).toBeLessThan(60);
  });
});

describe('the timeline', () => {
  const columns: readonly Column[] = [{ name: 'TimeGenerated', type: 'datetime' }, text('Type'), text('Activity')];
  const events: readonly WireRow[] = [
    ...Array.from({ length: 40 }, (_, index): WireRow => [at(index * 60), 'SigninLogs', `sign-in ${index}`]),
    [at(30), 'SecurityAlert', planted],
    [at(1200), 'SecurityAlert', 'Second alert'],
    [null, 'SecurityAlert', 'without a time'],
  ];

  it('puts events into lanes and tells of them as the cursor walks', async () => {
    const { page, problems } = await open();
    const panel = await openTab(page, 'Timeline', columns, events);
    const area = panel.getByRole('application');
    expect(await area.getAttribute('aria-label')).toBe('Timeline of 42 events in 2 lanes');
    await panel.getByText('1 row without a time').waitFor();
    await area.focus();
    await page.keyboard.press('ArrowRight');
    const details = panel.locator('.hb-tl-details');
    await expect.poll(() => details.textContent()).toContain('sign-in 0');
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => details.textContent()).toContain('<img src=x onerror="window.pwned=true"><U+202E>txt.exe');
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => details.textContent()).toContain('Second alert');
    expect(await page.evaluate(() => window.pwned)).toBeUndefined();
    expect(problems).toEqual([]);
  });

  it('brushes a range by dragging and filters all views by it', async () => {
    const { page } = await open();
    const panel = await openTab(page, 'Timeline', columns, events);
    const apply = panel.getByRole('button', { name: 'Filter table to range' });
    expect(await apply.isDisabled()).toBe(true);
    const box = (await panel.getByRole('application').boundingBox())!;
    await page.mouse.move(box.x + box.width * 0.2, box.y + 20);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.5, box.y + 20, { steps: 4 });
    await page.mouse.up();
    await apply.click();
    await page.getByRole('tabpanel', { name: 'Table' }).waitFor();
    await page.getByRole('tab', { name: 'Timeline' }).click();
    await panel.getByRole('button', { name: 'All times again' }).waitFor();
  });

  it('brushes and zooms by keyboard', async () => {
    const { page } = await open();
    const panel = await openTab(page, 'Timeline', columns, events);
    await panel.getByRole('application').focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('[');
    expect(await panel.locator('.hb-tl-brush').count()).toBe(1);
    expect(await panel.getByRole('button', { name: 'Filter table to range' }).isEnabled()).toBe(true);
    await page.keyboard.press('Escape');
    expect(await panel.locator('.hb-tl-brush').count()).toBe(0);
    const marks = async (): Promise<number> => panel.locator('.hb-tl-mark').count();
    const before = await marks();
    await page.keyboard.press('+');
    await expect.poll(marks).toBeLessThan(before);
    await page.keyboard.press('0');
    await expect.poll(marks).toBe(before);
    expect(await page.evaluate(() => window.hunt.leakedKeys())).toEqual([]);
  });

  it('puts lanes by another column, and keeps the choice', async () => {
    const { page } = await open();
    const panel = await openTab(page, 'Timeline', columns, events);
    await panel.getByLabel('Lanes by').selectOption({ label: '(one lane)' });
    await expect.poll(() => panel.getByRole('application').getAttribute('aria-label')).toBe('Timeline of 42 events in 1 lane');
  });

  it('says so when no row has a time', async () => {
    const { page } = await open();
    const panel = await openTab(page, 'Timeline', columns, [[null, 'a', 'b']]);
    await panel.getByText('No row of this view has a time.').waitFor();
  });
});

describe('the entities', () => {
  const columns: readonly Column[] = [text('UserPrincipalName'), text('IPAddress'), text('Computer')];
  const rows: readonly WireRow[] = [
    ...Array.from({ length: 12 }, (_, index): WireRow => [`user${index % 6}@contoso.com`, `203.0.113.${index % 3}`, index % 2 === 0 ? 'fin-ws-014' : 'dc-01']),
    [planted, '203.0.113.9', ''],
  ];

  it('are drawn and listed, the most linked first; what is chosen in one is chosen in the other', async () => {
    const { page, problems } = await open();
    const panel = await openTab(page, 'Entities', columns, rows);
    await expect.poll(() => panel.getByRole('option').count()).toBe(13);
    expect(await panel.locator('.hb-eg-node').count()).toBe(13);
    await panel.getByRole('listbox').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    expect(await panel.locator('.hb-eg-chosen').count()).toBe(1);
    await panel.locator('.hb-eg-node').filter({ hasText: 'dc-01' }).click();
    expect(await panel.getByRole('option', { selected: true }).textContent()).toContain('dc-01');
    await panel.getByText('Host · 6 rows').waitFor();
    expect(await panel.getByRole('option').filter({ hasText: '<U+202E>' }).count()).toBe(1);
    expect(await page.evaluate(() => window.pwned)).toBeUndefined();
    expect(await page.evaluate(() => window.hunt.leakedKeys())).toEqual([]);
    expect(problems).toEqual([]);
  });

  it('lead to the rows that name them', async () => {
    const { page } = await open();
    const panel = await openTab(page, 'Entities', columns, rows);
    await panel.getByRole('option').filter({ hasText: 'dc-01' }).click();
    await panel.getByRole('button', { name: 'Show in the table' }).click();
    await page.getByRole('tabpanel', { name: 'Table' }).waitFor();
  });
});

describe.each(themes)('in %s', (theme: Theme) => {
  it('axe finds nothing in the tree, the timeline and the graph', async () => {
    const { page } = await open({ theme });
    const panel = await openTab(page, 'Process tree', processColumns, processes);
    await panel.getByRole('treeitem').filter({ hasText: 'powershell -nop' }).click();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('tab', { name: 'Timeline' }).click();
    await page.getByRole('application').focus();
    await page.keyboard.press('ArrowRight');
    expect(await violations(page)).toEqual([]);
    await page.getByRole('tab', { name: 'Entities' }).click();
    await page.getByRole('option').first().click();
    expect(await violations(page)).toEqual([]);
  });
});
