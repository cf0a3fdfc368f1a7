import { randomUUID } from 'node:crypto';
import { type ApiRequest, json, type Reply, ServiceError } from '../http/messages';
import type { Route } from '../http/router';
import type { World } from '../world/world';
import { analyst, type Caller, type Tokens } from './tokens';

/** What every application registered here has to prove itself with. */
export const CLIENT_SECRET = 'secret of the emulator';

const MANAGED_IDENTITY = '4c7d1e9a-52b0-4f86-a3cd-90e8f7b61d23';

/**
 * Microsoft Entra's token service: discovery, and tokens for applications (secret, certificate, federated), for a person by device code or
 * browser, and by refresh token; and the one of machines with a managed identity. https://learn.microsoft.com/entra/identity-platform/v2-protocols
 */
export function loginRoutes(world: World, tokens: Tokens, url: () => string): readonly Route[] {
  const login = new LoginService(world, tokens, url);
  const route = (method: string, path: string, handle: (request: ApiRequest) => Reply): Route => ({ method, path, kind: 'token', handle });
  return [
    route('GET', '/common/discovery/instance', () => login.instance()),
    route('GET', '/msi/token', ({ query, headers }) => login.managedIdentity(query.get('resource') ?? '', headers['x-identity-header'])),
    route('GET', '/{tenant}/v2.0/.well-known/openid-configuration', ({ params }) => login.discovery(params['tenant'] ?? '')),
    route('GET', '/{tenant}/oauth2/v2.0/authorize', ({ query }) => login.authorize(query)),
    route('POST', '/{tenant}/oauth2/v2.0/devicecode', ({ params }) => login.deviceCode(params['tenant'] ?? '')),
    route('POST', '/{tenant}/oauth2/v2.0/token', ({ params, body }) => login.token(params['tenant'] ?? '', new URLSearchParams(body))),
  ];
}

class LoginService {
  readonly #world: World;
  readonly #tokens: Tokens;
  readonly #url: () => string;

  constructor(world: World, tokens: Tokens, url: () => string) {
    this.#world = world;
    this.#tokens = tokens;
    this.#url = url;
  }

