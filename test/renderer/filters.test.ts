/** Column menus, filters and search, over the real result store. */
import { describe, expect, it } from 'vitest';
import type { WireRow } from '../../src/common/kqlTypes';
import { copied, received, type TableOnPage } from './drive';
import type { OutputSpec } from './page/main';
import { useStoreTables } from './storeTable';

const show = useStoreTables();

const events = (id: string, rows = 1000): OutputSpec => ({ id, table: { kind: 'events', rows }, name: 'logons' });

async function openEvents(id: string, rows = 1000): Promise<TableOnPage> {
  const { table } = await show(events(id, rows));
  await expect.poll(() => table.rowCount()).toBe(rows);
  return table;
}

/** Opens the menu of a column's header, by the pointer. */
async function columnMenu(table: TableOnPage, name: string, ...items: readonly (string | RegExp)[]): Promise<void> {
  await table.header(name).click({ button: 'right' });
  for (const item of items) await table.root.getByRole('menuitem', { name: item }).click();
}

const count = (table: TableOnPage) => table.root.locator('.hb-count').textContent();

describe('the menu of a column', () => {
  it('opens by keyboard, is walked through by it, and gives the focus back', async () => {
    const table = await openEvents('menu');
    await table.grid.focus();
    await table.press('ArrowRight', 'Alt+ArrowDown');
    const menu = table.root.getByRole('menu', { name: 'Column Account' });
    await menu.waitFor();
    const focused = () => table.page.evaluate(() => document.activeElement?.querySelector('.hb-menulabel')?.textContent);
    expect(await focused()).toBe('Sort ascending');
    await table.press('ArrowUp');
    expect(await focused()).toBe('Copy the name');
    await table.press('ArrowDown', 's', 's');
    expect(await focused()).toBe('Statistics');
    await table.press('Escape');
    expect(await menu.count()).toBe(0);
    expect(await table.grid.evaluate((grid) => grid === document.activeElement)).toBe(true);
    await table.press('Shift+F10', 'End', 'Enter');
    expect(await copied(table.page)).toBe('Account');
  });

  it('opens by the button in the header, closes at a press elsewhere', async () => {
    const table = await openEvents('button');
    await table.header('Computer').hover();
    await table.header('Computer').locator('.hb-more').click();
    await table.root.getByRole('menu', { name: 'Column Computer' }).waitFor();
    expect(await table.header('Computer').getAttribute('aria-sort')).toBe('none');
    await table.cell(3, 1).click();
    expect(await table.root.getByRole('menu').count()).toBe(0);
  });

  it('sorts, and adds to the sort', async () => {
    const table = await openEvents('sorted');
    await table.header('EventID').click({ button: 'right' });
    await table.root.getByRole('menuitemcheckbox', { name: 'Sort descending' }).click();
    await expect.poll(() => table.header('EventID').getAttribute('aria-sort')).toBe('descending');
    await columnMenu(table, 'Account', 'Add to the sort');
    await table.press('ArrowDown');
    await table.root.getByRole('menuitem', { name: 'Ascending', exact: true }).click();
    await expect.poll(() => table.header('Account').getAttribute('aria-sort')).toBe('ascending');
    expect([await table.text(0, 2), await table.text(0, 1)]).toEqual(['4688', 'administrator']);
  });
});

