import type { Command } from './command';
import type { IncidentWriter } from './incidentWriting';
import { openInBrowser } from './openInBrowser';

/** Shows an incident in the Azure portal. Takes a node of the Incidents view or `{number}`, or asks. */
export class OpenIncidentInAzure implements Command {
  readonly id = 'huntbook.openIncidentInAzure';
  readonly #writer: IncidentWriter;

  constructor(writer: IncidentWriter) {
    this.#writer = writer;
  }

  async run(given?: unknown): Promise<void> {
    const address = (await this.#writer.target(given))?.incident.portalUrl;
    if (address !== undefined) await openInBrowser(address);
  }
}
