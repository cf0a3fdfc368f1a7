import type { IncidentsView } from '../views/incidentsView';
import type { Command } from './command';

export class RefreshIncidents implements Command {
  readonly id = 'huntbook.refreshIncidents';
  readonly #incidents: IncidentsView;

  constructor(incidents: IncidentsView) {
    this.#incidents = incidents;
  }

  run(): void {
    this.#incidents.refresh();
  }
}
