import * as vscode from 'vscode';
import type { AzureAccounts } from '../auth/vscodeAccounts';
import type { AzureWorkspaces } from '../notebook/vscodeAzureWorkspaces';
import { WORKSPACES_VIEW } from '../views/workspacesView';
import { type Command, textField } from './command';

/**
 * Signs in to Azure and reads what the account sees. Takes `{account, tenant}`: ids, of an account that is to be used and of a tenant that
 * wants its own sign-in; without an account, VS Code asks which one.
 */
export class SignIn implements Command {
  readonly id = 'huntbook.signIn';
  readonly #accounts: AzureAccounts;
  readonly #azure: AzureWorkspaces;

  constructor(accounts: AzureAccounts, azure: AzureWorkspaces) {
    this.#accounts = accounts;
    this.#azure = azure;
  }

  async run(given?: unknown): Promise<void> {
    const account = await this.#accounts.signIn(textField(given, 'tenant'), textField(given, 'account'));
    await vscode.window.withProgress({ location: { viewId: WORKSPACES_VIEW } }, async () => {
      const { workspaces } = await this.#accounts.withSignIn(() => this.#azure.read(account.id, true));
      const withSentinel = workspaces.filter(({ hasSentinel }) => hasSentinel).length;
      const message = vscode.l10n.t('{0} sees {1} workspaces with Microsoft Sentinel.', account.label, withSentinel);
      vscode.window.setStatusBarMessage(message, 5000);
    });
  }
}
