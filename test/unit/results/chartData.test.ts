import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { neverCancelled } from '../../../src/common/cancellation';
import { localChartData } from '../../../src/common/charts/localChartData';
import type { Column, WireRow } from '../../../src/common/kqlTypes';
import { type ReadChart, wholeView } from '../../../src/common/resultViews';
import { readChart } from '../../../src/results/chartData';
import { keepRows, openStore, type OpenStore } from './openStore';

let open: OpenStore;
beforeAll(async () => {
  open = await openStore();
});
afterAll(async () => {
  await open.close();
});

const columns: readonly Column[] = [
  { name: 'TimeGenerated', type: 'datetime' },
  { name: 'Account', type: 'string' },
  { name: 'Count', type: 'long' },
  { name: 'Score', type: 'real' },
  { name: 'Took', type: 'timespan' },
  { name: 'Money', type: 'decimal' },
];
const time = (minutes: number): string => new Date(Date.UTC(2024, 4, 6) + minutes * 60_000).toISOString().replace('Z', '0000Z');
const accounts = ['alice', 'bob', '', 'carol'];
const rowsOf = (count: number): readonly WireRow[] =>
  Array.from({ length: count }, (_, row): WireRow => [
    row % 29 === 28 ? null : time((row * 37) % (count * 2)),
    accounts[(row * row) % 4] ?? '',
    row % 7 === 6 ? null : (row * 31) % 100,
    row % 11 === 10 ? 'NaN' : row / 4,
    `00:${String(row % 60).padStart(2, '0')}:30`,
    `${row}.25`,
  ]);

const plain = { x: 0, y: [2], series: [], aggregate: 'none', maxPoints: 5000, maxSeries: 50 } as const satisfies Omit<ReadChart, 'resultId' | 'view'>;
type Wish = Partial<Omit<ReadChart, 'resultId'>>;

async function chart(rows: readonly WireRow[], wish: Wish, of = columns) {
  await keepRows(open, { resultId: 'r', columns: of, rows });
  const read = { resultId: 'r', view: wholeView, ...plain, ...wish };
  return readChart(await open.store.viewed(read, neverCancelled), read, neverCancelled);
}

describe('what fits is drawn as it is, and the same from the rows that a file keeps', () => {
  const wishes: readonly (readonly [string, Wish])[] = [
    ['a line', {}],
    ['two values', { y: [2, 3] }],
    ['a series a value of a column', { series: [1] }],
    ['decimals and timespans', { y: [4, 5] }],
    ['sums by x', { x: 1, aggregate: 'sum' }],
    ['means by x and series', { x: 2, y: [3], series: [1], aggregate: 'mean' }],
    ['the lowest', { x: 1, y: [3], aggregate: 'min' }],
    ['the highest', { x: 1, y: [3], aggregate: 'max' }],
    ['rows counted by text', { x: 1, y: [], aggregate: 'count' }],
    ['rows counted by bins of time', { y: [], aggregate: 'count', maxBins: 10 }],
    ['rows counted by bins of time and a series', { y: [], series: [1], aggregate: 'count', maxBins: 10 }],
    ['bins of numbers', { x: 2, y: [3], aggregate: 'sum', maxBins: 9 }],
    ['bins of timespans', { x: 4, y: [2], aggregate: 'sum', maxBins: 9 }],
    ['the largest series', { series: [1], maxSeries: 2 }],
  ];
  it.each(wishes)('%s', async (_, wish) => {
    const rows = rowsOf(100);
    const stored = await chart(rows, wish);
    expect(stored).toEqual(localChartData(columns, rows, { ...plain, ...wish }));
    expect(stored.series.length).toBeGreaterThan(0);
  });
});

