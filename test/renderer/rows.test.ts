import { describe, expect, it } from 'vitest';
import { drawn, received, render, showTable, TableOnPage } from './drive';
import { useRenderer } from './harness';
import type { OutputSpec } from './page/main';

const open = useRenderer();
const events = (rows: number, more: Partial<OutputSpec> = {}): OutputSpec => ({ id: 'events', table: { kind: 'events', rows }, ...more });

/** The text of column 11 says the stored number of its row. */
const stored = (row: number): string => `event ${row} of the night shift`;

describe('rows', () => {
  it('are on screen from the preview before any answer', async () => {
    const { page, problems } = await open();
    const first = await page.evaluate(() => {
      window.hunt.setMood({ delayMs: -1 });
      window.hunt.render({ id: 'events', table: { kind: 'events', rows: 50_000 } });
      return document.querySelector('[aria-rowindex="2"] > [aria-colindex="3"]')?.textContent;
    });
    expect(first).toBe('ben.okafor');
    expect(problems).toEqual([]);
  });

  it('are paged from the host when they are live', async () => {
    const { page, problems } = await open({ viewport: { width: 1600, height: 700 } });
    const table = await showTable(page, events(50_000));
    await expect.poll(() => table.rowCount()).toBe(50_000);
    await table.scrollTo(24 * 1000, 2000);
    expect(await table.text(1001, 11)).toBe(stored(1001));
    await table.scrollTo(24 * 49_000, 2000);
    expect(await table.text(49_001, 11)).toBe(stored(49_001));
    await table.scrollTo(1e9, 2000);
    expect(await table.text(49_998, 11)).toBe(stored(49_998));
    expect((await table.rowsInDocument()).length).toBeLessThan(40);
    expect(problems).toEqual([]);
  });

  it('of 500,000 by 50 are reached at both ends', async () => {
    const { page } = await open();
    const table = await showTable(page, { id: 'wide', table: { kind: 'events', rows: 500_000, columns: 50 } });
    await table.grid.focus();
    await expect.poll(() => table.rowCount()).toBe(500_000);
    await table.press('Control+End');
    expect(await table.active()).toEqual([499_999, 49]);
    expect(await table.text(499_998, 47)).toBe(stored(499_998));
    await table.press('Control+Home');
    expect(await table.text(0, 1)).toBe('ben.okafor');
  });

  it('beyond what a browser lays out are reached too, one by one', async () => {
    const { page } = await open();
    const table = await showTable(page, events(2_000_000));
    await expect.poll(() => table.rowCount()).toBe(2_000_000);
    await table.grid.focus();
    await table.press('Control+End', 'ArrowUp', 'ArrowUp');
    expect(await table.active()).toEqual([1_999_997, 11]);
    await table.press('Control+Home', 'PageDown');
    expect(await table.active()).toEqual([14, 0]);
    await table.grid.hover();
    await table.scrollTo(7_500_000);
    await drawn(page);
    const before = Math.min(...(await table.rowsInDocument()));
    expect(before).toBeGreaterThan(900_000);
    await page.mouse.wheel(0, 240);
    await expect.poll(async () => Math.min(...(await table.rowsInDocument())) - before).toBe(10);
  });

  it('jumped over are not asked for; each page is asked for once', async () => {
    const { page } = await open();
    const table = await showTable(page, events(50_000));
    await expect.poll(() => table.rowCount()).toBe(50_000);
    await page.evaluate(() => window.hunt.setMood({ delayMs: -1 }));
    for (let step = 1; step <= 40; step += 1) await table.scrollTo(24 * 1000 * step);
    expect((await received(page, 'readPage')).length).toBeLessThan(8);
    await page.evaluate(() => window.hunt.setMood({ delayMs: 0 }));
    await page.evaluate(() => window.hunt.release());
    expect(await table.text(40_001, 1)).not.toBe('');
    const offsets = (await received(page, 'readPage')).map((message) => message.read.offset);
    expect(new Set(offsets).size).toBe(offsets.length);
    expect(offsets.length).toBeLessThan(12);
  });

  it('still on their way show as busy, then fill in, in the order of the document', async () => {
    const { page } = await open();
    const table = await showTable(page, events(50_000));
    await expect.poll(() => table.rowCount()).toBe(50_000);
    await page.evaluate(() => window.hunt.setMood({ delayMs: -1 }));
    await table.scrollTo(24 * 30_000);
    await table.root.locator('[aria-rowindex="30010"][aria-busy="true"] .hb-loading').first().waitFor();
    await page.evaluate(() => window.hunt.setMood({ delayMs: 0 }));
    await page.evaluate(() => window.hunt.release(true));
    expect(await table.text(30_005, 1)).not.toBe('');
    await expect.poll(async () => {
      const rows = await table.rowsInDocument();
      return rows.every((row, index) => index === 0 || row > rows[index - 1]!);
    }).toBe(true);
  });

  it('of two results on one page do not mix', async () => {
    const { page } = await open({ viewport: { width: 1000, height: 1200 } });
    const columns = [{ name: 'Side', type: 'string' }] as const;
    const side = (text: string): OutputSpec => ({
      id: text,
      table: { kind: 'rows', columns, rows: Array.from({ length: 1000 }, (_, row) => [`${text} ${row}`]) },
      previewRows: 2,
    });
    const left = await showTable(page, side('left'));
    const right = await showTable(page, side('right'));
    await left.scrollTo(24 * 500);
    await right.scrollTo(24 * 500);
    expect(await left.text(505, 0)).toBe('left 505');
    expect(await right.text(505, 0)).toBe('right 505');
    await left.header('Side').click();
    await left.header('Side').click();
    await expect.poll(() => left.text(0, 0)).toBe('left 999');
    expect(await right.text(505, 0)).toBe('right 505');
    expect(await right.header('Side').getAttribute('aria-sort')).toBe('none');
  });
});

