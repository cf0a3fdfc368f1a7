import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { neverCancelled } from '../../../src/common/cancellation';
import { type View, wholeView } from '../../../src/common/engineProtocol';
import type { Column, KqlType, WireRow, WireValue } from '../../../src/common/kqlTypes';
import type { ReadGroups, ResultQuestions } from '../../../src/common/resultViews';
import { resultAnswers } from '../../../src/results/resultAnswers';
import { keepRows, type OpenStore, openStore } from './openStore';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let open: OpenStore;
let answers: ReturnType<typeof resultAnswers>;
let made = 0;

beforeAll(async () => {
  open = await openStore();
  answers = resultAnswers(open.store, open);
});
afterAll(() => open.close());

async function kept(columns: readonly (readonly [string, KqlType])[], rows: readonly WireRow[]): Promise<string> {
  const resultId = `result-${++made}`;
  await keepRows(open, { resultId, columns: columns.map(([name, type]): Column => ({ name, type })), rows });
  return resultId;
}

async function ask<N extends keyof ResultQuestions>(
  method: N,
  resultId: string,
  argument: Omit<ResultQuestions[N]['argument'], 'resultId' | 'view'>,
  view: Partial<View> = {},
): Promise<ResultQuestions[N]['answer']> {
  const whole = { ...argument, resultId, view: { ...wholeView, ...view } } as never;
  return answers[method](whole, neverCancelled, () => undefined);
}

const signIns = (): Promise<string> =>
  kept(
    [
      ['User', 'string'],
      ['Country', 'string'],
      ['Count', 'long'],
      ['Time', 'datetime'],
    ],
    [
      ['eve', 'NO', 3, '2024-05-06T07:08:09.1234567Z'],
      ['adam', 'SE', null, '2024-05-06T07:59:59.9999999Z'],
      ['eve', '', 5, '2024-05-06T08:00:00.0000000Z'],
      ['Eve', 'NO', '9223372036854775807', null],
      ['eve', 'NO', '9223372036854775807', '9999-12-31T23:59:59.9999999Z'],
    ],
  );

describe('groups', () => {
  const groups: Omit<ReadGroups, 'resultId' | 'view'> = { by: 0, aggregates: [], orderBy: 'count', descending: true, offset: 0, count: 100 };

  it('are counted and ordered by their rows, then by their keys', async () => {
    expect(await ask('readGroups', await signIns(), groups)).toEqual({
      groups: [
        { key: 'eve', rows: 3, aggregates: [] },
        { key: 'Eve', rows: 1, aggregates: [] },
        { key: 'adam', rows: 1, aggregates: [] },
      ],
      total: 3,
    });
  });

  it('have aggregates, exact beyond what a double holds', async () => {
    const kinds = ['count', 'distinct', 'sum', 'mean', 'min', 'max'] as const;
    const read = { ...groups, aggregates: kinds.map((kind) => ({ column: 2, kind })), orderBy: 2 };
    expect((await ask('readGroups', await signIns(), read)).groups).toEqual([
      { key: 'eve', rows: 3, aggregates: [3, 3, '9223372036854775815', 3074457345618258400, 3, '9223372036854775807'] },
      { key: 'Eve', rows: 1, aggregates: [1, 1, '9223372036854775807', 9223372036854775807, '9223372036854775807', '9223372036854775807'] },
      { key: 'adam', rows: 1, aggregates: [0, 0, null, null, null, null] },
    ]);
  });

  it('are read by pages, and counted in all of them', async () => {
    const id = await signIns();
    const page = await ask('readGroups', id, { ...groups, orderBy: 'key', descending: false, offset: 1, count: 1 });
    expect(page).toEqual({ groups: [{ key: 'adam', rows: 1, aggregates: [] }], total: 3 });
    expect(await ask('readGroups', id, { ...groups, offset: 7 })).toEqual({ groups: [], total: 3 });
  });

  it('of bins begin where the bins do, and a range without its end opens them', async () => {
    const id = await signIns();
    const { groups: hours } = await ask('readGroups', id, { ...groups, by: 3, bin: 3_600_000, orderBy: 'key', descending: false });
    expect(hours.map(({ key, rows }) => [key, rows])).toEqual([
      [null, 1],
      ['2024-05-06T07:00:00.0000000Z', 2],
      ['2024-05-06T08:00:00.0000000Z', 1],
      ['9999-12-31T23:00:00.0000000Z', 1],
    ]);
    const [, first, second] = hours;
    const opened = { columnFilters: [{ column: 3, kind: 'range', from: first?.key, to: second?.key, toExcluded: true }] } as const;
    expect((await ask('readColumns', id, { columns: [0], offset: 0, count: 9 }, opened)).rows).toEqual([['eve'], ['adam']]);
  });

  const bins: readonly (readonly [KqlType, number, readonly WireValue[], readonly (readonly [WireValue, number])[]])[] = [
    ['long', 10, [-1, -10, -11, 0, 9, '-9223372036854775808'], [['-9223372036854775810', 1], [-20, 1], [-10, 2], [0, 2]]],
    ['real', 0.5, [0.4, 0.5, -0.1, null], [[null, 1], [-0.5, 1], [0, 1], [0.5, 1]]],
    ['decimal', 10, ['5.5', '15'], [[0, 1], [10, 1]]],
    ['timespan', 60_000, ['00:00:59', '00:01:00', '-00:00:01'], [['-00:01:00', 1], ['00:00:00', 1], ['00:01:00', 1]]],
  ];
  for (const [type, bin, values, expected] of bins) {
    it(`put ${type} values into bins of ${bin}`, async () => {
      const id = await kept([['value', type]], values.map((value) => [value]));
      const read = { ...groups, bin, orderBy: 'key', descending: false } as const;
      expect((await ask('readGroups', id, read)).groups.map(({ key, rows }) => [key, rows])).toEqual(expected);
    });
  }

  it('refuse bins and sums of texts', async () => {
    const id = await signIns();
    await expect(ask('readGroups', id, { ...groups, bin: 5 })).rejects.toThrow('The string column "User" cannot be put into bins of 5.');
    await expect(ask('readGroups', id, { ...groups, by: 2, bin: 0 })).rejects.toMatchObject({ data: { kind: 'refused' } });
    const sum = { ...groups, aggregates: [{ column: 0, kind: 'sum' as const }] };
    await expect(ask('readGroups', id, sum)).rejects.toThrow('A string column such as "User" has no sum.');
  });
});

