import { describe, expect, it } from 'vitest';
import { copied, drawn, received, showTable, type TableOnPage } from './drive';
import { type OpenOptions, useRenderer } from './harness';
import type { OutputSpec } from './page/main';

const open = useRenderer();

async function openEvents(rows: number, options?: OpenOptions): Promise<TableOnPage> {
  const { page } = await open(options);
  const table = await showTable(page, { id: 'events', table: { kind: 'events', rows } });
  await expect.poll(() => table.rowCount()).toBe(rows);
  return table;
}

const small: OutputSpec = {
  id: 'small',
  table: {
    kind: 'rows',
    columns: [
      { name: 'Name', type: 'string' },
      { name: 'Count', type: 'long' },
      { name: 'When', type: 'datetime' },
    ],
    rows: [
      ['plain', 3, '2024-05-06T22:08:09.1234567Z'],
      ['tab\there', null, '2024-05-06T07:08:09.0000000Z'],
      ['', '9007199254740993', null],
      ['say "hi"\nnow', 1, '2024-05-06T07:08:09.5000000Z'],
    ],
  },
};

describe('sorting', () => {
  it('goes ascending, descending, off by clicks on the header', async () => {
    const table = await openEvents(50_000);
    const header = table.header('EventID');
    const first = await table.text(0, 2);
    await header.click();
    await expect.poll(() => header.getAttribute('aria-sort')).toBe('ascending');
    expect(await table.text(0, 2)).toBe('4624');
    await header.click();
    await expect.poll(() => header.getAttribute('aria-sort')).toBe('descending');
    expect(await table.text(0, 2)).toBe('4688');
    await header.click();
    await expect.poll(() => header.getAttribute('aria-sort')).toBe('none');
    expect(await table.text(0, 2)).toBe(first);
  });

  it('by several columns with Shift', async () => {
    const table = await openEvents(50_000);
    await table.header('EventID').click();
    await table.header('Account').click({ modifiers: ['Shift'] });
    await table.header('Account').click({ modifiers: ['Shift'] });
    await expect.poll(() => table.header('Account').getAttribute('aria-sort')).toBe('descending');
    expect(await table.header('EventID').getAttribute('aria-sort')).toBe('ascending');
    expect([await table.text(0, 2), await table.text(0, 1)]).toEqual(['4624', 'svc-backup']);
    await table.root.getByText('sorted by EventID ascending, then Account descending').waitFor({ state: 'attached' });
  });

  it('by keyboard from the header', async () => {
    const table = await openEvents(50_000);
    await table.grid.focus();
    await table.press('ArrowRight', 'ArrowUp', 'Enter');
    await expect.poll(() => table.header('Account').getAttribute('aria-sort')).toBe('ascending');
    expect(await table.active()).toEqual([-1, 1]);
    await table.press('Enter');
    await expect.poll(() => table.header('Account').getAttribute('aria-sort')).toBe('descending');
    await table.press('ArrowRight', 'Shift+Enter');
    await expect.poll(() => table.header('EventID').getAttribute('aria-sort')).toBe('ascending');
    expect(await table.header('Account').getAttribute('aria-sort')).toBe('descending');
  });

  it('shows the newest wish when answers come in another order', async () => {
    const table = await openEvents(50_000);
    await table.page.evaluate(() => window.hunt.setMood({ delayMs: -1 }));
    await table.header('Account').click();
    await table.header('EventID').click();
    await table.grid.and(table.page.locator('[aria-busy="true"]')).waitFor();
    await table.page.evaluate(() => window.hunt.release(true));
    await expect.poll(() => table.header('EventID').getAttribute('aria-sort')).toBe('ascending');
    expect(await table.header('Account').getAttribute('aria-sort')).toBe('none');
    expect(await table.grid.getAttribute('aria-busy')).toBe('false');
  });
});