describe('a result whose rows are gone', () => {
  it('shows the preview and offers to run again', async () => {
    const { page } = await open();
    const table = await showTable(page, events(52_311, { live: false }));
    await table.root.getByText('Showing the first 100 of 52,311 rows: those kept in the file.').waitFor();
    expect(await table.rowCount()).toBe(100);
    await table.root.getByRole('button', { name: 'Run again for all 52,311 rows' }).click();
    expect(await received(page, 'runAgain')).toEqual([{ type: 'runAgain', resultId: 'result-events' }]);
  });

  it('sorts and filters what the file keeps', async () => {
    const { page } = await open();
    const table = await showTable(page, events(52_311, { live: false }));
    await table.root.getByText('Showing the first 100').waitFor();
    await table.header('BytesSent').click();
    expect(await table.text(0, 5)).toBe('null');
    await table.header('BytesSent').click();
    expect(Number(await table.text(0, 5))).toBeGreaterThan(Number(await table.text(1, 5)));
    await table.filterBox.fill('okafor');
    await expect.poll(() => table.root.locator('.hb-count').textContent()).toMatch(/^\d+ of 100 rows$/);
    expect(await received(page, 'readPage')).toEqual([]);
  });

  it('says so when no row is kept', async () => {
    const { page } = await open();
    const table = await showTable(page, events(9, { live: false, previewRows: 0 }));
    await table.root.getByText('The file keeps no rows of this result, which has 9 rows.').waitFor();
  });

  it('shows the preview when the host does not answer, and all rows when it does at last', async () => {
    const { page } = await open();
    await page.clock.install();
    await page.evaluate(() => window.hunt.setMood({ delayMs: -1 }));
    const table = await showTable(page, events(50_000));
    await page.clock.runFor(3100);
    await table.root.getByText('Showing the first 100 of 50,000 rows').waitFor();
    await page.evaluate(() => window.hunt.release());
    await expect.poll(() => table.rowCount()).toBe(50_000);
    expect(await table.root.getByText('Showing the first 100').count()).toBe(0);
  });

  it('has no button where nobody can run cells', async () => {
    const { page, problems } = await open({ messaging: false });
    const table = await showTable(page, events(52_311));
    await table.root.getByText('Showing the first 100').waitFor();
    expect(await table.root.getByRole('button', { name: /Run again/ }).count()).toBe(0);
    expect(problems).toEqual([]);
  });

  it('falls back to the preview when the host says they are gone', async () => {
    const { page } = await open();
    const table = await showTable(page, events(50_000));
    await expect.poll(() => table.rowCount()).toBe(50_000);
    await table.scrollTo(24 * 20_000);
    await page.evaluate(() => window.hunt.forget('events'));
    await table.root.getByText('Showing the first 100 of 50,000 rows').waitFor();
    expect(await table.rowCount()).toBe(100);
    expect(await table.text(99, 1)).not.toBe('');
  });

  it('needs no button when the file keeps all of it', async () => {
    const { page } = await open();
    const table = await showTable(page, events(12, { live: false }));
    await table.cell(11, 1).waitFor();
    expect(await table.root.getByRole('button', { name: /Run again/ }).count()).toBe(0);
  });
});

