import { type ApiRequest, type Reply, serviceError } from '../http/messages';
import type { Route } from '../http/router';
import type { BearerCheck } from '../login/bearer';
import type { Denial } from '../world/definitions';
import type { World } from '../world/world';
import type { EmulatedWorkspace } from '../world/workspace';
import { bookmarkRoutes } from './bookmarks';
import { incidentDetailRoutes } from './incidentDetails';
import { incidentRoutes } from './incidents';
import type { SentinelStore } from './sentinelStore';
import { taskRoutes } from './tasks';
import { watchlistRoutes } from './watchlists';

export interface SentinelRequest {
  readonly store: SentinelStore;
  readonly workspace: EmulatedWorkspace;
  readonly request: ApiRequest;
}

/** Adds a route below `…/providers/Microsoft.SecurityInsights/`. */
export type SentinelRoutes = (method: string, path: string, handle: (request: SentinelRequest) => Reply) => void;

const BASE =
  '/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.OperationalInsights/workspaces/{workspace}/providers/Microsoft.SecurityInsights';

/** Microsoft.SecurityInsights of every workspace that has it. */
export function sentinelRoutes(world: World, bearer: BearerCheck): readonly Route[] {
  const routes: Route[] = [];
  const add: SentinelRoutes = (method, path, handle) => {
    routes.push({
      method,
      path: `${BASE}/${path}`,
      kind: 'incidents',
      audience: 'arm',
      handle: (request) => {
        const workspace = world.armWorkspace(request.params, request.caller, bearer);
        const writes = method === 'PUT' || method === 'DELETE';
        // A responder changes incidents and what belongs to them; all else takes a contributor.
        const needs: readonly Denial[] = path.startsWith('incidents') ? ['writeIncidents'] : ['contribute', 'writeIncidents'];
        const isDenied = writes && needs.some((denial) => workspace.denied.has(denial));
        if (workspace.denied.has('incidents') || isDenied) throw forbidden(request, path, writes);
        if (!workspace.sentinel) throw notOnboarded(workspace);
        return handle({ store: workspace.sentinel, workspace, request });
      },
    });
  };
  incidentRoutes(add);
  incidentDetailRoutes(add);
  taskRoutes(add);
  bookmarkRoutes(add);
  watchlistRoutes(add);
  return routes;
}

function forbidden({ caller, url }: ApiRequest, path: string, writes: boolean): Error {
  const action = `Microsoft.SecurityInsights/${path.split('/')[0] ?? ''}/${writes ? 'write' : 'read'}`;
  const message = `The client '${caller.userPrincipalName ?? caller.name}' with object id '${caller.objectId}' does not have authorization to perform action '${action}' over scope '${url.pathname}' or the scope is invalid. If access was recently granted, please refresh your credentials.`;
  return serviceError(403, 'AuthorizationFailed', message);
}

function notOnboarded({ name }: EmulatedWorkspace): Error {
  return serviceError(400, 'BadRequest', `Workspace '${name}' is not onboarded to Microsoft Sentinel.`);
}
