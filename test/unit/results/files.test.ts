import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { neverCancelled } from '../../../src/common/cancellation';
import { wholeView } from '../../../src/common/engineProtocol';
import type { Column, KqlType, WireRow } from '../../../src/common/kqlTypes';
import type { DiffResults } from '../../../src/common/resultFiles';
import { resultAnswers } from '../../../src/results/resultAnswers';
import { keepRows, type OpenStore, openStore } from './openStore';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let open: OpenStore;
let answers: ReturnType<typeof resultAnswers>;
let made = 0;
const quiet = (): void => undefined;

beforeAll(async () => {
  open = await openStore();
  answers = resultAnswers(open.store, open);
});
afterAll(() => open.close());

type Columns = readonly (readonly [string, KqlType])[];

const columnsOf = (columns: Columns): readonly Column[] => columns.map(([name, type]) => ({ name, type }));

async function kept(columns: Columns, rows: readonly WireRow[]): Promise<string> {
  const resultId = `result-${++made}`;
  await keepRows(open, { resultId, columns: columnsOf(columns), rows });
  return resultId;
}

async function rowsOf(resultId: string): Promise<readonly WireRow[]> {
  return (await open.store.readPage({ resultId, view: wholeView, offset: 0, count: 100 }, neverCancelled)).rows;
}

