/** What an access token says of its owner, for display and as a hint; whether it is true, its service decides. */
export interface TokenOwner {
  readonly objectId: string;
  readonly name: string;
  readonly userPrincipalName?: string | undefined;
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