  instance(): Reply {
    const host = new URL(this.#url()).host;
    return json({
      tenant_discovery_endpoint: `${this.#url()}/common/v2.0/.well-known/openid-configuration`,
      'api-version': '1.1',
      metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
    });
  }

  discovery(tenant: string): Reply {
    const tenantId = this.#tenant(tenant);
    const base = `${this.#url()}/${tenantId}`;
    return json({
      issuer: `${base}/v2.0`,
      authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
      token_endpoint: `${base}/oauth2/v2.0/token`,
      device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode`,
      end_session_endpoint: `${base}/oauth2/v2.0/logout`,
      jwks_uri: `${base}/discovery/v2.0/keys`,
      response_types_supported: ['code', 'id_token'],
      subject_types_supported: ['pairwise'],
      id_token_signing_alg_values_supported: ['RS256'],
      tenant_region_scope: 'EU',
      cloud_instance_name: 'microsoftonline.com',
    });
  }

  /** Of a machine in Azure App Service: `IDENTITY_ENDPOINT` is this, `IDENTITY_HEADER` is {@link CLIENT_SECRET}. */
  managedIdentity(resource: string, header: string | undefined): Reply {
    if (header !== CLIENT_SECRET) throw new ServiceError(401, { statusCode: 401, message: 'The header X-IDENTITY-HEADER is missing or wrong.' });
    const caller = { tenantId: this.#world.homeTenantId, objectId: MANAGED_IDENTITY, name: 'managed identity' };
    const access_token = this.#tokens.mint({ audience: resource, tenantId: caller.tenantId, caller });
    const expires_on = Math.floor(Date.now() / 1000) + this.#tokens.lifetimeSeconds;
    return json({ access_token, client_id: MANAGED_IDENTITY, expires_on: String(expires_on), resource, token_type: 'Bearer' });
  }

  /** The person agrees at once. */
  authorize(query: URLSearchParams): Reply {
    const target = new URL(query.get('redirect_uri') ?? this.#url());
    target.searchParams.set('code', randomUUID());
    target.searchParams.set('state', query.get('state') ?? '');
    return { status: 302, headers: { location: target.href } };
  }

  deviceCode(tenant: string): Reply {
    this.#tenant(tenant);
    const verification = `${this.#url()}/common/oauth2/deviceauth`;
    const message = `To sign in, use a web browser to open the page ${verification} and enter the code EMULATED to authenticate.`;
    return json({ user_code: 'EMULATED', device_code: randomUUID(), verification_uri: verification, expires_in: 900, interval: 0, message });
  }

  token(tenant: string, form: URLSearchParams): Reply {
    const tenantId = this.#tenant(tenant);
    const grant = form.get('grant_type') ?? '';
    const resource = resourceOf(form.get('scope') ?? '');
    if (grant === 'client_credentials') {
      this.#checkApplication(form);
      const clientId = form.get('client_id') ?? '';
      return json(this.#accessToken(resource, { tenantId, objectId: clientId, name: `application ${clientId}` }, form));
    }
    if (!['authorization_code', 'refresh_token', 'device_code', 'urn:ietf:params:oauth:grant-type:device_code'].includes(grant)) {
      throw refused(400, 'unsupported_grant_type', 'AADSTS70003', `The app requested an unsupported grant type '${grant}'.`);
    }
    return json({ ...this.#accessToken(resource, { ...analyst, tenantId }, form), ...this.#identity(tenantId, form) });
  }

  #accessToken(resource: string, caller: Caller, form: URLSearchParams): object {
    const claims = form.get('claims') ?? undefined;
    const { lifetimeSeconds } = this.#tokens;
    const access_token = this.#tokens.mint({ audience: resource, tenantId: caller.tenantId, caller, claims });
    return { token_type: 'Bearer', scope: form.get('scope') ?? '', expires_in: lifetimeSeconds, ext_expires_in: lifetimeSeconds, access_token };
  }

  /** What a person's sign-in brings besides the access token. */
  #identity(tenantId: string, form: URLSearchParams): object {
    const now = Math.floor(Date.now() / 1000);
    const id_token = this.#tokens.sign({
      aud: form.get('client_id') ?? '',
      iss: `${this.#url()}/${tenantId}/v2.0`,
      iat: now,
      nbf: now,
      exp: now + 3600,
      tid: tenantId,
      oid: analyst.objectId,
      sub: analyst.objectId,
      name: analyst.name,
      preferred_username: analyst.userPrincipalName,
      ver: '2.0',
    });
    const client_info = Buffer.from(JSON.stringify({ uid: analyst.objectId, utid: tenantId })).toString('base64url');
    return { id_token, client_info, refresh_token: randomUUID() };
  }

  #checkApplication(form: URLSearchParams): void {
    if (form.get('client_secret') === CLIENT_SECRET || form.has('client_assertion')) return;
    throw refused(401, 'invalid_client', 'AADSTS7000215', 'Invalid client secret provided.');
  }

  #tenant(name: string): string {
    const found = this.#world.tenant(['common', 'organizations'].includes(name) ? this.#world.homeTenantId : name);
    if (!found) throw refused(400, 'invalid_tenant', 'AADSTS90002', `Tenant '${name}' not found.`);
    return found.id;
  }
}

/** `https://api.loganalytics.io` of `openid https://api.loganalytics.io/.default`. */
function resourceOf(scope: string): string {
  const [resource = ''] = scope.split(' ').filter((part) => part.includes('/'));
  return resource.replace(/\/+[^/]+$/u, '');
}

function refused(status: number, error: string, code: string, text: string): ServiceError {
  const error_codes = [Number(code.replace('AADSTS', ''))];
  return new ServiceError(status, { error, error_description: `${code}: ${text}`, error_codes, trace_id: randomUUID(), correlation_id: randomUUID() });
}
