/** From a value to the next step: the menu of cells, copies in many forms, messages to the editor. */
import { describe, expect, it } from 'vitest';
import { copied, received, type TableOnPage } from './drive';
import type { OutputSpec } from './page/main';
import { useStoreTables } from './storeTable';

const show = useStoreTables();

const columns = [
  { name: 'TimeGenerated', type: 'datetime' },
  { name: 'Account', type: 'string' },
  { name: 'IPAddress', type: 'string' },
  { name: 'Bytes', type: 'long' },
  { name: 'Props', type: 'dynamic' },
] as const;
const rows = [
  ['2024-05-06T07:08:09.1234567Z', 'anna@contoso.com', '203.0.113.7', '9007199254740993', '{"a":1.10}'],
  ['2024-05-06T08:08:09.0000000Z', 'say "hi", ben', '198.51.100.9', 2, '["x"]'],
  ['2024-05-06T09:08:09.0000000Z', '=cmd|calc', 'none', null, null],
] as const;
const spec = (id: string): OutputSpec => ({ id, name: 'logons', table: { kind: 'rows', columns, rows } });

async function open(id: string): Promise<TableOnPage> {
  return (await show(spec(id))).table;
}

/** Opens the menu of a cell, or of the selection it lies in, and chooses. */
async function choose(table: TableOnPage, row: number, column: number, ...items: readonly (string | RegExp)[]): Promise<void> {
  await table.cell(row, column).click({ button: 'right' });
  for (const name of items) await table.root.getByRole('menu').last().getByRole('menuitem', { name, exact: true }).click();
}

async function select(table: TableOnPage, from: readonly [number, number], to: readonly [number, number]): Promise<void> {
  await table.cell(...from).click();
  await table.cell(...to).click({ modifiers: ['Shift'] });
}

describe('the menu of cells', () => {
  it('filters to values and excludes them', async () => {
    const table = await open('filter');
    await choose(table, 0, 1, 'Exclude anna@contoso.com');
    await table.root.getByText('Account ≠ anna@contoso.com', { exact: true }).waitFor();
    await expect.poll(() => table.rowCount()).toBe(2);
    await select(table, [0, 3], [1, 3]);
    await table.press('Shift+F10', 'Enter');
    await table.root.getByText('Bytes is one of 2, null', { exact: true }).waitFor();
    expect(await table.rowCount()).toBe(2);
  });

  it('adds conditions to the query and makes cells, with literals alone', async () => {
    const table = await open('query');
    await choose(table, 1, 1, 'Add to the query', 'where Account == "say \\"hi\\", ben"');
    await choose(table, 2, 3, 'Add to the query', 'where isnotnull(Bytes)');
    const operators = (await received(table.page, 'addToQuery')).map(({ operator }) => operator);
    expect(operators).toEqual(['where Account == "say \\"hi\\", ben"', 'where isnotnull(Bytes)']);
    await choose(table, 0, 3, 'New cell with', 'Rows of logons with 9007199254740993');
    await select(table, [0, 1], [1, 1]);
    await choose(table, 1, 1, 'New cell with', 'A list of the values');
    const cells = (await received(table.page, 'newCell')).map(({ text }) => text);
    expect(cells).toEqual(['logons\n| where Bytes == long(9007199254740993)', 'let values = dynamic(["anna@contoso.com", "say \\"hi\\", ben"]);']);
  });

  it('follows an address, around the time of its row', async () => {
    const table = await open('pivot');
    await choose(table, 0, 2, 'Hunt for this address', 'Sign-ins from it (SigninLogs)');
    const [cell] = await received(table.page, 'newCell');
    expect(cell?.text).toContain('let entities = dynamic(["203.0.113.7"]);\nSigninLogs\n| where TimeGenerated between (datetime(2024-05-06T07:08:09.123Z) - 1d ..');
    await table.cell(2, 3).click({ button: 'right' });
    expect(await table.root.getByRole('menuitem', { name: /^Hunt/ }).count()).toBe(0);
  });

  it('sends rows to a bookmark and a watchlist by their numbers in the view', async () => {
    const table = await open('rows');
    await table.header('Account').click();
    await expect.poll(() => table.header('Account').getAttribute('aria-sort')).toBe('ascending');
    await select(table, [1, 0], [2, 2]);
    await choose(table, 1, 1, 'Bookmark rows…');
    await choose(table, 2, 1, 'Add to watchlist…');
    await choose(table, 2, 1, 'Export…');
    const viewed = { resultId: 'result-rows', view: { sort: [{ column: 1, descending: false }], filter: '' } };
    expect(await received(table.page, 'bookmark')).toEqual([{ type: 'bookmark', viewed, rows: [1, 2] }]);
    expect(await received(table.page, 'addToWatchlist')).toEqual([{ type: 'addToWatchlist', viewed, rows: [1, 2] }]);
    expect(await received(table.page, 'export')).toEqual([{ type: 'export', viewed, columns: [0, 1, 2, 3, 4] }]);
  });

  it('is not there for what nobody can do: without an editor', async () => {
    const table = await open('alone');
    await choose(table, 0, 1);
    await table.root.getByRole('menuitem', { name: 'Compare with…' }).click();
    await choose(table, 0, 1, 'Open in a panel');
    expect((await received(table.page, 'diff')).length + (await received(table.page, 'openPanel')).length).toBe(2);
  });
});

describe('copies', () => {
  const cases: readonly (readonly [label: string, text: string])[] = [
    ['KQL list: in (…)', 'in ("anna@contoso.com", "say \\"hi\\", ben", "=cmd|calc")'],
    ['Tab-separated values', "anna@contoso.com\t203.0.113.7\n\"say \"\"hi\"\", ben\"\t198.51.100.9\n'=cmd|calc\tnone"],
    ['CSV', "Account,IPAddress\nanna@contoso.com,203.0.113.7\n\"say \"\"hi\"\", ben\",198.51.100.9\n'=cmd|calc,none"],
    ['JSON', '[\n  {\n    "Account": "anna@contoso.com",\n    "IPAddress": "203.0.113.7"\n  },'],
    ['KQL datatable', 'datatable(Account: string, IPAddress: string) [\n    "anna@contoso.com", "203.0.113.7",'],
    ['Markdown table', '| Account | IPAddress |\n| --- | --- |'],
    ['HTML table', '<table>\n  <tr><th>Account</th><th>IPAddress</th></tr>'],
  ];

  it.each(cases)('as %s', async (label, text) => {
    const table = await open('copies');
    await select(table, [0, 2], [2, 1]);
    await choose(table, 1, 1, 'Copy as', label);
    expect(await copied(table.page)).toContain(text);
  });

  it('say that formulas were defused; a single value is copied as it is', async () => {
    const table = await open('formulas');
    await select(table, [1, 1], [2, 1]);
    await table.press('Control+c');
    await expect.poll(() => table.root.locator('.hb-status').textContent()).toBe('Copied 2 cells; 1 formula defused with an apostrophe');
    await table.cell(2, 1).click();
    await table.press('Control+c');
    await expect.poll(() => copied(table.page)).toBe('=cmd|calc');
  });
});