describe('the filter', () => {
  it('keeps matching rows, counts them and marks what matches', async () => {
    const table = await openEvents(50_000);
    await table.filterBox.fill('night shift');
    await expect.poll(() => table.root.locator('.hb-count').textContent()).toBe('50,000 of 50,000 rows');
    await table.filterBox.fill('OKAFOR');
    await expect.poll(() => table.rowCount()).toBeLessThan(50_000);
    const count = (await table.rowCount()).toLocaleString('en-US');
    expect(await table.root.locator('.hb-count').textContent()).toBe(`${count} of 50,000 rows`);
    expect(await table.cell(0, 1).locator('mark').textContent()).toBe('okafor');
    await table.root.getByRole('status').filter({ hasText: `${count} of 50,000 rows` }).waitFor({ state: 'attached' });
  });

  it('says when nothing matches, and is cleared by Escape', async () => {
    const table = await openEvents(50_000);
    await table.filterBox.fill('<b>nothing</b>');
    await table.root.getByText('No row contains “<b>nothing</b>”.').waitFor();
    await table.filterBox.press('Escape');
    await expect.poll(() => table.rowCount()).toBe(50_000);
    expect(await table.filterBox.inputValue()).toBe('');
  });

  it('sends one question for fast typing', async () => {
    const table = await openEvents(50_000);
    const before = (await received(table.page, 'readPage')).length;
    await table.filterBox.pressSequentially('okafor');
    await expect.poll(() => table.rowCount()).toBeLessThan(50_000);
    const views = (await received(table.page, 'readPage')).slice(before).map((message) => message.read.view.filter);
    expect(new Set(views)).toEqual(new Set(['okafor']));
  });

  it('is reached by Ctrl+Shift+L and left by Enter; keys in it stay in it', async () => {
    const table = await openEvents(50_000);
    await table.grid.focus();
    await table.press('Control+Shift+L');
    await table.page.keyboard.type('ddab');
    await table.press('Backspace', 'Enter');
    expect(await table.grid.evaluate((grid) => grid === document.activeElement)).toBe(true);
    expect(await table.page.evaluate(() => window.hunt.leakedKeys())).toEqual(['Control', 'Shift']);
  });
});

describe('columns', () => {
  it('are resized by dragging, fitted by a double click', async () => {
    const table = await openEvents(1000);
    const width = () => table.header('Account').evaluate((cell) => Math.round(cell.getBoundingClientRect().width));
    const before = await width();
    const box = (await table.header('Account').boundingBox())!;
    await table.page.mouse.move(box.x + box.width - 3, box.y + 10);
    await table.page.mouse.down();
    await table.page.mouse.move(box.x + box.width + 97, box.y + 40, { steps: 4 });
    await table.page.mouse.up();
    expect(await width()).toBe(before + 100);
    expect(await table.cell(3, 1).evaluate((cell) => Math.round(cell.getBoundingClientRect().width))).toBe(before + 100);
    await table.header('Account').locator('.hb-resizer').dblclick();
    expect(await width()).toBeLessThan(before + 30);
    expect(await table.header('Account').getAttribute('aria-sort')).toBe('none');
  });

  it('are resized and fitted by keyboard', async () => {
    const table = await openEvents(1000);
    const width = () => table.header('TimeGenerated').evaluate((cell) => Math.round(cell.getBoundingClientRect().width));
    const before = await width();
    await table.grid.focus();
    await table.press('Alt+Shift+ArrowDown', 'Alt+Shift+ArrowDown');
    expect(await width()).toBe(before + 32);
    await table.press('Alt+Shift+ArrowUp');
    expect(await width()).toBe(before + 16);
    await table.press('Alt+Shift+Enter');
    expect(Math.abs((await width()) - before)).toBeLessThan(8);
  });

  it('beyond the window are not in the document', async () => {
    const { page } = await open();
    const table = await showTable(page, { id: 'wide', table: { kind: 'events', rows: 300, columns: 10_000 } });
    expect(await table.grid.getAttribute('aria-colcount')).toBe('10001');
    await table.grid.focus();
    await table.press('End');
    expect(await table.active()).toEqual([0, 9999]);
    expect(await table.header('Computer834').isVisible()).toBe(true);
    expect(await table.root.locator('.hb-headcell:not([hidden])').count()).toBeLessThan(30);
  });
});

