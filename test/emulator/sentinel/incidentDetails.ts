import type { IncidentAlert } from '../../../src/common/incidents';
import { pageOf } from '../arm/paging';
import { json, jsonBody, type JsonObject, serviceError } from '../http/messages';
import { stableGuid } from '../world/world';
import { bookmarkJson } from './bookmarks';
import { entityJson } from './entities';
import { badRequest, findIncident, objectOf } from './incidents';
import type { SentinelRoutes } from './sentinelRoutes';
import type { SentinelStore, StoredIncident, StoredResource } from './sentinelStore';
import { checkVersion } from './versions';

/** What belongs to an incident: alerts, entities, and bookmarks by way of relations. */
export function incidentDetailRoutes(route: SentinelRoutes): void {
  route('POST', 'incidents/{incident}/alerts', ({ store, request }) => {
    const { alerts } = findIncident(store, request);
    return json({ value: alerts.map((alert) => alertJson(store, alert)) });
  });
  route('POST', 'incidents/{incident}/entities', ({ store, request }) => {
    const { entities } = findIncident(store, request);
    const kinds = [...new Set(entities.map(({ kind }) => kind))];
    return json({
      entities: entities.map((entity) => entityJson(store, entity)),
      metaData: kinds.map((entityKind) => ({ entityKind, count: entities.filter(({ kind }) => kind === entityKind).length })),
    });
  });
  route('POST', 'incidents/{incident}/bookmarks', ({ store, request }) => {
    const related = [...findIncident(store, request).relations.values()].map(({ properties }) => String(properties['relatedResourceName']));
    const found = related.flatMap((name) => store.bookmarks.get(name.toLowerCase()) ?? []);
    return json({ value: found.map((bookmark) => ({ ...bookmarkJson(store, bookmark), kind: 'Bookmark', type: 'Microsoft.SecurityInsights/Entities' })) });
  });
  route('GET', 'incidents/{incident}/relations', ({ store, request }) => {
    const incident = findIncident(store, request);
    return pageOf(request, [...incident.relations.values()].map((relation) => relationJson(store, incident, relation)), 1000);
  });
  route('GET', 'incidents/{incident}/relations/{relation}', ({ store, request }) => {
    const incident = findIncident(store, request);
    const relation = incident.relations.get((request.params['relation'] ?? '').toLowerCase());
    if (!relation) throw serviceError(404, 'NotFound', 'The relation was not found.');
    return json(relationJson(store, incident, relation));
  });
  route('PUT', 'incidents/{incident}/relations/{relation}', ({ store, request }) => {
    const incident = findIncident(store, request);
    const body = jsonBody(request);
    const relatedResourceId = objectOf(body['properties'])['relatedResourceId'];
    const bookmark = typeof relatedResourceId === 'string' ? store.bookmarks.get(relatedResourceId.split('/').at(-1)?.toLowerCase() ?? '') : undefined;
    if (!bookmark) throw badRequest(`The related resource does not exist: ${String(relatedResourceId)}`);
    const name = request.params['relation'] ?? '';
    const existing = incident.relations.get(name.toLowerCase());
    checkVersion(existing?.etag, body['etag'] ?? existing?.etag, request);
    const properties = {
      relatedResourceId,
      relatedResourceName: bookmark.name,
      relatedResourceType: 'Microsoft.SecurityInsights/bookmarks',
      relatedResourceKind: '',
    };
    const relation: StoredResource = { name, etag: store.newEtag(), properties };
    incident.relations.set(name.toLowerCase(), relation);
    store.touch(incident);
    return json(relationJson(store, incident, relation), existing ? 200 : 201);
  });
  route('DELETE', 'incidents/{incident}/relations/{relation}', ({ store, request }) => {
    const existed = findIncident(store, request).relations.delete((request.params['relation'] ?? '').toLowerCase());
    return { status: existed ? 200 : 204 };
  });
}

function relationJson(store: SentinelStore, incident: StoredIncident, { name, etag, properties }: StoredResource): JsonObject {
  return {
    id: store.resourceId(`Incidents/${incident.name}/relations/${name}`),
    name,
    etag,
    type: 'Microsoft.SecurityInsights/Incidents/relations',
    properties,
  };
}

function alertJson(store: SentinelStore, alert: IncidentAlert): JsonObject {
  return {
    id: store.resourceId(`Entities/${alert.id}`),
    name: alert.id,
    type: 'Microsoft.SecurityInsights/Entities',
    kind: 'SecurityAlert',
    properties: {
      systemAlertId: alert.id,
      alertDisplayName: alert.name,
      friendlyName: alert.name,
      description: alert.description,
      severity: alert.severity,
      confidenceLevel: 'Unknown',
      status: 'New',
      vendorName: 'Microsoft',
      productName: alert.product,
      productComponentName: 'Scheduled Alerts',
      providerAlertId: stableGuid(alert.id),
      alertType: alert.name,
      startTimeUtc: alert.startTime,
      endTimeUtc: alert.endTime,
      timeGenerated: alert.endTime,
      processingEndTime: alert.endTime,
      tactics: alert.tactics,
      additionalData: {},
      resourceIdentifiers: [],
    },
  };
}
