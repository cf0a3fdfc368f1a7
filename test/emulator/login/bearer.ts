import type { Clock } from '../http/clock';
import { ServiceError } from '../http/messages';
import type { Audience } from '../http/router';
import { audiences, type Caller, type TokenClaims, type Tokens } from './tokens';

/**
 * Checks the token of a request as the services do.
 * Codes: https://learn.microsoft.com/azure/azure-monitor/logs/api/errors, and Azure Resource Manager's for the same cases.
 */
export class BearerCheck {
  readonly #tokens: Tokens;
  readonly #clock: Clock;
  readonly #url: () => string;

  constructor(tokens: Tokens, clock: Clock, url: () => string) {
    this.#tokens = tokens;
    this.#clock = clock;
    this.#url = url;
  }

  /** @throws ServiceError 401, or 403 where Log Analytics says so. */
  check(authorization: string | undefined, audience: Audience): Caller {
    if (authorization === undefined) {
      throw this.#refused(401, 'AuthenticationFailed', "Authentication failed. The 'Authorization' header is missing.");
    }
    const claims = this.#tokens.read(/^bearer (.+)$/iu.exec(authorization)?.[1] ?? '');
    const notOurs = audience === 'logs' ? 403 : 401;
    if (!claims) throw this.#refused(notOurs, 'InvalidAuthenticationToken', 'The access token is invalid.');
    // Resource Manager's own address is a name of it too, as https://management.azure.com is.
    const allowed = audience === 'arm' ? [...audiences.arm, this.#url()] : audiences.logs;
    if (!allowed.includes(claims.aud.replace(/\/$/u, ''))) {
      const message = `The access token has been obtained from wrong audience or resource '${claims.aud}'. It should exactly match (including forward slash) with one of the allowed audiences ${allowed.map((one) => `'${one}'`).join(',')}.`;
      throw this.#refused(notOurs, 'InvalidAuthenticationTokenAudience', message);
    }
    this.#checkTime(claims);
    const missing = this.#tokens.missingClaims(claims);
    if (missing !== undefined) throw this.challenge(missing);
    return { tenantId: claims.tid, objectId: claims.oid, name: claims.name, userPrincipalName: claims.upn };
  }

  /** 401 for a token of one tenant on what belongs to another. */
  wrongTenant(caller: Caller, tenantId: string): ServiceError {
    const message = `The access token is from the wrong issuer 'https://sts.windows.net/${caller.tenantId}/'. It must match the tenant 'https://sts.windows.net/${tenantId}/' associated with this subscription.`;
    return this.#refused(401, 'InvalidAuthenticationTokenTenant', message, tenantId);
  }

  /** 401; with `claims` (JSON), the challenge of continuous access evaluation. */
  challenge(claims?: string): ServiceError {
    if (claims === undefined) return this.#refused(401, 'InvalidAuthenticationToken', 'The access token is invalid.');
    const parameters = [
      `authorization_uri="${this.#url()}/common/oauth2/v2.0/authorize"`,
      'error="insufficient_claims"',
      `claims="${Buffer.from(claims).toString('base64')}"`,
    ];
    const error = { code: 'InsufficientClaims', message: 'Continuous access evaluation resulted in challenge with result: InteractionRequired.' };
    return new ServiceError(401, { error }, { 'www-authenticate': `Bearer ${parameters.join(', ')}` });
  }

  #checkTime(claims: TokenClaims): void {
    const now = this.#clock.now() / 1000;
    const text = (seconds: number): string => new Date(seconds * 1000).toISOString();
    if (claims.nbf > now) {
      throw this.#refused(401, 'InvalidAuthenticationToken', `The access token is not valid before '${text(claims.nbf)}'; it is '${text(now)}'.`);
    }
    if (claims.exp > now && !this.#tokens.isVoid(claims)) return;
    const message = `The access token expiry UTC time '${text(claims.exp)}' is earlier than current UTC time '${text(now)}'.`;
    throw this.#refused(401, 'ExpiredAuthenticationToken', message);
  }

  #refused(status: number, code: string, message: string, tenantId = 'common'): ServiceError {
    const header = `Bearer authorization_uri="${this.#url()}/${tenantId}", error="invalid_token", error_description="${message}"`;
    return new ServiceError(status, { error: { code, message } }, status === 401 ? { 'www-authenticate': header } : {});
  }
}
