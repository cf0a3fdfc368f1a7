import type { Column } from '../../../src/common/kqlTypes';
import { type ApiRequest, json, type JsonObject, type Reply, serviceError } from '../http/messages';
import type { Route } from '../http/router';
import type { BearerCheck } from '../login/bearer';
import type { EmulatedTable, EmulatedWorkspace } from '../world/workspace';
import type { World } from '../world/world';

export const WORKSPACE_PATH = '/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.OperationalInsights/workspaces/{workspace}';

/** Workspaces, their tables, and whether Sentinel is on. https://learn.microsoft.com/rest/api/loganalytics/workspaces */
export function workspaceRoutes(world: World, bearer: BearerCheck): readonly Route[] {
  const get = (path: string, handle: (request: ApiRequest) => Reply): Route => ({ method: 'GET', path, kind: 'arm', audience: 'arm', handle });
  const ofWorkspace = (path: string, answer: (workspace: EmulatedWorkspace, request: ApiRequest) => JsonObject): Route =>
    get(`${WORKSPACE_PATH}${path}`, (request) => json(answer(world.armWorkspace(request.params, request.caller, bearer), request)));
  return [
    get('/subscriptions/{subscription}/providers/Microsoft.OperationalInsights/workspaces', ({ params, caller }) => {
      const subscription = world.armSubscription(params['subscription'] ?? '', caller, bearer);
      return json({ value: world.workspaces.filter((one) => one.subscription === subscription).map(workspaceJson) });
    }),
    get('/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.OperationalInsights/workspaces', ({ params, caller }) => {
      const subscription = world.armSubscription(params['subscription'] ?? '', caller, bearer);
      const group = (params['group'] ?? '').toLowerCase();
      const found = world.workspaces.filter((one) => one.subscription === subscription && one.resourceGroup.toLowerCase() === group);
      return json({ value: found.map(workspaceJson) });
    }),
    ofWorkspace('', workspaceJson),
    ofWorkspace('/tables', (workspace) => ({ value: workspace.tables.map((table) => tableJson(workspace, table)) })),
    ofWorkspace('/tables/{table}', (workspace, { params }) => {
      const table = workspace.table(params['table'] ?? '');
      if (!table) throw serviceError(404, 'NotFound', `Table ${params['table'] ?? ''} was not found.`);
      return tableJson(workspace, table);
    }),
    ofWorkspace('/providers/Microsoft.SecurityInsights/onboardingStates', (workspace) => ({
      value: workspace.sentinel ? [onboardingJson(workspace)] : [],
    })),
    ofWorkspace('/providers/Microsoft.SecurityInsights/onboardingStates/default', (workspace) => {
      if (!workspace.sentinel) throw serviceError(404, 'NotFound', 'Microsoft Sentinel is not on in this workspace.');
      return onboardingJson(workspace);
    }),
  ];
}

export function workspaceJson(workspace: EmulatedWorkspace): JsonObject {
  return {
    id: workspace.resourceId,
    name: workspace.name,
    type: 'Microsoft.OperationalInsights/workspaces',
    location: workspace.location,
    tags: {},
    properties: {
      customerId: workspace.id,
      provisioningState: 'Succeeded',
      sku: { name: 'pergb2018', lastSkuUpdate: '2024-01-15T09:30:00Z' },
      retentionInDays: 90,
      features: { legacy: 0, searchVersion: 1, enableLogAccessUsingOnlyResourcePermissions: true },
      workspaceCapping: { dailyQuotaGb: -1, quotaNextResetTime: '2024-01-16T00:00:00Z', dataIngestionStatus: 'RespectQuota' },
      publicNetworkAccessForIngestion: 'Enabled',
      publicNetworkAccessForQuery: 'Enabled',
      createdDate: '2024-01-15T09:30:00Z',
      modifiedDate: '2024-01-15T09:30:00Z',
    },
  };
}

function tableJson(workspace: EmulatedWorkspace, { table, plan, solution, retentionInDays }: EmulatedTable): JsonObject {
  const custom = table.name.endsWith('_CL');
  const columns = table.columns.map(columnJson);
  return {
    id: `${workspace.resourceId}/tables/${table.name}`,
    name: table.name,
    properties: {
      plan,
      retentionInDays,
      totalRetentionInDays: plan === 'Analytics' ? retentionInDays : 365,
      archiveRetentionInDays: plan === 'Analytics' ? 0 : 365 - retentionInDays,
      retentionInDaysAsDefault: true,
      totalRetentionInDaysAsDefault: true,
      provisioningState: 'Succeeded',
      schema: {
        name: table.name,
        displayName: table.name,
        tableType: custom ? 'CustomLog' : 'Microsoft',
        tableSubType: custom ? 'DataCollectionRuleBased' : 'Any',
        solutions: [solution],
        ...(custom ? { columns, standardColumns: [] } : { standardColumns: columns }),
      },
    },
  };
}

/** The tables API has names of its own for some types. */
const typeNames: Readonly<Partial<Record<Column['type'], string>>> = { bool: 'boolean', datetime: 'dateTime', decimal: 'real', timespan: 'string' };

function columnJson({ name, type }: Column): JsonObject {
  return { name, type: typeNames[type] ?? type, isDefaultDisplay: true, isHidden: false };
}

function onboardingJson(workspace: EmulatedWorkspace): JsonObject {
  return {
    id: `${workspace.resourceId}/providers/Microsoft.SecurityInsights/onboardingStates/default`,
    name: 'default',
    type: 'Microsoft.SecurityInsights/onboardingStates',
    etag: '"1"',
    properties: { customerManagedKey: false },
  };
}
