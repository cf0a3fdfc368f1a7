import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CancellationSource, neverCancelled } from '../../../src/common/cancellation';
import { toWire, wireExpression } from '../../../src/engine/wire';
import { openFolder } from '../../../src/workspaces/local/folderData';
import type { LocalData, LocalTable } from '../../../src/workspaces/local/localData';

vi.setConfig({ testTimeout: 60_000 });

let root: string;
let folder: string;
let storageFolder: string;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'huntbook-folder-'));
  folder = path.join(root, 'data');
  storageFolder = path.join(root, 'storage');
  mkdirSync(folder);
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function write(name: string, content: string | Uint8Array): void {
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  writeFileSync(path.join(folder, name), content);
}

async function open(): Promise<LocalData> {
  return openFolder({ folder, storageFolder, token: neverCancelled, progress: () => undefined });
}

/** Loads one file. */
async function load(name: string, content: string | Uint8Array): Promise<{ data: LocalData; table: LocalTable; rows: unknown[][] }> {
  write(name, content);
  const data = await open();
  const table = data.tables[0];
  if (!table) throw new Error(JSON.stringify(data.problems));
  return { data, table, rows: await rowsOf(data, table) };
}

async function rowsOf(data: LocalData, table: LocalTable): Promise<unknown[][]> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(`ATTACH '${data.databaseFile}' AS d (READ_ONLY)`);
  const columns = table.columns.map(({ type }, index) => wireExpression(`c${index}`, type)).join(', ');
  const rows = (await connection.runAndReadAll(`SELECT ${columns} FROM d.${table.relation}`)).getRowsJS();
  connection.closeSync();
  instance.closeSync();
  return rows.map((row) => row.map((value, index) => toWire(value, table.columns[index]?.type ?? 'string')));
}

function types(table: LocalTable): string {
  return table.columns.map(({ name, type }) => `${name}:${type}`).join(' ');
}

async function parquet(name: string, select: string): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(`COPY (${select}) TO '${path.join(folder, name)}' (FORMAT parquet)`);
  connection.closeSync();
  instance.closeSync();
}

