import { pageOf } from '../arm/paging';
import { type ApiRequest, json, jsonBody, type JsonObject, type Reply, serviceError } from '../http/messages';
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
  route('PUT', 'bookmarks/{bookmark}', ({ store, request }) => putBookmark(store, request));
  route('DELETE', 'bookmarks/{bookmark}', ({ store, request }) => {
    const name = (request.params['bookmark'] ?? '').toLowerCase();
    for (const incident of store.incidents.values()) {
      for (const [relation, { properties }] of incident.relations) {
        if (String(properties['relatedResourceName']).toLowerCase() === name) incident.relations.delete(relation);
      }
    }
    return { status: store.bookmarks.delete(name) ? 200 : 204 };
  });
}

/** What a client can write; all else is the service's. */
const writable = [
  ...['displayName', 'notes', 'query', 'queryResult', 'labels', 'eventTime', 'queryStartTime', 'queryEndTime'],
  ...['entityMappings', 'tactics', 'techniques', 'incidentInfo'],
];
const times = ['eventTime', 'queryStartTime', 'queryEndTime'];

/** As the service spells them in its enumeration AttackTactic. */
const knownTactics = [
  ...['Reconnaissance', 'ResourceDevelopment', 'InitialAccess', 'Execution', 'Persistence', 'PrivilegeEscalation', 'DefenseEvasion'],
  ...['CredentialAccess', 'Discovery', 'LateralMovement', 'Collection', 'Exfiltration', 'CommandAndControl', 'Impact', 'PreAttack'],
  ...['ImpairProcessControl', 'InhibitResponseFunction'],
];

function putBookmark(store: SentinelStore, request: ApiRequest): Reply {
  const body = jsonBody(request);
  const given = objectOf(body['properties']);
  checkBookmark(given);
  const name = request.params['bookmark'] ?? '';
  const existing = store.bookmarks.get(name.toLowerCase());
  checkVersion(existing?.etag, body['etag'], request);
  const author = authorOf(request.caller);
  const now = store.now();
  const { created = now, createdBy = author } = existing?.properties ?? {};
  const written = Object.fromEntries(writable.flatMap((field) => (given[field] === undefined ? [] : [[field, given[field]]])));
  const properties = { labels: [], ...written, created, createdBy, updated: now, updatedBy: author };
  const bookmark: StoredResource = { name, etag: store.newEtag(), properties };
  store.bookmarks.set(name.toLowerCase(), bookmark);
  return json(bookmarkJson(store, bookmark), existing ? 200 : 201);
}

function checkBookmark(properties: JsonObject): void {
  const { displayName, query, tactics = [], entityMappings = [] } = properties;
  if (typeof displayName !== 'string' || displayName === '' || typeof query !== 'string' || query === '') {
    throw badRequest("The fields 'displayName' and 'query' are required.");
  }
  for (const time of times) {
    const value = properties[time];
    const isTime = typeof value === 'string' && !Number.isNaN(Date.parse(value));
    if (value !== undefined && !isTime) throw badRequest(`The field '${time}' is no time.`);
  }
  const unknown = (tactics as readonly string[]).find((tactic) => !knownTactics.includes(tactic));
  if (unknown !== undefined) throw badRequest(`The value '${unknown}' of the field 'tactics' is not known.`);
  for (const mapping of entityMappings as readonly unknown[]) {
    const { entityType, fieldMappings } = objectOf(mapping);
    if (typeof entityType !== 'string' || !Array.isArray(fieldMappings)) throw badRequest("A mapping of 'entityMappings' is not complete.");
  }
}

/** With the incident that it was attached to last. */
export function bookmarkJson(store: SentinelStore, { name, etag, properties }: StoredResource): JsonObject {
  const related = [...store.incidents.values()].flatMap((incident) =>
    [...incident.relations.values()]
      .filter((relation) => String(relation.properties['relatedResourceName']).toLowerCase() === name.toLowerCase())
      .map((relation) => ({ incidentId: incident.name, relationName: relation.name, title: incident.properties['title'], severity: incident.properties['severity'] })),
  );
  const incidentInfo = related.at(-1);
  return {
    id: store.resourceId(`bookmarks/${name}`),
    name,
    etag,
    type: 'Microsoft.SecurityInsights/bookmarks',
    properties: { ...properties, ...(incidentInfo ? { incidentInfo } : {}) },
  };
}