describe('selection and copy', () => {
  it('copies the active cell, a range, and all of it with column names', async () => {
    const { page } = await open();
    const table = await showTable(page, small);
    await table.cell(0, 0).click();
    await table.press('Control+c');
    expect(await copied(page)).toBe('plain');
    await table.press('Shift+ArrowRight', 'Shift+ArrowDown', 'Control+c');
    await expect.poll(() => copied(page)).toBe('plain\t3\n"tab\there"\t');
    expect(await table.root.locator('.hb-status').textContent()).toBe('Copied 4 cells');
    await table.press('Control+a', 'Control+Shift+C');
    await expect
      .poll(() => copied(page))
      .toBe(
        [
          'Name\tCount\tWhen',
          'plain\t3\t2024-05-06T22:08:09.1234567Z',
          '"tab\there"\t\t2024-05-06T07:08:09.0000000Z',
          '\t9007199254740993\t',
          '"say ""hi""\nnow"\t1\t2024-05-06T07:08:09.5000000Z',
        ].join('\n'),
      );
  });

  it('copies by the toolbar and by the menu of the editor', async () => {
    const { page } = await open();
    const table = await showTable(page, small);
    await table.cell(0, 1).click();
    await table.root.getByRole('button', { name: 'Copy with column names' }).click();
    await expect.poll(() => copied(page)).toBe('Count\n3');
    await table.grid.focus();
    await page.evaluate(() => document.body.dispatchEvent(new ClipboardEvent('copy', { bubbles: true, cancelable: true })));
    await expect.poll(() => copied(page)).toBe('3');
  });

  it('selects by drag, Shift and click, whole rows and columns', async () => {
    const table = await openEvents(1000);
    const selected = () => table.root.locator('.hb-status').textContent();
    await table.cell(2, 1).hover();
    await table.page.mouse.down();
    await table.cell(5, 3).hover();
    await table.page.mouse.up();
    expect(await selected()).toBe('12 cells selected (4 rows × 3 columns)');
    expect(await table.cell(4, 2).getAttribute('aria-selected')).toBe('true');
    expect(await table.cell(6, 2).getAttribute('aria-selected')).toBeNull();
    await table.cell(1, 1).click();
    await table.cell(3, 2).click({ modifiers: ['Shift'] });
    expect(await selected()).toBe('6 cells selected (3 rows × 2 columns)');
    await table.press('Shift+Space');
    expect(await selected()).toBe('12 cells selected (1 row × 12 columns)');
    await table.press('ArrowLeft', 'Control+Space');
    expect(await selected()).toBe('1,000 cells selected (1,000 rows × 1 column)');
    await table.root.locator('.hb-gutter').nth(4).click();
    expect(await selected()).toBe('12 cells selected (1 row × 12 columns)');
    await table.press('Escape');
    expect(await selected()).toBe('');
  });

  it('drags on beyond the edge and scrolls', async () => {
    const table = await openEvents(1000);
    const box = (await table.grid.boundingBox())!;
    await table.cell(2, 1).hover();
    await table.page.mouse.down();
    await table.page.mouse.move(box.x + 200, box.y + box.height + 60, { steps: 5 });
    await expect.poll(async () => (await table.active())?.[0]).toBeGreaterThan(40);
    await table.page.mouse.up();
  });

  it('copies rows that were never on screen, cut values whole', async () => {
    const { page } = await open();
    const long = 'x'.repeat(10_000);
    const rows = Array.from({ length: 700 }, (_, row) => [row, row === 650 ? long : 'short']);
    const columns = [
      { name: 'N', type: 'int' as const },
      { name: 'Text', type: 'string' as const },
    ];
    const table = await showTable(page, { id: 'long', table: { kind: 'rows', columns, rows } });
    await expect.poll(() => table.rowCount()).toBe(700);
    await table.grid.focus();
    await table.press('Control+a', 'Control+c');
    const lines = (await copied(page)).split('\n');
    expect(lines).toHaveLength(700);
    expect(lines[650]).toBe(`650\t${long}`);
  });

  it('tells when a copy is too big for a clipboard', async () => {
    const { page } = await open();
    const table = await showTable(page, { id: 'wide', table: { kind: 'events', rows: 100_000, columns: 50 } });
    await expect.poll(() => table.rowCount()).toBe(100_000);
    await table.grid.focus();
    await table.press('Control+a', 'Control+c');
    await expect
      .poll(() => table.root.locator('.hb-status').textContent(), { timeout: 30_000 })
      .toMatch(/^Copied [\d,]+ cells; the first [\d,]+ of 100,000 rows$/);
  });
});