describe('types are inferred', () => {
  it('of CSV', async () => {
    const text =
      'n,r,b,t,d,code,s,g,e\n1,1.5,true,2024-05-06T07:08:09.1234567Z,"{""a"":[1]}",007,x,a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11,\n-2,2e3,False,2024-05-06,[],1,"y, z",A,\n';
    const { table, rows } = await load('my data.csv', text);
    expect(table.name).toBe('my_data');
    expect(types(table)).toBe('n:long r:real b:bool t:datetime d:dynamic code:string s:string g:string e:string');
    expect(rows).toEqual([
      [1, 1.5, true, '2024-05-06T07:08:09.1234567Z', '{"a":[1]}', '007', 'x', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', ''],
      [-2, 2000, false, '2024-05-06T00:00:00.0000000Z', '[]', '1', 'y, z', 'A', ''],
    ]);
    expect(table).toMatchObject({
      rowCount: 2,
      timeColumn: 't',
      firstTime: '2024-05-06T00:00:00.0000000Z',
      lastTime: '2024-05-06T07:08:09.1234567Z',
    });
  });

  it('of JSON lines', async () => {
    const text = '{"a":1,"t":"2024-05-06T09:08:09+02:00","o":{"k":[1,2]},"m":1,"b":true}\n{"a":2,"r":1.25,"o":null,"m":"x","t":null}\n';
    const { table, rows } = await load('events.jsonl', text);
    expect(types(table)).toBe('a:long t:datetime o:dynamic m:dynamic b:bool r:real');
    expect(rows).toEqual([
      [1, '2024-05-06T07:08:09.0000000Z', '{"k":[1,2]}', '1', true, null],
      [2, null, null, '"x"', null, 1.25],
    ]);
  });

  it('of a JSON array', async () => {
    const { table, rows } = await load('list.json', '[\n {"user": "eve", "n": 9007199254740993},\n {"user": "bob"}\n]');
    expect(types(table)).toBe('user:string n:long');
    expect(rows).toEqual([
      ['eve', '9007199254740993'],
      ['bob', null],
    ]);
  });

  it('of Parquet', async () => {
    await parquet(
      'p.parquet',
      `SELECT 1::INTEGER AS i, 2::BIGINT AS l, 1.5::DECIMAL(10,2) AS d, TIMESTAMP '2024-05-06 07:08:09.123456' AS t, {'a': [1]} AS s, 'x' AS v, INTERVAL 90 MINUTE AS w, NULL::VARCHAR AS z`,
    );
    const data = await open();
    const [table] = data.tables;
    expect(table && types(table)).toBe('i:int l:long d:decimal t:datetime s:dynamic v:string w:timespan z:string');
    expect(table && (await rowsOf(data, table))).toEqual([[1, 2, '1.5', '2024-05-06T07:08:09.1234560Z', '{"a":[1]}', 'x', '01:30:00', '']]);
  });
});

describe('a known table', () => {
  it('has its own types and all its columns', async () => {
    const { table, rows } = await load('SecurityEvent.csv', 'TimeGenerated,EventID,Account,Mine\n2024-05-06T07:08:09Z,4625,1234,5\n');
    const at = (name: string): number => table.columns.findIndex((column) => column.name === name);
    expect(table.columns[at('Account')]?.type).toBe('string');
    expect(table.columns[at('EventID')]?.type).toBe('int');
    expect(table.columns.at(-1)).toEqual({ name: 'Mine', type: 'long' });
    expect([rows[0]?.[at('Account')], rows[0]?.[at('Computer')], rows[0]?.[at('EventID')]]).toEqual(['1234', '', 4625]);
    expect(table.timeColumn).toBe('TimeGenerated');
  });

  it('reads what the portal exports', async () => {
    const { table, rows } = await load('Heartbeat.csv', '"TimeGenerated [UTC]",Computer\n"1/15/2024, 10:30:00.123 PM",dc01\n');
    expect(rows[0]?.[table.columns.findIndex(({ name }) => name === 'TimeGenerated')]).toBe('2024-01-15T22:30:00.1230000Z');
  });

  it('says which values do not fit, and keeps the rest', async () => {
    const { data, table } = await load('SecurityEvent.jsonl', '{"EventID":4625}\n{"EventID":"many"}\n');
    expect(data.problems).toEqual([
      { file: 'SecurityEvent.jsonl', line: 2, message: '1 values of "EventID" are no int, such as "many"; they were left empty.' },
    ]);
    expect(table.rowCount).toBe(2);
  });
});

describe('tables', () => {
  it('are made of a folder of files, columns by name', async () => {
    write('Logs/a.csv', 'x,y\n1,a\n');
    write('Logs/sub/b.jsonl', '{"y":"b","x":2.5}\n');
    const data = await open();
    expect(data.tables.map((table) => [table.name, types(table), table.rowCount])).toEqual([['Logs', 'x:real y:string', 2]]);
  });

  it('of equal names are told apart', async () => {
    write('a b.csv', 'x\n1\n');
    write('a-b.csv', 'x\n2\n');
    expect((await open()).tables.map((table) => table.name)).toEqual(['a_b', 'a_b1']);
  });

  it('have unique column names', async () => {
    const { table } = await load('t.csv', 'a,a,,A\n1,2,3,4\n');
    expect(types(table)).toBe('a:long a1:long Column3:long A:long');
  });

  it('are read packed, with other separators and in UTF-16', async () => {
    write('1.csv.gz', gzipSync('a;b\n1;x\n'));
    write('2.tsv', 'a\tb\n1\tx,y\n');
    write('3.csv', Buffer.from('\uFEFFa,b\n1,é\n', 'utf16le'));
    const data = await open();
    expect(data.problems).toEqual([]);
    expect(await Promise.all(data.tables.map(async (table) => [table.name, await rowsOf(data, table)]))).toEqual([
      ['_1', [[1, 'x']]],
      ['_2', [[1, 'x,y']]],
      ['_3', [[1, 'é']]],
    ]);
  });

  it('are empty when the file has a header alone', async () => {
    const { table } = await load('t.csv', 'a,b\n');
    expect([types(table), table.rowCount]).toEqual(['a:string b:string', 0]);
  });

  it('hold values of a megabyte', async () => {
    const { rows } = await load('t.csv', `a\n${'x'.repeat(1_000_000)}\n`);
    expect(rows[0]?.[0]).toHaveLength(1_000_000);
  });
});

describe('watchlists', () => {
  it('are the files of a folder of that name', async () => {
    write('watchlists/VIP users.csv', 'Upn,Team\nceo@contoso.com,board\n');
    const data = await open();
    expect(data.tables).toEqual([]);
    expect(data.watchlists.map((list) => [list.name, types(list)])).toEqual([['VIP_users', 'SearchKey:string Upn:string Team:string']]);
  });
});

describe('what is malformed is reported, the rest is there', () => {
  const cases: readonly [string, string | Uint8Array, number | undefined, string, number | undefined][] = [
    ['wide.csv', 'a,b\n1,x\n2,y,z\n3,k\n', 3, 'has 3 values where the header has 2', 2],
    ['narrow.csv', 'a,b\n1\n2,x\n', 2, 'has 1 values where the header has 2', 1],
    ['quote.csv', 'a,b\n1,x\n2,"open\n', 3, 'A quote is opened', 1],
    ['latin.csv', Buffer.from('a,b\n1,caf\xe9\n', 'latin1'), undefined, 'not UTF-8', 1],
    ['empty.csv', '', undefined, 'empty', undefined],
    ['blank.csv', '\n\n', undefined, 'empty', undefined],
    ['broken.jsonl', '{"a":1}\n\n{"a":\n{"a":2}\n', 3, 'not JSON', 2],
    ['scalar.jsonl', '{"a":1}\n[1]\n', 2, 'not an object', 1],
    ['broken.json', '[{"a":1},\n{"a":}]', 2, 'not JSON', undefined],
    ['cut.json', '[{"a":1},\n{"a":2},\n', undefined, 'ends before', 2],
    ['case.jsonl', '{"a":1,"A":2}\n', undefined, 'differs from "a" in case', 1],
    ['scalars.json', '[1, 2]', undefined, 'no objects', undefined],
    ['fake.parquet', 'no parquet at all', undefined, 'cannot be read', undefined],
    ['fake.csv.gz', 'no gzip at all', undefined, 'cannot be read', undefined],
  ];
  for (const [name, content, line, message, rowCount] of cases) {
    it(name, async () => {
      write(name, content);
      write('zz_good.csv', 'a\n1\n');
      const data = await open();
      expect(data.problems[0]).toMatchObject({ file: name, message: expect.stringContaining(message) as string });
      expect(data.problems[0]?.line).toBe(line);
      expect(data.tables.find((table) => table.name !== 'zz_good')?.rowCount).toBe(rowCount);
      expect(data.tables.at(-1)).toMatchObject({ name: 'zz_good', rowCount: 1 });
    });
  }

  it('a few lines by number, many by their count', async () => {
    const { data } = await load('t.jsonl', `{"a":1}\n${'oops\n'.repeat(100)}`);
    expect(data.problems.map((problem) => problem.line)).toEqual([2, 3, 4, 5, 6, undefined]);
    expect(data.problems.at(-1)?.message).toBe('95 more lines are malformed.');
  });

  it('an empty folder has no tables', async () => {
    expect(await open()).toMatchObject({ tables: [], problems: [] });
  });
});

describe('what was loaded', () => {
  it('is used again until a file changes, and older data goes', async () => {
    write('t.csv', 'a\n1\n');
    const first = await open();
    expect(await open()).toEqual(first);
    utimesSync(path.join(folder, 't.csv'), 1, 1);
    const second = await open();
    expect(second.databaseFile).not.toBe(first.databaseFile);
    expect(readdirSync(storageFolder)).toHaveLength(2);
  });

  it('is loaded again when it was not written to its end', async () => {
    write('t.csv', 'a\n1\n');
    const { databaseFile } = await open();
    rmSync(databaseFile.replace('.duckdb', '.json'));
    expect((await open()).tables).toHaveLength(1);
  });

  it('leaves nothing behind when it is stopped', async () => {
    write('t.csv', 'a\n1\n');
    const source = new CancellationSource();
    const opening = openFolder({
      folder,
      storageFolder,
      token: source.token,
      progress: (sentence) => sentence.startsWith('Loading') && source.cancel(),
    });
    await expect(opening).rejects.toMatchObject({ data: { kind: 'cancelled' } });
    expect(readdirSync(storageFolder)).toEqual([]);
  });
});

describe('a folder that cannot be opened', () => {
  it('is missing', async () => {
    folder = path.join(root, 'missing');
    await expect(open()).rejects.toThrow(/ENOENT/);
  });

  it('is a file', async () => {
    folder = path.join(root, 'file');
    writeFileSync(folder, '');
    await expect(open()).rejects.toMatchObject({ data: { kind: 'storage', path: folder } });
  });

  it('has nowhere to keep its data', async () => {
    write('t.csv', 'a\n1\n');
    writeFileSync(path.join(root, 'file'), '');
    storageFolder = path.join(root, 'file', 'storage');
    await expect(open()).rejects.toThrow(/ENOTDIR/);
  });
});

describe('incidents', () => {
  it('are those of a SecurityIncident table, as its newest rows have them', async () => {
    const incident = {
      IncidentNumber: 7,
      Title: 'Spray',
      Severity: 'High',
      CreatedTime: '2024-05-06T07:00:00Z',
      AlertIds: ['a1'],
      Owner: { assignedTo: 'Kim', email: 'kim@contoso.com' },
      AdditionalData: { tactics: ['CredentialAccess'] },
    };
    write(
      'SecurityIncident.jsonl',
      [
        { ...incident, Status: 'New', LastModifiedTime: '2024-05-06T08:00:00Z' },
        { ...incident, Status: 'Active', LastModifiedTime: '2024-05-06T09:00:00Z' },
      ]
        .map((row) => JSON.stringify(row))
        .join('\n'),
    );
    write(
      'SecurityAlert.jsonl',
      JSON.stringify({
        SystemAlertId: 'a1',
        DisplayName: 'Many failures',
        AlertSeverity: 'Medium',
        Tactics: 'CredentialAccess, Discovery',
        ProductName: 'Entra',
      }),
    );
    const { incidents } = await open();
    expect(incidents).toHaveLength(1);
    expect(incidents[0]?.incident).toMatchObject({
      number: 7,
      title: 'Spray',
      severity: 'High',
      status: 'Active',
      owner: { name: 'Kim', email: 'kim@contoso.com' },
      tactics: ['CredentialAccess'],
      alertCount: 1,
      createdTime: '2024-05-06T07:00:00.0000000Z',
    });
    expect(incidents[0]?.alerts).toMatchObject([
      { id: 'a1', name: 'Many failures', severity: 'Medium', tactics: ['CredentialAccess', 'Discovery'] },
    ]);
  });
});
