import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { neverCancelled } from '../../../src/common/cancellation';
import type { Column, WireRow, WireValue } from '../../../src/common/kqlTypes';
import type { ColumnFilter, SortKey, View } from '../../../src/common/resultViews';
import { resultAnswers } from '../../../src/results/resultAnswers';
import { keepRows, type OpenStore, openStore } from './openStore';
import { compare, viewModel } from './viewModel';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

let open: OpenStore;
let answers: ReturnType<typeof resultAnswers>;

beforeAll(async () => {
  open = await openStore();
  answers = resultAnswers(open.store, open);
});
afterAll(() => open.close());

const columns: readonly Column[] = [
  { name: 'text', type: 'string' },
  { name: 'long', type: 'long' },
  { name: 'real', type: 'real' },
  { name: 'flag', type: 'bool' },
  { name: 'number', type: 'int' },
];

const texts = ['', 'a', 'A', 'ab', "a'b", '%', '_', 'é', 'É', '\u202E', '\0', '😀', 'a\nb', '10', '-1', 'true', '[', 'null'];
const longs = [null, 0, 1, -1, 10, 9007199254740991, '9007199254740993', '9223372036854775807', '-9223372036854775808'];
const reals = [null, 0, 0.5, -1, 10, 1e-7, 1e21, 'NaN', 'Infinity', '-Infinity'];
const truths = [null, true, false];

const row: fc.Arbitrary<readonly WireValue[]> = fc.tuple(
  fc.constantFrom(...texts),
  fc.constantFrom(...longs),
  fc.constantFrom(...reals),
  fc.constantFrom(...truths),
);
const rows = fc.array(row, { maxLength: 30 }).map((found): readonly WireRow[] => found.map((values, index) => [...values, index]));

const byColumn = [texts, longs, reals, truths] as const;
const bound = (column: 0 | 1 | 2): fc.Arbitrary<WireValue | undefined> =>
  fc.option(fc.constantFrom<WireValue>(...byColumn[column].filter((value) => value !== null && value !== 'NaN')), { nil: undefined });
const filter: fc.Arbitrary<ColumnFilter> = fc.tuple(fc.boolean(), fc.boolean()).chain(([exclude, flag]) =>
  fc.oneof(
    fc.constantFrom<0 | 1 | 2 | 3>(0, 1, 2, 3).chain((column) =>
      fc.array(fc.constantFrom<WireValue>(...byColumn[column]), { maxLength: 4 }).map((values): ColumnFilter => ({ kind: 'values', column, exclude, values })),
    ),
    fc.constantFrom<0 | 1 | 2>(0, 1, 2).chain((column) =>
      fc.tuple(bound(column), bound(column)).map(([from, to]): ColumnFilter => ({ kind: 'range', column, exclude, from, to, toExcluded: flag })),
    ),
    fc
      .tuple(fc.nat(3), fc.constantFrom('contains', 'equals', 'startsWith', 'endsWith'), fc.constantFrom(...texts))
      .map(([column, match, text]): ColumnFilter => ({ kind: 'text', column, exclude, match, text, caseSensitive: flag })),
    fc.constantFrom('^a', '[ab]+$', '1|é', '^$').map((text): ColumnFilter => ({ kind: 'text', column: 0, exclude, match: 'regex', text, caseSensitive: flag })),
    fc.nat(3).map((column): ColumnFilter => ({ kind: 'empty', column, exclude })),
  ),
);
const sortKey: fc.Arbitrary<SortKey> = fc.record({ column: fc.nat(4), descending: fc.boolean() });
const view: fc.Arbitrary<View> = fc.record({
  sort: fc.array(sortKey, { maxLength: 3 }),
  filter: fc.constantFrom(...texts, 'infin', 'e-7', 'TRUE'),
  columnFilters: fc.array(filter, { maxLength: 3 }),
});

const NUMBER = 4;

describe('a view shows what a plain model of it shows', () => {
  it('in its pages, groups, statistics, searches and selections', async () => {
    await fc.assert(
      fc.asyncProperty(rows, view, fc.nat(3), fc.constantFrom('a', '1', 'É', '0.5'), async (held, looked, column, text) => {
        await keepRows(open, { resultId: 'model', columns, rows: held });
        const about = { resultId: 'model', view: looked };
        const expected = viewModel(columns, held, looked);
        const shown = expected.map((index) => held[index] ?? []);
        const page = await open.store.readPage({ ...about, offset: 0, count: 100 }, neverCancelled);
        expect(page.rows.map((values) => values[NUMBER])).toEqual(expected);
        expect(page.rows).toEqual(shown);

        const counts = new Map<WireValue, number>();
        for (const values of shown) counts.set(values[column] ?? null, (counts.get(values[column] ?? null) ?? 0) + 1);
        const groups = { by: column, aggregates: [], orderBy: 'count' as const, descending: true, offset: 0, count: 100 };
        const { groups: found, total } = await answers.readGroups({ ...about, ...groups }, neverCancelled, () => undefined);
        expect(new Map(found.map(({ key, rows: count }) => [key, count]))).toEqual(counts);
        expect(total).toBe(counts.size);

        const statistics = await answers.readColumnStatistics({ ...about, column }, neverCancelled, () => undefined);
        const present = shown.flatMap((values) => values[column] ?? []).filter((value) => value !== 'NaN' || column === 0);
        const sorted = [...present].sort(compare);
        expect([statistics.rows, statistics.min, statistics.max]).toEqual([shown.length, sorted[0] ?? null, sorted.at(-1) ?? null]);

        const places = [0, 1, 2, 3];
        const hits = shown.flatMap((values, at) =>
          places.filter((place) => hasText(values[place] ?? null, text)).map((place) => ({ row: at, column: place })),
        );
        const find = { text, from: { row: 0, column: -1 }, backwards: false, columns: places };
        const { hit, ordinal, total: cells } = await answers.findInView({ ...about, ...find }, neverCancelled, () => undefined);
        expect([hit, ordinal, cells]).toEqual([hits[0], hits.length > 0 ? 1 : 0, hits.length]);

        const end = Math.ceil(shown.length / 2);
        const selection = { first: 0, end, columns: [NUMBER] };
        const selected = await answers.readSelectionStatistics({ ...about, ...selection }, neverCancelled, () => undefined);
        expect(selected.sum).toBe(end === 0 ? null : expected.slice(0, end).reduce((sum, number) => sum + number, 0));
      }),
      { numRuns: 150 },
    );
  });
});

function hasText(value: WireValue, text: string): boolean {
  return value !== null && String(value).toLowerCase().includes(text.toLowerCase());
}
