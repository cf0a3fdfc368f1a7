import { describe, expect, it } from 'vitest';
import { SessionCredential } from '../../../src/auth/sessionCredential';
import { TokenCache } from '../../../src/auth/tokenCache';
import type { TokenSource, TokenWait } from '../../../src/auth/tokenSource';
import { type AzureConnection, azureClouds, type TokenAnswer, type TokenRequest } from '../../../src/common/azure';
import { CancellationSource, type CancellationToken, neverCancelled } from '../../../src/common/cancellation';
import { HuntError } from '../../../src/common/errors';

const request: TokenRequest = { credential: 'cli', authority: 'https://login.test', scopes: ['https://api.test/.default'] };
const patient: TokenWait = { token: neverCancelled, progress: () => undefined };

/** A source that answers when told to. */
class ManualSource implements TokenSource {
  readonly asked: TokenRequest[] = [];
  readonly waits: TokenWait[] = [];
  readonly #answers: ((answer: TokenAnswer | Error) => void)[] = [];

  getToken(wanted: TokenRequest, wait: TokenWait): Promise<TokenAnswer> {
    this.asked.push(wanted);
    this.waits.push(wait);
    return new Promise((resolve, reject) => {
      this.#answers.push((answer) => (answer instanceof Error ? reject(answer) : resolve(answer)));
      wait.token.onCancellationRequested(() => reject(new HuntError({ kind: 'cancelled' })));
    });
  }

  answer(answer: TokenAnswer | Error): void {
    this.#answers.shift()?.(answer);
  }
}

async function settled(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

function waiting(token: CancellationToken, progress: (sentence: string) => void = () => undefined): TokenWait {
  return { token, progress };
}

describe('the cache of tokens', () => {
  it('asks once for the same wish of several, and keeps the answer', async () => {
    const source = new ManualSource();
    const cache = new TokenCache(source, () => 0);
    const both = Promise.all([cache.getToken(request, patient), cache.getToken({ ...request }, patient)]);
    await settled();
    source.answer({ token: 't1', expiresOn: 3_600_000 });
    expect((await both).map(({ token }) => token)).toEqual(['t1', 't1']);
    expect((await cache.getToken(request, patient)).token).toBe('t1');
    expect(source.asked).toHaveLength(1);
  });

  it.each([
    ['tenant', { tenantId: 'other' }],
    ['account', { accountId: 'other' }],
    ['scope', { scopes: ['https://other.test/.default'] }],
    ['credential', { credential: 'env' as const }],
  ])('tells wishes apart by their %s', async (_what, other) => {
    const source = new ManualSource();
    const cache = new TokenCache(source, () => 0);
    const both = Promise.all([cache.getToken(request, patient), cache.getToken({ ...request, ...other }, patient)]);
    await settled();
    source.answer({ token: 't1', expiresOn: 3_600_000 });
    source.answer({ token: 't2', expiresOn: 3_600_000 });
    expect((await both).map(({ token }) => token)).toEqual(['t1', 't2']);
  });

  it('asks anew two minutes before the end', async () => {
    let now = 0;
    const source = new ManualSource();
    const cache = new TokenCache(source, () => now);
    const first = cache.getToken(request, patient);
    await settled();
    source.answer({ token: 't1', expiresOn: 600_000 });
    await first;
    now = 479_000;
    expect((await cache.getToken(request, patient)).token).toBe('t1');
    now = 481_000;
    const second = cache.getToken(request, patient);
    await settled();
    source.answer({ token: 't2', expiresOn: 4_000_000 });
    expect((await second).token).toBe('t2');
  });

  it('does not give a refused token again', async () => {
    const source = new ManualSource();
    const cache = new TokenCache(source, () => 0);
    const first = cache.getToken(request, patient);
    await settled();
    source.answer({ token: 't1', expiresOn: 3_600_000 });
    await first;
    const second = cache.getToken({ ...request, forceRefresh: true }, patient);
    await settled();
    expect(source.asked[1]).toMatchObject({ forceRefresh: true });
    source.answer({ token: 't2', expiresOn: 3_600_000 });
    await second;
    expect((await cache.getToken(request, patient)).token).toBe('t2');
  });

  it('tells everyone who waits what to do, and stops asking when the last has gone', async () => {
    const source = new ManualSource();
    const cache = new TokenCache(source, () => 0);
    const [one, two] = [new CancellationSource(), new CancellationSource()];
    const heard: string[] = [];
    const first = cache.getToken(request, waiting(one.token, (sentence) => heard.push(`one: ${sentence}`)));
    const second = cache.getToken(request, waiting(two.token, (sentence) => heard.push(`two: ${sentence}`)));
    await settled();
    source.waits[0]?.progress('enter the code');
    expect(heard).toEqual(['one: enter the code', 'two: enter the code']);
    one.cancel();
    await expect(first).rejects.toThrow('Stopped');
    expect(source.waits[0]?.token.isCancellationRequested).toBe(false);
    two.cancel();
    await expect(second).rejects.toThrow('Stopped');
    expect(source.waits[0]?.token.isCancellationRequested).toBe(true);
  });

  it('keeps no failure', async () => {
    const source = new ManualSource();
    const cache = new TokenCache(source, () => 0);
    const first = cache.getToken(request, patient);
    await settled();
    source.answer(new HuntError({ kind: 'signInNeeded', message: 'Sign in.' }));
    await expect(first).rejects.toThrow('Sign in.');
    const second = cache.getToken(request, patient);
    await settled();
    source.answer({ token: 't1', expiresOn: 3_600_000 });
    expect((await second).token).toBe('t1');
  });
});

describe('the credential of a call', () => {
  const connection: AzureConnection = { endpoints: azureClouds.public, credential: 'vscode', tenantId: 't', accountId: 'a' };
  const counting = (): { readonly source: TokenSource; readonly asked: TokenRequest[] } => {
    const asked: TokenRequest[] = [];
    return { asked, source: { getToken: async (wanted) => ({ token: `t${asked.push(wanted)}`, expiresOn: 1 }) } };
  };

  it('asks for its own account and tenant', async () => {
    const { source, asked } = counting();
    await new SessionCredential(source, connection, patient).getToken('scope');
    expect(asked).toEqual([{ credential: 'vscode', authority: azureClouds.public.authority, scopes: ['scope'], tenantId: 't', accountId: 'a' }]);
  });

  it('replaces a refused token once, with the header of the refusal', async () => {
    const { source, asked } = counting();
    const credential = new SessionCredential(source, connection, patient);
    await credential.getToken('scope');
    expect(credential.refuse('Bearer error="invalid_token"')).toBe(true);
    expect((await credential.getToken('scope')).token).toBe('t2');
    expect(asked[1]).toMatchObject({ forceRefresh: true, wwwAuthenticate: 'Bearer error="invalid_token"' });
    expect(credential.refuse(undefined)).toBe(false);
  });

  it('passes on claims that the SDK took out of a challenge, once', async () => {
    const { source, asked } = counting();
    const credential = new SessionCredential(source, connection, patient);
    await credential.getToken('scope', { claims: '{"access_token":{}}' });
    expect(asked[0]?.wwwAuthenticate).toBe(`Bearer error="insufficient_claims", claims="${Buffer.from('{"access_token":{}}').toString('base64')}"`);
    await expect(credential.getToken('scope', { claims: '{"access_token":{}}' })).rejects.toThrow(/again and again/u);
  });
});
