import { expect, it } from 'vitest';
import { ownerOf } from '../../../src/auth/tokenClaims';

function token(claims: unknown): string {
  return `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.signature`;
}

it('a token tells whose it is', () => {
  const claims = { oid: '1', name: 'Zoë Ek', preferred_username: 'zoe@contoso.com' };
  expect(ownerOf(token(claims))).toEqual({ objectId: '1', name: 'Zoë Ek', userPrincipalName: 'zoe@contoso.com' });
  expect(ownerOf(token({ oid: '1', upn: 'z@contoso.com' }))).toMatchObject({ name: 'z@contoso.com' });
  expect(ownerOf(token({ oid: 'app' }))).toEqual({ objectId: 'app', name: 'app', userPrincipalName: undefined });
  expect([ownerOf(token({ name: 'nobody' })), ownerOf('opaque')]).toEqual([undefined, undefined]);
});
