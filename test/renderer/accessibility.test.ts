import { describe, expect, it } from 'vitest';
import { violations } from './axe';
import { showTable, type TableOnPage } from './drive';
import { type Theme, themes, useRenderer } from './harness';

const open = useRenderer();
/** Hovering and focus change colours too. */
async function exercise(table: TableOnPage, check: () => Promise<void>): Promise<void> {
  await table.cell(3, 5).click();
  await table.press('Shift+ArrowDown', 'Shift+ArrowRight', 'Space');
  await check();
  await table.press('?');
  await check();
  await table.press('Escape', 'Control+Home');
  await table.header('EventID').click();
  await table.header('Account').click({ modifiers: ['Shift'] });
  await expect.poll(() => table.header('Account').getAttribute('aria-sort')).toBe('ascending');
  await table.filterBox.fill('okafor');
  await expect.poll(() => table.rowCount()).toBeLessThan(1000);
  await check();
  await table.filterBox.fill('no such text');
  await expect.poll(() => table.rowCount()).toBe(0);
  await check();
}

describe.each(themes)('in %s', (theme: Theme) => {
  it('axe finds nothing, whatever is open', async () => {
    const { page, problems } = await open({ theme });
    const warnings = ['The answer was cut at 1,000 rows.'];
    const table = await showTable(page, { id: 'a', table: { kind: 'events', rows: 1000 }, warnings, name: 'logons' });
    await expect.poll(() => table.rowCount()).toBe(1000);
    await exercise(table, async () => expect(await violations(page)).toEqual([]));
    expect(problems).toEqual([]);
  });

  it('axe finds nothing where rows are gone or a read failed', async () => {
    const { page } = await open({ theme, viewport: { width: 1000, height: 1100 } });
    const gone = await showTable(page, { id: 'gone', table: { kind: 'events', rows: 1000 }, live: false });
    await gone.root.getByText('Showing the first 100').waitFor();
    const failed = await showTable(page, { id: 'failed', table: { kind: 'events', rows: 50_000 } });
    await expect.poll(() => failed.rowCount()).toBe(50_000);
    await page.evaluate(() => window.hunt.setMood({ failures: 1 }));
    await failed.scrollTo(24 * 9000);
    await failed.root.getByText('Could not read rows').waitFor();
    expect(await violations(page)).toEqual([]);
  });
});

describe('the grid tells screen readers', () => {
  it('its size, and the place of each row and cell', async () => {
    const { page } = await open();
    const table = await showTable(page, { id: 'a', table: { kind: 'events', rows: 50_000 } });
    await expect.poll(() => table.grid.getAttribute('aria-rowcount')).toBe('50001');
    expect(await table.grid.getAttribute('aria-colcount')).toBe('13');
    expect(await table.grid.getAttribute('aria-label')).toBe('Result: 50,000 rows, 12 columns');
    const row = table.root.getByRole('row').nth(1);
    expect(await row.getAttribute('aria-rowindex')).toBe('2');
    expect(await row.getByRole('rowheader').textContent()).toBe('1');
    expect(await row.getByRole('gridcell').first().getAttribute('aria-colindex')).toBe('2');
    expect(await table.root.getByRole('columnheader', { name: 'TimeGenerated datetime' }).getAttribute('aria-colindex')).toBe('2');
  });

  it('what it copied and how it is sorted', async () => {
    const { page } = await open();
    const table = await showTable(page, { id: 'a', table: { kind: 'events', rows: 50 } });
    await table.cell(0, 0).click();
    await table.press('Control+c');
    await table.root.getByRole('status').filter({ hasText: 'Copied 1 cell' }).waitFor({ state: 'attached' });
    await table.header('Account').click();
    await table.root.getByRole('status').filter({ hasText: '50 rows, sorted by Account ascending' }).waitFor({ state: 'attached' });
  });
});

describe('the layout', () => {
  it('holds at 200% zoom in a narrow window', async () => {
    const { page } = await open({ viewport: { width: 500, height: 400 } });
    const table = await showTable(page, { id: 'a', table: { kind: 'events', rows: 1000 }, warnings: ['A warning of some length that has to wrap somewhere.'] });
    await table.cell(0, 0).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(500);
  });

  it('stands still when motion is to be reduced', async () => {
    const { page } = await open();
    await page.emulateMedia({ reducedMotion: 'reduce' });
    const table = await showTable(page, { id: 'a', table: { kind: 'events', rows: 50_000 } });
    await expect.poll(() => table.rowCount()).toBe(50_000);
    await page.evaluate(() => window.hunt.setMood({ delayMs: -1 }));
    await table.header('Account').click();
    await table.root.locator('.hb-busy').waitFor();
    expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
  });

  it('marks the selection in forced colours', async () => {
    const { page } = await open();
    await page.emulateMedia({ forcedColors: 'active' });
    const table = await showTable(page, { id: 'a', table: { kind: 'events', rows: 50 } });
    await table.cell(2, 1).click();
    const colours = (row: number) => table.cell(row, 1).evaluate((cell) => getComputedStyle(cell).backgroundColor);
    expect(await colours(2)).not.toBe(await colours(3));
  });
});
