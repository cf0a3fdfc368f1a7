import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { wholeView } from '../../../src/common/engineProtocol';
import type { WireRow } from '../../../src/common/kqlTypes';
import { InProcessEngine } from '../../../src/notebook/engineClient';
import { Engine } from '../../../src/workspaces/engine';
import { refusal } from './incidentContract';
import { openTestEngine, type TestEngine } from './openTestEngine';

let engine: TestEngine;
let engines: Engine[];
let workspaceId: string;

beforeEach(async () => {
  engine = await openTestEngine();
  engines = [];
  mkdirSync(path.join(engine.data, 'watchlists'));
  writeFileSync(path.join(engine.data, 'watchlists', 'ports.csv'), 'Port,Use,Secure\n443,https,true\n21,ftp,false\n');
  writeFileSync(path.join(engine.data, 'SecurityIncident.jsonl'), '{"IncidentNumber":1,"Title":"One"}');
  ({ id: workspaceId } = await engine.client.call('connect', { kind: 'folder', path: engine.data }));
});
afterEach(() => {
  for (const other of engines) other.dispose();
  engine.close();
});

/** Another window of the editor, or the same after a restart. */
async function otherWindow(schemaChanged: (workspaceId: string) => void = () => undefined): Promise<InProcessEngine> {
  const host = {
    call: (_method: unknown, argument: unknown) => {
      schemaChanged((argument as { readonly workspaceId: string }).workspaceId);
      return Promise.resolve(null as never);
    },
  };
  const other = await Engine.open({ storagePath: engine.storage, memoryLimitMiB: 512, threads: 2, host });
  engines.push(other);
  const client = new InProcessEngine(other.handlers);
  await client.call('connect', { kind: 'folder', path: engine.data });
  return client;
}

async function query(text: string, client = engine.client): Promise<readonly WireRow[]> {
  await client.call('runQuery', { workspaceId, resultId: 'r', notebookId: 'n', text, definitions: [], results: [] });
  return (await client.call('readPage', { resultId: 'r', view: wholeView, offset: 0, count: 100 })).rows;
}

const list = { alias: 'made', name: 'Made', description: '', searchKey: 'User', rows: [{ User: 'eve' }] };
const bookmark = { name: 'b', notes: '', query: 'T', queryResult: '{}', labels: [], tactics: [], techniques: [], entities: [] };

function writtenFile(): string {
  const folder = path.join(engine.storage, 'workspaces', 'sentinel');
  return path.join(folder, readdirSync(folder)[0] ?? '');
}

it('what was written is there after a restart, in queries too', async () => {
  const added = await engine.client.call('addBookmark', { workspaceId, bookmark, incidentNumber: 1 });
  await engine.client.call('createWatchlist', { workspaceId, ...list });
  await engine.client.call('addWatchlistRows', { workspaceId, alias: 'ports', rows: [{ Port: '8443', Use: 'https', Secure: 'true' }] });
  const saved = await engine.client.call('saveHuntingQuery', {
    workspaceId,
    query: { name: 'q', description: '', query: 'T', tactics: [], techniques: [] },
  });
  const ids = await query("union (_GetWatchlist('made')) | project _DTItemId");
  const again = await otherWindow();
  expect(await again.call('listBookmarks', { workspaceId })).toEqual([added]);
  expect((await again.call('getIncident', { workspaceId, number: 1 })).bookmarks).toMatchObject([{ id: added.id }]);
  expect(await again.call('listHuntingQueries', { workspaceId })).toEqual([saved]);
  expect((await again.call('schema', { workspaceId })).watchlists).toEqual(['made', 'ports']);
  expect(await query("_GetWatchlist('ports') | where Secure | order by Port asc | project Port, SearchKey", again)).toEqual([[443, '443'], [8443, '8443']]);
  expect(await query("_GetWatchlist('made') | project _DTItemId", again)).toEqual(ids);
});

it('a watchlist that was made is in the schema at once, and the editor is told', async () => {
  const told: string[] = [];
  const client = await otherWindow((id) => told.push(id));
  expect(told).toEqual([]);
  await client.call('createWatchlist', { workspaceId, ...list });
  expect(told).toEqual([workspaceId]);
  expect((await client.call('schema', { workspaceId })).watchlists).toEqual(['ports', 'made']);
  expect(await query('_GetWatchlistAlias | order by WatchlistAlias asc', client)).toEqual([['made'], ['ports']]);
  await client.call('addWatchlistRows', { workspaceId, alias: 'made', rows: [{ User: 'adam' }] });
  expect(told).toHaveLength(1);
});

