import { classificationReasons, classifications, MAX_COMMENT_CHARS, MAX_COMMENTS } from '../../../src/common/incidents';
import { pageOf } from '../arm/paging';
import { type ApiRequest, json, jsonBody, type JsonObject, type Reply, serviceError } from '../http/messages';
import type { SentinelRoutes } from './sentinelRoutes';
import { checkVersion } from './versions';
import { authorOf, type SentinelStore, type StoredIncident } from './sentinelStore';

const MOST_PER_PAGE = 1000;

/** Incidents and their comments: https://learn.microsoft.com/rest/api/securityinsights/incidents */
export function incidentRoutes(route: SentinelRoutes): void {
  route('GET', 'incidents', ({ store, request }) => pageOf(request, [...store.incidents.values()].map((incident) => incidentJson(store, incident)), MOST_PER_PAGE));
  route('GET', 'incidents/{incident}', ({ store, request }) => json(incidentJson(store, findIncident(store, request))));
  route('PUT', 'incidents/{incident}', ({ store, request }) => putIncident(store, request));
  route('DELETE', 'incidents/{incident}', ({ store, request }) => {
    const existed = store.incidents.delete((request.params['incident'] ?? '').toLowerCase());
    return { status: existed ? 200 : 204 };
  });
  route('GET', 'incidents/{incident}/comments', ({ store, request }) => {
    const incident = findIncident(store, request);
    return pageOf(request, [...incident.comments.keys()].map((name) => commentJson(store, incident, name)), MOST_PER_PAGE);
  });
  route('GET', 'incidents/{incident}/comments/{comment}', ({ store, request }) => {
    const incident = findIncident(store, request);
    return json(commentJson(store, incident, findComment(incident, request)));
  });
  route('PUT', 'incidents/{incident}/comments/{comment}', ({ store, request }) => putComment(store, request));
  route('DELETE', 'incidents/{incident}/comments/{comment}', ({ store, request }) => {
    const incident = findIncident(store, request);
    const existed = incident.comments.delete((request.params['comment'] ?? '').toLowerCase());
    if (existed) store.touch(incident);
    return { status: existed ? 200 : 204 };
  });
}

/** @throws ServiceError 404 */
export function findIncident(store: SentinelStore, { params }: ApiRequest): StoredIncident {
  const name = params['incident'] ?? '';
  const found = store.incidents.get(name.toLowerCase());
  if (!found) throw serviceError(404, 'NotFound', `Incident '${name}' was not found.`);
  return found;
}

export function incidentJson(store: SentinelStore, incident: StoredIncident): JsonObject {
  const id = store.resourceId(`Incidents/${incident.name}`);
  const { alertProductNames, tactics, techniques, providerIncidentUrl, ...properties } = incident.properties;
  return {
    id,
    name: incident.name,
    etag: incident.etag,
    type: 'Microsoft.SecurityInsights/Incidents',
    properties: {
      ...properties,
      relatedAnalyticRuleIds: [],
      incidentUrl: `https://portal.azure.com/#asset/Microsoft_Azure_Security_Insights/Incident${id}`,
      additionalData: {
        alertsCount: incident.alerts.length,
        bookmarksCount: incident.relations.size,
        commentsCount: incident.comments.size,
        alertProductNames,
        ...(providerIncidentUrl === undefined ? {} : { providerIncidentUrl }),
        tactics,
        techniques,
      },
    },
  };
}

/** What a client cannot change. */
const unwritable = [
  ...['incidentNumber', 'createdTimeUtc', 'alertProductNames', 'tactics', 'techniques'],
  ...['providerName', 'providerIncidentId', 'providerIncidentUrl'],
];

/** Replaces the incident: what the body leaves out is gone. */
function putIncident(store: SentinelStore, request: ApiRequest): Reply {
  const body = jsonBody(request);
  const given = objectOf(body['properties']);
  checkIncident(given);
  const name = request.params['incident'] ?? '';
  const existing = store.incidents.get(name.toLowerCase());
  checkVersion(existing?.etag, body['etag'], request);
  const kept = existing?.properties ?? {
    incidentNumber: store.nextNumber(),
    createdTimeUtc: store.now(),
    providerName: 'Azure Sentinel',
    alertProductNames: [],
    tactics: [],
    techniques: [],
  };
  const properties: JsonObject = {
    ...pick(kept, unwritable),
    ...pick(given, ['title', 'description', 'severity', 'status', 'firstActivityTimeUtc', 'lastActivityTimeUtc']),
    owner: ownerOf(objectOf(given['owner'])),
    labels: labelsOf(given['labels']),
    ...(given['status'] === 'Closed' ? pick(given, ['classification', 'classificationReason', 'classificationComment']) : {}),
  };
  const incident = existing ?? { name, etag: '', alerts: [], entities: [], comments: new Map(), relations: new Map(), tasks: new Map(), properties };
  store.touch(incident, properties);
  store.incidents.set(name.toLowerCase(), incident);
  return json(incidentJson(store, incident), existing ? 200 : 201);
}

