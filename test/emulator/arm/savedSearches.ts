import { type ApiRequest, json, jsonBody, type JsonObject, type Reply, serviceError } from '../http/messages';
import type { Route } from '../http/router';
import type { BearerCheck } from '../login/bearer';
import { checkVersion } from '../sentinel/versions';
import type { SavedSearchDefinition } from '../world/definitions';
import type { EmulatedWorkspace } from '../world/workspace';
import type { World } from '../world/world';
import { WORKSPACE_PATH } from './workspaces';

/** Saved searches: hunting queries and the workspace's functions. https://learn.microsoft.com/rest/api/loganalytics/saved-searches */
export function savedSearchRoutes(world: World, bearer: BearerCheck): readonly Route[] {
  const route = (method: string, path: string, handle: (workspace: EmulatedWorkspace, request: ApiRequest) => Reply): Route => ({
    method,
    path: `${WORKSPACE_PATH}/savedSearches${path}`,
    kind: 'arm',
    audience: 'arm',
    handle: (request) => {
      const workspace = world.armWorkspace(request.params, request.caller, bearer);
      const writes = method === 'PUT' || method === 'DELETE';
      if (writes && workspace.denied.has('contribute')) throw forbidden(request);
      return handle(workspace, request);
    },
  });
  const idOf = ({ params }: ApiRequest): string => params['search'] ?? '';
  return [
    route('GET', '', (workspace) => {
      const saved = [...workspace.savedSearches.values()].map(({ search, etag }) => searchJson(workspace, search, etag));
      return json({ value: [...saved, ...functionSearches(workspace)] });
    }),
    route('GET', '/{search}', (workspace, request) => {
      const found = workspace.savedSearches.get(idOf(request).toLowerCase());
      if (!found) throw serviceError(404, 'NotFound', `Saved search ${idOf(request)} was not found.`);
      return json(searchJson(workspace, found.search, found.etag));
    }),
    route('PUT', '/{search}', (workspace, request) => {
      const id = idOf(request);
      const body = jsonBody(request);
      const { category, displayName, query, ...more } = (body['properties'] ?? {}) as Partial<SavedSearchDefinition>;
      if ([category, displayName, query].some((value) => value === undefined || value === '')) {
        throw serviceError(400, 'InvalidParameter', "The properties 'category', 'displayName' and 'query' are required.");
      }
      const existed = workspace.savedSearches.get(id.toLowerCase());
      // "To override an existing saved search, use * or specify the current Etag."
      const given = (body['etag'] ?? body['eTag']) as string | undefined;
      if (given !== '*') checkVersion(existed?.etag, given, request);
      const etag = `"${Number(existed?.etag.replaceAll('"', '') ?? 0) + 1}"`;
      const { tags = [], functionAlias, functionParameters } = more;
      const asFunction = functionAlias === undefined ? {} : { functionAlias, functionParameters: functionParameters ?? '' };
      const search = { id, category: category ?? '', displayName: displayName ?? '', query: query ?? '', tags, ...asFunction };
      workspace.savedSearches.set(id.toLowerCase(), { etag, search });
      return json(searchJson(workspace, search, etag));
    }),
    route('DELETE', '/{search}', (workspace, request) => {
      workspace.savedSearches.delete(idOf(request).toLowerCase());
      return { status: 200 };
    }),
  ];
}

function searchJson(workspace: EmulatedWorkspace, search: SavedSearchDefinition, etag: string): JsonObject {
  const { id, tags, ...more } = search;
  return {
    id: `${workspace.resourceId}/savedSearches/${id}`,
    name: id,
    type: 'Microsoft.OperationalInsights/savedSearches',
    etag,
    properties: { ...more, tags: tags ?? [], version: 2 },
  };
}

function forbidden({ caller, url }: ApiRequest): Error {
  const action = 'Microsoft.OperationalInsights/workspaces/savedSearches/write';
  const message = `The client '${caller.userPrincipalName ?? caller.name}' with object id '${caller.objectId}' does not have authorization to perform action '${action}' over scope '${url.pathname}'.`;
  return serviceError(403, 'AuthorizationFailed', message);
}

function functionSearches(workspace: EmulatedWorkspace): readonly JsonObject[] {
  return workspace.functions.map(({ name, displayName, parameters, body }) => ({
    id: `${workspace.resourceId}/savedSearches/${name}`,
    name,
    type: 'Microsoft.OperationalInsights/savedSearches',
    etag: '"1"',
    properties: {
      category: 'Function',
      displayName: displayName ?? name,
      query: body,
      functionAlias: name,
      functionParameters: parameters ?? '',
      version: 2,
    },
  }));
}
