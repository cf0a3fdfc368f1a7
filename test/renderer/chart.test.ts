import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Visualization } from '../../src/common/engineProtocol';
import type { WireRow } from '../../src/common/kqlTypes';
import { columnsOf, gallery, render as rendered, type Sample, samples } from '../unit/charts/samples';
import { received, render } from './drive';
import { type Theme, themes, useRenderer } from './harness';
import type { OutputSpec } from './page/main';

const open = useRenderer();
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface AxeWindow {
  readonly axe: { run: (root: Element) => Promise<AxeResults> };
}

async function violations(page: Page): Promise<readonly string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe);
  const results = await page.evaluate(() => (window as unknown as AxeWindow).axe.run(document.body));
  return results.violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html} ${node.failureSummary ?? ''}`));
}

/** An output with its chart, in the order in which people meet it. */
class ChartOnPage {
  constructor(
    readonly page: Page,
    readonly id: string,
  ) {}

  get root(): Locator {
    return this.page.locator(`#${this.id}`);
  }

  get canvas(): Locator {
    return this.root.locator('.hb-canvasbox');
  }

  get svg(): Locator {
    return this.root.locator('.hb-drawing svg');
  }

  tab(name: string): Locator {
    return this.root.getByRole('tab', { name });
  }

  button(name: string): Locator {
    return this.root.getByRole('button', { name });
  }

  list(name: string): Locator {
    return this.root.getByRole('combobox', { name, exact: true });
  }

  async texts(): Promise<readonly string[]> {
    return this.svg.locator('text').allTextContents();
  }
}

type More = Partial<Pick<OutputSpec, 'live' | 'previewRows'>>;

async function show(page: Page, data: Sample, visualization?: Visualization, more: More = {}): Promise<ChartOnPage> {
  const table = { kind: 'rows', columns: data.columns, rows: data.rows } as const;
  await render(page, { id: 'a', table, previewRows: 20, ...(visualization ? { visualization } : {}), ...more });
  return new ChartOnPage(page, 'a');
}

describe.each(themes)('in %s', (theme: Theme) => {
  it('every kind is drawn, and axe finds nothing', async () => {
    const { page, problems } = await open({ theme, viewport: { width: 1000, height: 900 } });
    for (const [name, data, visualization] of gallery) {
      const id = `kind-${name}`;
      await render(page, { id, table: { kind: 'rows', columns: data.columns, rows: data.rows }, visualization, previewRows: 20 });
      const chart = new ChartOnPage(page, id);
      if (visualization.visualization === 'card') await chart.root.getByText('12,345').waitFor();
      else await expect.poll(() => chart.svg.locator('path, rect').count(), { message: name }).toBeGreaterThan(3);
    }
    expect(await violations(page)).toEqual([]);
    expect(problems).toEqual([]);
  });
});

it('a chart follows the theme', async () => {
  const { page } = await open();
  const chart = await show(page, samples.byText, rendered('columnchart'));
  const colour = async (): Promise<string | null> => chart.svg.locator('text').first().getAttribute('fill');
  await chart.svg.locator('text').first().waitFor();
  const dark = await colour();
  await page.evaluate(() => {
    document.body.className = 'vscode-light';
  });
  await expect.poll(colour).not.toBe(dark);
});

describe('the tabs', () => {
  it('open with the chart when the query asks for one, and with the table when not', async () => {
    const { page } = await open();
    const chart = await show(page, samples.byText, rendered('columnchart'));
    await chart.svg.waitFor();
    expect(await chart.tab('Chart').getAttribute('aria-selected')).toBe('true');
    await render(page, { id: 'b', table: { kind: 'events', rows: 20 } });
    expect(await new ChartOnPage(page, 'b').tab('Table').getAttribute('aria-selected')).toBe('true');
  });

  it('are gone through by arrows and opened by Enter; the chosen one is remembered', async () => {
    const { page } = await open();
    const chart = await show(page, samples.byText, rendered('columnchart'));
    await chart.svg.waitFor();
    await chart.tab('Chart').focus();
    await page.keyboard.press('ArrowLeft');
    expect(await chart.tab('Chart').getAttribute('aria-selected')).toBe('true');
    await page.keyboard.press('Enter');
    await chart.root.getByRole('grid').waitFor();
    const table = { kind: 'rows', columns: samples.byText.columns, rows: samples.byText.rows } as const;
    await page.evaluate((spec) => window.hunt.renderAgain(spec), { id: 'a', table, visualization: rendered('columnchart') });
    await chart.root.getByRole('grid').waitFor();
    expect(await chart.tab('Table').getAttribute('aria-selected')).toBe('true');
    expect(await page.evaluate(() => window.hunt.leakedKeys())).not.toContain('Enter');
  });
});

