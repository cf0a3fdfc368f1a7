import * as vscode from 'vscode';
import type { AzureAccounts } from '../auth/vscodeAccounts';
import type { AzureWorkspaces } from '../notebook/vscodeAzureWorkspaces';
import type { Workspaces } from '../notebook/vscodeWorkspaces';
import { WORKSPACES_VIEW } from '../views/workspacesView';
import type { Command } from './command';

/** Reads the data of the connected workspaces, and of Azure what the accounts see, anew, and tries those again that failed. */
export class RefreshWorkspaces implements Command {
  readonly id = 'huntbook.refreshWorkspaces';
  readonly #workspaces: Workspaces;
  readonly #azure: AzureWorkspaces;
  readonly #accounts: AzureAccounts;

  constructor(workspaces: Workspaces, azure: AzureWorkspaces, accounts: AzureAccounts) {
    this.#workspaces = workspaces;
    this.#azure = azure;
    this.#accounts = accounts;
  }

  async run(): Promise<void> {
    await vscode.window.withProgress({ location: { viewId: WORKSPACES_VIEW } }, async () => {
      this.#azure.forgetDirectories();
      for (const { id, state } of this.#workspaces.entries) {
        if (state.kind === 'connected' || state.kind === 'failed') await this.#accounts.withSignIn(() => this.#workspaces.refresh(id));
      }
    });
  }
}
