/** What opens from the grid, as screen readers, high contrast and zoom need it. */
import { describe, expect, it } from 'vitest';
import { violations } from './axe';
import { type Theme, themes } from './harness';
import type { OutputSpec } from './page/main';
import { useStoreTables } from './storeTable';

const show = useStoreTables();
const events = (id: string): OutputSpec => ({ id, table: { kind: 'events', rows: 500 }, name: 'logons' });

describe.each(themes)('in %s', (theme: Theme) => {
  it('axe finds nothing in menus, dialogs, panels, groups and pivots', async () => {
    const { page, table, problems } = await show(events(theme), { theme, viewport: { width: 1600, height: 800 } });
    await expect.poll(() => table.rowCount()).toBe(500);
    const check = async (): Promise<void> => expect(await violations(page)).toEqual([]);
    const menu = () => table.root.getByRole('menu').last();
    const fromColumn = async (name: string, ...items: readonly string[]): Promise<void> => {
      await table.header(name).click({ button: 'right' });
      for (const item of items) await menu().getByText(item, { exact: true }).click();
    };
    await fromColumn('Account');
    await check();
    await table.press('Escape');
    await fromColumn('TimeGenerated', 'Group by');
    await menu().getByText('By hour').waitFor();
    await check();
    await table.press('Escape', 'Escape');
    await table.cell(1, 4).click({ button: 'right' });
    await check();
    await table.press('Escape');
    await fromColumn('TimeGenerated', 'Filter…');
    await table.root.getByText('The data:').waitFor();
    await check();
    await table.press('Escape');
    await fromColumn('Account', 'Filter…');
    await table.root.getByLabel('Condition').selectOption('values');
    await table.root.locator('.hb-choice input').first().check();
    await check();
    await table.root.getByRole('button', { name: 'Apply' }).click();
    await table.root.locator('.hb-chip').waitFor();
    await fromColumn('EventID', 'Statistics');
    await table.root.locator('.hb-topvalue').first().waitFor();
    await table.root.getByRole('option').nth(3).focus();
    await check();
    await table.root.getByRole('button', { name: 'Columns' }).click();
    await table.root.locator('.hb-columnentry').first().hover();
    await check();
    await table.press('Escape');
    await fromColumn('EventID', 'Pin left');
    await fromColumn('EventID', 'Group by');
    await table.root.locator('.hb-grouprow').first().waitFor();
    await table.grid.focus();
    await table.press('Control+Home', 'ArrowRight', 'ArrowRight', 'Space');
    await table.root.getByRole('tree').waitFor();
    await table.root.getByRole('treeitem').nth(2).focus();
    await table.press('ArrowRight');
    await check();
    await fromColumn('Computer', 'Pivot by this column…');
    await check();
    await table.root.getByRole('dialog').getByLabel('Columns').selectOption({ label: 'Success' });
    await table.root.getByRole('dialog').getByRole('button', { name: 'Show' }).click();
    await table.root.getByRole('button', { name: 'Back to the rows' }).waitFor();
    await check();
    expect(problems).toEqual([]);
  });
});

it('menus and dialogs stay within the window at 200% zoom', async () => {
  const { page, table } = await show(events('zoom'), { viewport: { width: 500, height: 400 } });
  await expect.poll(() => table.rowCount()).toBe(500);
  // A dialog grows when its values arrive, and is placed anew then.
  const inside = (role: 'menu' | 'dialog'): Promise<void> =>
    expect
      .poll(async () => {
        const box = await table.root.getByRole(role).last().boundingBox();
        return box !== null && box.x >= 0 && box.y >= 0 && box.x + box.width <= 500 && box.y + box.height <= 400;
      })
      .toBe(true);
  await table.cell(2, 1).click({ button: 'right' });
  await inside('menu');
  await table.root.getByRole('menuitem', { name: 'Copy as' }).click();
  await inside('menu');
  await table.press('Escape', 'Escape');
  await table.header('Account').click({ button: 'right' });
  await table.root.getByRole('menuitem', { name: 'Filter…' }).click();
  await table.root.getByLabel('Condition').selectOption('values');
  await inside('dialog');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(500);
});

it('nothing traps the focus: Tab leaves a menu, a dialog and the panels', async () => {
  const { page, table } = await show(events('trap'));
  await expect.poll(() => table.rowCount()).toBe(500);
  await table.grid.focus();
  await table.press('Alt+ArrowDown');
  await table.root.getByRole('menu').waitFor();
  await table.press('Tab');
  expect(await table.root.getByRole('menu').count()).toBe(0);
  await table.header('Account').click({ button: 'right' });
  await table.root.getByRole('menuitem', { name: 'Filter…' }).click();
  for (let step = 0; step < 8 && (await table.root.getByRole('dialog').count()) > 0; step += 1) await table.press('Tab');
  expect(await table.root.getByRole('dialog').count()).toBe(0);
  await table.root.getByRole('button', { name: 'Columns' }).click();
  const inTable = () => page.evaluate(() => document.activeElement?.closest('.hb-table') !== null);
  for (let step = 0; step < 80 && (await inTable()); step += 1) await table.press('Tab');
  expect(await inTable()).toBe(false);
});
