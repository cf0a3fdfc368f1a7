import type { IncidentsView } from '../views/incidentsView';
import type { Command } from './command';

export class LoadMoreIncidents implements Command {
  readonly id = 'huntbook.loadMoreIncidents';
  readonly #incidents: IncidentsView;

  constructor(incidents: IncidentsView) {
    this.#incidents = incidents;
  }

  async run(): Promise<void> {
    await this.#incidents.loadMore();
  }
}
