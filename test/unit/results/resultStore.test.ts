import { beforeAll, describe, expect, it, vi } from 'vitest';
import { CancellationSource, neverCancelled } from '../../../src/common/cancellation';
import { MAX_CELL_CHARS, type Page, type View, wholeView } from '../../../src/common/engineProtocol';
import type { Column, KqlType } from '../../../src/common/kqlTypes';
import { PREVIEW_BYTES, PREVIEW_ROWS } from '../../../src/common/savedResult';
import { ResultStore } from '../../../src/results/resultStore';
import { memoryDatabase } from './memoryDatabase';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let store: ResultStore;
let made = 0;

beforeAll(async () => {
  store = new ResultStore(await memoryDatabase());
});

/** Stores a result of `SELECT <expressions>` and gives its id. */
async function stored(sql: string, types: readonly KqlType[], notebookId = 'notebook'): Promise<string> {
  const resultId = `result-${++made}`;
  const columns: Column[] = types.map((type, index) => ({ name: `column ${index}`, type }));
  await store.create({ resultId, notebookId, sql, columns }, neverCancelled);
  return resultId;
}

const people = `SELECT * FROM (VALUES ('Zoe', 3::BIGINT), ('adam', NULL), ('Bea', 1), ('bob', 3)) t(c0, c1)`;

async function page(resultId: string, view: Partial<View> = {}, offset = 0, count = 100): Promise<Page> {
  return store.readPage({ resultId, view: { ...wholeView, ...view }, offset, count }, neverCancelled);
}

async function firstColumn(resultId: string, view: Partial<View>): Promise<unknown[]> {
  return (await page(resultId, view)).rows.map((row) => row[0]);
}

describe('pages', () => {
  it('keep the order of the query', async () => {
    const id = await stored(`${people} ORDER BY c0 DESC`, ['string', 'long']);
    expect(await firstColumn(id, {})).toEqual(['bob', 'adam', 'Zoe', 'Bea']);
  });

  it('are the run of rows that was asked for, with the whole count', async () => {
    const id = await stored('SELECT i AS c0 FROM range(10000) t(i)', ['long']);
    expect(await page(id, {}, 9998, 100)).toEqual({ offset: 9998, rows: [[9998], [9999]], total: 10000, cuts: [] });
    expect(await page(id, { sort: [{ column: 0, descending: true }] }, 4999, 2)).toEqual({
      offset: 4999,
      rows: [[5000], [4999]],
      total: 10000,
      cuts: [],
    });
  });

  it('are empty beyond the end', async () => {
    const id = await stored(people, ['string', 'long']);
    expect(await page(id, {}, 40, 10)).toEqual({ offset: 40, rows: [], total: 4, cuts: [] });
  });

  it('of an empty result are empty', async () => {
    const id = await stored(`${people} LIMIT 0`, ['string', 'long']);
    expect(await page(id, { filter: 'x' })).toEqual({ offset: 0, rows: [], total: 0, cuts: [] });
  });
});

describe('sorting', () => {
  it('puts nulls first ascending and last descending', async () => {
    const id = await stored(people, ['string', 'long']);
    expect(await firstColumn(id, { sort: [{ column: 1, descending: false }] })).toEqual(['adam', 'Bea', 'Zoe', 'bob']);
    expect(await firstColumn(id, { sort: [{ column: 1, descending: true }] })).toEqual(['Zoe', 'bob', 'Bea', 'adam']);
  });

  it('takes several keys', async () => {
    const id = await stored(people, ['string', 'long']);
    const sort = [
      { column: 1, descending: true },
      { column: 0, descending: true },
    ];
    expect(await firstColumn(id, { sort })).toEqual(['bob', 'Zoe', 'Bea', 'adam']);
  });

  it('sorts numbers in dynamic values as numbers', async () => {
    const id = await stored(`SELECT * FROM (VALUES ('10'::JSON), ('"a"'), (NULL), ('9')) t(c0)`, ['dynamic']);
    expect(await firstColumn(id, { sort: [{ column: 0, descending: false }] })).toEqual([null, '9', '10', '"a"']);
  });
});

describe('the filter finds what is displayed', () => {
  const ticks = 638505760891234567n; // 2024-05-06T07:08:09.1234567Z
  const cases: readonly [KqlType, string, readonly string[], readonly string[]][] = [
    ['string', `'Ädam''s \u202Egpj.exe'`, ['äDAM', "m's", 'GPJ'], ['eve']],
    ['bool', 'true', ['TRUE', 'ru'], ['fals']],
    ['int', '(-12)::INTEGER', ['-12', '2'], ['a', '3']],
    ['long', '9007199254740993', ['740993'], ['x']],
    ['real', '3.0::DOUBLE', ['3'], ['3.0']],
    ['real', `'NaN'::DOUBLE`, ['nan'], ['inf']],
    ['decimal', '1.50::DECIMAL(38, 10)', ['1.5'], ['1.50']],
    ['datetime', `${ticks}::BIGINT`, ['2024-05-06T07', '.1234567z', '08:09'], ['2025', 'x']],
    ['timespan', '(-864000000000 - 36610000001)::BIGINT', ['-1.01:01:01.0000001'], ['2.']],
    ['guid', `'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'::UUID`, ['A0EEBC99-9c0b'], ['g']],
    ['dynamic', `'{"User": "Eve"}'::JSON`, ['"user"', 'EVE'], ['adam']],
  ];
  for (const [type, sql, found, missing] of cases) {
    it(`in a ${type}`, async () => {
      const id = await stored(`SELECT ${sql} AS c0 UNION ALL SELECT NULL`, [type]);
      for (const filter of found) expect((await page(id, { filter })).total, filter).toBe(1);
      for (const filter of missing) expect((await page(id, { filter })).total, filter).toBe(0);
    });
  }

  it('in any column, together with a sort', async () => {
    const id = await stored(people, ['string', 'long']);
    expect(await firstColumn(id, { filter: '3', sort: [{ column: 0, descending: false }] })).toEqual(['Zoe', 'bob']);
  });

  it('takes quotes and wildcards as text', async () => {
    const id = await stored(`SELECT '100%' AS c0 UNION ALL SELECT '100' UNION ALL SELECT 'it''s'`, ['string']);
    expect(await firstColumn(id, { filter: '0%' })).toEqual(['100%']);
    expect(await firstColumn(id, { filter: "'" })).toEqual(["it's"]);
  });
});

