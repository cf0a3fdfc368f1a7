import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { CancellationSource, neverCancelled } from '../../../src/common/cancellation';
import { type Page, type View, wholeView } from '../../../src/common/engineProtocol';
import type { Column, KqlType, WireRow, WireValue } from '../../../src/common/kqlTypes';
import type { ColumnFilter, DerivedColumn } from '../../../src/common/resultViews';
import { keepRows, type OpenStore, openStore } from './openStore';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let open: OpenStore;
let made = 0;

beforeAll(async () => {
  open = await openStore();
});
afterAll(() => open.close());

async function kept(columns: readonly Column[], rows: readonly WireRow[]): Promise<string> {
  const resultId = `result-${++made}`;
  await keepRows(open, { resultId, columns, rows });
  return resultId;
}

async function page(resultId: string, view: Partial<View>): Promise<Page> {
  return open.store.readPage({ resultId, view: { ...wholeView, ...view }, offset: 0, count: 100 }, neverCancelled);
}

/** One column of values. */
async function oneColumn(type: KqlType, values: readonly WireValue[]): Promise<string> {
  return kept([{ name: 'only', type }], values.map((value) => [value]));
}

type Filter = ColumnFilter extends infer F ? (F extends ColumnFilter ? Omit<F, 'column'> : never) : never;
const text = (match: 'contains' | 'equals' | 'startsWith' | 'endsWith' | 'regex', wanted: string, caseSensitive?: boolean): Filter => ({
  kind: 'text',
  match,
  text: wanted,
  caseSensitive,
});
const range = (from?: WireValue, to?: WireValue, toExcluded?: boolean): Filter => ({ kind: 'range', from, to, toExcluded });
const values = (...wanted: readonly WireValue[]): Filter => ({ kind: 'values', values: wanted });

interface Case {
  readonly type: KqlType;
  readonly rows: readonly WireValue[];
  /** Filters, with the indexes of the rows that they keep. */
  readonly keeps: readonly (readonly [Filter, readonly number[]])[];
}

const cases: Readonly<Record<string, Case>> = {
  texts: {
    type: 'string',
    rows: ['Eve', 'eve', "it's 100%", '', '\u202Egpj.exe', 'a\nb', 'ÄRGER', 'a\0b'],
    keeps: [
      [text('contains', 'EVE'), [0, 1]],
      [text('contains', 'eve', true), [1]],
      [text('equals', 'eVe'), [0, 1]],
      [text('startsWith', 'e'), [0, 1]],
      [text('endsWith', '%'), [2]],
      [text('contains', "'s"), [2]],
      [text('contains', 'ärg'), [6]],
      [text('contains', '\0'), [7]],
      [text('contains', ''), [0, 1, 2, 3, 4, 5, 6, 7]],
      [text('regex', '^e.e$'), [0, 1]],
      [text('regex', '^e.e$', true), [1]],
      [text('regex', '\\.exe$'), [4]],
      [values('eve', ''), [1, 3]],
      [values(null), [3]],
      [values(), []],
      [{ kind: 'empty' }, [3]],
      [range('E', 'a'), [0]],
      [range('E', 'a\nb', true), [0, 7]],
    ],
  },
  longs: {
    type: 'long',
    rows: [1, -5, '9223372036854775807', '-9223372036854775808', null, '9007199254740993'],
    keeps: [
      [range(1), [0, 2, 5]],
      [range(undefined, 1), [0, 1, 3]],
      [range(0.5, 1.5), [0]],
      [range('9007199254740993', '9007199254740993'), [5]],
      [range('9223372036854775807'), [2]],
      [range(undefined, '9223372036854775807', true), [0, 1, 3, 5]],
      [range(), [0, 1, 2, 3, 5]],
      [values('9223372036854775807', null), [2, 4]],
      [text('endsWith', '75807'), [2]],
      [{ kind: 'empty' }, [4]],
    ],
  },
  reals: {
    type: 'real',
    rows: [1.5, 'NaN', 'Infinity', '-Infinity', null, 1e-7, 123456789012345680000, 0.00001, 3],
    keeps: [
      [range(1.5), [0, 2, 6, 8]],
      [range(undefined, 0), [3]],
      [range(-1, 2, true), [0, 5, 7]],
      [values('NaN', 3), [1, 8]],
      [values('Infinity'), [2]],
      [text('equals', '1e-7'), [5]],
      [text('equals', '123456789012345680000'), [6]],
      [text('equals', '0.00001'), [7]],
      [text('equals', '3'), [8]],
      [text('contains', 'infinity'), [2, 3]],
    ],
  },
  decimals: {
    type: 'decimal',
    rows: ['1.5', '9999999999999999999999999999.0000000001', '-0.1', null],
    keeps: [
      [range('1.5', '1.5'), [0]],
      [range(1), [0, 1]],
      [range(undefined, '99999999999999999999999999999999999999'), [0, 1, 2]],
      [values('9999999999999999999999999999.0000000001'), [1]],
      [text('equals', '-0.1'), [2]],
    ],
  },
  datetimes: {
    type: 'datetime',
    rows: ['2024-05-06T07:08:09.1234567Z', '9999-12-31T23:59:59.9999999Z', '9223372036854775807 ticks', '0001-01-01T00:00:00.0000000Z', null],
    keeps: [
      [range('2024-05-06T07:08:09.1234567Z', '2024-05-06T07:08:09.1234567Z'), [0]],
      [range('2024-05-06T07:08:09.1234568Z'), [1, 2]],
      [range('2024-01-01', '2025-01-01'), [0]],
      [values('9223372036854775807 ticks'), [2]],
      [text('contains', '2024-05-06 07:08'), [0]],
      [text('startsWith', '2024-05-06t'), [0]],
      [text('contains', 'TICKS'), [2]],
      [text('endsWith', '.9999999Z', true), [1]],
    ],
  },
  timespans: {
    type: 'timespan',
    rows: ['00:00:01', '-1.00:00:00', '-10675199.02:48:05.4775808', null],
    keeps: [
      [range('00:00:00'), [0]],
      [range(undefined, '-1.00:00:00'), [1, 2]],
      [values('-10675199.02:48:05.4775808'), [2]],
      [text('equals', '-10675199.02:48:05.4775808'), [2]],
    ],
  },
  truths: {
    type: 'bool',
    rows: [true, false, null],
    keeps: [
      [values(true), [0]],
      [values(false, null), [1, 2]],
      [text('equals', 'True'), [0]],
    ],
  },
  guids: {
    type: 'guid',
    rows: ['a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', null],
    keeps: [
      [values('A0EEBC99-9c0b-4ef8-bb6d-6bb9bd380a11'), [0]],
      [text('startsWith', 'A0EE'), [0]],
    ],
  },
  dynamics: {
    type: 'dynamic',
    rows: ['{"a":1}', '5', '"5"', '[1]', null, '""', '-0.5'],
    keeps: [
      [values('{"a":1}'), [0]],
      [values(null), [4]],
      [range(0), [1]],
      [range(undefined, 0), [6]],
      [text('contains', '"A"'), [0]],
      [{ kind: 'empty' }, [4, 5]],
    ],
  },
};

