/** The parts of columns, filters, groups and trees that need no page. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Column, KqlType, WireValue } from '../../src/common/kqlTypes';
import { type ColumnFilter, type View, wholeView } from '../../src/common/resultViews';
import { ColumnSet } from '../../src/renderer/table/columnSet';
import { filterText, hoursBefore, parseBound } from '../../src/renderer/table/filterText';
import { GroupedRows } from '../../src/renderer/table/groupedRows';
import { groupFilters } from '../../src/renderer/table/grouping';
import { jsonChildren, valueAtPath } from '../../src/renderer/table/jsonNodes';
import { LocalRows } from '../../src/renderer/table/localRows';
import { localAnswers } from '../../src/renderer/table/tools/localAnswers';
import { relativeText } from '../../src/renderer/table/values';
import { fittingView, withoutDerivedColumn } from '../../src/renderer/table/viewChanges';

const columnsNamed = (...names: readonly string[]): readonly Column[] => names.map((name) => ({ name, type: 'string' }));

describe('a set of columns', () => {
  it('shows pinned ones first, and moves within its part', () => {
    const set = new ColumnSet(columnsNamed('a', 'b', 'c', 'd'));
    set.setPinned(2, true);
    expect(set.shown).toEqual([2, 0, 1, 3]);
    set.move(3, 1);
    expect(set.shown).toEqual([2, 3, 0, 1]);
    set.move(3, 0);
    expect(set.shown).toEqual([2, 3, 0, 1]);
    set.setHidden(0, true);
    expect([set.shown, set.placeOf(0), set.placeOf(1)]).toEqual([[2, 3, 1], -1, 2]);
    expect(new ColumnSet(set.all, set.arrangement).shown).toEqual(set.shown);
  });

  it('keeps its last column, and takes no odd arrangement', () => {
    const set = new ColumnSet(columnsNamed('a', 'b'), { order: [1, 1, 7, -1], hidden: [0, 1], pinned: [9] });
    expect(set.shown).toEqual([1, 0]);
    set.setHidden(1, true);
    set.setHidden(0, true);
    expect(set.shown).toEqual([0]);
  });

  it('shows each column once, whatever is done', () => {
    const step = fc.tuple(fc.constantFrom('move', 'hide', 'show', 'pin', 'unpin'), fc.nat(5), fc.nat(7));
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const set = new ColumnSet(columnsNamed('a', 'b', 'c', 'd', 'e', 'f'));
        for (const [kind, index, place] of steps) {
          if (kind === 'move') set.move(index, place);
          else if (kind === 'hide' || kind === 'show') set.setHidden(index, kind === 'hide');
          else set.setPinned(index, kind === 'pin');
        }
        expect(set.order.toSorted()).toEqual([0, 1, 2, 3, 4, 5]);
        expect(set.shown.length).toBeGreaterThan(0);
        expect(set.shown).toEqual(set.order.filter((index) => !set.isHidden(index)));
      }),
    );
  });
});

describe('a bound is read', () => {
  const cases: readonly (readonly [text: string, type: KqlType, value: WireValue | undefined])[] = [
    ['2024-05-06', 'datetime', '2024-05-06T00:00:00.0000000Z'],
    ['2024-05-06 07:08', 'datetime', '2024-05-06T07:08:00.0000000Z'],
    ['2024-05-06T07:08:09.1234567Z', 'datetime', '2024-05-06T07:08:09.1234567Z'],
    ['2024-02-31', 'datetime', undefined],
    ['5m', 'timespan', '00:05:00'],
    ['1.5d', 'timespan', '1.12:00:00'],
    ['20ms', 'timespan', '00:00:00.0200000'],
    ['-1h', 'timespan', '-01:00:00'],
    ['1.02:03:04', 'timespan', '1.02:03:04'],
    ['soon', 'timespan', undefined],
    ['9007199254740993', 'long', '9007199254740993'],
    ['12', 'long', 12],
    ['1.5', 'long', undefined],
    ['1e3', 'real', 1000],
    ['', 'real', undefined],
    ['0.10', 'decimal', '0.10'],
  ];
  it.each(cases)('%s as %s', (text, type, value) => expect(parseBound(text, type, 'utc')).toBe(value));
  it('some hours before a time', () => expect(hoursBefore('2024-05-06T07:08:09.1234567Z', 24)).toBe('2024-05-05T07:08:09.0000000Z'));
});

describe('a filter in words', () => {
  const cases: readonly (readonly [filter: ColumnFilter, text: string])[] = [
    [{ column: 0, kind: 'empty' }, 'C is empty'],
    [{ column: 0, kind: 'empty', exclude: true }, 'C is not empty'],
    [{ column: 0, kind: 'text', match: 'contains', text: 'a\u202E' }, 'C contains “a<U+202E>”'],
    [{ column: 0, kind: 'range', from: 1 }, 'C ≥ 1'],
    [{ column: 0, kind: 'range', to: 2, exclude: true }, 'C > 2'],
    [{ column: 0, kind: 'values', values: [null], exclude: true }, 'C ≠ null'],
    [{ column: 0, kind: 'values', values: ['a', '', 'b', 'c'] }, 'C is one of a, empty and 2 more'],
  ];
  it.each(cases)('%j', (filter, text) => expect(filterText(filter, { name: 'C', type: 'string' }, 'utc')).toBe(text));
});

describe('JSON read level by level', () => {
  it('has the children that parsing finds', () => {
    fc.assert(
      fc.property(fc.oneof(fc.array(fc.jsonValue()), fc.dictionary(fc.string(), fc.jsonValue())), (value) => {
        const json = JSON.stringify(value, undefined, 1);
        const read = jsonChildren(json)?.map(({ key, text }) => [String(key), JSON.parse(text) as unknown]);
        expect(read).toEqual(Object.entries(JSON.parse(json) as object));
      }),
    );
  });

  it.each(['', 'x', '"a"', '{', '[1', '{"a"}', '{a:1}', '[1,]', '[1 2"]', '{}}'])('%j is none', (json) => expect(jsonChildren(json)).toBeUndefined());

  it('keeps digits and finds values at paths', () => {
    const json = '{"a b":[{"n":12345678901234567890.10,"t":"x","z":null}]}';
    expect(valueAtPath(json, ['a b', 0, 'n'])).toBe('12345678901234567890.10');
    expect([valueAtPath(json, ['a b', 0, 't']), valueAtPath(json, ['a b', 0, 'z']), valueAtPath(json, ['__proto__'])]).toEqual(['x', null, null]);
    expect(valueAtPath(null, ['a'])).toBeNull();
  });
});

describe('groups of rows that are here', () => {
  const columns: readonly Column[] = [
    { name: 'When', type: 'datetime' },
    { name: 'Who', type: 'string' },
    { name: 'Size', type: 'long' },
  ];
  const rows = Array.from({ length: 60 }, (_, row) => [`2024-05-06T0${row % 3}:59:59.9999999Z`, row % 4 === 0 ? null : `u${row % 4}`, row]);
  const page = { offset: 0, rows, total: rows.length, cuts: [] };

  it('hold all rows once, at whatever level they are opened', async () => {
    const grouping = { by: [{ column: 0, bin: 3_600_000 }, { column: 1 }], aggregates: [{ column: 2, kind: 'sum' }], orderBy: 'key' } as const;
    const listener = { loaded: () => undefined, failed: (message: string) => expect.fail(message) };
    const makeRows = (view: View): LocalRows => new LocalRows(page, columns, view);
    const source = new GroupedRows({ view: wholeView, grouping, ask: localAnswers(rows, columns), makeRows, listener });
    const settled = async (): Promise<void> => {
      source.show(0, source.total ?? 1);
      await new Promise((resolve) => setImmediate(resolve));
    };
    await settled();
    expect([source.total, source.group(0)?.rows, source.group(0)?.aggregates[0]?.value]).toEqual([3, 20, 570]);
    for (let row = 0; row < (source.total ?? 0); row += 1) {
      if (source.group(row) && !source.group(row)?.expanded) source.toggle(row, true);
      await settled();
    }
    expect(source.total).toBe(3 + 12 + 60);
    const read = await source.read(0, 75);
    expect(read.map(([, , size]) => Number(size)).toSorted((left, right) => left - right)).toEqual(rows.map(([, , size]) => size));
    source.toggle(0, false);
    expect([source.total, source.group(1)?.key]).toEqual([75 - 24, '2024-05-06T01:00:00.0000000Z']);
  });

  it('of a bin end with its last tick', () => {
    expect(groupFilters({ column: 0, bin: 3_600_000 }, '2024-05-06T01:00:00.0000000Z')).toEqual([
      { column: 0, kind: 'range', from: '2024-05-06T01:00:00.0000000Z', to: '2024-05-06T01:59:59.9999999Z' },
    ]);
  });
});

describe('views', () => {
  it('lose what does not fit the columns', () => {
    const view: View = { sort: [{ column: 5, descending: true }], filter: 'x', columnFilters: [{ column: 1, kind: 'empty' }, { column: 3, kind: 'empty' }] };
    expect(fittingView(view, 2)).toEqual({ sort: [], filter: 'x', columnFilters: [{ column: 1, kind: 'empty' }] });
  });

  it('are renumbered when a derived column goes', () => {
    const derived = ['a', 'b'].map((name) => ({ source: 0, path: [name], name }));
    const view: View = { sort: [{ column: 3, descending: true }], filter: '', columnFilters: [{ column: 2, kind: 'empty' }], derived };
    expect(withoutDerivedColumn(view, 2, 2)).toEqual({ sort: [{ column: 2, descending: true }], filter: '', derived: [derived[1]] });
  });
});

describe('times as distances', () => {
  const now = Date.UTC(2024, 4, 6, 12, 0, 0);
  const cases: readonly (readonly [time: string, text: string])[] = [
    ['2024-05-06T11:59:59.9999999Z', '1 s ago'],
    ['2024-05-06T12:00:00.0000000Z', 'now'],
    ['2024-05-06T10:57:00.0000000Z', '1 h 3 min ago'],
    ['2024-05-09T12:00:00.0000000Z', 'in 3 d'],
    ['2020-05-06T12:00:00.0000000Z', '4 y ago'],
    ['not a time', 'not a time'],
  ];
  it.each(cases)('%s', (time, text) => expect(relativeText(time, now)).toBe(text));
});
