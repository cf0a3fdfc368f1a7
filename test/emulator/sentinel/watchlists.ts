import { randomUUID } from 'node:crypto';
import { pageOf } from '../arm/paging';
import { type ApiRequest, json, jsonBody, type JsonObject, type Reply, serviceError } from '../http/messages';
import { csvItems } from './csvContent';
import { badRequest, objectOf } from './incidents';
import type { SentinelRequest, SentinelRoutes } from './sentinelRoutes';
import { authorOf, type SentinelStore, type StoredResource, type StoredWatchlist } from './sentinelStore';
import { checkVersion } from './versions';

/** Larger ones are uploaded to a storage account: "content size below 3.8 MB". */
const MOST_BYTES = 3_800_000;
/** Items come in pages of a hundred, whatever is asked for. */
const ITEMS_PER_PAGE = 100;
const aliasPattern = /^[a-z0-9][a-z0-9 _-]{1,62}[a-z0-9]$/iu;

/** Watchlists and their items: https://learn.microsoft.com/rest/api/securityinsights/watchlists */
export function watchlistRoutes(route: SentinelRoutes): void {
  route('GET', 'watchlists', ({ store, request }) => pageOf(request, [...store.watchlists.values()].map((watchlist) => watchlistJson(store, watchlist)), 1000));
  route('GET', 'watchlists/{watchlist}', (asked) => json(watchlistJson(asked.store, find(asked))));
  route('PUT', 'watchlists/{watchlist}', ({ store, request }) => putWatchlist(store, request));
  route('DELETE', 'watchlists/{watchlist}', ({ store, request }) => {
    const existed = store.watchlists.delete((request.params['watchlist'] ?? '').toLowerCase());
    return { status: existed ? 200 : 204 };
  });
  route('GET', 'watchlists/{watchlist}/watchlistItems', (asked) => {
    const watchlist = find(asked);
    return pageOf(asked.request, [...watchlist.items.values()].map((item) => itemJson(asked.store, watchlist, item)), ITEMS_PER_PAGE);
  });
  route('GET', 'watchlists/{watchlist}/watchlistItems/{item}', (asked) => {
    const watchlist = find(asked);
    const found = watchlist.items.get((asked.request.params['item'] ?? '').toLowerCase());
    if (!found) throw serviceError(404, 'NotFound', 'The watchlist item was not found.');
    return json(itemJson(asked.store, watchlist, found));
  });
  route('PUT', 'watchlists/{watchlist}/watchlistItems/{item}', (asked) => putItem(asked, find(asked)));
  route('DELETE', 'watchlists/{watchlist}/watchlistItems/{item}', (asked) => {
    const watchlist = find(asked);
    const existed = watchlist.items.delete((asked.request.params['item'] ?? '').toLowerCase());
    watchlist.version++;
    return { status: existed ? 200 : 204 };
  });
}

function putWatchlist(store: SentinelStore, request: ApiRequest): Reply {
  const body = jsonBody(request);
  const { rawContent, contentType, numberOfLinesToSkip, ...given } = objectOf(body['properties']);
  for (const name of ['displayName', 'provider', 'itemsSearchKey']) {
    if (typeof given[name] !== 'string' || given[name] === '') throw badRequest(`The field '${name}' is required.`);
  }
  const name = request.params['watchlist'] ?? '';
  if (!aliasPattern.test(name)) throw badRequest(`The watchlist alias '${name}' is not valid.`);
  const existing = store.watchlists.get(name.toLowerCase());
  checkVersion(existing?.etag, body['etag'] ?? existing?.etag, request);
  const added = itemsOf(store, { rawContent, contentType, numberOfLinesToSkip, itemsSearchKey: given['itemsSearchKey'] });
  const made = existing?.properties ?? { watchlistId: randomUUID(), created: store.now(), createdBy: authorOf(request.caller) };
  const watchlist: StoredWatchlist = {
    name,
    etag: store.newEtag(),
    items: new Map([...(existing?.items ?? []), ...added.map((item) => [item.name, item] as const)]),
    version: (existing?.version ?? 0) + 1,
    properties: { ...made, ...given, watchlistAlias: name, isDeleted: false, updated: store.now(), uploadStatus: 'Complete' },
  };
  store.watchlists.set(name.toLowerCase(), watchlist);
  return json(watchlistJson(store, watchlist), existing ? 200 : 201);
}

function itemsOf(store: SentinelStore, given: JsonObject): readonly StoredResource[] {
  const { rawContent, contentType, numberOfLinesToSkip, itemsSearchKey } = given;
  if (rawContent === undefined) return [];
  if (typeof rawContent !== 'string' || contentType !== 'text/csv') throw badRequest("The field 'rawContent' needs the content type 'text/csv'.");
  if (numberOfLinesToSkip !== undefined && numberOfLinesToSkip !== 0) throw badRequest('Lines to skip are not emulated.');
  if (Buffer.byteLength(rawContent) > MOST_BYTES) throw badRequest('The content of the watchlist is larger than 3.8 MB.');
  const items = csvItems(rawContent);
  if (!items) throw badRequest('The content of the watchlist is no CSV with a header.');
  if (items.some((item) => item[String(itemsSearchKey)] === undefined)) throw badRequest(`The search key '${String(itemsSearchKey)}' is no column.`);
  return items.map((itemsKeyValue) => store.newItem(itemsKeyValue));
}

function putItem({ store, request }: SentinelRequest, watchlist: StoredWatchlist): Reply {
  const body = jsonBody(request);
  const { itemsKeyValue } = objectOf(body['properties']);
  const values = objectOf(itemsKeyValue);
  if (Object.keys(values).length === 0) throw badRequest("The field 'itemsKeyValue' is required.");
  const [first] = watchlist.items.values();
  const columns = Object.keys(objectOf(first?.properties['itemsKeyValue']));
  const unknown = columns.length === 0 ? [] : Object.keys(values).filter((column) => !columns.includes(column));
  if (unknown.length > 0) throw badRequest(`The watchlist has no columns ${unknown.join(', ')}.`);
  const name = request.params['item'] ?? '';
  const existing = watchlist.items.get(name.toLowerCase());
  checkVersion(existing?.etag, body['etag'] ?? existing?.etag, request);
  const item = store.newItem(values, name);
  watchlist.items.set(name.toLowerCase(), item);
  watchlist.version++;
  watchlist.properties = { ...watchlist.properties, updated: store.now() };
  return json(itemJson(store, watchlist, item), existing ? 200 : 201);
}

function find({ store, request }: SentinelRequest): StoredWatchlist {
  const alias = request.params['watchlist'] ?? '';
  const found = store.watchlists.get(alias.toLowerCase());
  if (!found) throw serviceError(404, 'NotFound', `Watchlist '${alias}' was not found.`);
  return found;
}

function watchlistJson(store: SentinelStore, { name, etag, properties }: StoredWatchlist): JsonObject {
  return { id: store.resourceId(`Watchlists/${name}`), name, etag, type: 'Microsoft.SecurityInsights/Watchlists', properties };
}

function itemJson(store: SentinelStore, watchlist: StoredWatchlist, { name, etag, properties }: StoredResource): JsonObject {
  const id = store.resourceId(`Watchlists/${watchlist.name}/WatchlistItems/${name}`);
  return { id, name, etag, type: 'Microsoft.SecurityInsights/Watchlists/WatchlistItems', properties };
}
