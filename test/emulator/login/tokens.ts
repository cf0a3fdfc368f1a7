import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import type { Clock } from '../http/clock';
import type { Audience } from '../http/router';

/** Who a token was given to. */
export interface Caller {
  readonly tenantId: string;
  readonly objectId: string;
  readonly name: string;
  /** Of a person; an application has none. */
  readonly userPrincipalName?: string | undefined;
}

export const nobody: Caller = { tenantId: '', objectId: '', name: '' };

/** Whoever signs in, unless told otherwise. */
export const analyst = {
  objectId: 'b6a3c0de-5a11-4c0e-9d2f-0f4e7a6c1d01',
  name: 'Priya Raman',
  userPrincipalName: 'priya.raman@contoso.com',
} as const;

export interface MintedToken {
  /** `logs`, `arm`, or the text of `aud`. */
  readonly audience: string;
  readonly tenantId: string;
  readonly caller?: Partial<Caller> | undefined;
  /** From now; {@link Tokens.lifetimeSeconds} unless told. Negative: it has expired. */
  readonly lifetimeSeconds?: number | undefined;
  /** The `claims` parameter of a token request, as an answer to a challenge. */
  readonly claims?: string | undefined;
}

export interface TokenClaims {
  readonly aud: string;
  readonly tid: string;
  readonly oid: string;
  readonly name: string;
  readonly upn?: string | undefined;
  readonly nbf: number;
  readonly exp: number;
  readonly iat: number;
  /** The challenge that the token answers. */
  readonly challenge?: string | undefined;
}

/** What tokens for a resource say in `aud`; the first is the one given out. */
export const audiences: Readonly<Record<Audience, readonly string[]>> = {
  logs: ['https://api.loganalytics.io', 'https://api.loganalytics.azure.com', 'ca7f3f0b-7d91-482c-8e09-c5d840d0eac5'],
  arm: ['https://management.core.windows.net', 'https://management.azure.com', '797f4846-ba00-4fd7-ba43-dac1f8f63013'],
};

/** Makes access tokens and remembers what voids them. */
export class Tokens {
  lifetimeSeconds = 3600;
  readonly #key = randomBytes(32);
  readonly #clock: Clock;
  #voidedBefore = 0;
  #issued = 0;
  #challenge: string | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  mint({ audience, tenantId, caller, lifetimeSeconds = this.lifetimeSeconds, claims }: MintedToken): string {
    const now = Math.floor(this.#clock.now() / 1000);
    const aud = audience === 'logs' || audience === 'arm' ? (audiences[audience][0] ?? '') : audience;
    const { objectId = analyst.objectId, name = analyst.name } = caller ?? {};
    // An application has a name of its own, and no user principal name.
    const upn = caller?.userPrincipalName ?? (caller?.name === undefined ? analyst.userPrincipalName : undefined);
    const token: TokenClaims = {
      aud,
      tid: tenantId,
      oid: objectId,
      name,
      upn,
      nbf: Math.min(now, now + lifetimeSeconds) - 300,
      exp: now + lifetimeSeconds,
      iat: now,
      challenge: this.#challenge !== undefined && claims?.includes(this.#challenge) ? this.#challenge : undefined,
    };
    const more = { iss: `https://sts.windows.net/${tenantId}/`, ver: '1.0', uti: randomUUID(), serial: ++this.#issued };
    return this.sign({ ...token, ...more });
  }

  /** A JSON web token over any claims: identity tokens have their own. */
  sign(claims: object): string {
    const encoded = [{ alg: 'HS256', typ: 'JWT' }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'));
    return `${encoded.join('.')}.${this.#signature(encoded.join('.'))}`;
  }

  /** The claims of a token of ours; undefined for any other text. */
  read(token: string): TokenClaims | undefined {
    const [header = '', payload = '', signature = ''] = token.split('.');
    if (signature === '' || signature !== this.#signature(`${header}.${payload}`)) return undefined;
    return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as TokenClaims;
  }

  /** Every token given out until now is refused as expired. */
  expireAll(): void {
    this.#voidedBefore = this.#issued;
  }

  isVoid(claims: TokenClaims): boolean {
    return (claims as TokenClaims & { readonly serial: number }).serial <= this.#voidedBefore;
  }

  /** From now on only tokens pass that were asked for with these claims: a conditional access policy that changed. */
  requireClaims(): string {
    this.#challenge = `emulator-${randomUUID()}`;
    return JSON.stringify({ access_token: { nbf: { essential: true, value: this.#challenge } } });
  }

  /** Ends what {@link requireClaims} began. */
  allowAll(): void {
    this.#challenge = undefined;
  }

  /** The claims that this token lacks. */
  missingClaims(claims: TokenClaims): string | undefined {
    if (this.#challenge === undefined || claims.challenge === this.#challenge) return undefined;
    return JSON.stringify({ access_token: { nbf: { essential: true, value: this.#challenge } } });
  }

  #signature(text: string): string {
    return createHmac('sha256', this.#key).update(text).digest('base64url');
  }
}
