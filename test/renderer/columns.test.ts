/** Columns that are moved, hidden and pinned, groups, statistics, pivot, and what is remembered, over the real result store. */
import { describe, expect, it } from 'vitest';
import { drawn, received, TableOnPage } from './drive';
import type { OutputSpec } from './page/main';
import { useStoreTables } from './storeTable';

const show = useStoreTables();

const events = (id: string, rows = 1000): OutputSpec => ({ id, table: { kind: 'events', rows }, name: 'logons' });

async function openEvents(id: string, rows = 1000): Promise<TableOnPage> {
  const { table } = await show(events(id, rows));
  await expect.poll(() => table.rowCount()).toBe(rows);
  return table;
}

/** Names of the shown columns, left to right. */
async function names(table: TableOnPage): Promise<readonly string[]> {
  await drawn(table.page);
  const cells = await table.root.locator('.hb-headcell:not([hidden])').evaluateAll((all) =>
    all.map((cell) => [Number(cell.getAttribute('aria-colindex')), cell.querySelector('.hb-name')?.textContent ?? ''] as const),
  );
  return cells.toSorted(([left], [right]) => left - right).map(([, name]) => name);
}

async function choose(table: TableOnPage, column: string, ...items: readonly string[]): Promise<void> {
  await table.header(column).click({ button: 'right' });
  for (const name of items) await table.root.getByRole('menu').last().getByText(name, { exact: true }).click();
}

describe('columns', () => {
  it('are hidden, found and shown again by the panel', async () => {
    const table = await openEvents('hidden');
    await choose(table, 'Account', 'Hide');
    expect((await names(table)).slice(0, 3)).toEqual(['TimeGenerated', 'EventID', 'Computer']);
    expect(await table.grid.getAttribute('aria-colcount')).toBe('12');
    await table.root.getByRole('button', { name: 'Columns' }).click();
    const panel = table.root.getByRole('region', { name: 'Columns' });
    await panel.getByRole('textbox').fill('sess');
    await table.press('Enter');
    await expect.poll(async () => (await names(table)).includes('SessionId')).toBe(true);
    expect((await table.active())?.[1]).toBe(8);
    await panel.getByRole('textbox').fill('');
    await panel.getByRole('checkbox', { name: 'Show Account' }).check();
    await table.press('Escape');
    await table.press('Home');
    expect((await names(table)).slice(0, 3)).toEqual(['TimeGenerated', 'Account', 'EventID']);
  });

  it('are moved by keyboard and by dragging; the active cell goes along', async () => {
    const table = await openEvents('moved');
    await table.grid.focus();
    await table.press('ArrowRight', 'Alt+Shift+ArrowRight');
    expect((await names(table)).slice(0, 3)).toEqual(['TimeGenerated', 'EventID', 'Account']);
    expect(await table.active()).toEqual([0, 2]);
    await table.root.getByRole('status').filter({ hasText: 'Moved the column to place 3 of 12' }).waitFor({ state: 'attached' });
    const from = (await table.header('Computer').boundingBox())!;
    const to = (await table.header('TimeGenerated').boundingBox())!;
    await table.page.mouse.move(from.x + 40, from.y + 10);
    await table.page.mouse.down();
    await table.page.mouse.move(to.x + 30, to.y + 12, { steps: 5 });
    expect(await table.root.locator('.hb-drop').count()).toBe(1);
    await table.page.mouse.up();
    expect((await names(table)).slice(0, 4)).toEqual(['Computer', 'TimeGenerated', 'EventID', 'Account']);
    expect(await table.header('Computer').getAttribute('aria-sort')).toBe('none');
    expect(await table.text(2, 0)).toMatch(/^WS-/);
  });

  it('are pinned: they stay while the others scroll, and are reached by arrows', async () => {
    const table = await openEvents('pinned');
    await choose(table, 'Computer', 'Pin left');
    expect((await names(table))[0]).toBe('Computer');
    const left = async () => Math.round((await table.header('Computer').boundingBox())!.x);
    const before = await left();
    await table.scrollTo(0, 400);
    await drawn(table.page);
    expect(await left()).toBe(before);
    await table.cell(3, 0).click();
    expect(await table.active()).toEqual([3, 0]);
    await table.press('ArrowRight');
    expect(await table.active()).toEqual([3, 1]);
    const pinned = (await table.cell(3, 0).boundingBox())!;
    expect((await table.cell(3, 1).boundingBox())!.x).toBeGreaterThanOrEqual(pinned.x + pinned.width - 1);
    await choose(table, 'Computer', 'Unpin');
    expect((await names(table))[0]).toBe('TimeGenerated');
  });

  it('of a view come back when the output is rendered again, and from the file', async () => {
    const { page, table } = await show(events('kept'));
    await choose(table, 'Account', 'Hide');
    await choose(table, 'EventID', 'Group by');
    await expect.poll(() => page.evaluate(() => JSON.stringify(window.hunt.remembered('kept')))).toContain('"hidden":[1]');
    await page.evaluate((output) => window.hunt.renderAgain(output), events('kept'));
    await table.root.getByText('Grouped by EventID').waitFor();
    expect((await names(table))[1]).toBe('EventID');
    await table.root.getByRole('button', { name: 'Reset view' }).click();
    await expect.poll(() => page.evaluate(() => window.hunt.remembered('kept'))).toBeNull();
    await page.evaluate((output) => {
      const filter = { column: 1, kind: 'text', match: 'equals', text: 'svc-backup' };
      const sort = [{ column: 2, descending: true }, { column: 99, descending: true }, 'odd'];
      const view = { sort, filter: '', columnFilters: [filter, { column: 1, kind: 'magic' }] };
      window.hunt.remember('file', { view, columns: { pinned: [3, 'x'] }, grouping: null, widths: 'wide' });
      window.hunt.render({ ...output, id: 'file' });
    }, events('file'));
    const filed = new TableOnPage(page, 'file');
    await filed.root.getByText('Account equals “svc-backup”').waitFor();
    await expect.poll(() => filed.header('EventID').getAttribute('aria-sort')).toBe('descending');
    expect((await names(filed))[0]).toBe('Computer');
  });
});

