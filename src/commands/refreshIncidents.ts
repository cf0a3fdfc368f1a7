import type { AzureAccounts } from '../auth/vscodeAccounts';
import type { Workspaces } from '../notebook/vscodeWorkspaces';
import type { IncidentsView } from '../views/incidentsView';
import type { Command } from './command';

/** Reads the incidents anew, of a workspace that is connected for it. */
export class RefreshIncidents implements Command {
  readonly id = 'huntbook.refreshIncidents';
  readonly #incidents: IncidentsView;
  readonly #workspaces: Workspaces;
  readonly #accounts: AzureAccounts;

  constructor(incidents: IncidentsView, workspaces: Workspaces, accounts: AzureAccounts) {
    this.#incidents = incidents;
    this.#workspaces = workspaces;
    this.#accounts = accounts;
  }

  async run(): Promise<void> {
    await this.#accounts.withSignIn(() => this.#workspaces.connect(this.#workspaces.chosen.id));
    this.#incidents.refresh();
  }
}