const severities = ['High', 'Medium', 'Low', 'Informational'];
const statuses = ['New', 'Active', 'Closed'];

function checkIncident(properties: JsonObject): void {
  const { title, severity, status, classification, classificationReason: reason } = properties;
  if (typeof title !== 'string' || title === '') throw badRequest("The field 'title' is required.");
  if (!severities.includes(String(severity))) throw badRequest(`The field 'severity' must be one of ${severities.join(', ')}.`);
  if (!statuses.includes(String(status))) throw badRequest(`The field 'status' must be one of ${statuses.join(', ')}.`);
  if (status !== 'Closed') return;
  const known = classifications.find((one) => one === classification);
  if (!known) throw badRequest(`A closed incident needs a 'classification' of ${classifications.join(', ')}.`);
  const reasons: readonly string[] = classificationReasons[known];
  const fits = reason === undefined || reason === null ? reasons.length === 0 : reasons.some((one) => one === reason);
  if (!fits) {
    throw badRequest(`The classification '${known}' needs a 'classificationReason' of: ${reasons.join(', ') || 'none'}.`);
  }
}

function findComment(incident: StoredIncident, { params }: ApiRequest): string {
  const name = (params['comment'] ?? '').toLowerCase();
  if (!incident.comments.has(name)) throw serviceError(404, 'NotFound', `Comment '${name}' was not found.`);
  return name;
}

function commentJson(store: SentinelStore, incident: StoredIncident, name: string): JsonObject {
  const comment = incident.comments.get(name);
  return {
    id: store.resourceId(`Incidents/${incident.name}/Comments/${comment?.name ?? name}`),
    name: comment?.name,
    etag: comment?.etag,
    type: 'Microsoft.SecurityInsights/Incidents/Comments',
    properties: comment?.properties,
  };
}

function putComment(store: SentinelStore, request: ApiRequest): Reply {
  const incident = findIncident(store, request);
  const body = jsonBody(request);
  const message = objectOf(body['properties'])['message'];
  if (typeof message !== 'string' || message.trim() === '') throw badRequest("The field 'message' is required.");
  if (message.length > MAX_COMMENT_CHARS) throw badRequest(`The comment is longer than ${MAX_COMMENT_CHARS} characters.`);
  const name = request.params['comment'] ?? '';
  const existing = incident.comments.get(name.toLowerCase());
  if (!existing && incident.comments.size >= MAX_COMMENTS) throw badRequest(`The incident has ${MAX_COMMENTS} comments, the most it can have.`);
  checkVersion(existing?.etag, body['etag'] ?? existing?.etag, request);
  if (existing) {
    existing.etag = store.newEtag();
    existing.properties = { ...existing.properties, message, lastModifiedTimeUtc: store.now() };
  } else {
    store.addComment(incident, name, message, authorOf(request.caller));
  }
  store.touch(incident);
  return json(commentJson(store, incident, name.toLowerCase()), existing ? 200 : 201);
}

export function badRequest(message: string): Error {
  return serviceError(400, 'BadRequest', message);
}

export function objectOf(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null ? (value as JsonObject) : {};
}

/** Whoever is named by anything is named in full. */
function ownerOf({ objectId, email, assignedTo, userPrincipalName, ownerType }: JsonObject): JsonObject {
  const name = assignedTo ?? userPrincipalName ?? email ?? objectId ?? null;
  const address = userPrincipalName ?? email ?? null;
  const owner = { objectId: objectId ?? null, email: email ?? address, assignedTo: name, userPrincipalName: address };
  return name === null ? owner : { ...owner, ownerType: ownerType ?? 'User' };
}

function labelsOf(given: unknown): readonly JsonObject[] {
  return (Array.isArray(given) ? given : []).map((label) => ({ labelName: objectOf(label)['labelName'], labelType: 'User' }));
}

function pick(from: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(names.filter((name) => from[name] !== undefined).map((name) => [name, from[name]]));
}