describe('many rows are put together', () => {
  it('into as few points as wished, each spike kept, every point one of the rows', async () => {
    const rows = Array.from({ length: 4000 }, (_, row): WireRow => [time(row), 'a', row === 1717 ? 9999 : row === 3003 ? -9999 : row % 10, 0, null, null]);
    const found = await chart(rows, { maxPoints: 500 });
    const [series] = found.series;
    expect(series!.x.length).toBeLessThanOrEqual(500);
    expect(series!.x.length).toBeGreaterThan(200);
    expect(found.bin).toBe(30 * 60_000);
    expect(found.rows).toBe(4000);
    const points = series!.x.map((x, index) => [x, series!.values[index]]);
    expect(points).toContainEqual([time(1717), 9999]);
    expect(points).toContainEqual([time(3003), -9999]);
    expect([...series!.x].sort()).toEqual(series!.x);
    const original = new Set(rows.map((row) => JSON.stringify([row[0], row[2]])));
    expect(points.every((point) => original.has(JSON.stringify(point)))).toBe(true);
  });

  it('into bins whose sums are those of the rows', async () => {
    const rows = rowsOf(2000);
    const found = await chart(rows, { aggregate: 'sum', maxPoints: 100, series: [1] });
    const total = found.series.flatMap(({ values }) => values).reduce<number>((sum, value) => sum + (value ?? 0), 0);
    expect(total).toBe(rows.reduce((sum, row) => sum + (row[0] === null ? 0 : Number(row[2] ?? 0)), 0));
    expect(found.series.flatMap(({ x }) => x).length).toBeLessThanOrEqual(100);
    // As bin() of KQL would have it.
    expect(found.bin).toBe(2 * 3_600_000);
    expect(found.series.flatMap(({ x }) => x).every((x) => Date.parse(String(x)) % (2 * 3_600_000) === 0)).toBe(true);
  });

  it('of texts so many are kept as fit, and the others counted', async () => {
    const rows = Array.from({ length: 300 }, (_, row): WireRow => [null, row < 120 ? 'often' : `a${row}`, 1, null, null, null]);
    const sums = await chart(rows, { x: 1, aggregate: 'sum', maxBins: 20 });
    expect(sums.series[0]!.x).toHaveLength(20);
    expect(sums.leftOut).toBe(161);
    const counted = await chart([...rows].reverse(), { x: 1, y: [], aggregate: 'count', maxBins: 20 });
    expect(counted.series[0]!.x[0]).toBe('often');
    expect(counted.series[0]!.values[0]).toBe(120);
  });

  it('of series those with most rows are kept', async () => {
    const rows = Array.from({ length: 1000 }, (_, row): WireRow => [time(row), row % 10 < 6 ? 'many' : `few${row}`, 1, null, null, null]);
    const found = await chart(rows, { series: [1], maxSeries: 3 });
    expect(found.series.map(({ keys }) => keys[0])).toContain('many');
    expect(found.series).toHaveLength(3);
    expect(found.totalSeries).toBe(401);
  });
});

describe('what make-series makes', () => {
  const arrays: readonly Column[] = [
    { name: 'Host', type: 'string' },
    { name: 'TimeGenerated', type: 'dynamic' },
    { name: 'Count', type: 'dynamic' },
  ];
  const rows: readonly WireRow[] = ['a', 'b'].map((host, index) => [host, JSON.stringify([time(0), time(60), time(120)]), JSON.stringify([1 + index, null, 3.5])]);

  it('is drawn element by element', async () => {
    const found = await chart(rows, { x: 1, y: [2], series: [0] }, arrays);
    expect(found.rows).toBe(2);
    expect(found.series).toEqual([
      { keys: ['a'], y: 0, x: [time(0), time(60), time(120)], values: [1, null, 3.5] },
      { keys: ['b'], y: 0, x: [time(0), time(60), time(120)], values: [2, null, 3.5] },
    ]);
    expect(localChartData(arrays, rows, { ...plain, x: 1, y: [2], series: [0] })).toEqual(found);
  });
});

describe('a view', () => {
  it('is drawn as it is filtered', async () => {
    const found = await chart(rowsOf(100), { x: 1, aggregate: 'sum', view: { sort: [], filter: '', columnFilters: [{ kind: 'values', column: 1, values: ['bob'] }] } });
    expect(found.series[0]!.x).toEqual(['bob']);
  });

  it('without rows has no points', async () => {
    const found = await chart(rowsOf(100), { series: [1], view: { sort: [], filter: 'no such text' } });
    expect(found).toEqual({ series: [], totalSeries: 0, rows: 0 });
    expect(localChartData(columns, [], { ...plain, series: [1] })).toEqual(found);
  });
});

it('refuses values that are no numbers', async () => {
  await expect(chart(rowsOf(3), { y: [1] })).rejects.toMatchObject({ data: { kind: 'refused' } });
});
