import type { Caller, Tokens } from '../login/tokens';
import type { World } from '../world/world';
import type { Clock } from './clock';
import type { Fault, Faults } from './faults';
import { type ApiRequest, json, jsonBody, type Reply } from './messages';
import type { RequestLog } from './requestLog';
import type { Route } from './router';

export interface AdminParts {
  readonly world: World;
  readonly tokens: Tokens;
  readonly faults: Faults;
  readonly requests: RequestLog;
  readonly clock: Clock;
}

/** The switches of an emulator that runs alone, below `/_emulator`. They need no token and are not logged. */
export function adminRoutes({ world, tokens, faults, requests, clock }: AdminParts): readonly Route[] {
  const route = (method: string, path: string, handle: (request: ApiRequest) => Reply | Promise<Reply>): Route => ({
    method,
    path: `/_emulator/${path}`,
    kind: 'admin',
    handle,
  });
  const done = json({});
  return [
    /** `?audience=logs|arm|…&tenant=…&lifetime=SECONDS&oid=…&name=…&upn=…`; all but the audience may be left out. */
    route('GET', 'token', ({ query }) => {
      const audience = query.get('audience') ?? 'arm';
      const tenantId = query.get('tenant') ?? world.homeTenantId;
      const lifetime = query.get('lifetime');
      const person = { objectId: query.get('oid'), name: query.get('name'), userPrincipalName: query.get('upn') };
      const caller = Object.fromEntries(Object.entries(person).filter(([, value]) => value !== null)) as Partial<Caller>;
      const token = tokens.mint({ audience, tenantId, caller, ...(lifetime === null ? {} : { lifetimeSeconds: Number(lifetime) }) });
      return json({ token, expiresOnTimestamp: clock.now() + Number(lifetime ?? tokens.lifetimeSeconds) * 1000 });
    }),
    route('GET', 'requests', () => json(requests.all())),
    route('DELETE', 'requests', () => {
      requests.clear();
      return done;
    }),
    route('POST', 'faults', (request) => {
      const { path, ...fault } = jsonBody(request) as unknown as Fault & { readonly path?: string };
      faults.add({ ...fault, ...(path === undefined ? {} : { path: new RegExp(path, 'u') }) });
      return done;
    }),
    route('POST', 'faults/release', () => {
      faults.release();
      return done;
    }),
    route('DELETE', 'faults', () => {
      faults.clear();
      return done;
    }),
    /** `{"advanceMs": 60000}`: time passes for the services alone. */
    route('POST', 'clock', (request) => {
      clock.advance(Number(jsonBody(request)['advanceMs'] ?? 0));
      return done;
    }),
    route('POST', 'tokens/expire', () => {
      tokens.expireAll();
      return done;
    }),
    /** From now on only tokens pass that were asked for with the claims in the answer. */
    route('POST', 'tokens/challenge', () => json({ claims: tokens.requireClaims() })),
    route('DELETE', 'tokens/challenge', () => {
      tokens.allowAll();
      return done;
    }),
    /** `{"name": "T", "kql": "…"}`: makes or replaces a table of a workspace. */
    route('POST', 'workspaces/{workspace}/tables', async (request) => {
      const { name, kql } = jsonBody(request);
      await world.findWorkspace(request.params['workspace'] ?? '')?.setTable({ name: String(name), kql: String(kql) });
      return done;
    }),
    /** `{"status": "Active"}`: a colleague changes the incident of that number. */
    route('POST', 'workspaces/{workspace}/incidents/{number}', (request) => {
      const { workspace = '', number = '' } = request.params;
      world.findWorkspace(workspace)?.sentinel?.changeIncident(Number(number), jsonBody(request));
      return done;
    }),
  ];
}