describe('groups', () => {
  it('open in place by keyboard, level by level, with aggregates', async () => {
    const table = await openEvents('groups');
    await choose(table, 'Account', 'Group by');
    await expect.poll(() => table.rowCount()).toBe(7);
    expect(await table.grid.getAttribute('role')).toBe('treegrid');
    await choose(table, 'EventID', 'Then group by');
    await table.root.getByText('Grouped by EventID').waitFor();
    await choose(table, 'Computer', 'Show in groups', 'Maximum');
    await table.root.locator('.hb-aggregate').first().waitFor();
    await table.grid.focus();
    await table.press('Control+Home', 'ArrowRight');
    await expect.poll(() => table.rowCount()).toBe(12);
    const row = (at: number) => table.root.locator(`.hb-row[aria-rowindex="${at + 2}"]`);
    expect(await row(0).getAttribute('aria-expanded')).toBe('true');
    expect([await row(1).getAttribute('aria-level'), await row(1).getAttribute('aria-setsize')]).toEqual(['2', '5']);
    await table.press('ArrowRight', 'ArrowRight');
    await expect.poll(() => table.rowCount()).toBeGreaterThan(20);
    const account = await row(0).locator('.hb-grouplabel').textContent();
    const event = await row(1).locator('.hb-grouplabel').textContent();
    expect([await table.text(2, 1), await table.text(2, 2)]).toEqual([account, event]);
    const size = Number(await row(1).locator('.hb-badge').textContent());
    expect(await table.rowCount()).toBe(12 + size);
    await table.press('ArrowDown', 'ArrowLeft', 'ArrowLeft');
    await expect.poll(() => table.rowCount()).toBe(12);
    expect(await table.grid.evaluate((grid) => document.getElementById(grid.getAttribute('aria-activedescendant') ?? '')?.getAttribute('aria-rowindex'))).toBe('3');
    await table.press('ArrowLeft', 'Enter');
    await expect.poll(() => table.rowCount()).toBe(7);
  });

  it('of times by hour hold the rows of the hour; a group becomes a filter', async () => {
    const table = await openEvents('hours', 8000);
    await choose(table, 'TimeGenerated', 'Group by', 'By hour');
    await expect.poll(() => table.rowCount()).toBe(3);
    await table.root.locator('.hb-grouprow').nth(1).locator('.hb-gutter').click();
    await expect.poll(() => table.rowCount()).toBe(3603);
    await table.root.locator('.hb-grouprow').nth(1).locator('.hb-gutter').click({ button: 'right' });
    await table.root.getByRole('menuitem', { name: 'Filter to these 3,600 rows' }).click();
    await expect.poll(() => table.root.locator('.hb-count').textContent()).toBe('3,600 of 8,000 rows');
    expect(await table.text(0, 0)).toMatch(/^2024-05-06 08:00:00/);
  });

  it('of 50,000 values are read as they are looked at', async () => {
    const table = await openEvents('many', 20_000);
    await choose(table, 'Comment', 'Group by').catch(async () => {
      await table.press('Escape');
      await table.grid.focus();
      await table.press('End', 'Alt+ArrowDown');
      await table.root.getByRole('menuitem', { name: 'Group by' }).click();
    });
    await expect.poll(() => table.rowCount()).toBe(20_000);
    await table.grid.focus();
    await table.press('Control+End');
    await expect.poll(() => table.root.locator('.hb-row.hb-current .hb-grouplabel').textContent()).toMatch(/^event \d+ of/);
    await table.press('ArrowRight');
    await expect.poll(() => table.rowCount()).toBe(20_001);
    const pages = (await received(table.page, 'ask')).filter(({ question }) => question.method === 'readGroups');
    expect(pages.length).toBeLessThan(6);
  });
});