describe('long values', () => {
  it('are cut in pages, whole by readValue', async () => {
    const id = await stored(`SELECT 'short' AS c0, repeat('é', 1000000) AS c1 UNION ALL SELECT 'b', repeat('😀', 3000)`, [
      'string',
      'string',
    ]);
    const { rows, cuts } = await page(id);
    expect(cuts).toEqual([
      { row: 0, column: 1, fullLength: 1_000_000 },
      { row: 1, column: 1, fullLength: 6_000 },
    ]);
    expect(rows[0]?.[1]).toBe('é'.repeat(MAX_CELL_CHARS));
    expect(rows[1]?.[1]).toBe('😀'.repeat(MAX_CELL_CHARS / 2));
    const view: View = { filter: '', sort: [{ column: 0, descending: false }] };
    expect(await store.readValue({ resultId: id, view, row: 0, column: 1 }, neverCancelled)).toBe('😀'.repeat(3000));
    expect(await store.readValue({ resultId: id, view: wholeView, row: 0, column: 1 }, neverCancelled)).toHaveLength(1_000_000);
  });

  it('never split a surrogate pair', async () => {
    const id = await stored(`SELECT 'a' || repeat('😀', 3000) AS c0`, ['string']);
    expect((await page(id)).rows[0]?.[0]).toBe(`a${'😀'.repeat(MAX_CELL_CHARS / 2 - 1)}`);
  });

  it('refuse a cell that is not there', async () => {
    const id = await stored(people, ['string', 'long']);
    await expect(store.readValue({ resultId: id, view: wholeView, row: 4, column: 0 }, neverCancelled)).rejects.toMatchObject({
      data: { kind: 'notFound' },
    });
  });
});

describe('the preview', () => {
  it('holds the first rows', async () => {
    const id = await stored('SELECT i AS c0 FROM range(5000) t(i)', ['long']);
    const preview = await store.preview(id, neverCancelled);
    expect(preview.rows).toHaveLength(PREVIEW_ROWS);
    expect(preview.total).toBe(5000);
  });

  it('stays within its bytes', async () => {
    const id = await stored(`SELECT repeat('é', 2000) AS c0 FROM range(100)`, ['string']);
    const preview = await store.preview(id, neverCancelled);
    expect(preview.rows.length).toBeGreaterThan(10);
    expect(Buffer.byteLength(JSON.stringify(preview.rows))).toBeLessThan(PREVIEW_BYTES + 100);
  });

  it('cuts a first row that alone is too large', async () => {
    const types = Array.from({ length: 60 }, () => 'string' as const);
    const id = await stored(`SELECT ${types.map((_type, index) => `repeat('"', 100000) AS c${index}`).join(', ')}`, types);
    const preview = await store.preview(id, neverCancelled);
    expect(preview.rows).toHaveLength(1);
    expect(preview.cuts[0]).toEqual({ row: 0, column: 0, fullLength: 100_000 });
    expect(Buffer.byteLength(JSON.stringify(preview.rows))).toBeLessThan(PREVIEW_BYTES);
  });
});

describe('what is held', () => {
  it('is gone when forgotten by id', async () => {
    const id = await stored(people, ['string', 'long']);
    await store.forget([id, 'unknown']);
    await expect(page(id)).rejects.toMatchObject({ data: { kind: 'resultGone', resultId: id } });
  });

  it('is gone with its notebook, and only that', async () => {
    const mine = await stored(people, ['string', 'long'], 'mine');
    const yours = await stored(people, ['string', 'long'], 'yours');
    await store.forgetNotebook('mine');
    expect([store.find(mine), store.find(yours)?.rowCount]).toEqual([undefined, 4]);
  });

  it('does not keep a query that failed', async () => {
    const create = store.create(
      { resultId: 'failing', notebookId: 'n', sql: `SELECT error('no') AS c0`, columns: [{ name: 'a', type: 'string' }] },
      neverCancelled,
    );
    await expect(create).rejects.toThrow('no');
    expect(store.find('failing')).toBeUndefined();
  });

  it('makes a view again whose first reader stopped', async () => {
    const id = await stored(people, ['string', 'long']);
    const stopped = new CancellationSource();
    stopped.cancel();
    await expect(
      store.readPage({ resultId: id, view: { sort: [], filter: 'b' }, offset: 0, count: 10 }, stopped.token),
    ).rejects.toMatchObject({ data: { kind: 'cancelled' } });
    expect((await page(id, { filter: 'b' })).total).toBe(2);
  });
});