describe('a filter of a column keeps', () => {
  for (const [name, { type, rows, keeps }] of Object.entries(cases)) {
    it(`of ${name} those that fit; excluded, the others`, async () => {
      const columns: readonly Column[] = [
        { name: 'value', type },
        { name: 'number', type: 'int' },
      ];
      const id = await kept(columns, rows.map((value, index) => [value, index]));
      for (const [filter, expected] of keeps) {
        const found = async (exclude: boolean): Promise<readonly WireValue[]> =>
          (await page(id, { columnFilters: [{ ...filter, column: 0, exclude }] })).rows.map((row) => row[1] ?? null);
        expect(await found(false), JSON.stringify(filter)).toEqual(expected);
        expect(await found(true), `not ${JSON.stringify(filter)}`).toEqual(rows.map((_row, index) => index).filter((index) => !expected.includes(index)));
      }
    });
  }

  it('what all of several filters, the search and the sort allow', async () => {
    const id = await kept(
      [
        { name: 'user', type: 'string' },
        { name: 'count', type: 'long' },
      ],
      [['eve', 3], ['adam', 5], ['Eve', 9], ['eve', null]],
    );
    const view: View = {
      filter: 'VE',
      sort: [{ column: 1, descending: true }],
      columnFilters: [
        { ...range(2), column: 1 },
        { ...values('adam'), column: 0, exclude: true },
      ],
    };
    expect((await page(id, view)).rows).toEqual([['Eve', 9], ['eve', 3]]);
    expect(await open.store.readValue({ resultId: id, view, row: 1, column: 1 }, neverCancelled)).toBe(3);
  });
});

describe('a filter is refused', () => {
  const refused: readonly (readonly [string, KqlType, Filter, string])[] = [
    ['that is no regular expression', 'string', text('regex', 'a('), '"a(" is no regular expression: missing ): a('],
    ['with a lookahead, which RE2 has not', 'string', text('regex', '(?=a)'), 'invalid perl operator'],
    ['whose bound is no number', 'long', range('x'), 'The filter of column "only" needs a long, and "x" is none.'],
    ['whose bound is no time', 'datetime', range('yesterday'), 'needs a datetime'],
    ['whose value is no guid', 'guid', values("x' OR 1=1 --"), 'needs a guid'],
    ['whose value is a truth where numbers are', 'real', values(true), 'needs a real'],
  ];
  for (const [name, type, filter, message] of refused) {
    it(name, async () => {
      const id = await oneColumn(type, []);
      await expect(page(id, { columnFilters: [{ ...filter, column: 0 }] })).rejects.toThrow(message);
      await expect(page(id, { columnFilters: [{ ...filter, column: 0 }] })).rejects.toMatchObject({ data: { kind: 'refused' } });
    });
  }

  it('of a column that is not there', async () => {
    const id = await oneColumn('string', ['a']);
    await expect(page(id, { columnFilters: [{ ...text('contains', 'a'), column: 1 }] })).rejects.toMatchObject({ data: { kind: 'notFound' } });
  });
});

