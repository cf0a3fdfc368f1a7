import type { Column } from '../../../src/common/kqlTypes';
import { type ApiRequest, json, type Reply, serviceError } from '../http/messages';
import type { Route } from '../http/router';
import type { EmulatedTable, EmulatedWorkspace } from '../world/workspace';
import type { World } from '../world/world';
import { insufficientAccess } from './queryErrors';

/** `metadata` of the Log Analytics API: the schema of a workspace, with what belongs together under `related`. */
export function metadataRoutes(world: World): readonly Route[] {
  const handle = ({ params, caller }: ApiRequest): Reply => {
    const workspace = world.findWorkspace(params['workspace'] ?? '');
    if (!workspace) throw serviceError(404, 'PathNotFoundError', 'The requested path does not exist');
    if (workspace.tenantId !== caller.tenantId || workspace.denied.has('metadata')) throw insufficientAccess();
    return json(metadataOf(workspace));
  };
  return ['GET', 'POST'].map((method) => ({ method, path: '/v1/workspaces/{workspace}/metadata', kind: 'metadata', audience: 'logs', handle }));
}

function metadataOf(workspace: EmulatedWorkspace): object {
  const solutions = [...new Set(workspace.tables.map(({ solution }) => solution))];
  return {
    tables: workspace.tables.map((table) => tableOf(table, workspace)),
    solutions: solutions.map((solution) => ({
      id: solution,
      name: solution,
      displayName: solution,
      related: { tables: namesOf(workspace.tables.filter((table) => table.solution === solution)), workspaces: [workspace.id] },
    })),
    functions: workspace.functions.map(({ name, displayName, parameters, body }) => ({
      id: name,
      name,
      displayName: displayName ?? name,
      parameters: parameters ?? '',
      body,
      related: { workspaces: [workspace.id] },
    })),
    resourceTypes: [],
    workspaces: [
      {
        id: workspace.id,
        resourceId: workspace.resourceId,
        name: workspace.name,
        region: workspace.location,
        related: { tables: namesOf(workspace.tables), solutions, functions: workspace.functions.map(({ name }) => name) },
      },
    ],
    categories: [],
  };
}

function namesOf(tables: readonly EmulatedTable[]): readonly string[] {
  return tables.map(({ table }) => table.name);
}

function tableOf({ table, solution }: EmulatedTable, workspace: EmulatedWorkspace): object {
  return {
    id: table.name,
    name: table.name,
    ...(table.timeColumn === undefined ? {} : { timespanColumn: table.timeColumn }),
    columns: table.columns.map(columnOf),
    related: { solutions: [solution], workspaces: [workspace.id] },
  };
}

const facets = new Set(['Computer', 'SourceSystem', 'EventID', 'Account', 'UserPrincipalName', 'DeviceName', 'ActionType']);

function columnOf({ name, type }: Column): object {
  return { name, type, ...(facets.has(name) ? { isPreferredFacet: true } : {}) };
}
