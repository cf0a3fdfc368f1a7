import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wholeView } from '../../../src/common/engineProtocol';
import type { IncidentDetails } from '../../../src/common/incidents';
import type { WireRow } from '../../../src/common/kqlTypes';
import type { Argument } from '../../../src/common/rpc';
import type { Bookmark, NewBookmark, SentinelService, Watchlist, WatchlistRow } from '../../../src/common/sentinelService';
import type { InProcessEngine } from '../../../src/notebook/engineClient';
import { refusal } from './incidentContract';
import { details, incident } from './incidents';

/** A connected workspace that holds {@link sentinelIncidents}, and a watchlist `KnownClients` of the rows {@link knownClients}. */
export interface SentinelWorkspace {
  readonly client: InProcessEngine;
  readonly workspaceId: string;
  close(): Promise<void>;
}

export const knownClients: readonly WatchlistRow[] = [
  { IPAddress: '198.51.100.7', Office: 'London' },
  { IPAddress: '198.51.100.9', Office: 'Oslo' },
];

const titles = ['Rare process on ws-1', 'Impossible travel', 'Rare process on ws-7', 'Mass download'];
/** Numbered from 1. */
export const sentinelIncidents: readonly IncidentDetails[] = titles.map((title, index) => details(incident({ number: index + 1, title })));

const bookmark: NewBookmark = {
  name: 'The first logon',
  notes: '**Look** at `this`: "quotes", ünïcode 🔎',
  query: 'SigninLogs\n| where ResultType == "0"',
  queryResult: '{"UserPrincipalName":"nora@contoso.com","Bytes":9007199254740993}',
  eventTime: '2026-01-10T08:00:00.000Z',
  queryStart: '2026-01-09T00:00:00.000Z',
  queryEnd: '2026-01-11T00:00:00.000Z',
  labels: ['hunt', 'spray'],
  tactics: ['InitialAccess'],
  techniques: ['T1078'],
  entities: [
    { kind: 'Account', identifier: 'FullName', value: 'nora@contoso.com' },
    { kind: 'Ip', identifier: 'Address', value: '192.0.2.77' },
  ],
};

const huntingQuery = {
  name: 'Rare programs',
  description: 'What hardly ever runs; "quoted", with a comma.',
  query: 'DeviceProcessEvents\n| summarize count() by FileName',
  tactics: ['Execution', 'Persistence'],
  techniques: ['T1059', 'T1053.005'],
};