describe('the keyboard', () => {
  const moves: readonly (readonly [keys: string, row: number, column: number])[] = [
    ['ArrowDown', 1, 0],
    ['ArrowRight', 1, 1],
    ['End', 1, 11],
    ['Home', 1, 0],
    ['ArrowLeft', 1, 0],
    ['PageDown', 15, 0],
    ['PageUp', 1, 0],
    ['Control+End', 999, 11],
    ['ArrowDown', 999, 11],
    ['ArrowRight', 999, 11],
    ['Control+Home', 0, 0],
    ['Control+ArrowDown', 999, 0],
    ['Control+ArrowRight', 999, 11],
    ['Control+ArrowUp', 0, 11],
    ['Control+ArrowLeft', 0, 0],
    ['ArrowUp', -1, 0],
    ['ArrowUp', -1, 0],
    ['ArrowRight', -1, 1],
    ['PageDown', 14, 1],
  ];

  it('moves the active cell', async () => {
    const table = await openEvents(1000);
    await table.grid.focus();
    for (const [keys, row, column] of moves) {
      await table.press(keys);
      expect([keys, await table.active()]).toEqual([keys, [row, column]]);
    }
    expect(await table.page.evaluate(() => window.hunt.leakedKeys())).not.toContain('ArrowDown');
  });

  it('leaves commands of the editor alone and keeps letters from the notebook', async () => {
    const table = await openEvents(1000);
    await table.grid.focus();
    await table.press('d', 'd', 'F1', 'Control+Enter', 'Control+Shift+p', 'Escape', 'Shift+Enter');
    const leaked = await table.page.evaluate(() => window.hunt.leakedKeys());
    expect(leaked.filter((key) => key !== 'Control' && key !== 'Shift')).toEqual(['F1', 'Enter', 'p', 'Escape', 'Enter']);
  });

  it('goes in and out of the grid by Tab', async () => {
    const table = await openEvents(1000);
    const focused = () => table.page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.tagName);
    await table.root.getByRole('button', { name: 'Keyboard shortcuts' }).focus();
    await table.press('Tab');
    expect(await focused()).toContain('Result');
    await table.press('Tab');
    expect(await focused()).not.toContain('Result');
    await table.press('Shift+Tab', 'Shift+Tab');
    expect(await focused()).toContain('Keyboard shortcuts');
  });

  it('finds the active cell again after scrolling away from it', async () => {
    const table = await openEvents(1000);
    await table.grid.focus();
    await table.press('ArrowDown');
    await table.scrollTo(24 * 500);
    await drawn(table.page);
    expect(await table.active()).toBeUndefined();
    await table.press('ArrowDown');
    expect(await table.active()).toEqual([2, 0]);
  });

  it('shows its own help', async () => {
    const table = await openEvents(1000);
    await table.grid.focus();
    await table.press('?');
    await table.root.getByText('Alt+Shift+Left, Right').waitFor();
    await table.press('Escape');
    expect(await table.grid.evaluate((grid) => grid === document.activeElement)).toBe(true);
    expect(await table.root.getByText('Alt+Shift+Left, Right').isVisible()).toBe(false);
  });
});

describe('times', () => {
  it('are in UTC or local for all tables at once', async () => {
    const { page } = await open();
    const table = await showTable(page, small);
    const other = await showTable(page, { ...small, id: 'other' });
    expect(await table.text(0, 2)).toBe('2024-05-06 22:08:09.123');
    expect(await table.text(1, 2)).toBe('2024-05-06 07:08:09');
    await table.root.getByRole('radio', { name: 'Local' }).click();
    expect(await table.text(0, 2)).toBe('2024-05-07 00:08:09.123');
    expect(await other.text(0, 2)).toBe('2024-05-07 00:08:09.123');
    expect(await other.root.getByRole('radio', { name: 'Local' }).getAttribute('aria-checked')).toBe('true');
  });

  it('have no switch where there are none', async () => {
    const { page } = await open();
    const table = await showTable(page, { id: 'a', table: { kind: 'rows', columns: [{ name: 'A', type: 'int' }], rows: [[1]] } });
    expect(await table.root.getByRole('radio').count()).toBe(0);
  });
});

