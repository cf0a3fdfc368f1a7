import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { CancellationSource, type CancellationToken, neverCancelled } from '../../../../src/common/cancellation';
import type { Entity } from '../../../../src/common/incidents';
import type { Argument } from '../../../../src/common/rpc';
import type { NewBookmark, SentinelService } from '../../../../src/common/sentinelService';
import { type Emulator, startEmulator } from '../../../emulator/emulator';
import type { LoggedRequest } from '../../../emulator/http/requestLog';
import type { EmulatedWorkspace } from '../../../emulator/world/workspace';
import { smallWorld } from '../../emulator/smallWorld';
import { details, incident } from '../incidents';
import { refusal } from '../incidentContract';
import { AzureEngine, noPause } from './azureEngine';

const always = Number.POSITIVE_INFINITY;
const nora: Entity = { kind: 'Account', upn: 'nora@contoso.com', name: 'Nora' };
const address: Entity = { kind: 'Ip', address: '192.0.2.77' };
const near = { createdTime: '2026-01-10T08:00:00Z' };
const incidents = [
  { ...details(incident({ number: 1, title: 'One', ...near })), entities: [nora, address] },
  { ...details(incident({ number: 2, title: 'Two', ...near })), entities: [address] },
  { ...details(incident({ number: 3, title: 'Three', ...near })), entities: [nora, address] },
  { ...details(incident({ number: 4, title: 'Four', createdTime: '2025-06-01T08:00:00Z' })), entities: [nora, address] },
  { ...details(incident({ number: 5, title: 'Five', ...near })), entities: [] },
];

let emulator: Emulator;
let engine: AzureEngine;
let workspaceId: string;
let ops: EmulatedWorkspace;
beforeAll(async () => {
  const workspaces = smallWorld.workspaces.map((one) => (one.name === 'contoso-ops' ? { ...one, sentinel: true, incidents } : one));
  emulator = await startEmulator({ world: { ...smallWorld, workspaces } });
  const timeouts = { connectMs: 2_000, answerMs: 400, idleMs: 400, bodyMs: 400 };
  engine = await AzureEngine.open(emulator, { timeouts, incidentWaitMs: 1_100, pause: noPause });
  workspaceId = await engine.connect('contoso-ops');
  ops = emulator.workspace('contoso-ops');
  const first = ops.sentinel?.byNumber(1);
  if (first) ops.sentinel?.addTask(first, { id: 'a', title: 'Confirm', description: '<b>Look</b>', createdBy: 'Rule' });
});
afterAll(async () => {
  engine.close();
  await emulator.close();
});
afterEach(() => {
  emulator.faults.clear();
  emulator.requests.clear();
  ops.denied.clear();
});

type Own<N extends keyof SentinelService> = Omit<Argument<SentinelService[N]>, 'workspaceId'>;

async function call<N extends keyof SentinelService>(
  method: N,
  argument: Own<N>,
  token: CancellationToken = neverCancelled,
  progress: (sentence: string) => void = () => undefined,
): Promise<SentinelService[N]['answer']> {
  return engine.client.call(method, { ...argument, workspaceId } as Argument<SentinelService[N]>, token, progress);
}

function writes(): readonly LoggedRequest[] {
  return emulator.requests.all().filter(({ method }) => method === 'PUT' || method === 'DELETE');
}

function requestsFor(part: string): readonly LoggedRequest[] {
  return emulator.requests.all().filter(({ path }) => path.includes(`/${part}`));
}

const bookmark: NewBookmark = { name: 'Found', notes: '', query: 'T', queryResult: '{"a":1}', labels: [], tactics: [], techniques: [], entities: [] };
const query = { name: 'q', description: '', query: 'T', tactics: [], techniques: [] };
const list = { alias: 'made', name: 'Made', description: '', searchKey: 'A', rows: [{ A: 'a' }] };
const rows = ['b', 'c', 'd', 'e'].map((A) => ({ A }));

