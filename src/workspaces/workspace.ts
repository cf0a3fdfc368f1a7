import type { CancellationToken } from '../common/cancellation';
import type { Disposable } from '../common/disposable';
import type { Definitions, IncidentPage, NamedResult, ResultNotice, ServiceStatistics, Visualization, WorkspaceInfo, WorkspaceSchema } from '../common/engineProtocol';
import type { Incident, IncidentChange, IncidentDetails, IncidentQuery } from '../common/incidents';
import type { StoredResult } from '../results/resultStore';
import type { WorkspaceSentinel } from './workspaceSentinel';

/** A cell to be answered. */
export interface WorkspaceQuery {
  readonly resultId: string;
  readonly notebookId: string;
  /** The whole text of the cell: places of errors refer to it. */
  readonly text: string;
  readonly definitions: readonly Definitions[];
  readonly results: readonly NamedResult[];
  readonly timespan?: string | undefined;
  /** As in {@link import('../common/engineProtocol').RunQuery}; a local workspace has no use for them. */
  readonly defaultTimespan?: string | undefined;
  readonly alsoIn?: readonly string[] | undefined;
  readonly fresh?: boolean | undefined;
  readonly parts?: number | undefined;
  readonly serverTimeoutSeconds?: number | undefined;
}

export type WorkspaceAnswer =
  | { readonly kind: 'definitions'; readonly names: readonly string[] }
  | {
      readonly kind: 'result';
      readonly stored: StoredResult;
      readonly visualization?: Visualization | undefined;
      readonly warnings: readonly string[];
      /** Names of earlier results that the query read. */
      readonly usedResults: readonly string[];
      readonly notices?: readonly ResultNotice[] | undefined;
      readonly serviceStatistics?: ServiceStatistics | undefined;
    };

/** Something that answers KQL and knows its schema and its incidents. Whatever its kind, its answers end in the result store. */
export interface Workspace extends Disposable {
  readonly info: WorkspaceInfo;
  readonly schema: WorkspaceSchema;
  /** Bookmarks, watchlists, hunting queries, tasks. */
  readonly sentinel: WorkspaceSentinel;
  /** @throws HuntError as the query's translation, its run, or the store. */
  run(query: WorkspaceQuery, token: CancellationToken, progress: (sentence: string) => void): Promise<WorkspaceAnswer>;
  listIncidents(query: IncidentQuery, token: CancellationToken): Promise<IncidentPage>;
  /** @throws HuntError `notFound`. */
  getIncident(number: number, token: CancellationToken): Promise<IncidentDetails>;
  /** @throws HuntError `notFound`, `incidentConflict`, `refused`, `forbidden`. */
  changeIncident(number: number, change: IncidentChange, token: CancellationToken): Promise<Incident>;
  /** @throws HuntError `notFound`, `refused`, `forbidden`. */
  addComment(number: number, message: string, token: CancellationToken): Promise<IncidentDetails>;
}
