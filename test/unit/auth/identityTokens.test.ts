import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type IdentityOptions, IdentityTokens } from '../../../src/auth/identityTokens';
import { credentialError, withoutSecrets } from '../../../src/auth/credentialErrors';
import type { CredentialName, TokenRequest } from '../../../src/common/azure';
import { neverCancelled } from '../../../src/common/cancellation';
import { HuntError } from '../../../src/common/errors';
import { AzureHttpClient } from '../../../src/workspaces/logAnalytics/wire/httpClient';
import { type Emulator, startEmulator } from '../../emulator/emulator';
import { CLIENT_SECRET } from '../../emulator/login/loginService';
import { ids } from '../../emulator/world/defaultWorld';
import { smallWorld } from '../emulator/smallWorld';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ world: smallWorld });
});
afterAll(() => emulator.close());

function request(credential: CredentialName, more: Partial<TokenRequest> = {}): TokenRequest {
  return { credential, authority: emulator.url, scopes: ['https://api.loganalytics.io/.default'], tenantId: ids.contoso, ...more };
}

function tokens(environment: IdentityOptions['environment'], more: Partial<IdentityOptions> = {}): IdentityTokens {
  return new IdentityTokens({ environment, httpClient: new AzureHttpClient({}, emulator.ca), ...more });
}

const application = { AZURE_CLIENT_ID: 'app-1', AZURE_CLIENT_SECRET: CLIENT_SECRET };

async function ask(source: IdentityTokens, wanted: TokenRequest, heard: string[] = []): Promise<string> {
  const { token } = await source.getToken(wanted, { token: neverCancelled, progress: (sentence) => heard.push(sentence) });
  return token;
}

async function failure(source: IdentityTokens, wanted: TokenRequest): Promise<HuntError> {
  const thrown: unknown = await ask(source, wanted).catch((error: unknown) => error);
  if (!(thrown instanceof HuntError)) throw new Error('no HuntError');
  return thrown;
}

describe('a client secret', () => {
  it('gives a token of the tenant for the resource', async () => {
    const claims = emulator.tokens.read(await ask(tokens(application), request('clientsecret')));
    expect(claims).toMatchObject({ aud: 'https://api.loganalytics.io', tid: ids.contoso, oid: 'app-1' });
  });

  it('gives another token when the first was refused, and one with the claims asked for', async () => {
    const source = tokens(application);
    const first = await ask(source, request('clientsecret'));
    expect(await ask(source, request('clientsecret'))).toBe(first);
    expect(await ask(source, request('clientsecret', { forceRefresh: true }))).not.toBe(first);
    const claims = emulator.tokens.requireClaims();
    const wwwAuthenticate = `Bearer error="insufficient_claims", claims="${Buffer.from(claims).toString('base64')}"`;
    const challenged = emulator.tokens.read(await ask(source, request('clientsecret', { forceRefresh: true, wwwAuthenticate })));
    emulator.tokens.allowAll();
    expect(challenged?.challenge).toBeDefined();
  });

  it('that is wrong is named, not shown', async () => {
    const error = await failure(tokens({ ...application, AZURE_CLIENT_SECRET: 'wrong-secret-value' }), request('clientsecret'));
    expect(error.data.kind).toBe('credential');
    expect(error.message).toContain('check AZURE_CLIENT_SECRET');
    expect(JSON.stringify([error.data, error.stack])).not.toContain('wrong-secret-value');
  });

  it('of an unknown tenant says so', async () => {
    const error = await failure(tokens(application), request('clientsecret', { tenantId: '00000000-0000-4000-8000-000000000000' }));
    expect(error.message).toContain('does not know the tenant');
  });
});

describe('a device code', () => {
  it('tells people what to do, also where progress is not shown', async () => {
    const shown: string[] = [];
    const heard: string[] = [];
    const source = tokens({}, { signInPrompt: (message) => shown.push(message) });
    const claims = emulator.tokens.read(await ask(source, request('devicecode', { tenantId: undefined }), heard));
    expect(claims?.upn).toContain('@');
    expect(heard).toEqual([expect.stringContaining('enter the code EMULATED')]);
    expect(shown).toEqual(heard);
  });
});

describe('what is missing', () => {
  it.each<[CredentialName, Readonly<Record<string, string>>, string]>([
    ['clientsecret', {}, 'AZURE_CLIENT_ID, AZURE_CLIENT_SECRET'],
    ['clientsecret', { AZURE_CLIENT_ID: 'app-1' }, 'AZURE_CLIENT_SECRET'],
    ['certificate', { AZURE_CLIENT_ID: 'app-1' }, 'AZURE_CLIENT_CERTIFICATE_PATH'],
    ['env', { AZURE_CLIENT_ID: 'app-1' }, 'AZURE_TENANT_ID'],
    ['workload', { AZURE_CLIENT_ID: 'app-1' }, 'AZURE_FEDERATED_TOKEN_FILE'],
  ])('%s names the variables %j lack', async (credential, environment, missing) => {
    const error = await failure(tokens(environment), request(credential));
    expect(error.data.kind).toBe('credential');
    expect(error.message).toMatch(new RegExp(`set the environment variables? ${missing}\\.`, 'u'));
  });

  it('is the tenant, where it is not known', async () => {
    const error = await failure(tokens(application), request('clientsecret', { tenantId: undefined }));
    expect(error.message).toContain('AZURE_TENANT_ID');
  });
});

describe('the account of VS Code outside of VS Code', () => {
  const withPlugin = (loadPlugin: () => unknown): IdentityTokens => tokens({}, { loadPlugin });

  it.each<[string, () => unknown, string]>([
    ['not installed', () => { throw Object.assign(new Error('Cannot find module'), { code: 'MODULE_NOT_FOUND' }); }, 'is not installed'],
    ['not loadable', () => { throw new Error('bad ELF'); }, 'cannot be loaded'],
    ['without a plugin', () => ({}), 'has no plugin'],
    ['of another contract', () => ({ vsCodePlugin: (context: { vsCodeCredentialControl: { setVsCodeCredentialFinder(finder: unknown): void } }) => context.vsCodeCredentialControl.setVsCodeCredentialFinder(() => undefined) }), 'It asks for "setVsCodeCredentialFinder"'],
  ])('is not available when the package is %s', async (_name, load, reason) => {
    const error = await failure(withPlugin(load), request('vscode'));
    expect(error.data.kind).toBe('credential');
    expect(error.message).toMatch(/^The credential "vscode" cannot be used: not available, because/u);
    expect(error.message).toContain(reason);
  });

  it('is not available here, whatever is installed', async () => {
    const error = await failure(tokens({}), request('vscode'));
    expect(error.message).toMatch(/not available/iu);
  });
});

describe('errors of credentials', () => {
  it.each([
    ['AADSTS50076: Due to a configuration change you must use multi-factor authentication. Trace ID: 1', 'signInNeeded'],
    ['AADSTS700016: Application with identifier was not found', 'credential'],
    ['network_error: getaddrinfo ENOTFOUND login.test', 'network'],
  ])('%s is %s', (text, kind) => {
    expect(credentialError(request('cli'), new Error(text)).data.kind).toBe(kind);
  });

  it('lose tokens and secrets', () => {
    const token = 'eyJhbGciOiJIUzI1NiJ9.eyJhdWQiOiJ4In0.c2lnbmF0dXJl';
    const text = withoutSecrets(`Bearer ${token} and client_secret=abcdef123 and "access_token": "${token}"`);
    expect(text).not.toMatch(/eyJ|abcdef123|c2lnbmF0dXJl/u);
  });
});
