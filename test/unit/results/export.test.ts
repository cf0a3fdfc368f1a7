import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { CancellationSource, neverCancelled } from '../../../src/common/cancellation';
import { wholeView } from '../../../src/common/engineProtocol';
import type { KqlType, WireRow, WireValue } from '../../../src/common/kqlTypes';
import type { Exported, ExportResult } from '../../../src/common/resultFiles';
import { resultAnswers } from '../../../src/results/resultAnswers';
import { keepRows, type OpenStore, openStore } from './openStore';
import { unzipped } from './unzipped';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let open: OpenStore;
let answers: ReturnType<typeof resultAnswers>;
let folder: string;
let made = 0;

beforeAll(async () => {
  open = await openStore();
  answers = resultAnswers(open.store, open);
});
beforeEach(async () => {
  folder = path.join(open.folder, `files-${++made}`);
  await mkdir(folder);
});
afterAll(() => open.close());

async function kept(columns: readonly (readonly [string, KqlType])[], rows: readonly WireRow[]): Promise<string> {
  const resultId = `result-${++made}`;
  await keepRows(open, { resultId, columns: columns.map(([name, type]) => ({ name, type })), rows });
  return resultId;
}

async function exported(resultId: string, wish: Partial<ExportResult> & Pick<ExportResult, 'format'>): Promise<Exported & { file: string }> {
  const file = path.join(folder, `result.${wish.format}`);
  const answer = await answers.exportResult({ resultId, view: wholeView, path: file, ...wish }, neverCancelled, () => undefined);
  return { ...answer, file: wish.path ?? file };
}

async function text(resultId: string, wish: Partial<ExportResult> & Pick<ExportResult, 'format'>): Promise<string> {
  return readFile((await exported(resultId, wish)).file, 'utf8');
}

const hostile = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\uFF1D1', "it's", 'a"b', 'a,b', 'a\nb', 'a\tb', '', '\u202Egpj.exe', '\u{1F600}é', '=a"b,c'];

/** Of every type the values that formats get wrong. */
const everyType: readonly (readonly [KqlType, readonly WireValue[]])[] = [
  ['bool', [true, false, null]],
  ['int', [-5, 2147483647, null]],
  ['long', ['9223372036854775807', '-9223372036854775808', null]],
  ['real', [-0.1, 'NaN', '-Infinity']],
  ['decimal', ['-0.5', '9999999999999999999999999999.0000000001', null]],
  ['string', ['-5', '', 'x']],
  ['datetime', ['2024-05-06T07:08:09.1234567Z', '2024-05-06T07:08:09.1234568Z', null]],
  ['timespan', ['-1.00:00:00', '00:00:00.0000001', null]],
  ['guid', ['a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', null, null]],
  ['dynamic', ['{"a":"=1"}', '"=1"', null]],
];

const ofEveryType = (): Promise<string> =>
  kept(
    everyType.map(([type]) => [type, type]),
    [0, 1, 2].map((row) => everyType.map(([, values]) => values[row] ?? null)),
  );

/** Fields of RFC 4180, with what was between quotes told apart. */
function parsed(csv: string, delimiter: string): readonly (readonly string[])[] {
  const rows: string[][] = [[]];
  const field = new RegExp(`("(?:[^"]|"")*"|[^"\\r\\n${delimiter}]*)(${delimiter}|\\r?\\n|$)`, 'gy');
  for (const [, value = '', end] of csv.matchAll(field)) {
    rows.at(-1)?.push(value.startsWith('"') && value !== '""' ? value.slice(1, -1).replaceAll('""', '"') : value);
    if (end !== delimiter && end !== '') rows.push([]);
  }
  return rows.slice(0, -1);
}

