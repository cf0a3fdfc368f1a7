import * as vscode from 'vscode';
import type { Workspaces } from '../notebook/vscodeWorkspaces';
import type { Command } from './command';
import { azureSourceOf } from './workspaceTarget';

/** Copies the GUID that queries name a workspace in Azure by. Takes a node of the Workspaces view, a name or an id. */
export class CopyWorkspaceId implements Command {
  readonly id = 'huntbook.copyWorkspaceId';
  readonly #workspaces: Workspaces;

  constructor(workspaces: Workspaces) {
    this.#workspaces = workspaces;
  }

  async run(given?: unknown): Promise<void> {
    const source = azureSourceOf(this.#workspaces, given);
    if (!source) return;
    await vscode.env.clipboard.writeText(source.workspace.customerId);
    vscode.window.setStatusBarMessage(vscode.l10n.t('Copied the id of {0}', source.workspace.name), 3000);
  }
}
