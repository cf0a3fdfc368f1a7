import type { AzureWorkspaces } from '../notebook/vscodeAzureWorkspaces';
import type { Workspaces } from '../notebook/vscodeWorkspaces';
import type { Command } from './command';
import { azureSourceOf } from './workspaceTarget';

/** Keeps a workspace in Azure at the top of the list. Takes a node of the Workspaces view, a name or an id. */
export class AddFavourite implements Command {
  readonly id = 'huntbook.addFavourite';
  readonly #workspaces: Workspaces;
  readonly #azure: AzureWorkspaces;

  constructor(workspaces: Workspaces, azure: AzureWorkspaces) {
    this.#workspaces = workspaces;
    this.#azure = azure;
  }

  async run(given?: unknown): Promise<void> {
    const source = azureSourceOf(this.#workspaces, given);
    if (source) await this.#azure.setFavourite(source.workspace.customerId, true);
  }
}
