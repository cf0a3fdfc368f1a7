import { ClientSecretCredential, DeviceCodeCredential, ManagedIdentityCredential } from '@azure/identity';
import { SubscriptionClient } from '@azure/arm-resources-subscriptions';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Emulator, startEmulator } from '../../emulator/emulator';
import { CLIENT_SECRET } from '../../emulator/login/loginService';
import { ids } from '../../emulator/world/defaultWorld';
import { RawClient } from './rawClient';
import { smallWorld } from './smallWorld';

const CLIENT = '11111111-1111-4111-8111-111111111111';
const LOGS = 'https://api.loganalytics.io/.default';
const ARM = 'https://management.core.windows.net/.default';

let emulator: Emulator;
let raw: RawClient;
beforeAll(async () => {
  emulator = await startEmulator({ world: smallWorld });
  raw = new RawClient(emulator);
});
afterAll(() => emulator.close());
afterEach(() => {
  emulator.faults.clear();
  emulator.tokens.allowAll();
  emulator.clock.skewMs = 0;
});

function options() {
  return { authorityHost: emulator.url, disableInstanceDiscovery: true, tlsOptions: { ca: emulator.ca } };
}

function secretCredential(secret = CLIENT_SECRET): ClientSecretCredential {
  return new ClientSecretCredential(ids.contoso, CLIENT, secret, options());
}

describe('credentials of @azure/identity', () => {
  it('sign in with a secret, and their tokens are taken', async () => {
    const { token } = await secretCredential().getToken(LOGS);
    const answer = await raw.logs(`/v1/workspaces/${ids.contosoOps}/metadata`, { headers: { authorization: `Bearer ${token}` } });
    expect(answer.status).toBe(200);
  });

  it('are told of a wrong secret', async () => {
    await expect(secretCredential('guessed').getToken(LOGS)).rejects.toThrow('AADSTS7000215');
  });

  it('sign a person in by device code, in another tenant too', async () => {
    const messages: string[] = [];
    const credential = new DeviceCodeCredential({
      ...options(),
      tenantId: ids.fabrikam,
      clientId: CLIENT,
      userPromptCallback: ({ message }) => void messages.push(message),
    });
    const { token } = await credential.getToken(ARM);
    expect(messages[0]).toContain('EMULATED');
    const answer = await raw.arm('/subscriptions?api-version=2022-12-01', { headers: { authorization: `Bearer ${token}` } });
    expect(answer.json()).toMatchObject({ value: [{ displayName: 'Fabrikam' }] });
    // For another resource the refresh token is enough.
    expect((await credential.getToken(LOGS)).token).not.toBe(token);
    expect(messages).toHaveLength(1);
  });

  it('sign a machine in', async () => {
    vi.stubEnv('IDENTITY_ENDPOINT', `${emulator.url}/msi/token`);
    vi.stubEnv('IDENTITY_HEADER', CLIENT_SECRET);
    const { token } = await new ManagedIdentityCredential(options()).getToken(LOGS);
    vi.unstubAllEnvs();
    const answer = await raw.logs(`/v1/workspaces/${ids.contosoOps}/metadata`, { headers: { authorization: `Bearer ${token}` } });
    expect(answer.status).toBe(200);
  });

  it('answer a claims challenge of Resource Manager with a new token', async () => {
    const credential = secretCredential();
    const client = new SubscriptionClient(credential, { endpoint: emulator.url, tlsOptions: { ca: emulator.ca } });
    const list = async (): Promise<number> => {
      let count = 0;
      for await (const page of client.subscriptions.list().byPage()) count += page.length;
      return count;
    };
    expect(await list()).toBe(2);
    emulator.tokens.requireClaims();
    expect(await list()).toBe(2);
    expect(emulator.requests.of('arm').slice(-2).map(({ status }) => status)).toEqual([401, 200]);
  });
});

describe('a bearer token', () => {
  const subscriptions = '/subscriptions?api-version=2022-12-01';
  const metadata = `/v1/workspaces/${ids.contosoOps}/metadata`;
  const cases: readonly (readonly [string, string, () => Readonly<Record<string, string>>, number, string])[] = [
    ['that is missing', subscriptions, () => ({}), 401, 'AuthenticationFailed'],
    ['that is none', subscriptions, () => bearer('abc'), 401, 'InvalidAuthenticationToken'],
    ['that is none', metadata, () => bearer('abc'), 403, 'InvalidAuthenticationToken'],
    ['for another resource', subscriptions, () => bearer(emulator.token('logs')), 401, 'InvalidAuthenticationTokenAudience'],
    ['for another resource', metadata, () => bearer(emulator.token('arm')), 403, 'InvalidAuthenticationTokenAudience'],
    ['that has expired', metadata, () => bearer(emulator.token('logs', { lifetimeSeconds: -1 })), 401, 'ExpiredAuthenticationToken'],
    ['of another tenant', metadata, () => bearer(emulator.token('logs', { tenantId: ids.fabrikam })), 403, 'InsufficientAccessError'],
  ];

  it.each(cases)('%s on %s', async (_, path, headers, status, code) => {
    const answer = await raw.send(path, { headers: headers() });
    expect(answer.status).toBe(status);
    expect(answer.json()).toMatchObject({ error: { code } });
    if (status === 401) expect(answer.headers['www-authenticate']).toMatch(/^Bearer authorization_uri="https:/u);
  });

  it('of another tenant names the right one in the challenge of Resource Manager', async () => {
    const answer = await raw.send(`/subscriptions/${ids.production}?api-version=2022-12-01`, {
      headers: bearer(emulator.token('arm', { tenantId: ids.fabrikam })),
    });
    expect(answer.json()).toMatchObject({ error: { code: 'InvalidAuthenticationTokenTenant' } });
    expect(answer.headers['www-authenticate']).toContain(ids.contoso);
  });

  it('expires in mid-run when told so, or when the time has come', async () => {
    const headers = bearer(emulator.token('logs'));
    const status = async () => (await raw.send(metadata, { headers })).status;
    expect(await status()).toBe(200);
    emulator.clock.advance(3_599_000);
    expect(await status()).toBe(200);
    emulator.clock.advance(2_000);
    expect(await status()).toBe(401);
    emulator.clock.skewMs = 0;
    expect(await status()).toBe(200);
    emulator.tokens.expireAll();
    expect(await status()).toBe(401);
    expect((await raw.send(metadata, { headers: bearer(emulator.token('logs')) })).status).toBe(200);
  });

  it('is not valid yet where the clock is behind', async () => {
    const headers = bearer(emulator.token('logs'));
    emulator.clock.skewMs = -600_000;
    const answer = await raw.send(metadata, { headers });
    expect(answer.status).toBe(401);
    expect(Date.parse(answer.headers.date ?? '')).toBeLessThan(Date.now() - 590_000);
  });

  it('is never in the log', async () => {
    const token = emulator.token('logs');
    await raw.send(metadata, { headers: bearer(token) });
    expect(JSON.stringify(emulator.requests.all())).not.toContain(token);
    expect(JSON.stringify(emulator.requests.all())).not.toContain(CLIENT_SECRET);
  });
});

function bearer(token: string): Readonly<Record<string, string>> {
  return { authorization: `Bearer ${token}` };
}
