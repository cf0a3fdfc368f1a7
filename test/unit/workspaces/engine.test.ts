import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { CancellationSource } from '../../../src/common/cancellation';
import { ENGINE_PROTOCOL_VERSION, type QueryAnswer, type ResultInfo, type RunQuery, wholeView } from '../../../src/common/engineProtocol';
import { openTestEngine, type TestEngine } from './openTestEngine';

vi.setConfig({ testTimeout: 60_000 });

let engine: TestEngine;
let workspaceId: string;
let runs = 0;

beforeAll(async () => {
  engine = await openTestEngine();
  writeFileSync(
    path.join(engine.data, 'Logons.csv'),
    'TimeGenerated,User,Failures\n2024-05-06T07:00:00Z,eve,9\n2024-05-06T08:00:00Z,adam,1\n2024-05-07T08:00:00Z,bob,4\n',
  );
  writeFileSync(path.join(engine.data, 'Nothing.csv'), 'TimeGenerated,User\n');
  writeFileSync(path.join(engine.data, 'broken.json'), '[{"a":');
  workspaceId = (await engine.client.call('connect', { kind: 'folder', path: engine.data })).id;
  await answer('print 1'); // The first query loads the language.
}, 60_000);

afterAll(() => {
  engine.close();
});

async function answer(text: string, query: Partial<RunQuery> = {}): Promise<QueryAnswer> {
  return engine.client.call('runQuery', {
    workspaceId,
    resultId: `r${++runs}`,
    notebookId: 'n',
    text,
    definitions: [],
    results: [],
    ...query,
  });
}

async function result(text: string, query: Partial<RunQuery> = {}): Promise<ResultInfo> {
  const given = await answer(text, query);
  if (given.kind !== 'result') throw new Error(given.kind);
  return given.result;
}

describe('connecting', () => {
  it('says hello with its version', async () => {
    expect(await engine.client.call('hello', { protocol: ENGINE_PROTOCOL_VERSION })).toEqual({
      protocol: ENGINE_PROTOCOL_VERSION,
      pid: process.pid,
    });
  });

  it('says what is there and what could not be loaded', async () => {
    const info = await engine.client.call('connect', { kind: 'folder', path: engine.data });
    expect(info).toMatchObject({
      id: `folder:${engine.data}`,
      kind: 'folder',
      name: path.basename(engine.data),
      tableCount: 2,
      rowCount: 3,
      problems: [{ file: 'broken.json', line: 1 }],
    });
  });

  it('twice at the same time loads once', async () => {
    const source = { kind: 'folder', path: engine.data } as const;
    const [first, second] = await Promise.all([engine.client.call('connect', source), engine.client.call('connect', source)]);
    expect(first).toEqual(second);
  });

  it('gives the schema', async () => {
    const { tables } = await engine.client.call('schema', { workspaceId });
    expect(tables[0]).toMatchObject({
      name: 'Logons',
      rowCount: 3,
      firstTime: '2024-05-06T07:00:00.0000000Z',
      lastTime: '2024-05-07T08:00:00.0000000Z',
    });
    expect(tables[0]?.columns.map(({ name, type }) => `${name}:${type}`)).toEqual([
      'TimeGenerated:datetime',
      'User:string',
      'Failures:long',
    ]);
  });

  it('has no incidents without an incident table', async () => {
    const query = { orderBy: 'number', descending: true, top: 10 } as const;
    expect(await engine.client.call('listIncidents', { workspaceId, query })).toEqual({ incidents: [], total: 0 });
    await expect(engine.client.call('getIncident', { workspaceId, number: 1 })).rejects.toMatchObject({ data: { kind: 'notFound' } });
  });

  it('loads again what has changed', async () => {
    const folder = path.join(engine.data, '..', 'changing');
    const file = path.join(folder, 't.csv');
    mkdirSync(folder);
    writeFileSync(file, 'a\n1\n');
    const source = { kind: 'folder', path: folder } as const;
    const { id } = await engine.client.call('connect', source);
    writeFileSync(file, 'a\n1\n2\n');
    expect((await engine.client.call('connect', source)).rowCount).toBe(2);
    expect((await result('t | count', { workspaceId: id })).preview.rows).toEqual([[2]]);
    await engine.client.call('disconnect', { workspaceId: id });
    await expect(answer('t', { workspaceId: id })).rejects.toMatchObject({ data: { kind: 'notConnected', workspace: id } });
  });
});