describe('cells', () => {
  it('tell null from an empty string, and align numbers to the right', async () => {
    const { page } = await open();
    const table = await showTable(page, small);
    expect(await table.text(1, 1)).toBe('null');
    expect(await table.cell(1, 1).getAttribute('class')).toContain('hb-null');
    expect(await table.text(2, 0)).toBe('');
    expect(await table.cell(2, 0).getAttribute('class')).toContain('hb-empty');
    expect(await table.text(2, 1)).toBe('9007199254740993');
    expect(await table.cell(0, 1).evaluate((cell) => getComputedStyle(cell).textAlign)).toBe('right');
  });
});

describe('row details', () => {
  it('show all values, JSON indented without loss, times with all digits in both zones', async () => {
    const table = await openEvents(50_000);
    await table.cell(3, 1).click();
    await table.press('Space');
    const detail = table.root.getByRole('region', { name: 'Row 4' });
    await detail.waitFor();
    const text = await detail.innerText();
    expect(text).toContain('2024-05-06 07:08:12.0000371 UTC');
    expect(text).toContain('2024-05-06 09:08:12.0000371 UTC+02:00');
    expect(await detail.getByRole('treeitem', { name: 'location' }).textContent()).toContain('{"city":"Oslo","ports":[443,1371]}');
    expect(await detail.getByRole('treeitem', { name: /^id: ?9007199254740993/ }).isVisible()).toBe(true);
    await table.press('ArrowDown');
    await table.root.getByRole('region', { name: 'Row 5' }).waitFor();
    await table.press('Space');
    expect(await table.root.getByRole('region', { name: 'Row 5' }).count()).toBe(0);
  });

  it('open by Enter with the focus, and close by Escape', async () => {
    const table = await openEvents(50_000);
    await table.grid.focus();
    await table.press('Enter');
    const detail = table.root.getByRole('region', { name: 'Row 1' });
    expect(await detail.evaluate((panel) => panel.contains(document.activeElement))).toBe(true);
    await detail.getByRole('button', { name: 'Next row' }).click();
    await table.root.getByRole('region', { name: 'Row 2' }).waitFor();
    await table.press('Escape');
    expect(await table.root.getByRole('region', { name: 'Row 2' }).isVisible()).toBe(false);
    expect(await table.grid.evaluate((grid) => grid === document.activeElement)).toBe(true);
  });

  it('open by the arrow in the gutter and by a double click', async () => {
    const table = await openEvents(50_000);
    await table.cell(4, 1).hover();
    await table.root.locator('[aria-rowindex="6"] .hb-open').click();
    await table.root.getByRole('region', { name: 'Row 5' }).waitFor();
    await table.cell(7, 1).dblclick();
    await table.root.getByRole('region', { name: 'Row 8' }).waitFor();
  });

  it('fetch a cut value whole, and leave out empty ones', async () => {
    const { page } = await open();
    const columns = [
      { name: 'Text', type: 'string' as const },
      { name: 'Nothing', type: 'string' as const },
      { name: 'Less', type: 'int' as const },
    ];
    const table = await showTable(page, { id: 'cut', table: { kind: 'rows', columns, rows: [['y'.repeat(20_000), '', null]] } });
    await table.cell(0, 0).click();
    await table.press('Space');
    const detail = table.root.getByRole('region', { name: 'Row 1' });
    await detail.getByRole('button', { name: 'Show all 20,000 characters' }).click();
    await expect.poll(() => detail.locator('.hb-value').first().textContent()).toBe('y'.repeat(20_000));
    expect(await detail.getByText('Nothing').isVisible()).toBe(true);
    await detail.getByLabel('Hide empty').check();
    expect(await detail.getByText('Nothing').count()).toBe(0);
    expect(await detail.getByText('Less').count()).toBe(0);
  });

  it('stay within the window of a narrow output', async () => {
    const table = await openEvents(1000, { viewport: { width: 480, height: 900 } });
    await table.cell(1, 0).click();
    await table.press('Space');
    const detail = (await table.root.getByRole('region', { name: 'Row 2' }).boundingBox())!;
    const grid = (await table.grid.boundingBox())!;
    expect(detail.y).toBeGreaterThanOrEqual(grid.y + grid.height - 1);
    expect(detail.width).toBeGreaterThan(400);
  });
});
