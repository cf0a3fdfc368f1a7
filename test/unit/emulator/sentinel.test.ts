import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../emulator/emulator';
import { csvItems } from '../../emulator/sentinel/csvContent';
import { manyIncidents } from '../../emulator/world/manyIncidents';
import type { EmulatedWorkspace } from '../../emulator/world/workspace';
import { ids } from '../../emulator/world/defaultWorld';
import { type RawAnswer, RawClient } from './rawClient';
import { smallWorld } from './smallWorld';

const VERSION = '2022-09-01-preview';
const TASKS = '2024-03-01';
const incident = manyIncidents(1, new Date('2026-03-01T12:00:00Z'));

let emulator: Emulator;
let client: RawClient;
let soc: EmulatedWorkspace;
let incidentName: string;
beforeAll(async () => {
  emulator = await startEmulator({ world: smallWorld });
  client = new RawClient(emulator);
  soc = emulator.workspace('contoso-soc');
  const [first] = incident;
  if (!first || !soc.sentinel) throw new Error('no incident');
  const stored = soc.sentinel.addIncident(first);
  incidentName = stored.name;
  soc.sentinel.addTask(stored, { id: 'a', title: 'Confirm', description: '', createdBy: 'Rule' });
  soc.sentinel.addWatchlist({ alias: 'vips', searchKey: 'upn', rows: [{ upn: 'a@contoso.com', note: '' }] });
});
afterAll(() => emulator.close());

function sentinel(method: string, path: string, body?: unknown, version = VERSION, headers = {}): Promise<RawAnswer> {
  const query = version === '' ? '' : `?api-version=${version}`;
  return client.arm(`${soc.resourceId}/providers/Microsoft.SecurityInsights/${path.replace('INCIDENT', incidentName)}${query}`, { method, body, headers });
}

function savedSearch(method: string, path: string, body?: unknown): Promise<RawAnswer> {
  return client.arm(`${soc.resourceId}/savedSearches/${path}?api-version=2020-08-01`, { method, body });
}

const codeOf = (answer: RawAnswer): string => (answer.json() as { readonly error: { readonly code: string } }).error.code;
const bookmark = { displayName: 'b', query: 'T' };
const watchlist = { displayName: 'w', provider: 'Custom', itemsSearchKey: 'a', contentType: 'text/csv', rawContent: 'a,b\r\n1,2' };
const task = { title: 't', status: 'New' };

describe('what the services refuse', () => {
  it.each<[string, string, unknown, number]>([
    ['a bookmark without a name', 'bookmarks/x', { properties: { query: 'T' } }, 400],
    ['a bookmark without a query', 'bookmarks/x', { properties: { displayName: 'b' } }, 400],
    ['a bookmark with a tactic that nobody knows', 'bookmarks/x', { properties: { ...bookmark, tactics: ['Magic'] } }, 400],
    ['a bookmark with a time that is none', 'bookmarks/x', { properties: { ...bookmark, eventTime: 'soon' } }, 400],
    ['a bookmark with half a mapping', 'bookmarks/x', { properties: { ...bookmark, entityMappings: [{ entityType: 'IP' }] } }, 400],
    ['a relation to a bookmark that is not there', 'incidents/INCIDENT/relations/x', { properties: { relatedResourceId: '/bookmarks/none' } }, 400],
    ['a watchlist without a name', 'watchlists/new', { properties: { ...watchlist, displayName: '' } }, 400],
    ['a watchlist without a search key', 'watchlists/new', { properties: { ...watchlist, itemsSearchKey: undefined } }, 400],
    ['a watchlist whose search key is no column', 'watchlists/new', { properties: { ...watchlist, itemsSearchKey: 'c' } }, 400],
    ['a watchlist with an alias of two letters', 'watchlists/ab', { properties: watchlist }, 400],
    ['a watchlist of another content', 'watchlists/new', { properties: { ...watchlist, contentType: 'application/json' } }, 400],
    ['a watchlist of lines of other lengths', 'watchlists/new', { properties: { ...watchlist, rawContent: 'a,b\r\n1' } }, 400],
    ['a watchlist of more than 3.8 MB', 'watchlists/new', { properties: { ...watchlist, rawContent: `a\r\n${'x'.repeat(3_800_000)}` } }, 400],
    ['an item without values', 'watchlists/vips/watchlistItems/x', { properties: { itemsKeyValue: {} } }, 400],
    ['an item with another column', 'watchlists/vips/watchlistItems/x', { properties: { itemsKeyValue: { colour: 'red' } } }, 400],
    ['an item of a watchlist that is not there', 'watchlists/none/watchlistItems/x', { properties: { itemsKeyValue: { a: '1' } } }, 404],
    ['a comment without a text', 'incidents/INCIDENT/comments/x', { properties: { message: ' ' } }, 400],
  ])('%s', async (_what, path, body, status) => {
    expect((await sentinel('PUT', path, body)).status).toBe(status);
  });

  it.each<[string, unknown, number]>([
    ['a task without a title', { properties: { ...task, title: '' } }, 400],
    ['a task that is half done', { properties: { ...task, status: 'Half' } }, 400],
  ])('%s', async (_what, body, status) => {
    expect((await sentinel('PUT', 'incidents/INCIDENT/tasks/x', body, TASKS)).status).toBe(status);
  });

  it('a saved search without a query', async () => {
    expect((await savedSearch('PUT', 'x', { properties: { category: 'c', displayName: 'd' } })).status).toBe(400);
  });

  it.each(['bookmarks/none', 'watchlists/none', 'watchlists/none/watchlistItems', 'watchlists/vips/watchlistItems/none', 'incidents/none/relations'])(
    'what is not there: %s',
    async (path) => {
      const answer = await sentinel('GET', path);
      expect([answer.status, codeOf(answer)]).toEqual([404, 'NotFound']);
    },
  );

  it('a call without a version, and tasks of one that had none', async () => {
    expect(codeOf(await sentinel('GET', 'bookmarks', undefined, ''))).toBe('MissingApiVersionParameter');
    expect(codeOf(await sentinel('GET', 'incidents/INCIDENT/tasks'))).toBe('NoRegisteredProviderFound');
  });
});

