import { neverCancelled } from '../../../src/common/cancellation';
import { kqlString } from '../../../src/common/kqlLiterals';
import { HuntError } from '../../../src/common/errors';
import { type Answer, emptyCatalog, type LogsDatabase } from '../data/logsDatabase';
import { type ApiRequest, json, jsonBody, type JsonObject, type Reply, serviceError } from '../http/messages';
import type { Route } from '../http/router';
import type { Caller } from '../login/tokens';
import type { World } from '../world/world';
import { workspaceJson } from './workspaces';

const MOST_ROWS = 1000;

/**
 * Azure Resource Graph: any KQL over `resources` and `resourcecontainers`, answered by the local engine.
 * https://learn.microsoft.com/rest/api/azureresourcegraph/resourcegraph/resources/resources
 */
export function resourceGraphRoutes(world: World, database: LogsDatabase): readonly Route[] {
  const handle = (request: ApiRequest): Promise<Reply> => answerQuery(request, world, database);
  return [{ method: 'POST', path: '/providers/Microsoft.ResourceGraph/resources', kind: 'arm', audience: 'arm', handle }];
}

async function answerQuery(request: ApiRequest, world: World, database: LogsDatabase): Promise<Reply> {
  const { query, subscriptions, options = {} } = jsonBody(request) as GraphRequest;
  if (typeof query !== 'string') throw invalid('Query text is required.');
  const { columns, rows } = await run(database, world, request.caller, subscriptions, query);
  const top = Math.min(MOST_ROWS, options.$top ?? MOST_ROWS);
  const start = options.$skipToken === undefined ? (options.$skip ?? 0) : Number(Buffer.from(options.$skipToken, 'base64url').toString());
  const page = rows.slice(start, start + top);
  const more = start + page.length < rows.length;
  // Pages need the resources' ids: https://learn.microsoft.com/azure/governance/resource-graph/concepts/work-with-data#paging-results
  const pageable = more && columns.includes('id');
  return json({
    totalRecords: rows.length,
    count: page.length,
    resultTruncated: more ? 'true' : 'false',
    facets: [],
    data: page.map((row) => Object.fromEntries(columns.map((name, index) => [name, row[index]]))),
    ...(pageable ? { $skipToken: Buffer.from(String(start + page.length)).toString('base64url') } : {}),
  });
}

interface GraphRequest {
  readonly query?: unknown;
  readonly subscriptions?: readonly string[];
  readonly options?: { readonly $top?: number; readonly $skip?: number; readonly $skipToken?: string };
}

async function run(
  database: LogsDatabase,
  world: World,
  caller: Caller,
  subscriptions: readonly string[] | undefined,
  query: string,
): Promise<{ readonly columns: readonly string[]; readonly rows: readonly (readonly unknown[])[] }> {
  const isWanted = ({ subscriptionId, tenantId }: Resource): boolean =>
    tenantId === caller.tenantId && (subscriptions === undefined || subscriptions.length === 0 || subscriptions.includes(subscriptionId));
  const resources = await table(database, 'resources', resourcesOf(world).filter(isWanted));
  const containers = await table(database, 'resourcecontainers', containersOf(world).filter(isWanted));
  const named = [resources, { ...resources, name: 'Resources' }, containers, { ...containers, name: 'ResourceContainers' }];
  try {
    const answer = await database.answer(query, { ...emptyCatalog, tables: named }, undefined, neverCancelled);
    const rows = await rowsOf(database, answer);
    await database.drop(answer.relation);
    return { columns: answer.columns.map(({ name }) => name), rows };
  } catch (thrown) {
    if (thrown instanceof HuntError) throw invalid(thrown.message);
    throw thrown;
  } finally {
    await database.drop(resources.relation);
    await database.drop(containers.relation);
  }
}

interface Resource {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly kind: string;
  readonly location: string;
  readonly resourceGroup: string;
  readonly subscriptionId: string;
  readonly tenantId: string;
  readonly tags: JsonObject;
  readonly properties: unknown;
}

const texts = ['id', 'name', 'type', 'kind', 'location', 'resourceGroup', 'subscriptionId', 'tenantId'] as const;
/** Columns that every table of Resource Graph has, and nothing here fills. */
const unused = ['managedBy:string', 'sku:dynamic', 'plan:dynamic', 'identity:dynamic', 'zones:dynamic', 'extendedLocation:dynamic'];

async function table(database: LogsDatabase, name: string, resources: readonly Resource[]): ReturnType<LogsDatabase['define']> {
  const schema = [...texts.map((column) => `['${column}']:string`), 'tags:dynamic', 'properties:dynamic', ...unused].join(', ');
  const rows = resources.map((resource) => {
    const dynamics = [resource.tags, resource.properties].map((value) => `dynamic(${JSON.stringify(value)})`);
    const nothing = unused.map((column) => (column.endsWith(':string') ? "''" : 'dynamic(null)'));
    return [...texts.map((column) => kqlString(resource[column])), ...dynamics, ...nothing].join(', ');
  });
  return database.define(name, `datatable(${schema})[${rows.join(', ')}]`, emptyCatalog);
}

/** Workspaces, and the solution that stands for Sentinel in those that have it. */
function resourcesOf(world: World): readonly Resource[] {
  return world.workspaces.flatMap((workspace) => {
    const { id, name, location, properties } = workspaceJson(workspace) as Record<'id' | 'name' | 'location' | 'properties', string>;
    const { resourceGroup, subscription, tenantId } = workspace;
    const common = { kind: '', location, resourceGroup: resourceGroup.toLowerCase(), subscriptionId: subscription.id, tenantId, tags: {} };
    const resource: Resource = { ...common, id, name, type: 'microsoft.operationalinsights/workspaces', properties };
    if (!workspace.sentinel) return [resource];
    const solution = `SecurityInsights(${name})`;
    return [
      resource,
      {
        ...common,
        id: `/subscriptions/${subscription.id}/resourceGroups/${resourceGroup}/providers/Microsoft.OperationsManagement/solutions/${solution}`,
        name: solution,
        type: 'microsoft.operationsmanagement/solutions',
        properties: { workspaceResourceId: id, provisioningState: 'Succeeded', creationTime: '2024-01-15T09:40:00Z' },
      },
    ];
  });
}

function containersOf(world: World): readonly Resource[] {
  return world.subscriptions.map(({ id, displayName, tenantId }) => ({
    id: `/subscriptions/${id}`,
    name: displayName,
    type: 'microsoft.resources/subscriptions',
    kind: '',
    location: '',
    resourceGroup: '',
    subscriptionId: id,
    tenantId,
    tags: {},
    properties: { state: 'Enabled' },
  }));
}

/** Values as JSON: unlike the query API, Resource Graph does not wrap dynamic ones into text. */
async function rowsOf(database: LogsDatabase, answer: Answer): Promise<readonly (readonly unknown[])[]> {
  const [text = ''] = await database.rows(answer, 0, answer.rowCount, true);
  const rows = JSON.parse(`[${text}]`) as readonly (readonly unknown[])[];
  return rows.map((row) => row.map((value, index) => (answer.columns[index]?.type === 'dynamic' ? unwrapped(value) : value)));
}

function unwrapped(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

function invalid(message: string): Error {
  return serviceError(400, 'BadRequest', 'Please provide below info when asking for support: the correlation id.', {
    details: [{ code: 'InvalidQuery', message: 'Query is invalid. Please refer to the documentation for the Azure Resource Graph service and fix the error before retrying.' }, { code: 'ParserFailure', message }],
  });
}
