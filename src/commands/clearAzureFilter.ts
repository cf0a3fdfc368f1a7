import type { WorkspacesView } from '../views/workspacesView';
import type { Command } from './command';

export class ClearAzureFilter implements Command {
  readonly id = 'huntbook.clearAzureFilter';
  readonly #view: WorkspacesView;

  constructor(view: WorkspacesView) {
    this.#view = view;
  }

  async run(): Promise<void> {
    await this.#view.setFilter('');
  }
}
