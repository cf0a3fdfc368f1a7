import { pageOf } from '../arm/paging';
import { json, jsonBody, type JsonObject, serviceError } from '../http/messages';
import { badRequest, objectOf } from './incidents';
import type { SentinelRequest, SentinelRoutes } from './sentinelRoutes';
import { authorOf, type SentinelStore, type StoredResource, type StoredWatchlist } from './sentinelStore';

/** Watchlists and their items: https://learn.microsoft.com/rest/api/securityinsights/watchlists */
export function watchlistRoutes(route: SentinelRoutes): void {
  route('GET', 'watchlists', ({ store, request }) => pageOf(request, [...store.watchlists.values()].map((watchlist) => watchlistJson(store, watchlist)), 1000));
  route('GET', 'watchlists/{watchlist}', (asked) => json(watchlistJson(asked.store, find(asked))));
  route('PUT', 'watchlists/{watchlist}', ({ store, request }) => {
    const given = objectOf(jsonBody(request)['properties']);
    for (const name of ['displayName', 'provider', 'itemsSearchKey']) {
      if (typeof given[name] !== 'string') throw badRequest(`The field '${name}' is required.`);
    }
    const name = request.params['watchlist'] ?? '';
    const existing = store.watchlists.get(name.toLowerCase());
    const kept = Object.fromEntries(Object.entries(given).filter(([field]) => field !== 'rawContent'));
    const made = { created: store.now(), createdBy: authorOf(request.caller) };
    const watchlist: StoredWatchlist = {
      name,
      etag: store.newEtag(),
      items: existing?.items ?? new Map<string, StoredResource>(),
      properties: { ...made, ...kept, watchlistAlias: name, isDeleted: false, updated: store.now() },
    };
    store.watchlists.set(name.toLowerCase(), watchlist);
    return json(watchlistJson(store, watchlist), existing ? 200 : 201);
  });
  route('DELETE', 'watchlists/{watchlist}', ({ store, request }) => {
    const existed = store.watchlists.delete((request.params['watchlist'] ?? '').toLowerCase());
    return { status: existed ? 200 : 204 };
  });
  route('GET', 'watchlists/{watchlist}/watchlistItems', (asked) => {
    const watchlist = find(asked);
    return pageOf(asked.request, [...watchlist.items.values()].map((item) => itemJson(asked.store, watchlist, item)), 1000);
  });
  route('PUT', 'watchlists/{watchlist}/watchlistItems/{item}', (asked) => {
    const watchlist = find(asked);
    const { store, request } = asked;
    const { itemsKeyValue } = objectOf(jsonBody(request)['properties']);
    if (typeof itemsKeyValue !== 'object') throw badRequest("The field 'itemsKeyValue' is required.");
    const name = request.params['item'] ?? '';
    const existed = watchlist.items.has(name.toLowerCase());
    const properties = { watchlistItemId: name, itemsKeyValue, isDeleted: false, updated: store.now() };
    const item = { name, etag: store.newEtag(), properties };
    watchlist.items.set(name.toLowerCase(), item);
    return json(itemJson(store, watchlist, item), existed ? 200 : 201);
  });
  route('DELETE', 'watchlists/{watchlist}/watchlistItems/{item}', (asked) => {
    const existed = find(asked).items.delete((asked.request.params['item'] ?? '').toLowerCase());
    return { status: existed ? 200 : 204 };
  });
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
