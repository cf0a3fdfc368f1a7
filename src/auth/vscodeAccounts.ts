import * as vscode from 'vscode';
import { type AzureConnection, type HostService, type TokenAnswer, type TokenRequest, azureClouds } from '../common/azure';
import { type Disposable, DisposableStore } from '../common/disposable';
import { HuntError, type HuntErrorData, toHuntError } from '../common/errors';
import type { Handlers } from '../common/rpc';
import { type TokenOwner, ownerOf } from './tokenClaims';
import type { AzureSettings } from './vscodeAzureSettings';

export type AzureAccount = vscode.AuthenticationSessionAccountInformation;

/** Accounts that have gone, by id; those that came need no name. */
export interface AccountChange {
  readonly removed: readonly string[];
}

type SignInNeeded = Extract<HuntErrorData, { kind: 'signInNeeded' }>;

/**
 * The Microsoft accounts of VS Code. Tokens are asked for silently, always; what was refused is remembered, so that people who asked for
 * something can be asked to sign in, for just that: {@link withSignIn}.
 *
 * Written here rather than taken from `@microsoft/vscode-azext-azureauth`: that package holds session events back for five seconds, in
 * which a sign-out would go unseen, knows endpoints of the sovereign clouds alone, and reads tenants and subscriptions in the extension
 * host with a client of Azure Resource Manager, where our engine process does it.
 */
export class AzureAccounts implements Disposable {
  readonly #settings: AzureSettings;
  readonly #log: vscode.LogOutputChannel;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new vscode.EventEmitter<AccountChange>());
  /** What was last refused, by tenant ('' for the account's own). */
  readonly #refused = new Map<string, TokenRequest>();
  /** The token last given, by wish: one that a service refused must not be given again. */
  readonly #given = new Map<string, string>();
  #known: readonly AzureAccount[] = [];

  readonly onDidChange = this.#changed.event;

  /** Answers the engine process. */
  readonly handlers: Pick<Handlers<HostService>, 'getToken'> = { getToken: (request) => this.#getToken(request) };

  constructor(settings: AzureSettings, log: vscode.LogOutputChannel) {
    this.#settings = settings;
    this.#log = log;
    this.#store.add(vscode.authentication.onDidChangeSessions(({ provider }) => this.#sessionsChanged(provider.id)));
  }

  /** Of the cloud in use; none when its accounts cannot be read. */
  async list(): Promise<readonly AzureAccount[]> {
    try {
      this.#known = await vscode.authentication.getAccounts(this.#provider());
    } catch (thrown) {
      this.#log.info(`Accounts: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
      this.#known = [];
    }
    return this.#known;
  }

  /**
   * Asks people to sign in: to a tenant, as an account, or as any account they choose.
   * @throws HuntError `cancelled` when they change their mind.
   */
  async signIn(tenantId?: string, accountId?: string): Promise<AzureAccount> {
    const { authority, resourceManagerScope } = this.#settings.endpointsOf(this.#settings.cloud);
    await checkSovereignCloud(authority);
    const request: TokenRequest = { credential: 'vscode', authority, scopes: [resourceManagerScope], tenantId, accountId };
    const account = await this.#account(request);
    const session = await this.#prompt(request, { createIfNone: true, clearSessionPreference: !account, ...as(account) });
    if (!session) throw new HuntError({ kind: 'cancelled' });
    return session.account;
  }

  /**
   * Does what people asked for. When it fails because nobody is signed in, asks them to and does it once more.
   * @throws what the work throws.
   */
  async withSignIn<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (thrown) {
      const { data } = toHuntError(thrown);
      if (data.kind !== 'signInNeeded' || !(await this.#satisfy(data))) throw thrown;
      return work();
    }
  }

  /** Who is signed in, as the directory of the tenant knows them; undefined for other credentials than VS Code's accounts. */
  async me({ credential, endpoints, tenantId, accountId }: AzureConnection): Promise<TokenOwner | undefined> {
    if (credential !== 'vscode') return undefined;
    const { authority, resourceManagerScope } = endpoints;
    const session = await this.#silent({ credential, authority, scopes: [resourceManagerScope], tenantId, accountId });
    return session && ownerOf(session.accessToken);
  }

  dispose(): void {
    this.#store.dispose();
  }

  async #getToken(request: TokenRequest): Promise<TokenAnswer> {
    if (request.credential !== 'vscode') {
      const message = `it is not VS Code's account; the engine process gets its tokens by itself.`;
      throw new HuntError({ kind: 'credential', credential: request.credential, message });
    }
    const session = await this.#silent(request);
    if (!session) throw this.#refuse(request, vscode.l10n.t('Nobody is signed in to this tenant. Sign in to go on.'));
    const key = keyOf(request);
    if (request.forceRefresh && this.#given.get(key) === session.accessToken) {
      throw this.#refuse(request, vscode.l10n.t('The service no longer accepts this sign-in. Sign in again to go on.'));
    }
    this.#given.set(key, session.accessToken);
    // VS Code keeps tokens, renews them, and knows first when somebody signs out: nobody else may keep one.
    return { token: session.accessToken, expiresOn: Date.now() };
  }

  #refuse(request: TokenRequest, message: string): HuntError {
    this.#refused.set(request.tenantId ?? '', request);
    return new HuntError({ kind: 'signInNeeded', message, tenantId: request.tenantId });
  }

