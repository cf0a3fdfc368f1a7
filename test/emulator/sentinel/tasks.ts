import { pageOf } from '../arm/paging';
import { json, jsonBody, type JsonObject, serviceError } from '../http/messages';
import { badRequest, findIncident, objectOf } from './incidents';
import type { SentinelRequest, SentinelRoutes } from './sentinelRoutes';
import { authorOf, type SentinelStore, type StoredIncident, type StoredResource } from './sentinelStore';
import { checkVersion } from './versions';

/** The first version with tasks, a preview: https://learn.microsoft.com/rest/api/securityinsights/incident-tasks */
const FIRST_VERSION = '2023-02-01';
const statuses = ['New', 'Completed'];

/** Tasks of incidents. */
export function taskRoutes(add: SentinelRoutes): void {
  const route: SentinelRoutes = (method, path, handle) => {
    add(method, path, (asked) => {
      const version = asked.request.query.get('api-version') ?? '';
      if (version.slice(0, FIRST_VERSION.length) >= FIRST_VERSION) return handle(asked);
      const message = `No registered resource provider found for API version '${version}' for type 'incidents/tasks'.`;
      throw serviceError(400, 'NoRegisteredProviderFound', message);
    });
  };
  route('GET', 'incidents/{incident}/tasks', ({ store, request }) => {
    const incident = findIncident(store, request);
    return pageOf(request, [...incident.tasks.values()].map((task) => taskJson(store, incident, task)), 1000);
  });
  route('GET', 'incidents/{incident}/tasks/{task}', (asked) => {
    const incident = findIncident(asked.store, asked.request);
    const found = incident.tasks.get(nameOf(asked));
    if (!found) throw serviceError(404, 'NotFound', 'The task was not found.');
    return json(taskJson(asked.store, incident, found));
  });
  route('PUT', 'incidents/{incident}/tasks/{task}', (asked) => {
    const { store, request } = asked;
    const incident = findIncident(store, request);
    const body = jsonBody(request);
    const { title, description, status } = objectOf(body['properties']);
    if (typeof title !== 'string' || title === '') throw badRequest("The field 'title' is required.");
    if (!statuses.includes(String(status))) throw badRequest(`The field 'status' must be one of ${statuses.join(', ')}.`);
    const existing = incident.tasks.get(nameOf(asked));
    checkVersion(existing?.etag, body['etag'], request);
    const author = authorOf(request.caller);
    const { createdTimeUtc = store.now(), createdBy = author } = existing?.properties ?? {};
    const changed = { lastModifiedTimeUtc: store.now(), lastModifiedBy: author };
    const task: StoredResource = {
      name: request.params['task'] ?? '',
      etag: store.newEtag(),
      properties: { title, description, status, createdTimeUtc, createdBy, ...changed },
    };
    incident.tasks.set(nameOf(asked), task);
    return json(taskJson(store, incident, task), existing ? 200 : 201);
  });
  route('DELETE', 'incidents/{incident}/tasks/{task}', (asked) => {
    const existed = findIncident(asked.store, asked.request).tasks.delete(nameOf(asked));
    return { status: existed ? 200 : 204 };
  });
}

function nameOf({ request }: SentinelRequest): string {
  return (request.params['task'] ?? '').toLowerCase();
}

function taskJson(store: SentinelStore, incident: StoredIncident, { name, etag, properties }: StoredResource): JsonObject {
  const id = store.resourceId(`Incidents/${incident.name}/tasks/${name}`);
  return { id, name, etag, type: 'Microsoft.SecurityInsights/Incidents/Tasks', properties };
}