describe('a query', () => {
  it('gives its columns, counts and first rows', async () => {
    const info = await result('Logons | where Failures > 2 | project User, Failures | sort by User asc');
    expect(info).toMatchObject({
      columns: [
        { name: 'User', type: 'string' },
        { name: 'Failures', type: 'long' },
      ],
      rowCount: 2,
      preview: {
        offset: 0,
        total: 2,
        rows: [
          ['bob', 4],
          ['eve', 9],
        ],
        cuts: [],
      },
      warnings: [],
      workspace: { id: workspaceId, name: path.basename(engine.data) },
      usedResults: [],
    });
    const view = { ...wholeView, sort: [{ column: 1, descending: true }] };
    const page = await engine.client.call('readPage', { resultId: info.resultId, view, offset: 0, count: 1 });
    expect(page).toEqual({ offset: 0, rows: [['eve', 9]], total: 2, cuts: [] });
    expect(await engine.client.call('readValue', { resultId: info.resultId, view, row: 1, column: 0 })).toBe('bob');
  });

  it('uses definitions of earlier cells', async () => {
    const info = await result('Logons | where Failures > limit | count', { definitions: [{ cell: 1, text: 'let limit = 3;' }] });
    expect(info.preview.rows).toEqual([[2]]);
  });

  it('of let statements alone defines names', async () => {
    expect(await answer('let a = 1;\nlet b = a + 1;')).toEqual({ kind: 'definitions', names: ['a', 'b'] });
  });

  it('uses results of earlier cells as tables', async () => {
    const bad = await result('Logons | where Failures > 2');
    const info = await result('bad | join kind=inner Logons on User | count', { results: [{ name: 'bad', resultId: bad.resultId }] });
    expect(info).toMatchObject({ usedResults: ['bad'], preview: { rows: [[2]] }, warnings: [] });
  });

  it('prefers a result to a table of its name, and says so', async () => {
    const one = await result('Logons | take 1');
    const info = await result('Logons | count', { results: [{ name: 'Logons', resultId: one.resultId }] });
    expect(info).toMatchObject({ preview: { rows: [[1]] }, usedResults: ['Logons'] });
    expect(info.warnings.join()).toContain('the result of an earlier cell');
  });

  it('knows the names of a result alone to two notebooks apart', async () => {
    const mine = await result('print who = "mine"', { notebookId: 'mine' });
    const yours = await result('print who = "yours"', { notebookId: 'yours' });
    const of = async (resultId: string): Promise<unknown> =>
      (await result('same | project who', { results: [{ name: 'same', resultId }] })).preview.rows;
    expect([await of(mine.resultId), await of(yours.resultId)]).toEqual([[['mine']], [['yours']]]);
    await engine.client.call('forget', { notebookId: 'mine' });
    await expect(of(mine.resultId)).rejects.toMatchObject({ data: { kind: 'unknownName', name: 'same' } });
    expect(await of(yours.resultId)).toEqual([['yours']]);
  });

  it('is restricted to its timespan', async () => {
    const info = await result('Logons | count', { timespan: '2024-05-07/2024-05-08' });
    expect(info).toMatchObject({ preview: { rows: [[1]] }, warnings: [] });
  });

  it('says when its tables have nothing in the timespan, or nothing at all', async () => {
    expect((await result('Logons', { timespan: 'P1D' })).warnings).toEqual([
      'The table Logons holds no rows in the timespan P1D: its rows are from 2024-05-06T07:00:00.0000000Z to 2024-05-07T08:00:00.0000000Z.',
    ]);
    expect((await result('Nothing')).warnings.join()).toContain('holds no rows');
  });

  it('keeps values that look like markup as they are', async () => {
    const value = '<img src=x onerror=alert(1)>\u202Egpj.exe';
    expect((await result(`print v = ${JSON.stringify(value)}`)).preview.rows).toEqual([[value]]);
  });
});

describe('a query that fails', () => {
  it('names an unknown table and those nearest to it', async () => {
    await expect(answer('Logon | take 1')).rejects.toMatchObject({
      data: { kind: 'unknownName', name: 'Logon', nearest: expect.arrayContaining(['Logons']) as unknown },
    });
  });

  it('is half-written', async () => {
    await expect(answer('Logons | where')).rejects.toMatchObject({ data: { kind: 'query', span: { line: 1 } } });
  });

  it('stops when it is told to', async () => {
    const source = new CancellationSource();
    const running = engine.client.call(
      'runQuery',
      {
        workspaceId,
        resultId: 'long',
        notebookId: 'n',
        text: 'range a from 1 to 100000 step 1 | extend k = 1 | join kind=inner (range b from 1 to 100000 step 1 | extend k = 1) on k | where a * b % 7 == 3 | count',
        definitions: [],
        results: [],
      },
      source.token,
      () => setImmediate(() => source.cancel()),
    );
    await expect(running).rejects.toMatchObject({ data: { kind: 'cancelled' } });
    await expect(engine.client.call('readPage', { resultId: 'long', view: wholeView, offset: 0, count: 1 })).rejects.toMatchObject({
      data: { kind: 'resultGone' },
    });
  });
});