  /** Asks for what was refused. Answers whether it is there now. */
  async #satisfy({ tenantId, message }: SignInNeeded): Promise<boolean> {
    const request = this.#refused.get(tenantId ?? '');
    if (!request) return false;
    await checkSovereignCloud(request.authority);
    const account = await this.#account(request);
    // A session that the service refuses is there: only a new one helps.
    const isRefused = request.forceRefresh === true && !isChallenge(request);
    const detail = { detail: message };
    const how = isRefused ? { forceNewSession: detail } : { createIfNone: detail };
    const session = await this.#prompt(request, { ...how, ...as(account) });
    if (session) this.#refused.delete(tenantId ?? '');
    return session !== undefined;
  }

  /** Undefined when people change their mind. */
  async #prompt(request: TokenRequest, options: vscode.AuthenticationGetSessionOptions): Promise<vscode.AuthenticationSession | undefined> {
    try {
      return await vscode.authentication.getSession(providerOf(request.authority), wish(request), options);
    } catch (thrown) {
      this.#log.info(`Sign-in: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
      return undefined;
    }
  }

  /** @throws HuntError `signInNeeded` when the accounts of the cloud are not to be had. */
  async #silent(request: TokenRequest): Promise<vscode.AuthenticationSession | undefined> {
    const account = await this.#account(request);
    if (request.accountId !== undefined && !account) throw this.#refuse(request, vscode.l10n.t('The account is signed out. Sign in to go on.'));
    try {
      return await vscode.authentication.getSession(providerOf(request.authority), wish(request), { silent: true, ...as(account) });
    } catch (thrown) {
      throw this.#refuse(request, thrown instanceof Error ? thrown.message : String(thrown));
    }
  }

  async #account({ accountId }: TokenRequest): Promise<AzureAccount | undefined> {
    if (accountId === undefined) return undefined;
    return this.#known.find(({ id }) => id === accountId) ?? (await this.list()).find(({ id }) => id === accountId);
  }

  async #sessionsChanged(providerId: string): Promise<void> {
    if (providerId !== this.#provider()) return;
    const before = this.#known;
    const now = await this.list();
    this.#given.clear();
    this.#changed.fire({ removed: before.map(({ id }) => id).filter((id) => !now.some((account) => account.id === id)) });
  }

  #provider(): string {
    const { cloud } = this.#settings;
    if (cloud === 'custom') return sovereignCloud() === 'custom' ? SOVEREIGN : PUBLIC;
    return providerOf(azureClouds[cloud].authority);
  }
}

function as(account: AzureAccount | undefined): { readonly account?: AzureAccount } {
  return account ? { account } : {};
}

const PUBLIC = 'microsoft';
const SOVEREIGN = 'microsoft-sovereign-cloud';

/** Values of VS Code's setting `microsoft-sovereign-cloud.environment`, by authority. */
const sovereignClouds: Readonly<Partial<Record<string, string>>> = {
  [azureClouds.usGovernment.authority]: 'USGovernment',
  [azureClouds.china.authority]: 'ChinaCloud',
};

function sovereignCloud(): string {
  return vscode.workspace.getConfiguration(SOVEREIGN).get<string>('environment', '');
}

function providerOf(authority: string): string {
  const known = Object.values(azureClouds).some((cloud) => cloud.authority === authority);
  if (!known) return sovereignCloud() === 'custom' ? SOVEREIGN : PUBLIC;
  return sovereignClouds[authority] === undefined ? PUBLIC : SOVEREIGN;
}

/** @throws HuntError `refused` when VS Code's own setting names another cloud: its accounts would be of the wrong one. */
async function checkSovereignCloud(authority: string): Promise<void> {
  const wanted = sovereignClouds[authority];
  if (wanted === undefined || sovereignCloud() === wanted) return;
  const set = vscode.l10n.t('Set It');
  const message = vscode.l10n.t("To sign in to this cloud, VS Code's setting {0} must be {1}.", `${SOVEREIGN}.environment`, wanted);
  if ((await vscode.window.showWarningMessage(message, set)) !== set) throw new HuntError({ kind: 'refused', message });
  await vscode.workspace.getConfiguration(SOVEREIGN).update('environment', wanted, vscode.ConfigurationTarget.Global);
}

/** As VS Code takes it; a claims challenge goes with the scopes that it stands for. */
function wish(request: TokenRequest): string[] | vscode.AuthenticationWwwAuthenticateRequest {
  const { scopes, tenantId } = request;
  const all = tenantId === undefined ? [...scopes] : [...scopes, `VSCODE_TENANT:${tenantId}`];
  return isChallenge(request) ? { wwwAuthenticate: request.wwwAuthenticate, fallbackScopes: all } : all;
}

/** A 401 says in its header also what is no challenge: that a token has expired. */
function isChallenge(request: TokenRequest): request is TokenRequest & { readonly wwwAuthenticate: string } {
  return request.wwwAuthenticate?.includes('claims=') === true;
}

function keyOf({ authority, scopes, tenantId = '', accountId = '' }: TokenRequest): string {
  return [authority, tenantId, accountId, ...scopes].join('\n');
}