/** What a workspace keeps for hunters, whatever its kind. */
export function describeSentinel(kind: string, open: () => Promise<SentinelWorkspace>): void {
  let workspace: SentinelWorkspace;
  let runs = 0;
  beforeAll(async () => {
    workspace = await open();
  });
  afterAll(() => workspace.close());

  type Own<N extends keyof SentinelService> = Omit<Argument<SentinelService[N]>, 'workspaceId'>;
  const call = <N extends keyof SentinelService>(method: N, argument: Own<N>) =>
    workspace.client.call(method, { ...argument, workspaceId: workspace.workspaceId } as Argument<SentinelService[N]>);
  const get = (number: number) => workspace.client.call('getIncident', { workspaceId: workspace.workspaceId, number });
  const query = async (text: string): Promise<readonly WireRow[]> => {
    const resultId = `s${++runs}`;
    const asked = { workspaceId: workspace.workspaceId, resultId, notebookId: 'n', text, definitions: [], results: [] };
    await workspace.client.call('runQuery', asked);
    return (await workspace.client.call('readPage', { resultId, view: wholeView, offset: 0, count: 100 })).rows;
  };

  describe(`bookmarks of ${kind}`, () => {
    it('are kept as they were made, the newest first', async () => {
      const first = await call('addBookmark', { bookmark });
      expect(first).toMatchObject({ ...bookmark, incidentNumbers: [] });
      expect(first.createdBy).not.toBe('');
      const bare: NewBookmark = { name: 'Bare', notes: '', query: 'print 1', queryResult: '{}', labels: [], tactics: [], techniques: [], entities: [] };
      const second = await call('addBookmark', { bookmark: bare });
      const listed = (await call('listBookmarks', {})).filter(({ id }) => [first.id, second.id].includes(id));
      expect(new Set(listed)).toEqual(new Set([first, second]));
      const times = (await call('listBookmarks', {})).map(({ createdTime }) => Date.parse(createdTime));
      expect(times).toEqual([...times].sort((left, right) => right - left));
    });

    it('are attached to incidents and taken from them', async () => {
      const { id } = await call('addBookmark', { bookmark: { ...bookmark, name: 'Attached' } });
      const of = async (): Promise<readonly number[] | undefined> =>
        (await call('listBookmarks', {})).find((one) => one.id === id)?.incidentNumbers;
      await call('attachBookmark', { number: 1, bookmarkId: id });
      await call('attachBookmark', { number: 1, bookmarkId: id });
      const shown = (await get(1)).bookmarks?.find((one) => one.id === id);
      expect(shown).toMatchObject({ id, name: 'Attached', notes: bookmark.notes, query: bookmark.query });
      expect(await of()).toEqual([1]);
      await call('detachBookmark', { number: 1, bookmarkId: id });
      await call('detachBookmark', { number: 1, bookmarkId: id });
      expect((await get(1)).bookmarks?.some((one) => one.id === id)).toBe(false);
      expect(await of()).toEqual([]);
    });

    it('are attached when they are made, and gone from the incident when they are deleted', async () => {
      const added: Bookmark = await call('addBookmark', { bookmark, incidentNumber: 2 });
      expect(added.incidentNumbers).toEqual([2]);
      expect((await get(2)).bookmarks?.map(({ id }) => id)).toEqual([added.id]);
      await call('deleteBookmark', { bookmarkId: added.id });
      expect((await get(2)).bookmarks).toEqual([]);
      expect((await call('listBookmarks', {})).some(({ id }) => id === added.id)).toBe(false);
      expect(await refusal(call('deleteBookmark', { bookmarkId: added.id }))).toMatchObject({ kind: 'notFound', what: 'bookmark' });
    });

    it.each<[string, Partial<NewBookmark>]>([
      ['a name', { name: ' ' }],
      ['a query', { query: '' }],
      ['a row', { queryResult: '[1]' }],
      ['JSON', { queryResult: '{' }],
    ])('need %s', async (_what, part) => {
      const before = await call('listBookmarks', {});
      expect(await refusal(call('addBookmark', { bookmark: { ...bookmark, ...part } }))).toMatchObject({ kind: 'refused' });
      expect(await call('listBookmarks', {})).toEqual(before);
    });

    it('are not made for an incident that is not there', async () => {
      const before = await call('listBookmarks', {});
      const missing = { kind: 'notFound', what: 'incident', name: '#999' };
      expect(await refusal(call('addBookmark', { bookmark, incidentNumber: 999 }))).toMatchObject(missing);
      expect(await call('listBookmarks', {})).toEqual(before);
      const { id } = await call('addBookmark', { bookmark });
      expect(await refusal(call('attachBookmark', { number: 999, bookmarkId: id }))).toMatchObject(missing);
      expect(await refusal(call('attachBookmark', { number: 1, bookmarkId: 'ab1e5c1c-0000-4000-8000-000000000000' }))).toMatchObject({ kind: 'notFound', what: 'bookmark' });
    });
  });

  describe(`watchlists of ${kind}`, () => {
    const rows: readonly WatchlistRow[] = [
      { Account: 'nora@contoso.com', Note: 'says "hello", twice\nand more' },
      { Account: '=cmd|calc', Note: "it's ünïcode 🔎" },
      { Account: 'only' },
    ];
    const create = (alias: string, more: Partial<Own<'createWatchlist'>> = {}): Promise<Watchlist> =>
      call('createWatchlist', { alias, name: `List ${alias}`, description: 'Made here.', searchKey: 'Account', rows, ...more });
    const listed = async (alias: string): Promise<Watchlist | undefined> => (await call('listWatchlists', {})).find((one) => one.alias === alias);
    const unordered = (some: readonly WireRow[]): ReadonlySet<string> => new Set(some.map((row) => JSON.stringify(row)));

    it('are made from rows, and usable in the next query', async () => {
      const made = await create('suspects');
      expect(made).toMatchObject({ alias: 'suspects', name: 'List suspects', description: 'Made here.', searchKey: 'Account' });
      expect(await listed('suspects')).toMatchObject({ alias: 'suspects', name: 'List suspects', searchKey: 'Account', columns: made.columns });
      const read = await call('readWatchlist', { alias: 'suspects' });
      expect(read.columns).toEqual([{ name: 'Account', type: 'string' }, { name: 'Note', type: 'string' }]);
      const values = rows.map(({ Account = '', Note = '' }) => [Account, Note]);
      expect([read.total, unordered(read.rows)]).toEqual([3, unordered(values)]);
      expect(unordered(await query("_GetWatchlist('suspects') | project Account, Note, SearchKey"))).toEqual(
        unordered(values.map(([Account = '', Note = '']) => [Account, Note, Account])),
      );
      expect(await query("_GetWatchlist('SUSPECTS') | where isempty(_DTItemId) or isnull(LastUpdatedTimeUTC) | count")).toEqual([[0]]);
    });

    it('get rows, which the next query sees', async () => {
      await create('growing');
      const added = await call('addWatchlistRows', { alias: 'growing', rows: [{ Account: 'eve', Note: 'new' }, { Note: 'no account' }] });
      expect(added).toEqual({ added: 2 });
      expect((await call('readWatchlist', { alias: 'growing' })).total).toBe(5);
      expect(await query("_GetWatchlist('growing') | where Note in ('new', 'no account') | project SearchKey | order by SearchKey asc")).toEqual([[''], ['eve']]);
    });

    it('that are there get rows as well', async () => {
      const before = await call('readWatchlist', { alias: 'KnownClients' });
      expect(before.columns.map(({ name }) => name)).toEqual(['IPAddress', 'Office']);
      expect(unordered(before.rows)).toEqual(unordered(knownClients.map(({ IPAddress = '', Office = '' }) => [IPAddress, Office])));
      await call('addWatchlistRows', { alias: 'KnownClients', rows: [{ IPAddress: '203.0.113.5', Office: 'Bergen' }] });
      const after = await call('readWatchlist', { alias: 'KnownClients' });
      expect([after.total, after.rows.length]).toEqual([3, 3]);
      expect(await query("_GetWatchlist('KnownClients') | where SearchKey == '203.0.113.5' | project Office")).toEqual([['Bergen']]);
    });

    it('take no columns that they do not have, and no rows then', async () => {
      await create('narrow');
      const data = await refusal(call('addWatchlistRows', { alias: 'narrow', rows: [{ Account: 'a' }, { Account: 'b', Colour: 'red' }] }));
      expect(data).toMatchObject({ kind: 'refused', message: expect.stringMatching(/no column Colour.*Account, Note/u) as string });
      expect((await call('readWatchlist', { alias: 'narrow' })).total).toBe(3);
      expect(await refusal(call('addWatchlistRows', { alias: 'narrow', rows: [] }))).toMatchObject({ kind: 'refused' });
    });

    it('with an alias that is taken are refused, and the other one stays', async () => {
      await create('taken');
      const data = await refusal(create('Taken', { rows: [{ Account: 'other' }] }));
      expect(data).toMatchObject({ kind: 'refused', message: expect.stringContaining('already') as string });
      expect((await call('readWatchlist', { alias: 'taken' })).total).toBe(3);
      expect(await refusal(create('knownclients'))).toMatchObject({ kind: 'refused' });
    });

    it.each<[string, string, Partial<Own<'createWatchlist'>>]>([
      ['a short alias', 'ab', {}],
      ['an alias with a quote', "it's me", {}],
      ['an alias with a slash', 'a/b', {}],
      ['no name', 'nameless', { name: '' }],
      ['no rows', 'empty', { rows: [] }],
      ['another search key', 'keyless', { searchKey: 'Colour' }],
      ['columns that differ in case', 'cases', { rows: [{ Account: 'a', account: 'b' }] }],
      ['a column of the service', 'reserved', { rows: [{ Account: 'a', SearchKey: 'b' }] }],
    ])('with %s are refused', async (_what, alias, more) => {
      expect(await refusal(create(alias, more))).toMatchObject({ kind: 'refused' });
      expect(await listed(alias)).toBeUndefined();
    });

    it('that are not there are not found', async () => {
      const missing = { kind: 'notFound', what: 'watchlist', name: 'nowhere' };
      expect(await refusal(call('readWatchlist', { alias: 'nowhere' }))).toMatchObject(missing);
      expect(await refusal(call('addWatchlistRows', { alias: 'nowhere', rows: [{ a: 'b' }] }))).toMatchObject(missing);
    });
  });

  describe(`hunting queries of ${kind}`, () => {
    it('are saved, changed and deleted', async () => {
      const saved = await call('saveHuntingQuery', { query: huntingQuery });
      expect(saved).toMatchObject(huntingQuery);
      const plain = await call('saveHuntingQuery', { query: { name: 'A plain one', description: '', query: 'print 1', tactics: [], techniques: [] } });
      const all = await call('listHuntingQueries', {});
      expect(all).toEqual(expect.arrayContaining([saved, plain]));
      expect(all.map(({ name }) => name)).toEqual(all.map(({ name }) => name).sort((left, right) => left.localeCompare(right)));
      const changed = await call('saveHuntingQuery', { query: { ...saved, name: 'Rarer programs', techniques: ['T1059.001'] } });
      expect(changed).toMatchObject({ id: saved.id, name: 'Rarer programs', techniques: ['T1059.001'], description: huntingQuery.description });
      expect((await call('listHuntingQueries', {})).filter(({ id }) => id === saved.id)).toEqual([changed]);
      await call('deleteHuntingQuery', { id: saved.id });
      expect((await call('listHuntingQueries', {})).some(({ id }) => id === saved.id)).toBe(false);
      expect(await refusal(call('deleteHuntingQuery', { id: saved.id }))).toMatchObject({ kind: 'notFound', what: 'hunting query' });
    });

    it('that someone else changed or deleted meanwhile are not written over', async () => {
      const seen = await call('saveHuntingQuery', { query: huntingQuery });
      const theirs = await call('saveHuntingQuery', { query: { ...seen, description: 'theirs' } });
      const data = await refusal(call('saveHuntingQuery', { query: { ...seen, description: 'mine' } }));
      expect(data).toMatchObject({ kind: 'refused', message: expect.stringContaining('Someone else changed the hunting query') as string });
      expect((await call('listHuntingQueries', {})).find(({ id }) => id === seen.id)).toEqual(theirs);
      await call('deleteHuntingQuery', { id: seen.id });
      expect(await refusal(call('saveHuntingQuery', { query: theirs }))).toMatchObject({ kind: 'refused' });
      expect((await call('listHuntingQueries', {})).some(({ id }) => id === seen.id)).toBe(false);
    });

    it.each([{ name: '' }, { query: ' ' }])('need %o', async (part) => {
      expect(await refusal(call('saveHuntingQuery', { query: { ...huntingQuery, ...part } }))).toMatchObject({ kind: 'refused' });
    });
  });

  it(`similar incidents of ${kind} have the same title, whatever its numbers`, async () => {
    const similar = await call('similarIncidents', { number: 1 });
    expect(similar.map((one) => [one.incident.number, one.sameTitle])).toEqual([[3, true]]);
    expect(await call('similarIncidents', { number: 2 })).toEqual([]);
    expect(await refusal(call('similarIncidents', { number: 999 }))).toMatchObject({ kind: 'notFound', what: 'incident' });
  });

  it(`a comment of ${kind} is deleted`, async () => {
    const add = (message: string) => workspace.client.call('addComment', { workspaceId: workspace.workspaceId, number: 4, message });
    await add('kept');
    const id = (await add('a mistake')).comments.at(-1)?.id ?? '';
    const after = await call('deleteComment', { number: 4, commentId: id });
    expect(after.comments.map(({ message }) => message)).toEqual(['kept']);
    expect(after.incident.commentCount).toBe(1);
    expect(await get(4)).toEqual(after);
    expect(await refusal(call('deleteComment', { number: 4, commentId: id }))).toMatchObject({ kind: 'notFound', what: 'comment' });
    expect(await refusal(call('deleteComment', { number: 999, commentId: id }))).toMatchObject({ kind: 'notFound', what: 'incident' });
  });
}