describe('a derived column', () => {
  const derive = (...path: DerivedColumn['path']): DerivedColumn => ({ source: 0, path, name: 'derived' });
  const typed: readonly (readonly [string, KqlType, readonly string[], readonly WireValue[]])[] = [
    ['texts', 'string', ['{"a":"é\\n\\"q\\""}', '{"a":""}', '{}'], ['é\n"q"', '', '']],
    ['whole numbers', 'long', ['{"a":1}', '{"a":-9223372036854775808}', '{"a":9223372036854775807}', '{"a":null}'], [1, '-9223372036854775808', '9223372036854775807', null]],
    ['numbers', 'real', ['{"a":1}', '{"a":1.5}', '{"a":2e3}'], [1, 1.5, 2000]],
    ['truths', 'bool', ['{"a":true}', '{"a":false}', '[]'], [true, false, null]],
    ['values of several kinds', 'dynamic', ['{"a":"x"}', '{"a":1}', '{"a":[1]}', '"a"'], ['"x"', '1', '[1]', null]],
    ['numbers beyond 64 bits', 'dynamic', ['{"a":18446744073709551615}'], ['18446744073709551615']],
    ['numbers that no real holds together', 'dynamic', ['{"a":9007199254740993}', '{"a":1.5}'], ['9007199254740993', '1.5']],
    ['nothing', 'dynamic', ['{"b":1}'], [null]],
  ];
  for (const [name, type, rows, expected] of typed) {
    it(`of ${name} is ${type}`, async () => {
      const found = await page(await oneColumn('dynamic', rows), { derived: [derive('a')] });
      expect(found.derived).toEqual([type]);
      expect(found.rows.map((row) => row[1])).toEqual(expected);
    });
  }

  const paths: readonly (readonly [DerivedColumn['path'], string])[] = [
    [['__proto__', 'a/b~c', ''], '{"__proto__":{"a/b~c":{"":"here"}}}'],
    [['list', 1, "o'clock"], `{"list":[0,{"o'clock":"here"}]}`],
    [[], '"here"'],
    [['$'], '{"$":"here"}'],
  ];
  for (const [path, value] of paths) {
    it(`follows ${JSON.stringify(path)}`, async () => {
      const found = await page(await oneColumn('dynamic', [value]), { derived: [derive(...path)] });
      expect(found.rows[0]?.[1]).toBe('here');
    });
  }

  it('is sorted, filtered and read as any other', async () => {
    const id = await oneColumn('dynamic', ['{"n":10}', '{"n":9}', '{}', '{"n":100}']);
    const view: Partial<View> = { derived: [derive('n')], sort: [{ column: 1, descending: true }], columnFilters: [{ ...range(10), column: 1 }] };
    expect((await page(id, view)).rows.map((row) => row[1])).toEqual([100, 10]);
    expect(await open.store.readValue({ resultId: id, view: { ...wholeView, ...view }, row: 0, column: 1 }, neverCancelled)).toBe(100);
  });

  it('is refused of a column that is not dynamic', async () => {
    await expect(page(await oneColumn('string', ['{}']), { derived: [derive('a')] })).rejects.toMatchObject({ data: { kind: 'refused' } });
  });
});

describe('many columns', () => {
  const columns: readonly Column[] = Array.from({ length: 10_000 }, (_column, index) => ({ name: index % 2 === 0 ? 'same' : '__proto__', type: 'string' }));

  it('are searched, filtered and sorted', async () => {
    const id = await kept(columns, [columns.map((_column, index) => `a${index}`), columns.map((_column, index) => `b${index}`)]);
    const found = await page(id, { filter: 'B9999', sort: [{ column: 9_999, descending: true }], columnFilters: [{ ...text('equals', 'b5'), column: 5 }] });
    expect([found.total, found.rows[0]?.[9_999]]).toEqual([1, 'b9999']);
  });
});

describe('orders that were made', () => {
  it('are made again when the one who asked first has stopped', async () => {
    const id = await oneColumn('string', ['b', 'a']);
    const stopped = new CancellationSource();
    stopped.cancel();
    const view: View = { sort: [{ column: 0, descending: false }], filter: '' };
    await expect(open.store.readPage({ resultId: id, view, offset: 0, count: 1 }, stopped.token)).rejects.toMatchObject({ data: { kind: 'cancelled' } });
    expect((await page(id, view)).rows).toEqual([['a'], ['b']]);
  });
});