describe('tasks of an incident', () => {
  it('are listed as they are, and completed', async () => {
    const [task] = await call('listTasks', { number: 1 });
    expect(task).toMatchObject({ title: 'Confirm', description: '<b>Look</b>', status: 'New', createdBy: 'Rule' });
    if (!task) throw new Error('none');
    const done = await call('setTaskStatus', { number: 1, task, status: 'Completed' });
    expect(done).toMatchObject({ id: task.id, status: 'Completed', title: 'Confirm', createdTime: task.createdTime });
    expect(await call('listTasks', { number: 1 })).toEqual([done]);
    const stale = await refusal(call('setTaskStatus', { number: 1, task, status: 'New' }));
    expect(stale).toMatchObject({ kind: 'refused', message: expect.stringContaining('Someone else changed the task "Confirm"') as string });
    expect(await call('setTaskStatus', { number: 1, task: done, status: 'New' })).toMatchObject({ status: 'New' });
    const gone = { ...done, id: '00000000-0000-4000-8000-000000000000' };
    expect(await refusal(call('setTaskStatus', { number: 1, task: gone, status: 'New' }))).toMatchObject({ kind: 'notFound', what: 'task' });
    expect(await call('listTasks', { number: 2 })).toEqual([]);
    expect(await refusal(call('listTasks', { number: 99 }))).toMatchObject({ kind: 'notFound', what: 'incident' });
  });

  it('are none where the service knows no tasks', async () => {
    const body = { error: { code: 'NoRegisteredProviderFound', message: 'No such version.' } };
    emulator.faults.add({ on: 'incidents', path: /tasks/u, effect: { kind: 'status', status: 400, body } });
    expect(await call('listTasks', { number: 1 })).toEqual([]);
  });
});

describe('similar incidents', () => {
  it('name the same, are of the same weeks, and the likeliest is first', async () => {
    const similar = await call('similarIncidents', { number: 1 });
    expect(similar.map((one) => one.incident.number)).toEqual([3, 2]);
    expect(similar[0]?.shared).toEqual([nora, address]);
    expect(requestsFor('entities')).toHaveLength(4);
    await call('similarIncidents', { number: 1 });
    expect(requestsFor('entities')).toHaveLength(4);
  });
});

describe('what the service has of a bookmark', () => {
  it('is what the row was, with the entities as it calls them', async () => {
    const entities = [{ kind: 'Ip', identifier: 'Address', value: '192.0.2.77' }] as const;
    const { id } = await call('addBookmark', { bookmark: { ...bookmark, entities, tactics: ['Discovery'] }, incidentNumber: 5 });
    const properties = ops.sentinel?.bookmarks.get(id)?.properties;
    const entityMappings = [{ entityType: 'IP', fieldMappings: [{ identifier: 'Address', value: '192.0.2.77' }] }];
    expect(properties).toMatchObject({ displayName: 'Found', query: 'T', queryResult: '{"a":1}', tactics: ['Discovery'], entityMappings });
    expect([...(ops.sentinel?.byNumber(5)?.relations.values() ?? [])].map((one) => one.properties['relatedResourceName'])).toEqual([id]);
  });

  it('that belongs to an incident which nobody has looked at has its number', async () => {
    ops.sentinel?.bookmark({ incidentNumber: 4, displayName: 'Of a colleague' });
    const found = (await call('listBookmarks', {})).find(({ name }) => name === 'Of a colleague');
    expect(found?.incidentNumbers).toEqual([4]);
  });
});

