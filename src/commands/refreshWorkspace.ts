import * as vscode from 'vscode';
import type { AzureAccounts } from '../auth/vscodeAccounts';
import type { Workspaces } from '../notebook/vscodeWorkspaces';
import { WORKSPACES_VIEW } from '../views/workspacesView';
import type { Command } from './command';
import { workspaceOf } from './workspaceTarget';

/** Reads the schema of a workspace anew, or connects it. Takes a node of the Workspaces view, a name or an id. */
export class RefreshWorkspace implements Command {
  readonly id = 'huntbook.refreshWorkspace';
  readonly #workspaces: Workspaces;
  readonly #accounts: AzureAccounts;

  constructor(workspaces: Workspaces, accounts: AzureAccounts) {
    this.#workspaces = workspaces;
    this.#accounts = accounts;
  }

  async run(given?: unknown): Promise<void> {
    const entry = workspaceOf(this.#workspaces, given);
    if (!entry) return;
    const refresh = (): Promise<void> => this.#accounts.withSignIn(() => this.#workspaces.refresh(entry.id));
    await vscode.window.withProgress({ location: { viewId: WORKSPACES_VIEW } }, refresh);
  }
}
