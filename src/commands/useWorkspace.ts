import type { AzureAccounts } from '../auth/vscodeAccounts';
import type { Workspaces } from '../notebook/vscodeWorkspaces';
import { type Command, field, textField } from './command';

/** Works with the workspace of a node of the Workspaces view from now on. */
export class UseWorkspace implements Command {
  readonly id = 'huntbook.useWorkspace';
  readonly #workspaces: Workspaces;
  readonly #accounts: AzureAccounts;

  constructor(workspaces: Workspaces, accounts: AzureAccounts) {
    this.#workspaces = workspaces;
    this.#accounts = accounts;
  }

  async run(node?: unknown): Promise<void> {
    const id = textField(field(node, 'entry'), 'id');
    if (id === undefined) return;
    await this.#workspaces.choose(id);
    await this.#accounts.withSignIn(() => this.#workspaces.connect(id));
  }
}
