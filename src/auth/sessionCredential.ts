import type { AccessToken, GetTokenOptions, TokenCredential } from '@azure/core-auth';
import type { AzureConnection } from '../common/azure';
import { HuntError } from '../common/errors';
import type { TokenSource, TokenWait } from './tokenSource';

/**
 * The credential of one call to a service, for the Azure SDK's clients. A token that the service refused is replaced by a new one, once:
 * a second refusal stands.
 */
export class SessionCredential implements TokenCredential {
  readonly #source: TokenSource;
  readonly #connection: AzureConnection;
  readonly #wait: TokenWait;
  #refused: { readonly wwwAuthenticate: string | undefined } | undefined;
  #renewed = false;

  constructor(source: TokenSource, connection: AzureConnection, wait: TokenWait) {
    this.#source = source;
    this.#connection = connection;
    this.#wait = wait;
  }

  /**
   * Tells that the service answered 401 to the token.
   * @param wwwAuthenticate The answer's header, with a claims challenge or without.
   * @returns whether the call is worth another try.
   */
  refuse(wwwAuthenticate: string | undefined): boolean {
    if (this.#renewed) return false;
    this.#refused = { wwwAuthenticate };
    this.#renewed = true;
    return true;
  }

  async getToken(scopes: string | string[], options: GetTokenOptions = {}): Promise<AccessToken> {
    // The SDK answers claims challenges by itself, with the claims taken out of the header.
    if (options.claims !== undefined && !this.refuse(challengeOf(options.claims))) {
      throw new HuntError({ kind: 'signInNeeded', message: 'The service refuses the sign-in again and again. Sign in once more.' });
    }
    const { credential, endpoints, tenantId, accountId } = this.#connection;
    const refused = this.#refused;
    const { token } = await this.#source.getToken(
      {
        credential,
        authority: endpoints.authority,
        scopes: typeof scopes === 'string' ? [scopes] : scopes,
        tenantId: options.tenantId ?? tenantId,
        accountId,
        ...(refused ? { forceRefresh: true } : {}),
        ...(refused?.wwwAuthenticate === undefined ? {} : { wwwAuthenticate: refused.wwwAuthenticate }),
      },
      this.#wait,
    );
    this.#refused = undefined;
    // The SDK keeps a token until it ends, a refused one too. Ours is kept by the token source, so that the SDK has to ask each time.
    return { token, expiresOnTimestamp: 0, tokenType: 'Bearer' };
  }
}

function challengeOf(claims: string): string {
  return `Bearer error="insufficient_claims", claims="${Buffer.from(claims).toString('base64')}"`;
}

/** The claims of a challenge, as JSON. */
export function claimsOf(wwwAuthenticate: string): string | undefined {
  const encoded = /\bclaims="([A-Za-z0-9+/=_-]+)"/u.exec(wwwAuthenticate)?.[1];
  return encoded === undefined ? undefined : Buffer.from(encoded, 'base64').toString('utf8');
}
