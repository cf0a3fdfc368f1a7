/** What an access token says of its owner, for display and as a hint; whether it is true, its service decides. */
export interface TokenOwner {
  readonly objectId: string;
  readonly name: string;
  readonly userPrincipalName?: string | undefined;
}

/** How long a token is kept that does not say when it expires. */
const UNKNOWN_LIFETIME_MS = 60_000;

/** When a token expires, milliseconds since 1970; soon, for one that cannot be read. */
export function expiryOf(token: string, now: number): number {
  const { exp } = claimsOf(token);
  return typeof exp === 'number' ? exp * 1000 : now + UNKNOWN_LIFETIME_MS;
}

/** Undefined for a token that cannot be read, or that belongs to no person or application. */
export function ownerOf(token: string): TokenOwner | undefined {
  const { oid, name, upn, preferred_username, unique_name } = claimsOf(token);
  if (typeof oid !== 'string') return undefined;
  const userPrincipalName = [upn, preferred_username, unique_name].find((claim) => typeof claim === 'string');
  return { objectId: oid, name: typeof name === 'string' ? name : (userPrincipalName ?? oid), userPrincipalName };
}

function claimsOf(token: string): Readonly<Record<string, unknown>> {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
    return typeof claims === 'object' && claims !== null ? { ...claims } : {};
  } catch {
    return {};
  }
}