describe('a filter of a column', () => {
  it('by text: exclude, case, and what is wrong with a regular expression', async () => {
    const table = await openEvents('text');
    await columnMenu(table, 'Account', 'Filter…');
    const dialog = table.root.getByRole('dialog', { name: 'Filter Account' });
    await dialog.getByLabel('How it has to match').selectOption('regex');
    await dialog.getByRole('textbox', { name: 'Text' }).fill('(');
    await table.press('Enter');
    await dialog.getByText('This is not a regular expression.').waitFor();
    await dialog.getByRole('textbox', { name: 'Text' }).fill('^(anna|ben)\\.');
    await dialog.getByLabel('Exclude').check();
    await dialog.getByRole('button', { name: 'Apply' }).click();
    await table.root.getByText('Account not matches regex “^(anna|ben)\\.”', { exact: true }).waitFor();
    await expect.poll(() => table.rowCount()).toBeLessThan(1000);
    expect(await count(table)).toMatch(/^7\d\d of 1,000 rows$/);
    expect(await table.header('Account').getByText('filtered').count()).toBe(1);
  });

  it('by values with their counts, changed by its chip, taken away by its button', async () => {
    const table = await openEvents('values');
    await columnMenu(table, 'Account', 'Filter…');
    const dialog = table.root.getByRole('dialog', { name: 'Filter Account' });
    await dialog.getByLabel('Condition').selectOption('values');
    await dialog.getByLabel('Search values').fill('AN');
    await expect.poll(() => dialog.locator('.hb-choice').count()).toBe(1);
    await dialog.getByLabel(/anna\.berg/).check();
    await dialog.getByLabel('Search values').fill('');
    await expect.poll(() => dialog.locator('.hb-choice').count()).toBe(7);
    expect(await dialog.getByLabel(/anna\.berg/).isChecked()).toBe(true);
    await dialog.getByRole('button', { name: 'Apply' }).click();
    await expect.poll(() => count(table)).toMatch(/^1\d\d of 1,000 rows$/);
    await table.root.getByRole('button', { name: 'Account = anna.berg', exact: true }).click();
    await dialog.getByLabel(/svc-backup/).check();
    await dialog.getByRole('button', { name: 'Apply' }).click();
    await expect.poll(() => count(table)).toMatch(/^2\d\d of 1,000 rows$/);
    await table.root.getByRole('button', { name: /^Remove: Account is one of/ }).click();
    await expect.poll(() => table.rowCount()).toBe(1000);
    expect(await table.root.locator('.hb-chips').isVisible()).toBe(false);
    expect(await table.grid.evaluate((grid) => grid === document.activeElement)).toBe(true);
  });

  it('by a range of times, with a part of the data as a preset, in the zone that is shown', async () => {
    const table = await openEvents('times', 8000);
    await table.root.getByRole('radio', { name: 'Local' }).click();
    await columnMenu(table, 'TimeGenerated', 'Filter…');
    const dialog = table.root.getByRole('dialog', { name: 'Filter TimeGenerated' });
    await dialog.getByText('Times are local (UTC+02:00).').or(dialog.getByText('Times are local (UTC+01:00).')).waitFor();
    await dialog.getByRole('textbox', { name: 'From' }).fill('yesterday');
    await table.press('Enter');
    await dialog.getByText('“yesterday” is no datetime.').waitFor();
    await dialog.getByRole('button', { name: 'Last hour' }).click();
    await dialog.getByRole('button', { name: 'Apply' }).click();
    await expect.poll(() => table.rowCount()).toBe(3601);
    await table.root.getByRole('button', { name: /^TimeGenerated ≥/ }).click();
    await dialog.getByRole('textbox', { name: 'From' }).fill('2024-05-06 09:08:09');
    await dialog.getByRole('textbox', { name: 'To' }).fill('2024-05-06 09:08:19');
    await table.press('Enter');
    await expect.poll(() => table.rowCount()).toBe(10);
    expect(await table.text(0, 0)).toBe('2024-05-06 09:08:09.000');
  });

  it('by a range of numbers, and by emptiness', async () => {
    const table = await openEvents('numbers');
    await columnMenu(table, 'EventID', 'Filter…');
    const dialog = table.root.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'From' }).fill('4648');
    await dialog.getByRole('textbox', { name: 'To' }).fill('4000');
    await table.press('Enter');
    await dialog.getByText('The range ends before it begins.').waitFor();
    await dialog.getByRole('textbox', { name: 'To' }).fill('4672');
    await table.press('Enter');
    await table.root.getByText('EventID 4648 … 4672', { exact: true }).waitFor();
    await columnMenu(table, 'BytesSent', 'Filter…');
    await table.root.getByRole('dialog').getByLabel('Condition').selectOption('empty');
    await table.root.getByRole('dialog').getByRole('button', { name: 'Apply' }).click();
    await table.root.getByText('BytesSent is empty', { exact: true }).waitFor();
    await expect.poll(() => table.rowCount()).toBeLessThan(60);
    expect(await table.text(0, 5)).toBe('null');
    await table.root.getByRole('button', { name: 'Reset view' }).click();
    await expect.poll(() => table.rowCount()).toBe(1000);
  });

  it('of rows that only the file keeps is worked out there', async () => {
    const rows: readonly WireRow[] = [['a', 1], ['b', null], ['', 3]];
    const columns = [
      { name: 'Text', type: 'string' },
      { name: 'Number', type: 'long' },
    ] as const;
    const { page, table } = await show({ id: 'local', table: { kind: 'rows', columns, rows } });
    await page.evaluate(() => window.hunt.forget('local'));
    await columnMenu(table, 'Text', 'Filter…');
    await table.root.getByRole('dialog').getByLabel('Condition').selectOption('values');
    await table.root.getByRole('dialog').getByLabel(/empty/).check();
    await table.root.getByRole('dialog').getByRole('button', { name: 'Apply' }).click();
    await expect.poll(() => table.rowCount()).toBe(1);
    expect(await table.text(0, 1)).toBe('3');
  });

  it('dialog keeps what is typed from the notebook, and Escape gives the focus back', async () => {
    const table = await openEvents('typed');
    await columnMenu(table, 'Account', 'Filter…');
    await table.page.keyboard.type('dd');
    await table.press('Escape');
    expect(await table.root.getByRole('dialog').count()).toBe(0);
    expect(await table.grid.evaluate((grid) => grid === document.activeElement)).toBe(true);
    expect(await table.page.evaluate(() => window.hunt.leakedKeys())).toEqual([]);
  });
});

