import type { Workspaces } from '../notebook/vscodeWorkspaces';
import { type Command, field, textField } from './command';

/**
 * Takes a local workspace out of the list, whose files stay as they are, or one of Azure off the top of it. Takes a node of the Workspaces
 * view, or the id.
 */
export class DisconnectWorkspace implements Command {
  readonly id = 'huntbook.disconnectWorkspace';
  readonly #workspaces: Workspaces;

  constructor(workspaces: Workspaces) {
    this.#workspaces = workspaces;
  }

  async run(given?: unknown): Promise<void> {
    const id = typeof given === 'string' ? given : textField(field(given, 'entry'), 'id');
    if (id !== undefined) await this.#workspaces.remove(id);
  }
}