describe('a watchlist', () => {
  it('is in the schema once it is listed or made, and the editor is told', async () => {
    engine.changedSchemas.length = 0;
    await call('createWatchlist', list);
    expect((await engine.client.call('schema', { workspaceId })).watchlists).toEqual(['made']);
    expect(engine.changedSchemas).toEqual([workspaceId]);
    ops.sentinel?.addWatchlist({ alias: 'theirs', searchKey: 'A', rows: [{ A: 'a' }] });
    await call('listWatchlists', {});
    await call('listWatchlists', {});
    expect((await engine.client.call('schema', { workspaceId })).watchlists).toEqual(['made', 'theirs']);
    expect((await call('listWatchlists', {})).map(({ columns }) => columns)).toEqual([[{ name: 'A', type: 'string' }], [{ name: 'A', type: 'string' }]]);
    expect(requestsFor('watchlistItems')).toHaveLength(2);
    expect(engine.changedSchemas).toHaveLength(2);
  });

  it('of hundreds of rows is read page by page', async () => {
    ops.sentinel?.addWatchlist({ alias: 'long', searchKey: 'A', rows: Array.from({ length: 250 }, (_unused, index) => ({ A: `${index}` })) });
    expect((await call('readWatchlist', { alias: 'long' })).total).toBe(250);
    expect(requestsFor('watchlistItems')).toHaveLength(3);
  });

  it('of more than 3.8 MB is refused before it is sent', async () => {
    const large = Array.from({ length: 40 }, (_unused, index) => ({ A: `${index}`.padStart(100_000, 'x') }));
    const data = await refusal(call('createWatchlist', { ...list, alias: 'large', rows: large }));
    expect(data).toMatchObject({ kind: 'refused', message: expect.stringMatching(/40 rows of 4\.0 MB; the service takes 3\.8 MB/u) as string });
    expect(emulator.requests.all()).toEqual([]);
  });

  it('tells how far it has come with its rows', async () => {
    ops.sentinel?.addWatchlist({ alias: 'told', searchKey: 'A', rows: [{ A: 'a' }] });
    const told: string[] = [];
    await call('addWatchlistRows', { alias: 'told', rows }, neverCancelled, (sentence) => told.push(sentence));
    expect(told).toEqual([1, 2, 3, 4].map((row) => `Adding row ${row} of 4 to told`));
  });

  it('waits for a busy service, and goes on where it was', async () => {
    ops.sentinel?.addWatchlist({ alias: 'busy', searchKey: 'A', rows: [{ A: 'a' }] });
    emulator.faults.add({ on: 'incidents', method: 'PUT', after: 2, effect: { kind: 'throttle', retryAfter: 1 } });
    expect(await call('addWatchlistRows', { alias: 'busy', rows })).toEqual({ added: 4 });
    expect(ops.sentinel?.watchlists.get('busy')?.items.size).toBe(5);
  });

  it.each<[string, Parameters<Emulator['faults']['add']>[0]['effect'], RegExp]>([
    ['a forbidden write', { kind: 'status', status: 403, body: { error: { code: 'AuthorizationFailed', message: 'No.' } } }, /Microsoft Sentinel Contributor/u],
    ['a broken connection', { kind: 'refuse' }, /connection broke/u],
    ['a busy service', { kind: 'throttle', retryAfter: 3_600 }, /busy/u],
  ])('that meets %s in the middle says how many rows are written', async (what, effect, says) => {
    const alias = what.replaceAll(' ', '-');
    ops.sentinel?.addWatchlist({ alias, searchKey: 'A', rows: [{ A: 'a' }] });
    emulator.faults.add({ on: 'incidents', method: 'PUT', after: 2, times: always, effect });
    expect(await call('addWatchlistRows', { alias, rows })).toEqual({ added: 2, failure: expect.stringMatching(says) as string });
    expect(ops.sentinel?.watchlists.get(alias)?.items.size).toBe(3);
  });

  it('that is stopped in the middle says so', async () => {
    ops.sentinel?.addWatchlist({ alias: 'stopped', searchKey: 'A', rows: [{ A: 'a' }] });
    const source = new CancellationSource();
    emulator.faults.add({ on: 'incidents', method: 'PUT', after: 1, effect: { kind: 'hold' } });
    const work = call('addWatchlistRows', { alias: 'stopped', rows }, source.token);
    await emulator.faults.untilHeld(1);
    source.cancel();
    expect(await work).toEqual({ added: 1, failure: 'It was stopped.' });
  });
});

describe('a hunting query', () => {
  it('keeps what the portal wrote into it', async () => {
    const tags = [{ name: 'description', value: 'old' }, { name: 'createdBy', value: 'dana@contoso.com' }];
    const search = { id: 'theirs', category: 'Hunting Queries', displayName: 'Theirs', query: 'T', tags, functionAlias: 'theirs' };
    ops.savedSearches.set('theirs', { etag: '"7"', search });
    const found = (await call('listHuntingQueries', {})).find(({ id }) => id === 'theirs');
    expect(found).toMatchObject({ name: 'Theirs', description: 'old', tactics: [], techniques: [] });
    if (!found) throw new Error('none');
    await call('saveHuntingQuery', { query: { ...found, description: 'new', tactics: ['Execution'] } });
    const kept = ops.savedSearches.get('theirs')?.search;
    expect(kept).toMatchObject({ category: 'Hunting Queries', displayName: 'Theirs', functionAlias: 'theirs' });
    const written = [
      { name: 'createdBy', value: 'dana@contoso.com' },
      { name: 'description', value: 'new' },
      { name: 'tactics', value: 'Execution' },
    ];
    expect(kept?.tags).toEqual(written);
  });

  it('is none of the other saved searches', async () => {
    const search = { id: 'other', category: 'General Exploration', displayName: 'Other', query: 'T' };
    ops.savedSearches.set('other', { etag: '"1"', search });
    expect((await call('listHuntingQueries', {})).some(({ id }) => id === 'other')).toBe(false);
  });

  it('that someone else writes at the same moment is not written over', async () => {
    const saved = await call('saveHuntingQuery', { query });
    emulator.faults.add({ on: 'arm', method: 'PUT', effect: { kind: 'hold' } });
    const work = refusal(call('saveHuntingQuery', { query: { ...saved, description: 'mine' } }));
    await emulator.faults.untilHeld(1);
    const theirs = { id: saved.id, category: 'Hunting Queries', displayName: 'q', query: 'T | take 1' };
    ops.savedSearches.set(saved.id, { etag: '"9"', search: theirs });
    emulator.faults.release();
    expect(await work).toMatchObject({ kind: 'refused', message: expect.stringContaining('Someone else changed') as string });
    expect(ops.savedSearches.get(saved.id)?.search).toEqual(theirs);
  });
});

