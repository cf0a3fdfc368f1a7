import type { AzureWorkspaces } from '../notebook/vscodeAzureWorkspaces';
import type { Workspaces } from '../notebook/vscodeWorkspaces';
import type { Command } from './command';
import { azureSourceOf } from './workspaceTarget';

/** Undoes "Keep at the Top". Takes a node of the Workspaces view, a name or an id. */
export class RemoveFavourite implements Command {
  readonly id = 'huntbook.removeFavourite';
  readonly #workspaces: Workspaces;
  readonly #azure: AzureWorkspaces;

  constructor(workspaces: Workspaces, azure: AzureWorkspaces) {
    this.#workspaces = workspaces;
    this.#azure = azure;
  }

  async run(given?: unknown): Promise<void> {
    const source = azureSourceOf(this.#workspaces, given);
    if (source) await this.#azure.setFavourite(source.workspace.customerId, false);
  }
}