it('what another window writes is seen, and nothing of it is lost', async () => {
  const other = await otherWindow();
  await engine.client.call('createWatchlist', { workspaceId, ...list });
  await other.call('addWatchlistRows', { workspaceId, alias: 'made', rows: [{ User: 'theirs' }] });
  await engine.client.call('addWatchlistRows', { workspaceId, alias: 'made', rows: [{ User: 'mine' }] });
  await Promise.all([1, 2, 3].map((index) => engine.client.call('addBookmark', { workspaceId, bookmark: { ...bookmark, name: `b${index}` } })));
  const rows = [['eve'], ['theirs'], ['mine']];
  expect(await query("_GetWatchlist('made') | project User")).toEqual(rows);
  expect((await other.call('readWatchlist', { workspaceId, alias: 'made' })).rows).toEqual(rows);
  expect(await other.call('listBookmarks', { workspaceId })).toHaveLength(3);
});

it('values of typed columns have to fit', async () => {
  const { columns } = await engine.client.call('readWatchlist', { workspaceId, alias: 'ports' });
  expect(columns.map(({ type }) => type)).toEqual(['long', 'string', 'bool']);
  const rows = [{ Port: '22', Use: 'ssh', Secure: 'true' }, { Port: 'many', Use: 'x', Secure: 'true' }];
  const data = await refusal(engine.client.call('addWatchlistRows', { workspaceId, alias: 'ports', rows }));
  expect(data).toMatchObject({ kind: 'refused', message: 'The column Port holds long values, and "many" is none.' });
  expect(await query("_GetWatchlist('ports') | count")).toEqual([[2]]);
  await engine.client.call('addWatchlistRows', { workspaceId, alias: 'ports', rows: [{ Use: 'unknown port' }] });
  expect((await engine.client.call('readWatchlist', { workspaceId, alias: 'ports' })).rows.at(-1)).toEqual([null, 'unknown port', null]);
});

it('additions outlive the watchlist that they were made to', async () => {
  await engine.client.call('addWatchlistRows', { workspaceId, alias: 'ports', rows: [{ Port: '22', Use: 'ssh', Secure: 'true' }] });
  writeFileSync(path.join(engine.data, 'watchlists', 'ports.csv'), 'Number\n1\n');
  const again = await otherWindow();
  expect(await query("_GetWatchlist('ports') | project Port, Use, SearchKey", again)).toEqual([[22, 'ssh', '22']]);
});

it('many rows are added quickly, and more than can be shown are counted', async () => {
  const rows = Array.from({ length: 12_000 }, (_unused, index) => ({ User: `user${index}` }));
  await engine.client.call('createWatchlist', { workspaceId, ...list, rows });
  const read = await engine.client.call('readWatchlist', { workspaceId, alias: 'made' });
  expect([read.rows.length, read.total]).toEqual([10_000, 12_000]);
  expect(await query("_GetWatchlist('made') | summarize dcount(SearchKey, 4) > 11900, count()")).toEqual([[true, 12_000]]);
});

it.each([
  ['is damaged', '{"version": 1, '],
  ['is of a newer version', '{"version": 2, "bookmarks": []}'],
  ['holds something else', '[]'],
])('a file that %s is told, harms nothing else, and stays', async (_what, text) => {
  await engine.client.call('addBookmark', { workspaceId, bookmark });
  const file = writtenFile();
  writeFileSync(file, text);
  const again = await otherWindow();
  const { problems } = await again.call('connect', { kind: 'folder', path: engine.data });
  expect(problems).toMatchObject([{ file, message: expect.stringMatching(/cannot be read.*Repair it/u) as string }]);
  expect(await query("_GetWatchlist('ports') | count", again)).toEqual([[2]]);
  expect((await again.call('getIncident', { workspaceId, number: 1 })).bookmarks).toEqual([]);
  for (const work of [again.call('listBookmarks', { workspaceId }), again.call('addBookmark', { workspaceId, bookmark })]) {
    expect(await refusal(work)).toMatchObject({ kind: 'storage', path: file });
  }
  expect(readFileSync(file, 'utf8')).toBe(text);
});