describe('find', () => {
  it('goes from hit to hit, round the end and back, and marks hits', async () => {
    const table = await openEvents('find');
    await table.grid.focus();
    await table.press('Control+f');
    await table.page.keyboard.type('event 99');
    await expect.poll(() => count(table)).toBe('1 of 11');
    expect(await table.active()).toEqual([99, 11]);
    expect(await table.cell(99, 11).locator('mark').textContent()).toBe('event 99');
    await table.press('Enter');
    await expect.poll(() => table.active()).toEqual([990, 11]);
    await table.press('Shift+Enter', 'Shift+F3');
    await expect.poll(() => table.active()).toEqual([999, 11]);
    expect(await count(table)).toBe('11 of 11');
    expect(await table.rowCount()).toBe(1000);
    await table.press('Escape');
    expect(await table.grid.evaluate((grid) => grid === document.activeElement)).toBe(true);
    await expect.poll(() => table.root.locator('mark').count()).toBe(0);
  });

  it('says when there is no hit; the two modes keep their texts', async () => {
    const table = await openEvents('modes');
    await table.grid.focus();
    await table.press('Control+f');
    await table.page.keyboard.type('no such thing');
    await expect.poll(() => count(table)).toBe('No hit');
    await table.press('Control+Shift+L');
    await table.page.keyboard.type('okafor');
    await expect.poll(() => count(table)).toMatch(/^1\d\d of 1,000 rows$/);
    await table.press('Control+f');
    expect(await table.filterBox.inputValue()).toBe('no such thing');
    expect(await table.rowCount()).toBeLessThan(200);
  });

  it('looks in shown columns alone, in the order of the view', async () => {
    const table = await openEvents('order');
    await table.header('Account').click();
    await expect.poll(() => table.header('Account').getAttribute('aria-sort')).toBe('ascending');
    await table.grid.focus();
    await table.press('Control+Home', 'Control+f');
    await table.page.keyboard.type('svc-backup');
    await expect.poll(() => count(table)).toMatch(/^1 of 1\d\d$/);
    expect((await table.active())?.[0]).toBeGreaterThan(800);
    await columnMenu(table, 'Account', 'Hide');
    await table.press('F3');
    await expect.poll(() => count(table)).toBe('No hit');
  });
});

it('a question about another view is asked of the store once', async () => {
  const table = await openEvents('once');
  await columnMenu(table, 'Account', 'Statistics');
  await table.root.getByRole('region', { name: 'Statistics of Account' }).waitFor();
  expect((await received(table.page, 'ask')).filter(({ question }) => question.method === 'readColumnStatistics')).toHaveLength(1);
});