describe('a failed read', () => {
  it('is shown and can be tried again', async () => {
    const { page } = await open();
    const table = await showTable(page, events(50_000));
    await expect.poll(() => table.rowCount()).toBe(50_000);
    await page.evaluate(() => window.hunt.setMood({ failures: 1 }));
    await table.scrollTo(24 * 30_000);
    await table.root.getByText('Could not read rows. The disk is on fire.').waitFor();
    await table.root.getByRole('button', { name: 'Try again' }).click();
    expect(await table.text(30_001, 1)).not.toBe('');
    expect(await table.root.getByRole('alert').textContent()).toBe('');
  });

  it('of a sort keeps the rows that were there', async () => {
    const { page } = await open();
    const table = await showTable(page, events(50_000));
    await expect.poll(() => table.rowCount()).toBe(50_000);
    await page.evaluate(() => window.hunt.setMood({ failures: 1 }));
    await table.header('Account').click();
    await table.root.getByText('The disk is on fire').waitFor();
    expect(await table.text(0, 1)).toBe('ben.okafor');
    await table.root.getByRole('button', { name: 'Try again' }).click();
    await expect.poll(() => table.header('Account').getAttribute('aria-sort')).toBe('ascending');
    expect(await table.text(0, 1)).toBe('administrator');
  });
});

