import type { Workspaces } from '../notebook/vscodeWorkspaces';
import type { Command } from './command';
import { openInBrowser } from './openInBrowser';
import { azureSourceOf } from './workspaceTarget';

/** Shows a workspace in the Azure portal. Takes a node of the Workspaces view, a name or an id. */
export class OpenWorkspaceInPortal implements Command {
  readonly id = 'huntbook.openWorkspaceInPortal';
  readonly #workspaces: Workspaces;

  constructor(workspaces: Workspaces) {
    this.#workspaces = workspaces;
  }

  async run(given?: unknown): Promise<void> {
    const source = azureSourceOf(this.#workspaces, given);
    if (source?.workspace.resourceId === undefined) return;
    const { workspace, connection } = source;
    await openInBrowser(`${connection.endpoints.portal}/#@${workspace.tenantId ?? ''}/resource${workspace.resourceId}/Overview`);
  }
}