describe('a pivot', () => {
  const pivot = { rows: [0], across: 1, aggregate: { column: 2, kind: 'sum' as const }, maxRows: 10, maxColumns: 10 };

  it('has the most frequent first, and null where there are no rows', async () => {
    expect(await ask('readPivot', await signIns(), pivot)).toEqual({
      across: ['NO', '', 'SE'],
      rows: [
        { keys: ['eve'], cells: ['9223372036854775810', 5, null] },
        { keys: ['Eve'], cells: ['9223372036854775807', null, null] },
        { keys: ['adam'], cells: [null, null, null] },
      ],
      totalRows: 3,
      totalColumns: 3,
    });
  });

  it('is cut, says so, and takes several keys or none', async () => {
    const id = await signIns();
    const count = { column: 0, kind: 'count' as const };
    expect(await ask('readPivot', id, { ...pivot, rows: [0, 2], aggregate: count, maxRows: 1, maxColumns: 1 })).toEqual({
      across: ['NO'],
      rows: [{ keys: ['Eve', '9223372036854775807'], cells: [1] }],
      totalRows: 5,
      totalColumns: 3,
    });
    expect((await ask('readPivot', id, { ...pivot, rows: [], aggregate: count })).rows).toEqual([{ keys: [], cells: [3, 1, 1] }]);
  });
});

