import * as vscode from 'vscode';
import type { AzureAccount, AzureAccounts } from '../auth/vscodeAccounts';
import type { AzureSettings } from '../auth/vscodeAzureSettings';
import { HuntError } from '../common/errors';
import { type AzureWorkspaces, OTHER_ACCOUNT } from '../notebook/vscodeAzureWorkspaces';
import type { Workspaces } from '../notebook/vscodeWorkspaces';
import { type Command, textField } from './command';

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu;

/**
 * Works with a workspace in Azure that no directory lists: one without Sentinel, or of a tenant that cannot be searched. Takes
 * `{workspaceId, tenant, name, account}`, or asks for the first two.
 */
export class EnterWorkspaceId implements Command {
  readonly id = 'huntbook.enterWorkspaceId';
  readonly #workspaces: Workspaces;
  readonly #azure: AzureWorkspaces;
  readonly #accounts: AzureAccounts;
  readonly #settings: AzureSettings;

  constructor(workspaces: Workspaces, azure: AzureWorkspaces, accounts: AzureAccounts, settings: AzureSettings) {
    this.#workspaces = workspaces;
    this.#azure = azure;
    this.#accounts = accounts;
    this.#settings = settings;
  }

  async run(given?: unknown): Promise<void> {
    const { t } = vscode.l10n;
    const customerId = textField(given, 'workspaceId') ?? (await askGuid(t('Workspace id'), t('A GUID, from the overview of the workspace in the Azure portal')));
    if (customerId === undefined) return;
    if (!guid.test(customerId)) throw new HuntError({ kind: 'refused', message: t('"{0}" is no workspace id: it is a GUID.', customerId) });
    const tenantId = textField(given, 'tenant') ?? (given === undefined ? await askTenant() : '');
    const account = tenantId === undefined ? undefined : await this.#account(textField(given, 'account'), tenantId);
    if (account === undefined) return;
    const name = textField(given, 'name') ?? customerId;
    const workspace = { customerId, name, hasSentinel: false, ...(tenantId ? { tenantId } : {}) };
    await this.#azure.add(workspace, account);
    const entry = this.#workspaces.named(customerId);
    if (!entry) return;
    await this.#workspaces.choose(entry.id);
    await this.#accounts.withSignIn(() => this.#workspaces.connect(entry.id));
  }

  /** Id of the account that opens it; undefined when people change their mind. */
  async #account(given: string | undefined, tenantId: string): Promise<string | undefined> {
    if (this.#settings.credential !== 'vscode') return OTHER_ACCOUNT;
    if (given !== undefined) return given;
    const accounts = await this.#accounts.list();
    if (accounts.length === 0) return (await this.#accounts.signIn(tenantId === '' ? undefined : tenantId)).id;
    return accounts.length === 1 ? accounts[0]?.id : (await pickAccount(accounts))?.id;
  }
}

async function pickAccount(accounts: readonly AzureAccount[]): Promise<AzureAccount | undefined> {
  const items = accounts.map((account) => ({ label: account.label, account }));
  return (await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Account that opens the workspace') }))?.account;
}

async function askGuid(title: string, prompt: string): Promise<string | undefined> {
  const validateInput = (text: string): string | undefined => (guid.test(text.trim()) ? undefined : prompt);
  return (await vscode.window.showInputBox({ title, prompt, validateInput }))?.trim();
}

/** '' for the account's own; undefined when people change their mind. */
async function askTenant(): Promise<string | undefined> {
  const prompt = vscode.l10n.t("A GUID or a domain; empty for the account's own tenant");
  return (await vscode.window.showInputBox({ title: vscode.l10n.t('Tenant of the workspace'), prompt }))?.trim();
}
