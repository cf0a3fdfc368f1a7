import { type IncidentFilter, readFilter } from '../views/incidentFilter';
import { pickIncidentFilter } from '../views/incidentFilterPick';
import type { IncidentsView } from '../views/incidentsView';
import type { Command } from './command';

/** Chooses which incidents the view shows. Takes an `IncidentFilter`, or asks. */
export class FilterIncidents implements Command {
  readonly id = 'huntbook.filterIncidents';
  readonly #incidents: IncidentsView;

  constructor(incidents: IncidentsView) {
    this.#incidents = incidents;
  }

  async run(given?: unknown): Promise<void> {
    const filter = given === undefined ? await this.#ask() : readFilter(given);
    if (filter) await this.#incidents.setFilter(filter);
  }

  async #ask(): Promise<IncidentFilter | undefined> {
    const owners = await this.#incidents.owners();
    return pickIncidentFilter(this.#incidents.filter, owners.map(({ name }) => name));
  }
}
