import type { CancellationToken } from '../../common/cancellation';
import type { IncidentPage } from '../../common/engineProtocol';
import { HuntError } from '../../common/errors';
import type { Incident, IncidentChange, IncidentDetails, IncidentQuery } from '../../common/incidents';

/** The incidents of a workspace in Azure, with the errors of {@link import('../workspace').Workspace}. */
export interface AzureIncidents {
  list(query: IncidentQuery, token: CancellationToken): Promise<IncidentPage>;
  get(number: number, token: CancellationToken): Promise<IncidentDetails>;
  change(number: number, change: IncidentChange, token: CancellationToken): Promise<Incident>;
  addComment(number: number, message: string, token: CancellationToken): Promise<IncidentDetails>;
}

/** Of a workspace of which only the GUID is known: incidents are reached by its id in Azure Resource Manager. */
export class UnreachableIncidents implements AzureIncidents {
  readonly #workspace: string;

  constructor(workspace: string) {
    this.#workspace = workspace;
  }

  list(): Promise<IncidentPage> {
    return this.#refuse();
  }

  get(): Promise<IncidentDetails> {
    return this.#refuse();
  }

  change(): Promise<Incident> {
    return this.#refuse();
  }

  addComment(): Promise<IncidentDetails> {
    return this.#refuse();
  }

  #refuse(): Promise<never> {
    const message = `The incidents of ${this.#workspace} cannot be reached: only its id is known. Choose it from the list of your workspaces.`;
    return Promise.reject(new HuntError({ kind: 'refused', message }));
  }
}