describe('the range', () => {
  it('that is dragged over filters the rows of all tabs', async () => {
    const { page } = await open();
    const chart = await show(page, samples.byHour, rendered('timechart'));
    await chart.svg.waitFor();
    const box = (await chart.canvas.boundingBox())!;
    await page.mouse.move(box.x + 300, box.y + 150);
    await page.mouse.down();
    await page.mouse.move(box.x + 450, box.y + 160, { steps: 4 });
    await page.mouse.up();
    await chart.root.getByRole('group', { name: 'Chosen range' }).waitFor();
    await chart.button('Filter rows').click();
    await expect.poll(async () => (await received(page, 'ask')).at(-1)?.question.argument.view.columnFilters).toMatchObject([{ column: 0, kind: 'range' }]);
    await chart.tab('Table').click();
    await chart.root.getByRole('grid').waitFor();
    await expect.poll(async () => (await received(page, 'readPage')).some(({ read }) => read.view.columnFilters?.length === 1)).toBe(true);
  });

  it('is chosen by the keyboard, which reads the points', async () => {
    const { page } = await open();
    const chart = await show(page, samples.byText, rendered('columnchart'));
    await chart.svg.waitFor();
    await chart.canvas.focus();
    await page.keyboard.press('ArrowRight');
    await chart.root.getByRole('status').filter({ hasText: 'Norway, Succeeded 812, Failed 31' }).waitFor({ state: 'attached' });
    await page.keyboard.press('Shift+ArrowRight');
    await chart.root.getByText('Norway – United Kingdom').waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect((await received(page, 'addToQuery')).at(-1)?.operator).toBe('where Country in ("Norway", "United Kingdom")');
  });

  it('is zoomed into and out of', async () => {
    const { page } = await open();
    const chart = await show(page, samples.byHour, rendered('timechart'));
    await chart.svg.waitFor();
    await chart.canvas.focus();
    for (const key of ['ArrowRight', 'Shift+ArrowRight', 'Shift+ArrowRight', 'Shift+ArrowRight']) await page.keyboard.press(key);
    await chart.button('Zoom in').click();
    await expect.poll(() => chart.texts()).toContain('01:00');
    await chart.button('Zoom out').click();
    await expect.poll(() => chart.texts()).not.toContain('01:00');
  });
});

describe('a chart without render', () => {
  const raw: Sample = {
    columns: columnsOf('TimeGenerated:datetime, Account:string, A:string, B:string, Code:int'),
    rows: Array.from({ length: 60 }, (_, row): WireRow => [`2024-05-06T0${row % 6}:30:00.0000000Z`, row % 3 === 0 ? 'ann' : 'bob', 'a', 'b', row]),
  };

  it('is built by choosing, and becomes a query', async () => {
    const { page, problems } = await open();
    const chart = await show(page, raw);
    await chart.tab('Chart').click();
    await chart.svg.waitFor();
    expect(await chart.list('Values').inputValue()).toBe('count');
    await chart.list('Chart').selectOption({ label: 'Bar chart' });
    await chart.list('X axis').selectOption({ label: 'Account' });
    await expect.poll(() => chart.texts()).toEqual(expect.arrayContaining(['bob', 'ann']));
    await chart.button('Add to query').click();
    expect((await received(page, 'addToQuery')).at(-1)?.operator).toBe('summarize Count = count() by Account\n| order by Count desc\n| render barchart');
    await chart.list('Values').selectOption({ label: 'Average' });
    await chart.list('of').selectOption({ label: 'Code' });
    await chart.button('Copy the query operators').click();
    expect((await received(page, 'copy')).at(-1)?.text).toBe('| summarize avg(Code) by Account\n| render barchart');
    expect(problems).toEqual([]);
  });

  it('keeps what was chosen when it is rendered again', async () => {
    const { page } = await open();
    const chart = await show(page, raw);
    await chart.tab('Chart').click();
    await chart.list('Chart').selectOption({ label: 'Pie chart' });
    await page.evaluate((spec) => window.hunt.renderAgain(spec), { id: 'a', table: { kind: 'rows', ...raw } as const, previewRows: 20 });
    await expect.poll(() => chart.list('Chart').inputValue()).toBe('piechart');
  });

  it('says what is missing, and lets people choose another', async () => {
    const { page } = await open();
    const chart = await show(page, { columns: columnsOf('A:string'), rows: [['x'], ['y'], ['x']] }, rendered('timechart'));
    const problem = chart.root.getByRole('note').getByText('A time chart needs a column of datetimes, and the result has none.');
    await problem.waitFor();
    await chart.list('Chart').selectOption({ label: 'Column chart' });
    await chart.svg.waitFor();
    await chart.button('as the query asks').click();
    await problem.waitFor();
  });
});

