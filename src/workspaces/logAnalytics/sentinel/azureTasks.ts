import type { IncidentTask } from '../../../common/sentinelService';
import { refuseChanged } from '../../sentinelChecks';
import type { WorkspaceSentinel } from '../../workspaceSentinel';
import { isObject } from '../answer/envelope';
import type { IncidentFinder } from '../incidents/incidentFinder';
import type { SentinelClient } from '../incidents/sentinelClient';
import { explained, isConflict } from '../incidents/sentinelErrors';
import { type Caller, callerOf } from '../wire/azureCall';
import { ServiceFailure } from '../wire/serviceFailure';

/** The first version that has tasks and is no preview; the SDK's is older and has none. */
const API_VERSION = '2024-03-01';

/** Where a cloud does not know that version. */
const unknownVersion: ReadonlySet<string> = new Set(['InvalidApiVersionParameter', 'NoRegisteredProviderFound', 'InvalidResourceType']);

/** Tasks of incidents: https://learn.microsoft.com/rest/api/securityinsights/incident-tasks */
export function azureTasks(client: SentinelClient, finder: IncidentFinder): Pick<WorkspaceSentinel, 'listTasks' | 'setTaskStatus'> {
  return {
    listTasks: async ({ number }, token) =>
      explained(client, { kind: 'read', number }, async () => {
        const caller = callerOf(token);
        const { name } = await finder.find(number, caller);
        return listTasks(client, name, caller);
      }),
    setTaskStatus: async ({ number, task, status }, token) => {
      const caller = callerOf(token);
      const { name } = await explained(client, { kind: 'read', number }, () => finder.find(number, caller));
      const path = `incidents/${name}/tasks/${encodeURIComponent(task.id)}`;
      const { title, description, etag } = task;
      const body = { ...(etag === undefined ? {} : { etag }), properties: { title, description, status } };
      const missing = { what: 'task', name: title };
      return explained(client, { kind: 'other', what: 'changing the tasks of incidents in', role: 'Microsoft Sentinel Responder', missing }, async () => {
        try {
          // Writing a task that is gone would make it anew.
          await client.plain({ method: 'GET', path, apiVersion: API_VERSION }, caller);
          return taskOf(await client.plain({ method: 'PUT', path, apiVersion: API_VERSION, body }, caller)) ?? { ...task, status };
        } catch (thrown) {
          if (isConflict(thrown)) refuseChanged(`the task "${title}"`);
          throw thrown;
        }
      });
    },
  };
}

async function listTasks(client: SentinelClient, incident: string, caller: Caller): Promise<readonly IncidentTask[]> {
  const tasks: IncidentTask[] = [];
  let path: string | undefined = `incidents/${incident}/tasks`;
  try {
    while (path !== undefined) {
      const page = await client.plain({ method: 'GET', path, apiVersion: API_VERSION }, caller);
      const { value, nextLink } = isObject(page) ? page : {};
      for (const raw of Array.isArray(value) ? value : []) tasks.push(...[taskOf(raw)].filter((task) => task !== undefined));
      path = typeof nextLink === 'string' && nextLink !== '' ? nextLink : undefined;
    }
  } catch (thrown) {
    if (!(thrown instanceof ServiceFailure && unknownVersion.has(thrown.code ?? ''))) throw thrown;
  }
  return tasks.sort((left, right) => Date.parse(left.createdTime) - Date.parse(right.createdTime));
}

function taskOf(raw: unknown): IncidentTask | undefined {
  if (!isObject(raw) || typeof raw['name'] !== 'string' || !isObject(raw['properties'])) return undefined;
  const { title, description, status, createdTimeUtc, createdBy } = raw['properties'];
  const { etag } = raw;
  return {
    id: raw['name'],
    title: text(title),
    description: text(description),
    status: status === 'Completed' ? 'Completed' : 'New',
    createdTime: text(createdTimeUtc),
    createdBy: isObject(createdBy) ? text(createdBy['name']) || text(createdBy['userPrincipalName']) || text(createdBy['email']) : '',
    ...(typeof etag === 'string' ? { etag } : {}),
  };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
