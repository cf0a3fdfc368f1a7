/**
 * In place of VS Code's Microsoft accounts: people of the emulator of Azure (test/emulator), who need no password. It starts before the
 * built-in provider, which then finds its name taken. What it needs to know stands in the environment:
 *
 * - HUNTBOOK_EMULATOR_URL: of the emulator; NODE_EXTRA_CA_CERTS: its authority.
 * - HUNTBOOK_EMULATED_SIGNED_IN: `1`: the first person is signed in already.
 * - HUNTBOOK_EMULATED_GUEST_TENANTS: ids of tenants, between commas, that want a sign-in of their own.
 *
 * Its commands do what a test cannot do by hand: `emulatedAccount.signIn` and `emulatedAccount.signOut` (an account's id) as in
 * the Accounts menu, and `emulatedAccount.asked`: how often an extension asked to sign in.
 */
import { readFileSync } from 'node:fs';
import { get } from 'node:https';
import * as vscode from 'vscode';

const people: readonly vscode.AuthenticationSessionAccountInformation[] = [
  { id: 'b6a3c0de-5a11-4c0e-9d2f-0f4e7a6c1d01', label: 'priya.raman@contoso.com' },
  { id: '2d9e4f10-7c3b-4a58-8e61-5b0d9c7f3a02', label: 'sam.okoro@fabrikam.com' },
];

class EmulatedAccounts implements vscode.AuthenticationProvider {
  readonly #changed = new vscode.EventEmitter<vscode.AuthenticationProviderAuthenticationSessionsChangeEvent>();
  readonly #guestTenants = new Set((process.env['HUNTBOOK_EMULATED_GUEST_TENANTS'] ?? '').split(',').filter((id) => id !== ''));
  #signedIn: vscode.AuthenticationSessionAccountInformation[] = process.env['HUNTBOOK_EMULATED_SIGNED_IN'] === '1' ? people.slice(0, 1) : [];

  asked = 0;
  readonly onDidChangeSessions = this.#changed.event;

  async getSessions(
    scopes: readonly string[] | undefined,
    { account }: vscode.AuthenticationProviderSessionOptions,
  ): Promise<vscode.AuthenticationSession[]> {
    const tenant = tenantOf(scopes ?? []);
    if (tenant !== undefined && this.#guestTenants.has(tenant)) return [];
    const wanted = account ? this.#signedIn.filter(({ id }) => id === account.id) : this.#signedIn;
    return Promise.all(wanted.map((person) => session(person, scopes ?? [])));
  }

  async createSession(
    scopes: readonly string[],
    { account }: vscode.AuthenticationProviderSessionOptions,
  ): Promise<vscode.AuthenticationSession> {
    this.asked++;
    const tenant = tenantOf(scopes);
    if (tenant !== undefined) this.#guestTenants.delete(tenant);
    return this.signIn(scopes, account);
  }

  async removeSession(sessionId: string): Promise<void> {
    await this.signOut(sessionId.split(' ')[0]);
  }

  async signIn(
    scopes: readonly string[],
    account: vscode.AuthenticationSessionAccountInformation | undefined,
  ): Promise<vscode.AuthenticationSession> {
    const person = people.find(({ id }) => id === account?.id) ?? people.find((one) => !this.#signedIn.includes(one)) ?? people[0];
    if (!person) throw new Error('Nobody can sign in.');
    if (!this.#signedIn.includes(person)) this.#signedIn = [...this.#signedIn, person];
    const created = await session(person, scopes);
    this.#changed.fire({ added: [created], removed: [], changed: [] });
    return created;
  }

  async signOut(accountId: string | undefined): Promise<void> {
    const removed = await Promise.all(this.#signedIn.filter(({ id }) => id === accountId).map((person) => session(person, [])));
    this.#signedIn = this.#signedIn.filter(({ id }) => id !== accountId);
    this.#changed.fire({ added: [], removed, changed: [] });
  }
}

export function activate(context: vscode.ExtensionContext): void {
  const accounts = new EmulatedAccounts();
  context.subscriptions.push(
    vscode.authentication.registerAuthenticationProvider('microsoft', 'Microsoft (emulated)', accounts, { supportsMultipleAccounts: true }),
    vscode.commands.registerCommand('emulatedAccount.asked', () => accounts.asked),
    vscode.commands.registerCommand('emulatedAccount.signIn', async () => (await accounts.signIn([], undefined)).account),
    vscode.commands.registerCommand('emulatedAccount.signOut', (id: string) => accounts.signOut(id)),
  );
}

async function session(
  account: vscode.AuthenticationSessionAccountInformation,
  scopes: readonly string[],
): Promise<vscode.AuthenticationSession> {
  return { id: `${account.id} ${scopes.join(' ')}`, account, scopes, accessToken: await tokenFor(scopes) };
}

/** A token of the emulator for the resource that the scopes name. */
async function tokenFor(scopes: readonly string[]): Promise<string> {
  const resource = scopes.find((scope) => scope.endsWith('/.default'))?.replace('/.default', '');
  if (resource === undefined) return '';
  const query = new URLSearchParams({ audience: resource });
  const tenant = tenantOf(scopes);
  if (tenant !== undefined) query.set('tenant', tenant);
  const { token } = JSON.parse(await read(`${process.env['HUNTBOOK_EMULATOR_URL'] ?? ''}/_emulator/token?${query.toString()}`)) as { token: string };
  return token;
}

function tenantOf(scopes: readonly string[]): string | undefined {
  return scopes.find((scope) => scope.startsWith('VSCODE_TENANT:'))?.slice('VSCODE_TENANT:'.length);
}

function read(url: string): Promise<string> {
  const ca = readFileSync(process.env['NODE_EXTRA_CA_CERTS'] ?? '', 'utf8');
  return new Promise((resolve, reject) => {
    const request = get(url, { ca }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      answer.on('end', () => resolve(text));
    });
    request.on('error', reject);
  });
}