describe('rows that are not held', () => {
  it('are drawn from what the file keeps, and that is said', async () => {
    const { page } = await open();
    const chart = await show(page, samples.byHour, rendered('timechart'), { live: false, previewRows: 30 });
    await chart.svg.waitFor();
    await chart.root.getByText('Drawn from the first 30 rows of 144 rows: those kept in the file.').waitFor();
  });

  it('need nobody to answer', async () => {
    const { page } = await open({ messaging: false });
    const chart = await show(page, samples.byText, rendered('piechart'));
    await chart.svg.waitFor();
    expect((await chart.texts()).join(' ')).toContain('Norway');
  });
});

describe('the data', () => {
  it('is there as a table', async () => {
    const { page } = await open();
    const chart = await show(page, samples.byText, rendered('columnchart'));
    await chart.button('Show the data as a table').click();
    const table = chart.root.getByRole('table');
    expect(await table.getByRole('row').nth(1).allTextContents()).toEqual(['Norway81231']);
    expect(await table.getByRole('columnheader').allTextContents()).toEqual(['Country', 'Succeeded', 'Failed']);
    await chart.button('Show the data as a table').click();
    await chart.svg.waitFor();
  });

  it('is saved as pictures', async () => {
    const { page, problems } = await open();
    const chart = await show(page, samples.byText, rendered('columnchart', {}, 'Logons'));
    await chart.svg.waitFor();
    await chart.button('Save as SVG').click();
    await chart.button('Save as PNG').click();
    await expect.poll(async () => (await received(page, 'saveImage')).length).toBe(2);
    const [svg, png] = await received(page, 'saveImage');
    expect(Buffer.from(svg!.base64, 'base64').toString('utf8')).toMatch(/^<svg .*Logons.*<\/svg>$/su);
    expect(Buffer.from(png!.base64, 'base64').subarray(1, 4).toString('latin1')).toBe('PNG');
    expect(problems).toEqual([]);
  });
});

const attacks = ['<img src=/planted.js onerror="window.pwned=1">', '<script>window.pwned=1</script>', '"><svg onload=window.pwned=1>', '{a|<b>x</b>}', '\u202Eexe.fdp'];

describe('names from an attacker', () => {
  it('are text in the drawing, in the tip, in the lists and in the table', async () => {
    const { page, problems } = await open({ viewport: { width: 1000, height: 900 } });
    const hostile: Sample = {
      columns: [
        { name: attacks[1]!, type: 'string' },
        { name: attacks[0]!, type: 'long' },
      ],
      rows: attacks.map((name, index) => [name, index + 1]),
    };
    for (const [index, kind] of ['columnchart', 'barchart', 'piechart', 'treemap'].entries()) {
      const table = { kind: 'rows', columns: hostile.columns, rows: hostile.rows } as const;
      await render(page, { id: `h${index}`, table, visualization: rendered(kind, { xTitle: attacks[2]! }, attacks[1]) });
      const chart = new ChartOnPage(page, `h${index}`);
      await chart.svg.waitFor();
      const box = (await chart.canvas.boundingBox())!;
      for (const x of [0.3, 0.5, 0.7]) await page.mouse.move(box.x + box.width * x, box.y + box.height * 0.5);
      await chart.button('Chart options').click();
      await chart.button('Show the data as a table').click();
      await chart.root.getByRole('table').waitFor();
    }
    expect(await page.locator('.hb-surface img, .hb-surface script, .hb-tip svg').count()).toBe(0);
    expect(await page.evaluate(() => window.pwned)).toBeUndefined();
    expect(problems).toEqual([]);
    expect(await page.locator('.hb-charttable').first().textContent()).toContain('\\u{202e}exe.fdp');
  });

  it('are text in the tip', async () => {
    const { page } = await open();
    const chart = await show(page, { columns: columnsOf('A:string, N:long'), rows: [[attacks[0]!, 5]] }, rendered('columnchart'));
    await chart.svg.waitFor();
    const box = (await chart.canvas.boundingBox())!;
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await chart.root.locator('.hb-tiptitle').filter({ hasText: attacks[0]! }).waitFor();
    expect(await page.locator('img').count()).toBe(0);
  });
});