describe('a write whose answer is lost is looked for, and there once:', () => {
  it.each<[string, 'incidents' | 'arm', () => Promise<unknown>, () => number]>([
    ['a bookmark', 'incidents', () => call('addBookmark', { bookmark: { ...bookmark, name: 'Once' } }), () => bookmarksNamed('Once')],
    ['a watchlist', 'incidents', () => call('createWatchlist', { ...list, alias: 'once' }), () => Number(ops.sentinel?.watchlists.has('once'))],
    ['a row', 'incidents', () => call('addWatchlistRows', { alias: 'once', rows: [{ A: 'z' }] }), () => (ops.sentinel?.watchlists.get('once')?.items.size ?? 0) - 1],
    ['a hunting query', 'arm', () => call('saveHuntingQuery', { query: { ...query, name: 'Once' } }), () => searchesNamed('Once')],
  ])('%s', async (_what, on, work, count) => {
    emulator.faults.add({ on, method: 'PUT', effect: { kind: 'truncate', afterBytes: 5 } });
    await work();
    expect(count()).toBe(1);
    expect(writes()).toHaveLength(1);
  });

  it('the attachment of a bookmark', async () => {
    const { id } = await call('addBookmark', { bookmark });
    emulator.faults.add({ on: 'incidents', method: 'PUT', effect: { kind: 'truncate', afterBytes: 5 } });
    await call('attachBookmark', { number: 2, bookmarkId: id });
    expect(ops.sentinel?.byNumber(2)?.relations.size).toBe(1);
  });
});

function bookmarksNamed(name: string): number {
  return [...(ops.sentinel?.bookmarks.values() ?? [])].filter(({ properties }) => properties['displayName'] === name).length;
}

function searchesNamed(name: string): number {
  return [...ops.savedSearches.values()].filter(({ search }) => search.displayName === name).length;
}

it('a bookmark that cannot be attached is there, and the answer says so', async () => {
  const body = { error: { code: 'AuthorizationFailed', message: 'No.' } };
  emulator.faults.add({ on: 'incidents', method: 'PUT', path: /relations/u, effect: { kind: 'status', status: 403, body } });
  const added = await call('addBookmark', { bookmark: { ...bookmark, name: 'Loose' }, incidentNumber: 2 });
  expect(added).toMatchObject({ incidentNumbers: [], notAttached: expect.stringContaining('Microsoft Sentinel Responder') as string });
  expect(bookmarksNamed('Loose')).toBe(1);
});

describe('without the right', () => {
  it('to read, the role is named', async () => {
    ops.denied.add('incidents');
    for (const work of [call('listBookmarks', {}), call('listWatchlists', {}), call('readWatchlist', { alias: 'made' }), call('listTasks', { number: 1 })]) {
      expect(await refusal(work)).toMatchObject({ kind: 'forbidden', role: 'Microsoft Sentinel Reader' });
    }
  });

  it.each<[string, () => Promise<unknown>]>([
    ['bookmarks', () => call('addBookmark', { bookmark })],
    ['watchlists', () => call('createWatchlist', { ...list, alias: 'denied' })],
    ['rows', () => call('addWatchlistRows', { alias: 'made', rows })],
    ['hunting queries', () => call('saveHuntingQuery', { query })],
  ])('to write %s, the role is named and nothing is written', async (_what, work) => {
    ops.denied.add('contribute');
    expect(await refusal(work())).toMatchObject({ kind: 'forbidden', role: 'Microsoft Sentinel Contributor' });
    expect(writes().every(({ status }) => status === 403)).toBe(true);
  });

  it('to change incidents, tasks are not changed', async () => {
    const [task] = await call('listTasks', { number: 1 });
    if (!task) throw new Error('none');
    ops.denied.add('writeIncidents');
    expect(await refusal(call('setTaskStatus', { number: 1, task, status: 'Completed' }))).toMatchObject({ kind: 'forbidden', role: 'Microsoft Sentinel Responder' });
    expect(await call('listTasks', { number: 1 })).toEqual([task]);
  });
});