describe('statistics of a column', () => {
  it('of numbers', async () => {
    const id = await kept([['value', 'real']], [[1], [2], [2], ['NaN'], [null], ['Infinity'], [31]]);
    const found = await ask('readColumnStatistics', id, { column: 0 });
    expect(found).toMatchObject({ rows: 7, nulls: 1, empty: 0, distinct: 5, min: 1, max: 'Infinity', mean: 9 });
    expect(found.top[0]).toEqual({ value: 2, rows: 2 });
    expect(found.histogram).toHaveLength(30);
    expect(found.histogram[0]).toEqual({ from: 1, to: 2, rows: 1 });
    expect(found.histogram[29]).toEqual({ from: 30, to: 31, rows: 1 });
    expect(found.histogram.reduce((sum, bar) => sum + bar.rows, 0)).toBe(4);
  });

  const extremes: readonly (readonly [KqlType, readonly WireValue[], readonly [WireValue, WireValue, WireValue], number])[] = [
    ['long', ['-9223372036854775808', '9223372036854775807'], ['-9223372036854775808', '9223372036854775807', -0.5], 30],
    ['int', [1, 2, 3], [1, 3, 2], 3],
    ['real', [-1.7e308, 1.7e308], [-1.7e308, 1.7e308, 0], 30],
    ['real', [5, 5], [5, 5, 5], 1],
    ['decimal', ['1.5', '2.5'], ['1.5', '2.5', 2], 30],
    ['datetime', ['0001-01-01T00:00:00.0000000Z', '9223372036854775807 ticks'], ['0001-01-01T00:00:00.0000000Z', '9223372036854775807 ticks', null], 30],
    ['timespan', ['00:00:01', '-00:00:02'], ['-00:00:02', '00:00:01', '-00:00:00.5000000'], 30],
    ['string', ['b', 'a', ''], ['', 'b', null], 0],
    ['bool', [true, false], [false, true, null], 0],
    ['guid', ['a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'], ['a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', null], 0],
    ['dynamic', ['"b"', '"a"', '""'], ['""', '"b"', null], 0],
    ['long', [null], [null, null, null], 0],
  ];
  for (const [type, values, [min, max, mean], bars] of extremes) {
    it(`of ${type}: ${JSON.stringify(values)}`, async () => {
      const found = await ask('readColumnStatistics', await kept([['value', type]], values.map((value) => [value])), { column: 0 });
      expect({ min: found.min, max: found.max, bars: found.histogram.length }).toEqual({ min, max, bars });
      if (type !== 'long' || mean === null) expect(found.mean).toEqual(mean);
      expect(found.histogram.reduce((sum, bar) => sum + bar.rows, 0)).toBe(bars === 0 ? 0 : values.length);
      expect(found.empty).toBe(values.filter((value) => value === '' || value === '""').length);
    });
  }

  it('are of the view', async () => {
    const found = await ask('readColumnStatistics', await signIns(), { column: 2 }, { filter: 'NO' });
    expect(found).toMatchObject({ rows: 3, nulls: 0, distinct: 2, min: 3 });
  });

  it('of no rows', async () => {
    expect(await ask('readColumnStatistics', await kept([['value', 'long']], []), { column: 0 })).toEqual({
      ...{ rows: 0, nulls: 0, empty: 0, distinct: 0, min: null, max: null, mean: null, top: [], histogram: [] },
    });
  });
});

describe('value counts', () => {
  it('are most frequent first, of values that contain a text, and cut', async () => {
    const id = await signIns();
    expect(await ask('readValueCounts', id, { column: 0, contains: 'EVE', limit: 10 })).toEqual({
      values: [{ value: 'eve', rows: 3 }, { value: 'Eve', rows: 1 }],
      total: 2,
    });
    expect(await ask('readValueCounts', id, { column: 2, contains: '', limit: 1 })).toEqual({
      values: [{ value: '9223372036854775807', rows: 2 }],
      total: 4,
    });
    expect(await ask('readValueCounts', id, { column: 2, contains: 'x', limit: 1 })).toEqual({ values: [], total: 0 });
  });

  it('tell apart what looks alike', async () => {
    const id = await kept([['d', 'dynamic']], [['"1"'], ['1'], [null], ['1'], ['{"__proto__":1}']]);
    const { values } = await ask('readValueCounts', id, { column: 0, contains: '', limit: 10 });
    expect(values).toEqual([
      { value: '1', rows: 2 },
      { value: null, rows: 1 },
      { value: '"1"', rows: 1 },
      { value: '{"__proto__":1}', rows: 1 },
    ]);
  });
});

describe('search', () => {
  const find = { text: 'E', columns: [1, 0], backwards: false };

  it('goes from hit to hit in reading order, and round', async () => {
    const id = await signIns();
    const seen: unknown[] = [];
    let from = { row: 0, column: -1 };
    for (let jump = 0; jump < 6; jump++) {
      const { hit, ordinal, total } = await ask('findInView', id, { ...find, from });
      seen.push([hit?.row, hit?.column, ordinal, total]);
      if (hit) from = hit;
    }
    expect(seen).toEqual([
      [0, 0, 1, 5],
      [1, 1, 2, 5],
      [2, 0, 3, 5],
      [3, 0, 4, 5],
      [4, 0, 5, 5],
      [0, 0, 1, 5],
    ]);
  });

  it('goes backwards, in the order of the view', async () => {
    const id = await signIns();
    const view: Partial<View> = { sort: [{ column: 0, descending: false }], filter: 'NO' };
    const found = await ask('findInView', id, { ...find, from: { row: 1, column: 0 }, backwards: true }, view);
    expect(found).toEqual({ hit: { row: 0, column: 0 }, ordinal: 1, total: 3 });
    expect(await ask('findInView', id, { ...find, from: found.hit!, backwards: true }, view)).toEqual({
      hit: { row: 2, column: 0 },
      ordinal: 3,
      total: 3,
    });
  });

  it('finds the only hit again, and nothing where nothing is', async () => {
    const id = await signIns();
    const only = { ...find, text: 'adam', from: { row: 1, column: 0 } };
    expect(await ask('findInView', id, only)).toEqual({ hit: { row: 1, column: 0 }, ordinal: 1, total: 1 });
    expect(await ask('findInView', id, { ...find, text: 'nobody', from: { row: 0, column: 0 } })).toEqual({ ordinal: 0, total: 0 });
  });
});