describe('a kept result', () => {
  const columns: Columns = [
    ...(['bool', 'int', 'long', 'real', 'decimal', 'string', 'datetime', 'timespan', 'guid', 'dynamic'] as const).map((type): readonly [string, KqlType] => ['same', type]),
    ["__proto__ 'é\0", 'string'],
  ];
  const rows: readonly WireRow[] = [
    [true, -1, '9223372036854775807', 'NaN', '9999999999999999999999999999.0000000001', 'a\0"\u202E😀', '9223372036854775807 ticks', '-10675199.02:48:05.4775808', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', '{"a":[1.50,null]}', 'x'],
    [null, null, null, null, null, '', null, null, null, null, ''],
    [false, 1, '-9223372036854775808', '-Infinity', '0', '=1', '0001-01-01T00:00:00.0000000Z', '00:00:00', null, '"q"', 'y'],
  ];

  it('comes back as it was, under its id, and nothing is left beside it', async () => {
    const resultId = await kept(columns, rows);
    const file = path.join(open.folder, 'kept', '..', 'notebook.parquet');
    const { rows: written, bytes } = await answers.keepResult({ resultId, path: path.resolve(file) }, neverCancelled, quiet);
    expect([written, bytes > 0]).toEqual([3, true]);
    await open.store.forget([resultId]);
    const restore = { resultId, notebookId: 'again', path: path.resolve(file), columns: columnsOf(columns) };
    expect(await answers.restoreResult(restore, neverCancelled, quiet)).toEqual({ rows: 3 });
    expect(await rowsOf(resultId)).toEqual(rows);
    expect((await readdir(open.folder)).filter((name) => name.endsWith('.parquet'))).toEqual(['notebook.parquet']);
    await open.store.forgetNotebook('again');
    expect(open.store.find(resultId)).toBeUndefined();
  });

  it('without columns or rows comes back as well', async () => {
    for (const none of [[], columns]) {
      const resultId = await kept(none, []);
      const file = path.join(open.folder, 'none.parquet');
      await answers.keepResult({ resultId, path: file }, neverCancelled, quiet);
      expect(await answers.restoreResult({ resultId, notebookId: 'n', path: file, columns: columnsOf(none) }, neverCancelled, quiet)).toEqual({ rows: 0 });
    }
  });

  const refused: readonly (readonly [string, string, Columns, string])[] = [
    ['when the file is missing', 'missing', [['a', 'long']], 'Not found'],
    ['when the file is no Parquet', 'text', [['a', 'long']], 'cannot be read'],
    ['when the file is not one of ours', 'foreign', [['a', 'long']], 'is no file of rows that Huntbook keeps'],
    ['when a column has another type', 'ours', [['a', 'string']], 'holds rows of other columns'],
    ['when a column has another name', 'ours', [['A', 'long']], 'holds rows of other columns'],
  ];
  for (const [name, file, wanted, message] of refused) {
    it(`is refused ${name}`, async () => {
      const place = (of: string): string => path.join(open.folder, `refused-${of}`);
      await writeFile(place('text'), 'PAR1 and not more');
      await open.database.run(`COPY (SELECT 1::BIGINT AS c0) TO '${place('foreign')}' (FORMAT PARQUET)`, neverCancelled);
      await answers.keepResult({ resultId: await kept([['a', 'long']], [[1]]), path: place('ours') }, neverCancelled, quiet);
      const restore = answers.restoreResult({ resultId: 'refused', notebookId: 'n', path: place(file), columns: columnsOf(wanted) }, neverCancelled, quiet);
      await expect(restore).rejects.toMatchObject({ data: { kind: 'storage', path: place(file) } });
      await expect(restore).rejects.toThrow(message);
      expect(open.store.find('refused')).toBeUndefined();
    });
  }
});

describe('the difference of two results', () => {
  interface Difference {
    readonly columns: readonly Column[];
    readonly rows: readonly WireRow[];
  }

  async function difference(left: string, right: string, wish: Partial<DiffResults> = {}): Promise<Difference> {
    const resultId = `diff-${++made}`;
    const info = await answers.diffResults({ left, right, keys: [], resultId, notebookId: 'diff', ...wish }, neverCancelled, quiet);
    expect([info.resultId, info.rowCount, info.preview.total]).toEqual([resultId, info.rowCount, info.rowCount]);
    return { columns: info.columns, rows: await rowsOf(resultId) };
  }

  it('has the rows of one alone, left first, each in its order, and of repeated rows what is left over', async () => {
    const columns: Columns = [['user', 'string'], ['n', 'real']];
    const left = await kept(columns, [['z', 1], ['eve', 'NaN'], ['eve', 'NaN'], ['', null], ['a', 2]]);
    const right = await kept(columns, [['eve', 'NaN'], ['', null], ['', null], ['b', 2]]);
    expect(await difference(left, right, { leftName: 'cell 3', rightName: 'cell 5' })).toEqual({
      columns: [{ name: 'Difference', type: 'string' }, { name: 'user', type: 'string' }, { name: 'n', type: 'real' }],
      rows: [
        ['only in cell 3', 'z', 1],
        ['only in cell 3', 'eve', 'NaN'],
        ['only in cell 3', 'a', 2],
        ['only in cell 5', '', null],
        ['only in cell 5', 'b', 2],
      ],
    });
  });

  it('compares by the keys that were chosen, and shows all columns of both', async () => {
    const left = await kept([['ip', 'string'], ['seen', 'long'], ['mine', 'dynamic']], [['1.1.1.1', 5, '{"a":1}'], ['2.2.2.2', 6, null]]);
    const right = await kept([['yours', 'datetime'], ['ip', 'string'], ['seen', 'long']], [[null, '1.1.1.1', 7], ['2024-05-06T07:08:09.1234567Z', '3.3.3.3', 8]]);
    const { columns, rows } = await difference(left, right, { keys: ['ip'] });
    expect(columns.map(({ name, type }) => `${name} ${type}`)).toEqual(['Difference string', 'ip string', 'seen long', 'mine dynamic', 'yours datetime']);
    expect(rows).toEqual([
      ['only in left', '2.2.2.2', 6, null, null],
      ['only in right', '3.3.3.3', 8, null, '2024-05-06T07:08:09.1234567Z'],
    ]);
  });

  it('compares texts where types differ, numbers where both are whole; names may repeat', async () => {
    const left = await kept([['a', 'int'], ['a', 'string'], ['d', 'dynamic']], [[1, '2', '{"x":1}'], [3, '4', null]]);
    const right = await kept([['a', 'long'], ['a', 'long'], ['d', 'dynamic']], [[1, 2, '{"x":1}'], ['9223372036854775807', 4, null]]);
    expect(await difference(left, right)).toMatchObject({
      columns: [{}, { type: 'long' }, { type: 'string' }, { type: 'dynamic' }],
      rows: [['only in left', 3, '4', null], ['only in right', '9223372036854775807', '4', null]],
    });
  });

  it('is empty for the same rows in another order', async () => {
    const left = await kept([['a', 'guid'], ['t', 'timespan']], [[null, '00:00:01'], ['a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', null]]);
    const right = await kept([['t', 'timespan'], ['a', 'guid']], [[null, 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'], ['00:00:01', null]]);
    expect((await difference(left, right)).rows).toEqual([]);
  });

  it('is refused by keys that not both have, and without any', async () => {
    const left = await kept([['a', 'long']], []);
    const right = await kept([['b', 'long']], []);
    await expect(difference(left, right, { keys: ['a'] })).rejects.toThrow('The results cannot be compared by "a": not both have a column of this name.');
    await expect(difference(left, right)).rejects.toMatchObject({ data: { kind: 'refused' } });
    await expect(difference(left, 'unknown')).rejects.toMatchObject({ data: { kind: 'resultGone' } });
  });
});