describe('the output', () => {
  it('keeps scroll position, sort, filter and widths when it is rendered again', async () => {
    const { page } = await open();
    const spec = events(50_000);
    const table = await showTable(page, spec);
    await expect.poll(() => table.rowCount()).toBe(50_000);
    await table.filterBox.fill('okafor');
    await expect.poll(() => table.rowCount()).toBeLessThan(10_000);
    await table.header('EventID').click();
    await expect.poll(() => table.header('EventID').getAttribute('aria-sort')).toBe('ascending');
    await table.press('Alt+Shift+ArrowRight');
    await table.scrollTo(24 * 3000, 100);
    const shown = await table.text(3005, 4);
    const width = await table.header('EventID').evaluate((cell) => cell.clientWidth);
    await expect.poll(() => table.rowsInDocument().then((rows) => rows.includes(3005))).toBe(true);
    await page.waitForTimeout(200);
    await page.evaluate((again) => window.hunt.renderAgain(again), spec);
    const again = new TableOnPage(page, 'events');
    expect(await again.text(3005, 4)).toBe(shown);
    expect(await again.filterBox.inputValue()).toBe('okafor');
    expect(await again.header('EventID').getAttribute('aria-sort')).toBe('ascending');
    expect(await again.header('EventID').evaluate((cell) => cell.clientWidth)).toBe(width);
    expect(await again.grid.evaluate((grid) => [grid.scrollTop, grid.scrollLeft])).toEqual([24 * 3000, 100]);
  });

  it('is where it was after it was hidden for a while', async () => {
    const { page } = await open();
    const table = await showTable(page, events(50_000));
    await expect.poll(() => table.rowCount()).toBe(50_000);
    await table.scrollTo(24 * 700);
    await table.cell(705, 1).waitFor();
    await table.root.evaluate((output) => (output.style.display = 'none'));
    await drawn(page);
    await table.root.evaluate((output) => (output.style.display = ''));
    await table.cell(705, 1).waitFor();
    expect(await table.grid.evaluate((grid) => grid.scrollTop)).toBe(24 * 700);
  });

  it('is quiet after it was disposed', async () => {
    const { page, problems } = await open();
    const table = await showTable(page, events(50_000));
    await expect.poll(() => table.rowCount()).toBe(50_000);
    await page.evaluate(() => {
      window.hunt.setMood({ delayMs: -1 });
      document.querySelector('.hb-grid')?.scrollTo(0, 24 * 9000);
    });
    await drawn(page);
    await page.evaluate(() => {
      window.hunt.dispose('events');
      window.hunt.release();
      window.hunt.forget('events');
    });
    await drawn(page);
    expect(await table.root.locator('.hb-loading').count()).toBeGreaterThan(0);
    expect(problems).toEqual([]);
  });

  it('shows a bar for each warning, and the facts of the result', async () => {
    const { page } = await open();
    const table = await showTable(page, events(300, { warnings: ['Cut at 300 rows.', 'Two clusters did not answer.'], name: 'logons' }));
    await table.root.getByText('Cut at 300 rows.').waitFor();
    await table.root.getByText('Two clusters did not answer.').waitFor();
    expect(await table.root.locator('.hb-footer').innerText()).toMatch(/logons\s*·?\s*300 rows\s*·?\s*12 columns\s*·?\s*1\.24 s\s*·?\s*Contoso/);
  });

  it('copes with no rows, no columns, no names', async () => {
    const { page, problems } = await open();
    const empty = await showTable(page, { id: 'empty', table: { kind: 'rows', columns: [{ name: 'A', type: 'int' }], rows: [] } });
    await empty.root.getByText('The query returned no rows.').waitFor();
    const bare = await showTable(page, { id: 'bare', table: { kind: 'rows', columns: [], rows: [[], []] } });
    await bare.root.getByText('The result has no columns.').waitFor();
    await bare.grid.focus();
    await bare.press('ArrowDown', 'Control+a', 'Control+c', 'Space', 'Enter', 'Escape');
    const names = ['', 'twin', 'twin', '__proto__', 'constructor'].map((name) => ({ name, type: 'string' as const }));
    const odd = await showTable(page, { id: 'odd', table: { kind: 'rows', columns: names, rows: [['a', 'b', 'c', 'd', 'e']] } });
    expect(await odd.root.locator('.hb-headcell').allInnerTexts()).toEqual([
      expect.stringContaining('(no name)'),
      expect.stringContaining('twin'),
      expect.stringContaining('twin'),
      expect.stringContaining('__proto__'),
      expect.stringContaining('constructor'),
    ]);
    expect(await odd.text(0, 3)).toBe('d');
    await odd.header('__proto__').click();
    expect(await odd.header('__proto__').getAttribute('aria-sort')).toBe('ascending');
    expect(problems).toEqual([]);
  });

  it('says so when it cannot read what was saved', async () => {
    const { page, problems } = await open();
    await page.evaluate(() => {
      window.hunt.renderJson('a', { version: 99 });
      window.hunt.renderJson('b', null);
      const result = { columns: [7, { name: 'x', type: 'nope' }], rowCount: 'many', preview: { rows: [] } };
      window.hunt.renderJson('c', { version: 1, result });
      const twisted = { columns: [null, { name: 'x', type: 'nope' }], rowCount: 3, preview: { rows: [3, [[1], { a: 1 }]] } };
      window.hunt.renderJson('d', { version: 1, result: twisted });
    });
    for (const id of ['a', 'b', 'c']) expect(await page.locator(`#${id}`).innerText()).toContain('saved by another version');
    const twisted = new TableOnPage(page, 'd');
    expect(await twisted.text(1, 1)).toBe('{"a":1}');
    expect(problems).toEqual([]);
  });

  it('leaves the wheel to the notebook when the grid is at its end', async () => {
    const { page } = await open({ viewport: { width: 1000, height: 420 } });
    await render(page, events(50));
    await render(page, events(50, { id: 'second' }));
    const table = new TableOnPage(page, 'events');
    await table.cell(5, 1).hover();
    await table.scrollTo(1e6);
    await drawn(page);
    await page.mouse.wheel(0, 200);
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollTop)).toBeGreaterThan(0);
  });
});