describe('statistics of a selection', () => {
  it('are of the numbers, and count the other values', async () => {
    const read = { first: 0, end: 3, columns: [0, 1, 2] };
    expect(await ask('readSelectionStatistics', await signIns(), read)).toEqual({ count: 7, numbers: 2, sum: 8, mean: 4, min: 3, max: 5 });
  });

  const sums: readonly (readonly [string, readonly (readonly [KqlType, WireValue])[], WireValue, WireValue])[] = [
    ['whole numbers beyond a double', [['long', '9223372036854775807'], ['long', '9223372036854775807'], ['int', 1]], '18446744073709551615', 1],
    ['decimals beyond their type', [['decimal', '9999999999999999999999999999.9999999999'], ['decimal', '9999999999999999999999999999.9999999999']], '19999999999999999999999999999.9999999998', '9999999999999999999999999999.9999999999'],
    ['decimals and whole numbers', [['decimal', '-0.5'], ['long', 2]], 1.5, '-0.5'],
    ['reals and whole numbers', [['real', 0.5], ['long', 2], ['real', 'NaN']], 2.5, 0.5],
    ['infinities', [['real', 'Infinity'], ['long', 2]], 'Infinity', 2],
    ['no numbers', [['string', '5'], ['dynamic', '5'], ['real', 'NaN']], null, null],
  ];
  for (const [name, cells, sum, min] of sums) {
    it(`sum ${name}`, async () => {
      const id = await kept(cells.map(([type], index) => [`column ${index}`, type]), [cells.map(([, value]) => value)]);
      const found = await ask('readSelectionStatistics', id, { first: 0, end: 1, columns: cells.map((_cell, index) => index) });
      expect([found.sum, found.min]).toEqual([sum, min]);
    });
  }

  it('are of the rows that the view shows there, few or many', async () => {
    const id = await kept([['n', 'long']], Array.from({ length: 5000 }, (_row, index) => [index]));
    const view: Partial<View> = { sort: [{ column: 0, descending: true }], filter: '' };
    const sum = async (first: number, end: number): Promise<WireValue> =>
      (await ask('readSelectionStatistics', id, { first, end, columns: [0] }, view)).sum;
    expect(await sum(0, 2)).toBe(4999 + 4998);
    expect(await sum(0, 4000)).toBe((4999 * 5000) / 2 - (999 * 1000) / 2);
    expect(await sum(0, 9999)).toBe((4999 * 5000) / 2);
    expect(await sum(4999, 4999)).toBe(null);
  });
});

describe('columns of rows', () => {
  it('come with their types, derived ones too', async () => {
    const id = await kept([['d', 'dynamic'], ['same', 'long'], ['same', 'long']], [['{"a":"x"}', 1, 2], ['{"a":"y"}', 3, 4]]);
    const view: Partial<View> = { derived: [{ source: 0, path: ['a'], name: 'a' }], sort: [{ column: 3, descending: true }] };
    expect(await ask('readColumns', id, { columns: [3, 2], offset: 0, count: 1 }, view)).toEqual({
      columns: [{ name: 'a', type: 'string' }, { name: 'same', type: 'long' }],
      rows: [['y', 4]],
      total: 2,
    });
  });
});

describe('every question', () => {
  it('says that the rows are gone', async () => {
    await expect(ask('readValueCounts', 'unknown', { column: 0, contains: '', limit: 1 })).rejects.toMatchObject({ data: { kind: 'resultGone' } });
  });

  it('is answered of 10,000 columns', async () => {
    const columns = Array.from({ length: 10_000 }, (_column, index): readonly [string, KqlType] => ['__proto__', index % 2 === 0 ? 'string' : 'long']);
    const id = await kept(columns, [columns.map(([, type], index) => (type === 'string' ? `v${index}` : index))]);
    const all = columns.map((_column, index) => index);
    expect(await ask('findInView', id, { text: '9998', columns: all, from: { row: 0, column: -1 }, backwards: false })).toMatchObject({ total: 1 });
    expect(await ask('readSelectionStatistics', id, { first: 0, end: 1, columns: all })).toMatchObject({ count: 10_000, numbers: 5_000 });
    expect((await ask('readColumns', id, { columns: all, offset: 0, count: 1 })).rows[0]?.[9_999]).toBe(9_999);
  });
});