describe('statistics', () => {
  it('of a column: figures, values and bars that filter', async () => {
    const table = await openEvents('statistics');
    await choose(table, 'EventID', 'Statistics');
    const panel = table.root.getByRole('region', { name: 'Statistics of EventID' });
    await expect.poll(() => panel.innerText()).toContain('Distinct\n5');
    await panel.getByRole('button', { name: /^4672/ }).click();
    await table.root.getByText('EventID = 4672', { exact: true }).waitFor();
    await expect.poll(() => panel.innerText()).toContain('Distinct\n1');
    await panel.getByRole('button', { name: 'Clear the filter of this column' }).click();
    await expect.poll(() => table.rowCount()).toBe(1000);
    const bars = panel.getByRole('listbox');
    await bars.getByRole('option').first().focus();
    await table.press('Shift+ArrowRight', 'Shift+ArrowRight', 'Enter');
    await table.root.getByText(/^EventID 4624 … 46\d\d/).first().waitFor();
    await table.press('Escape');
    expect(await panel.isVisible()).toBe(false);
    expect(await table.grid.evaluate((grid) => grid === document.activeElement)).toBe(true);
  });

  it('of a column: a range brushed with the pointer', async () => {
    const table = await openEvents('brush');
    await choose(table, 'RiskScore', 'Statistics');
    const bars = table.root.getByRole('listbox');
    const box = (await bars.boundingBox())!;
    await table.page.mouse.move(box.x + 5, box.y + 20);
    await table.page.mouse.down();
    await table.page.mouse.move(box.x + box.width / 2, box.y + 30, { steps: 4 });
    await table.page.mouse.up();
    await expect.poll(() => table.rowCount()).toBeLessThan(700);
    expect(await table.rowCount()).toBeGreaterThan(300);
  });

  it('of a selection, as in a spreadsheet', async () => {
    const table = await openEvents('selection');
    await table.cell(0, 2).click();
    await table.press('Control+Space');
    const status = () => table.root.locator('.hb-status').textContent();
    await expect.poll(status).toMatch(/^1,000 cells selected \(1,000 rows × 1 column\) · Count 1,000 · Sum [\d,]+ · Mean 4,6[\d.]+ · Min 4,624 · Max 4,688$/);
  });
});

describe('a pivot', () => {
  it('is a table of its own, with a way back', async () => {
    const table = await openEvents('pivot');
    await choose(table, 'Account', 'Pivot by this column…');
    const dialog = table.root.getByRole('dialog', { name: 'Pivot' });
    await dialog.getByLabel('Columns').selectOption({ label: 'EventID' });
    await dialog.getByRole('button', { name: 'Show' }).click();
    await table.root.getByText('Pivot: rows by Account and EventID').waitFor();
    const pivot = table.root.locator('.hb-derived');
    expect(await pivot.getByRole('columnheader', { name: '4625' }).isVisible()).toBe(true);
    expect(await pivot.locator('.hb-row:not([hidden])').count()).toBe(7);
    await pivot.locator('.hb-cell').first().click({ button: 'right' });
    expect(await pivot.getByRole('menuitem', { name: 'Bookmark rows…' }).count()).toBe(0);
    await table.press('Escape');
    await pivot.getByRole('button', { name: 'Back to the rows' }).click();
    expect(await pivot.count()).toBe(0);
    await expect.poll(() => table.grid.evaluate((grid) => grid === document.activeElement)).toBe(true);
  });
});

describe('a dynamic value', () => {
  it('is a tree that is searched, copied from, and made into a column', async () => {
    const table = await openEvents('tree');
    await table.grid.focus();
    await table.press('Space');
    const tree = table.root.getByRole('tree', { name: 'Values of Properties' });
    await tree.getByRole('treeitem', { name: 'location' }).focus();
    await table.press('ArrowRight', 'ArrowRight');
    expect(await tree.getByRole('treeitem', { name: 'city' }).getAttribute('aria-level')).toBe('2');
    await table.press('Shift+F10');
    await table.root.getByRole('menuitem', { name: 'Extract this path as a column' }).click();
    await expect.poll(() => table.grid.getAttribute('aria-colcount')).toBe('14');
    await table.grid.focus();
    await table.press('End');
    await expect.poll(() => table.text(0, 12)).toBe('Oslo');
    await table.press('Alt+ArrowDown');
    await table.root.getByRole('menuitem', { name: 'Remove this column' }).click();
    await expect.poll(() => table.grid.getAttribute('aria-colcount')).toBe('13');
    const search = table.root.getByRole('textbox', { name: 'Search in Properties' });
    await search.fill('443');
    await expect.poll(() => tree.locator('mark').count()).toBe(1);
    expect(await table.root.getByText('1 hit', { exact: true }).isVisible()).toBe(true);
  });
});
