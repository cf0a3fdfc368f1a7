import type { CancellationToken } from '../../common/cancellation';
import type { IncidentPage } from '../../common/engineProtocol';
import { HuntError } from '../../common/errors';
import type { Incident, IncidentChange, IncidentDetails, IncidentQuery } from '../../common/incidents';
import { refusedSentinel, type WorkspaceSentinel } from '../workspaceSentinel';

/** The incidents of a workspace in Azure, with the errors of {@link import('../workspace').Workspace}. */
export interface AzureIncidents {
  list(query: IncidentQuery, token: CancellationToken): Promise<IncidentPage>;
  get(number: number, token: CancellationToken): Promise<IncidentDetails>;
  change(number: number, change: IncidentChange, token: CancellationToken): Promise<Incident>;
  addComment(number: number, message: string, token: CancellationToken): Promise<IncidentDetails>;
}

/** Microsoft Sentinel's part of a workspace in Azure. */
export interface AzureSentinel {
  readonly incidents: AzureIncidents;
  readonly answers: WorkspaceSentinel;
}

/** Of a workspace of which only the GUID is known: what Sentinel has is reached by its id in Azure Resource Manager. */
export function unreachableSentinel(workspace: string): AzureSentinel {
  const advice = `of ${workspace} cannot be reached: only its id is known. Choose it from the list of your workspaces.`;
  const answers = refusedSentinel(`The bookmarks, watchlists and hunting queries ${advice}`);
  return { incidents: new UnreachableIncidents(`The incidents ${advice}`), answers };
}

class UnreachableIncidents implements AzureIncidents {
  readonly #message: string;

  constructor(message: string) {
    this.#message = message;
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
    return Promise.reject(new HuntError({ kind: 'refused', message: this.#message }));
  }
}
