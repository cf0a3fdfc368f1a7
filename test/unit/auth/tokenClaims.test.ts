import { expect, it } from 'vitest';
import { expiryOf, ownerOf } from '../../../src/auth/tokenClaims';

function token(claims: unknown): string {
  return `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.signature`;
}

it('a token tells when it expires; one that does not is asked for again soon', () => {
  expect(expiryOf(token({ exp: 1_700_000_000 }), 0)).toBe(1_700_000_000_000);
  for (const odd of ['opaque', '', 'a.b.c', token(null), token({ exp: 'soon' })]) expect(expiryOf(odd, 5000)).toBe(65_000);
});

it('a token tells whose it is', () => {
  const claims = { oid: '1', name: 'Zoë Ek', preferred_username: 'zoe@contoso.com' };
  expect(ownerOf(token(claims))).toEqual({ objectId: '1', name: 'Zoë Ek', userPrincipalName: 'zoe@contoso.com' });
  expect(ownerOf(token({ oid: '1', upn: 'z@contoso.com' }))).toMatchObject({ name: 'z@contoso.com' });
  expect(ownerOf(token({ oid: 'app' }))).toEqual({ objectId: 'app', name: 'app', userPrincipalName: undefined });
  expect([ownerOf(token({ name: 'nobody' })), ownerOf('opaque')]).toEqual([undefined, undefined]);
});