describe('versions', () => {
  it.each<[string, string, unknown, string]>([
    ['a bookmark', 'bookmarks/versioned', { properties: bookmark }, VERSION],
    ['a task', 'incidents/INCIDENT/tasks/versioned', { properties: task }, TASKS],
  ])('%s is written again with its etag alone', async (_what, path, body, version) => {
    const first = await sentinel('PUT', path, body, version);
    expect(first.status).toBe(201);
    const { etag } = first.json() as { readonly etag: string };
    expect((await sentinel('PUT', path, body, version)).status).toBe(409);
    expect((await sentinel('PUT', path, { ...(body as object), etag: 'old' }, version)).status).toBe(409);
    expect((await sentinel('PUT', path, body, version, { 'if-match': 'old' })).status).toBe(412);
    expect((await sentinel('PUT', path, { ...(body as object), etag }, version)).status).toBe(200);
    expect((await sentinel('PUT', path, { ...(body as object), etag }, version)).status).toBe(409);
    expect((await sentinel('DELETE', path, undefined, version)).status).toBe(200);
    expect((await sentinel('DELETE', path, undefined, version)).status).toBe(204);
  });

  it('a saved search is written again with its etag, or on purpose', async () => {
    const properties = { category: 'Hunting Queries', displayName: 'd', query: 'T' };
    const { etag } = (await savedSearch('PUT', 'mine', { properties })).json() as { readonly etag: string };
    expect((await savedSearch('PUT', 'mine', { properties })).status).toBe(409);
    expect((await savedSearch('PUT', 'mine', { etag, properties })).status).toBe(200);
    expect((await savedSearch('PUT', 'mine', { etag, properties })).status).toBe(409);
    expect((await savedSearch('PUT', 'mine', { etag: '*', properties })).status).toBe(200);
  });
});

it('a bookmark tells the incident that it belongs to, which lets it go when it is deleted', async () => {
  const { id } = (await sentinel('PUT', 'bookmarks/tied', { properties: bookmark })).json() as { readonly id: string };
  await sentinel('PUT', 'incidents/INCIDENT/relations/r1', { properties: { relatedResourceId: id } });
  const tied = (await sentinel('GET', 'bookmarks/tied')).json();
  expect(tied).toMatchObject({ properties: { incidentInfo: { incidentId: incidentName, relationName: 'r1' } } });
  await sentinel('DELETE', 'bookmarks/tied');
  expect((await sentinel('GET', 'incidents/INCIDENT/relations')).json()).toEqual({ value: [] });
});

it('queries see what was written to a watchlist', async () => {
  const rows = async (no: number): Promise<unknown> => {
    // The service answers a text that it has answered from its cache.
    const answer = await client.query(ids.contosoSoc, { query: `_GetWatchlist('seen') | where ${no} == ${no} | project a, b, SearchKey | order by a asc` });
    return (answer.json() as { readonly tables: readonly { readonly rows: unknown }[] }).tables[0]?.rows;
  };
  await soc.setTable({ name: 'T', kql: 'print x = 1' });
  await sentinel('PUT', 'watchlists/seen', { properties: { ...watchlist, rawContent: 'a,b\r\n1,"two, ""2"""' } });
  expect(await rows(1)).toEqual([['1', 'two, "2"', '1']]);
  await sentinel('PUT', 'watchlists/seen/watchlistItems/i2', { properties: { itemsKeyValue: { a: '2', b: '' } } });
  expect(await rows(2)).toEqual([['1', 'two, "2"', '1'], ['2', '', '2']]);
  await sentinel('DELETE', 'watchlists/seen/watchlistItems/i2');
  expect(await rows(3)).toEqual([['1', 'two, "2"', '1']]);
});

it.each<[string, unknown]>([
  ['a,b\n1,2\n', [{ a: '1', b: '2' }]],
  ['a\r\n"x ""y"", z"\r\n', [{ a: 'x "y", z' }]],
  ['a,b\r\n"two\r\nlines",\r\n,', [{ a: 'two\r\nlines', b: '' }, { a: '', b: '' }]],
  ['a,b\n1', undefined],
  [',b\n1,2', undefined],
  ['', undefined],
])('CSV %j', (text, items) => {
  expect(csvItems(text)).toEqual(items);
});
