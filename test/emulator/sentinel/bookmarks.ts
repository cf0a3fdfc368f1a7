import { pageOf } from '../arm/paging';
import { json, jsonBody, type JsonObject, serviceError } from '../http/messages';
import { authorOf, type SentinelStore, type StoredResource } from './sentinelStore';
import { badRequest, objectOf } from './incidents';
import type { SentinelRoutes } from './sentinelRoutes';
import { checkVersion } from './versions';

/** Hunting bookmarks: https://learn.microsoft.com/rest/api/securityinsights/bookmarks */
export function bookmarkRoutes(route: SentinelRoutes): void {
  route('GET', 'bookmarks', ({ store, request }) => pageOf(request, [...store.bookmarks.values()].map((bookmark) => bookmarkJson(store, bookmark)), 1000));
  route('GET', 'bookmarks/{bookmark}', ({ store, request }) => {
    const found = store.bookmarks.get((request.params['bookmark'] ?? '').toLowerCase());
    if (!found) throw serviceError(404, 'NotFound', 'The bookmark was not found.');
    return json(bookmarkJson(store, found));
  });
  route('PUT', 'bookmarks/{bookmark}', ({ store, request }) => {
    const body = jsonBody(request);
    const given = objectOf(body['properties']);
    const { displayName, query } = given;
    if (typeof displayName !== 'string' || typeof query !== 'string') throw badRequest("The fields 'displayName' and 'query' are required.");
    const name = request.params['bookmark'] ?? '';
    const existing = store.bookmarks.get(name.toLowerCase());
    checkVersion(existing?.etag, body['etag'], request);
    const author = authorOf(request.caller);
    const made = existing?.properties ?? { labels: [], created: store.now(), createdBy: author };
    const properties = { ...made, ...given, updated: store.now(), updatedBy: author };
    const bookmark: StoredResource = { name, etag: store.newEtag(), properties };
    store.bookmarks.set(name.toLowerCase(), bookmark);
    return json(bookmarkJson(store, bookmark), existing ? 200 : 201);
  });
  route('DELETE', 'bookmarks/{bookmark}', ({ store, request }) => {
    const existed = store.bookmarks.delete((request.params['bookmark'] ?? '').toLowerCase());
    return { status: existed ? 200 : 204 };
  });
}

export function bookmarkJson(store: SentinelStore, { name, etag, properties }: StoredResource): JsonObject {
  return { id: store.resourceId(`bookmarks/${name}`), name, etag, type: 'Microsoft.SecurityInsights/bookmarks', properties };
}
