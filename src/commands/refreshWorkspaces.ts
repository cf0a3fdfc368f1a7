import * as vscode from 'vscode';
import type { Workspaces } from '../notebook/vscodeWorkspaces';
import { WORKSPACES_VIEW } from '../views/workspacesView';
import type { Command } from './command';

/** Reads the data of the connected workspaces anew, and tries those again that failed. */
export class RefreshWorkspaces implements Command {
  readonly id = 'huntbook.refreshWorkspaces';
  readonly #workspaces: Workspaces;

  constructor(workspaces: Workspaces) {
    this.#workspaces = workspaces;
  }

  async run(): Promise<void> {
    await vscode.window.withProgress({ location: { viewId: WORKSPACES_VIEW } }, async () => {
      for (const { id, state } of this.#workspaces.entries) {
        if (state.kind === 'connected' || state.kind === 'failed') await this.#workspaces.refresh(id);
      }
    });
  }
}
