import type { IncidentsView } from '../views/incidentsView';
import type { Command } from './command';

export class ClearIncidentFilters implements Command {
  readonly id = 'huntbook.clearIncidentFilters';
  readonly #incidents: IncidentsView;

  constructor(incidents: IncidentsView) {
    this.#incidents = incidents;
  }

  async run(): Promise<void> {
    await this.#incidents.clearFilter();
  }
}
