import type { IncidentPages } from '../views/incidentPages';
import type { Command } from './command';
import type { IncidentWriter } from './incidentWriting';

/** Shows the page of an incident. Takes a node of the Incidents view or `{number, workspaceId}`; asks otherwise. */
export class OpenIncident implements Command {
  readonly id = 'huntbook.openIncident';
  readonly #writer: IncidentWriter;
  readonly #pages: IncidentPages;

  constructor(writer: IncidentWriter, pages: IncidentPages) {
    this.#writer = writer;
    this.#pages = pages;
  }

  async run(given?: unknown): Promise<void> {
    const target = await this.#writer.target(given);
    if (target) this.#pages.open(target.workspaceId, target.incident.number, target.incident.title);
  }
}