describe('CSV and TSV', () => {
  it('hold every type, with all digits; nulls and empty texts differ', async () => {
    const csv = await text(await ofEveryType(), { format: 'csv' });
    expect(csv.startsWith('\uFEFFbool,int,long,')).toBe(true);
    expect(parsed(csv.slice(1), ',').slice(1)).toEqual([
      ['true', '-5', '9223372036854775807', '-0.1', '-0.5', "'-5", '2024-05-06T07:08:09.1234567Z', '-1.00:00:00', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', '{"a":"=1"}'],
      ['false', '2147483647', '-9223372036854775808', 'NaN', '9999999999999999999999999999.0000000001', '""', '2024-05-06T07:08:09.1234568Z', '00:00:00.0000001', '', '"=1"'],
      ['', '', '', '-Infinity', '', 'x', '', '', '', ''],
    ]);
  });

  for (const [format, delimiter, end] of [['csv', ',', '\r\n'], ['tsv', '\t', '\n']] as const) {
    it(`give back every text (${format}), defused where it would be a formula`, async () => {
      const id = await kept([['value', 'string'], ['=name', 'long']], hostile.map((value, index) => [value, -index]));
      const written = await text(id, { format });
      expect(written.endsWith(end)).toBe(true);
      const rows = parsed(written.replace('\uFEFF', ''), delimiter);
      expect(rows[0]).toEqual(['value', "'=name"]);
      const expected = hostile.map((value) => (/^[=+\-@\t\r\n\uFF1D]/u.test(value) ? `'${value}` : value === '' ? '""' : value));
      expect(rows.slice(1).map(([value]) => value)).toEqual(expected);
      expect(rows.slice(1).map(([, number]) => number)).toEqual(hostile.map((_value, index) => String(-index)));
    });
  }

  it('hold the view, and the columns that were chosen in their order', async () => {
    const id = await kept([['d', 'dynamic'], ['n', 'long'], ['n', 'long']], [['{"a":1}', 1, 10], ['{"a":3}', 3, 30], ['{"a":2}', 2, 20]]);
    const view = { filter: '', sort: [{ column: 3, descending: true }], derived: [{ source: 0, path: ['a'], name: 'a' }], columnFilters: [{ column: 1, kind: 'range', from: 2 }] } as const;
    expect(await text(id, { format: 'tsv', view, columns: [3, 2] })).toBe('a\tn\n3\t30\n2\t20\n');
    expect(await text(id, { format: 'tsv', view })).toBe('d\tn\tn\n"{""a"":3}"\t3\t30\n"{""a"":2}"\t2\t20\n');
  });

  it('write many rows by parts, and say how far they are', async () => {
    const resultId = `result-${++made}`;
    await open.store.create({ resultId, notebookId: 'n', sql: `SELECT i AS c0, repeat('x', 300) AS c1 FROM range(60000) t(i)`, columns: [{ name: 'i', type: 'long' }, { name: 'x', type: 'string' }] }, neverCancelled);
    const seen: number[] = [];
    const file = path.join(folder, 'many.csv');
    const view = { filter: '', sort: [{ column: 0, descending: true }] };
    const { rows, bytes } = await answers.exportResult({ resultId, view, format: 'csv', path: file }, neverCancelled, (written) => seen.push(written));
    const lines = (await readFile(file, 'utf8')).split('\r\n');
    expect([rows, lines.length, lines[1]?.slice(0, 6), lines[60_000]?.slice(0, 2)]).toEqual([60_000, 60_002, '59999,', '0,']);
    expect(bytes).toBe((await stat(file)).size);
    expect(seen.length).toBeGreaterThan(4);
    expect(seen.at(-1)).toBe(60_000);
  });
});

describe('JSON lines', () => {
  it('hold every type', async () => {
    const lines = (await text(await ofEveryType(), { format: 'jsonl' })).trimEnd().split('\n');
    expect(lines).toEqual([
      '{"bool":true,"int":-5,"long":9223372036854775807,"real":-0.1,"decimal":"-0.5","string":"-5","datetime":"2024-05-06T07:08:09.1234567Z","timespan":"-1.00:00:00","guid":"a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11","dynamic":{"a":"=1"}}',
      '{"bool":false,"int":2147483647,"long":-9223372036854775808,"real":"NaN","decimal":"9999999999999999999999999999.0000000001","string":"","datetime":"2024-05-06T07:08:09.1234568Z","timespan":"00:00:00.0000001","guid":null,"dynamic":"=1"}',
      '{"bool":null,"int":null,"long":null,"real":"-Infinity","decimal":null,"string":"x","datetime":null,"timespan":null,"guid":null,"dynamic":null}',
    ]);
  });

  it('give back every text, and names that repeat or are odd', async () => {
    const values = [...hostile, '\0\u0001\u2028', '\\'];
    const id = await kept([['a', 'string'], ['a', 'dynamic'], ['a_2', 'long'], ['', 'long'], ['__proto__', 'long'], ["q'\"", 'long']], values.map((value) => [value, '[\n1\n]', 1, 2, 3, 4]));
    const lines = (await text(id, { format: 'jsonl' })).trimEnd().split('\n').map((line) => Object.entries(JSON.parse(line) as object));
    expect(lines).toEqual(values.map((value) => [['a', value], ['a_3', [1]], ['a_2', 1], ['', 2], ['__proto__', 3], ["q'\"", 4]]));
  });
});

describe('Parquet', () => {
  async function read(file: string): Promise<{ types: readonly string[]; names: readonly string[]; rows: readonly unknown[] }> {
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    const reader = await connection.runAndReadAll(`SELECT * FROM read_parquet('${file}')`);
    return { types: reader.columnTypes().map(String), names: reader.columnNames(), rows: reader.getRows().map((row) => row.map(String)) };
  }

  it('keeps types', async () => {
    const { file } = await exported(await ofEveryType(), { format: 'parquet' });
    const { types, rows } = await read(file);
    expect(types).toEqual(['BOOLEAN', 'INTEGER', 'BIGINT', 'DOUBLE', 'DECIMAL(38,10)', 'VARCHAR', 'TIMESTAMP_NS', 'VARCHAR', 'VARCHAR', 'VARCHAR']);
    expect(rows[0]).toEqual(['true', '-5', '9223372036854775807', '-0.1', '-0.5000000000', '-5', '2024-05-06 07:08:09.1234567', '-1.00:00:00', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', '{"a":"=1"}']);
  });

  it('says where times do not fit, and what was renamed', async () => {
    const far = ['0001-01-01T00:00:00.0000000Z', '9999-12-31T23:59:59.9999990Z'];
    const id = await kept([['t', 'datetime'], ['T', 'datetime'], ['', 'datetime'], ['a"b', 'datetime']], [[far[0]!, far[0]!, null, '1677-09-22T00:00:00.0000000Z'], [far[1]!, '9999-12-31T23:59:59.9999999Z', null, '2262-04-11T00:00:00.0000000Z']]);
    const { file, remarks } = await exported(id, { format: 'parquet' });
    const { names, types, rows } = await read(file);
    expect(names).toEqual(['t', 'T_2', 'column 3', 'a"b']);
    expect(types).toEqual(['TIMESTAMP', 'VARCHAR', 'TIMESTAMP_NS', 'TIMESTAMP_NS']);
    expect(rows[1]).toEqual(['9999-12-31 23:59:59.999999', '9999-12-31T23:59:59.9999999Z', 'null', '2262-04-11 00:00:00']);
    expect(remarks).toEqual([
      'Times in "T" are text: Parquet has none so far from today with seven digits.',
      '2 columns were renamed: names in Parquet do not repeat.',
    ]);
  });

  it('holds the view in its order', async () => {
    const id = await kept([['n', 'long']], [[1], [3], [2]]);
    const view = { filter: '', sort: [{ column: 0, descending: true }], columnFilters: [{ column: 0, kind: 'range', from: 2 }] } as const;
    const { file } = await exported(id, { format: 'parquet', view });
    expect((await read(file)).rows).toEqual([['3'], ['2']]);
  });
});

describe('XLSX', () => {
  async function sheetOf(file: string): Promise<string> {
    const parts = await unzipped(file);
    expect(Object.keys(parts).sort()).toEqual(['[Content_Types].xml', '_rels/.rels', 'xl/_rels/workbook.xml.rels', 'xl/styles.xml', 'xl/workbook.xml', 'xl/worksheets/sheet1.xml']);
    return parts['xl/worksheets/sheet1.xml'] ?? '';
  }
  const cells = (sheet: string): readonly (readonly string[])[] =>
    [...sheet.matchAll(/<row>(.*?)<\/row>/gsu)].map(([, row = '']) => [...row.matchAll(/<c(?: [^>]*)?\/>|<c( [^>]*)?>(.*?)<\/c>/gsu)].map(([whole, , inner]) => (inner === undefined ? '' : whole.includes('inlineStr') ? `text:${inner.replace(/<\/?(?:is|t)(?: [^>]*)?>/gu, '')}` : `${whole.includes('t="b"') ? 'bool' : 'number'}:${inner.replace(/<\/?v>/gu, '')}`)));

  it('has numbers while all digits show, and text for the rest', async () => {
    const { file, remarks } = await exported(await ofEveryType(), { format: 'xlsx' });
    expect(remarks).toEqual([]);
    expect(cells(await sheetOf(file)).slice(1)).toEqual([
      ['bool:1', 'number:-5', 'text:9223372036854775807', 'number:-0.1', 'number:-0.5', 'text:-5', 'text:2024-05-06T07:08:09.1234567Z', 'text:-1.00:00:00', 'text:a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', 'text:{"a":"=1"}'],
      ['bool:0', 'number:2147483647', 'text:-9223372036854775808', 'text:NaN', 'text:9999999999999999999999999999.0000000001', 'text:', 'text:2024-05-06T07:08:09.1234568Z', 'text:00:00:00.0000001', '', 'text:"=1"'],
      ['', '', '', 'text:-Infinity', '', 'text:x', '', '', '', ''],
    ]);
  });

  it('gives back every text, and what XML cannot hold as the format writes it', async () => {
    const id = await kept([['a<b', 'string']], [...hostile.map((value): WireRow => [value]), ['<script>&amp;'], ['\0\u001B[31m\uFFFF'], ['_x0041_']]);
    const texts = cells(await sheetOf((await exported(id, { format: 'xlsx' })).file)).flat();
    expect(texts).toEqual(['a&lt;b', ...hostile.map((value) => value.replace('\r', '_x000D_')), '&lt;script&gt;&amp;amp;', '_x0000__x001B_[31m_xFFFF_', '_x005F_x0041_'].map((value) => `text:${value}`));
  });

  it('says what was cut', async () => {
    const wide = Array.from({ length: 16_385 }, (_column, index): readonly [string, KqlType] => [`c${index}`, 'bool']);
    const many = await exported(await kept(wide, [wide.map(() => true)]), { format: 'xlsx' });
    expect(many.remarks).toEqual(['Only the first 16,384 of 16,385 columns were written: a sheet holds no more.']);
    const id = await kept([['t', 'string']], [['x'.repeat(32_768)], ['😀'.repeat(20_000)], ['é'.repeat(32_767)]]);
    const long = await exported(id, { format: 'xlsx' });
    expect(long.remarks).toEqual(['2 values longer than 32,767 characters were cut.']);
    expect(cells(await sheetOf(long.file)).slice(1).map(([cell]) => (cell?.length ?? 0) - 'text:'.length)).toEqual([32_767, 32_766, 32_767]);
  });
});

describe('a file', () => {
  const formats = ['csv', 'jsonl', 'parquet', 'xlsx'] as const;
  for (const format of formats) {
    it(`of ${format} replaces the one that was there when all is written, and leaves nothing beside it`, async () => {
      const id = await kept([['a', 'string']], [['x']]);
      await writeFile(path.join(folder, `result.${format}`), 'old');
      const { bytes, rows } = await exported(id, { format });
      expect([bytes > 0, rows, await readdir(folder)]).toEqual([true, 1, [`result.${format}`]]);
    });

    it(`of ${format} is not there when it was stopped, and the one before stays`, async () => {
      const resultId = `result-${++made}`;
      await open.store.create({ resultId, notebookId: 'n', sql: `SELECT repeat('x', 100) AS c0 FROM range(100000) t(i)`, columns: [{ name: 'x', type: 'string' }] }, neverCancelled);
      const file = path.join(folder, 'old');
      await writeFile(file, 'old');
      const stop = new CancellationSource();
      // Parquet is written in one go and says so at its end: that is stopped before it begins.
      if (format === 'parquet') stop.cancel();
      const writing = answers.exportResult({ resultId, view: wholeView, format, path: file }, stop.token, () => stop.cancel());
      await expect(writing).rejects.toMatchObject({ data: { kind: 'cancelled' } });
      expect([await readdir(folder), await readFile(file, 'utf8')]).toEqual([['old'], 'old']);
    });

    it(`of ${format} in a folder that is not there is a storage error of its own name`, async () => {
      const id = await kept([['a', 'string']], [['x']]);
      const file = path.join(folder, 'none', 'result');
      await expect(exported(id, { format, path: file })).rejects.toMatchObject({ data: { kind: 'storage', reason: 'missing', path: file } });
    });

    it(`of ${format} in the place of a folder is a storage error, and nothing is left`, async () => {
      const id = await kept([['a', 'string']], [['x']]);
      const place = path.join(folder, 'folder');
      await mkdir(path.join(place, 'full'), { recursive: true });
      await expect(exported(id, { format, path: place })).rejects.toMatchObject({ data: { kind: 'storage', path: place } });
      expect(await readdir(folder)).toEqual(['folder']);
      await rm(place, { recursive: true });
    });
  }

  it('on a full disk is a storage error that says so', async () => {
    const id = await kept([['a', 'string']], [['x']]);
    const file = path.join('/dev/full', 'x');
    await expect(exported(id, { format: 'csv', path: file })).rejects.toMatchObject({ data: { kind: 'storage', path: file } });
  });

  it('needs an absolute path', async () => {
    const id = await kept([['a', 'string']], [['x']]);
    await expect(exported(id, { format: 'csv', path: 'result.csv' })).rejects.toMatchObject({ data: { kind: 'badName' } });
  });

  it('of no rows and of no columns is written as well', async () => {
    const none = await kept([], []);
    const empty = await kept([['a', 'string']], []);
    for (const format of formats) {
      expect((await exported(none, { format })).rows).toBe(0);
      expect((await exported(empty, { format })).rows).toBe(0);
    }
  });
});
