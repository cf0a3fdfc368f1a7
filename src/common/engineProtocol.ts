/**
 * What the engine process does for its clients (the extension host, the headless runner): the one contract
 * between them. Everything here is plain data.
 */
import type { Column, KqlType, WireRow, WireValue } from './kqlTypes';
import type { AzureConnection, AzureDirectory, AzureWorkspace } from './azure';
import type { ResultFiles } from './resultFiles';
import type { ResultQuestions, View } from './resultViews';
import type { Incident, IncidentChange, IncidentDetails, IncidentQuery } from './incidents';
import type { SentinelService } from './sentinelService';

export const ENGINE_PROTOCOL_VERSION = 3;

/** How to reach a workspace. */
export type WorkspaceSource =
  /** The generated sample workspace "Contoso". */
  | { readonly kind: 'sample' }
  /** A folder of CSV, JSON, JSON-lines or Parquet files. */
  | { readonly kind: 'folder'; readonly path: string }
  /** A Log Analytics workspace in Azure. */
  | { readonly kind: 'logAnalytics'; readonly workspace: AzureWorkspace; readonly connection: AzureConnection };

export interface WorkspaceInfo {
  /** Stable within a machine: `sample`, `folder:<absolute path>`, or `logAnalytics:<customer id>`. */
  readonly id: string;
  readonly kind: WorkspaceSource['kind'];
  /** What people call it and what `//| workspace:` names: `Contoso`, or the folder's name. */
  readonly name: string;
  readonly tableCount: number;
  /** Absent where nobody counts: in Azure. */
  readonly rowCount?: number | undefined;
  /** Of a schema kept from an earlier connection: when it was read, ISO 8601. */
  readonly schemaReadAt?: string | undefined;
  /** What could not be loaded; the rest is there. */
  readonly problems: readonly DataProblem[];
}

/** A data file, or a part of one, that could not be loaded. */
export interface DataProblem {
  readonly file: string;
  /** From 1, when the reader knows it. */
  readonly line?: number | undefined;
  readonly message: string;
}

/** Plan of a table in Azure; Basic and Auxiliary tables are searched one at a time. */
export type TablePlan = 'Analytics' | 'Basic' | 'Auxiliary';

export interface TableInfo {
  readonly name: string;
  readonly columns: readonly Column[];
  /** Absent where nobody counts: in Azure. */
  readonly rowCount?: number | undefined;
  readonly description?: string | undefined;
  /** By name, of the columns that the service describes. */
  readonly columnDescriptions?: Readonly<Record<string, string>> | undefined;
  /** Solutions that the table belongs to, as Log Analytics names them: `SecurityInsights`, `LogManagement`. */
  readonly solutions?: readonly string[] | undefined;
  readonly plan?: TablePlan | undefined;
  readonly retentionDays?: number | undefined;
  readonly totalRetentionDays?: number | undefined;
  /** Last value of the table's time column, ISO 8601. */
  readonly lastTime?: string | undefined;
  readonly firstTime?: string | undefined;
}

/** A stored function of a workspace. */
export interface FunctionInfo {
  /** How queries call it. */
  readonly name: string;
  /** As KQL writes them: `user:string, days:int=7`; empty without parameters. */
  readonly parameters: string;
  readonly body: string;
  readonly description?: string | undefined;
}

export interface WorkspaceSchema {
  readonly tables: readonly TableInfo[];
  readonly functions: readonly FunctionInfo[];
  /** Aliases usable with `_GetWatchlist`. */
  readonly watchlists: readonly string[];
  /** When it was read from the service, ISO 8601; absent where it cannot age. */
  readonly readAt?: string | undefined;
}

/** A `let`-only cell (or the parameters) that earlier ran: its statements precede the query. */
export interface Definitions {
  /** Of the cell, from 1, for messages. */
  readonly cell: number;
  readonly text: string;
}

/** A result of an earlier cell, usable as a table under its name. */
export interface NamedResult {
  readonly name: string;
  readonly resultId: string;
}

export interface RunQuery {
  readonly workspaceId: string;
  /** Chosen by the caller, unique in the engine's life: names the rows in the result store. */
  readonly resultId: string;
  /** Results of one notebook are forgotten together. */
  readonly notebookId: string;
  /** The whole text of the cell, its options included: error positions refer to it. */
  readonly text: string;
  readonly definitions: readonly Definitions[];
  readonly results: readonly NamedResult[];
  /** ISO 8601 duration (`P7D`) or `start/end`, from the cell option. */
  readonly timespan?: string | undefined;
  /** The notebook's own, for a query in Azure that neither names one nor filters its time. */
  readonly defaultTimespan?: string | undefined;
  /** Connected workspaces in Azure to be asked together with `workspaceId`, by id. */
  readonly alsoIn?: readonly string[] | undefined;
  /** Ask the service anew, whatever its cache holds. */
  readonly fresh?: boolean | undefined;
  /** Ask in this many parts of the time range and put the answers together: the offer made by the notice `truncated`. */
  readonly parts?: number | undefined;
  /** Longest that a service may work on the query, 1 to 600 seconds; 600 when absent. */
  readonly serverTimeoutSeconds?: number | undefined;
}

export type QueryAnswer =
  | { readonly kind: 'result'; readonly result: ResultInfo }
  /** The cell held `let` statements alone (or nothing): these names are now defined. */
  | { readonly kind: 'definitions'; readonly names: readonly string[] };

/** A finished result: everything but its rows. */
export interface ResultInfo {
  readonly resultId: string;
  readonly columns: readonly Column[];
  readonly rowCount: number;
  /** The first rows, cut to the preview's budget (see savedResult.ts). */
  readonly preview: Page;
  readonly visualization?: Visualization | undefined;
  /** The chart that `render` asks for, drawn by the engine for readers of a file: SVG of shapes and texts alone, at most 40 KB. */
  readonly image?: string | undefined;
  readonly warnings: readonly string[];
  readonly workspace: { readonly id: string; readonly name: string };
  /** Names of earlier results that the query read. */
  readonly usedResults: readonly string[];
  readonly statistics: ResultStatistics;
  /** What the service did other than people may expect; shown on the cell. Absent: nothing. */
  readonly notices?: readonly ResultNotice[] | undefined;
  /** ISO 8601. */
  readonly finishedAt: string;
}

export interface ResultStatistics {
  /** From the request to the stored result, waiting included. */
  readonly elapsedMs: number;
  /** As the service measured itself, as far as it says. */
  readonly service?: ServiceStatistics | undefined;
}

export interface ServiceStatistics {
  readonly executionMs?: number | undefined;
  readonly cpuMs?: number | undefined;
  readonly memoryPeakBytes?: number | undefined;
  readonly rowsScanned?: number | undefined;
  readonly bytesScanned?: number | undefined;
  /** Waited for the service to take the query: its limits and ours. */
  readonly queueMs?: number | undefined;
  readonly tables?: readonly string[] | undefined;
}

export type ResultNotice =
  /** The service gave rows and an error: the rows are not all. */
  | { readonly kind: 'partial'; readonly message: string }
  /** Cut at a limit of the service. `parts`: into how many parts of the time range the query could be split, when it could. */
  | { readonly kind: 'truncated'; readonly message: string; readonly parts?: number | undefined }
  | { readonly kind: 'cached'; readonly ageSeconds: number }
  /** The time range that was sent beside the query, and who asked for it. */
  | { readonly kind: 'timespan'; readonly timespan: string; readonly from: 'cell' | 'notebook' }
  /** Where the query went when not to the ordinary endpoint: a Basic or Auxiliary table. */
  | { readonly kind: 'searched'; readonly plan: TablePlan };

/** The `render` operator's wish, named as the Log Analytics API names it. */
export interface Visualization {
  readonly visualization: string;
  readonly title?: string | undefined;
  readonly properties: Readonly<Record<string, WireValue | readonly string[]>>;
}

export interface ReadPage {
  readonly resultId: string;
  readonly view: View;
  readonly offset: number;
  readonly count: number;
}

/** A run of rows of a view. */
export interface Page {
  readonly offset: number;
  readonly rows: readonly WireRow[];
  /** Rows in the whole view. */
  readonly total: number;
  /** Values cut for transport; read them whole with `readValue`. */
  readonly cuts: readonly Cut[];
  /** Types of the view's derived columns, as their values have it. Absent without any. */
  readonly derived?: readonly KqlType[] | undefined;
}

export interface Cut {
  /** Index into `rows` of the page. */
  readonly row: number;
  readonly column: number;
  /** Length of the whole value in UTF-16 code units. */
  readonly fullLength: number;
}

/** Longest value in a page, UTF-16 code units. Longer ones are cut and listed in `cuts`. */
export const MAX_CELL_CHARS = 4096;

export interface ReadValue {
  readonly resultId: string;
  readonly view: View;
  readonly row: number;
  readonly column: number;
}

export interface IncidentPage {
  readonly incidents: readonly Incident[];
  /** How many match, on all pages. */
  readonly total: number;
  /** There are so many or more: the service does not count, and a client counts to a limit. */
  readonly totalIsLeast?: boolean | undefined;
  /** Pass to get the next page; absent on the last. */
  readonly next?: string | undefined;
}

/** The methods, as {@link import('./rpc').Service}. */
export interface EngineService extends ResultQuestions, ResultFiles, SentinelService {
  /** First call: versions must match. */
  readonly hello: {
    readonly argument: { readonly protocol: number };
    readonly answer: { readonly protocol: number; readonly pid: number };
  };
  /** Loads the workspace if it is not loaded. Progress is a sentence for people. */
  readonly connect: { readonly argument: WorkspaceSource; readonly answer: WorkspaceInfo; readonly progress: string };
  readonly disconnect: { readonly argument: { readonly workspaceId: string }; readonly answer: null };
  /**
   * `fresh`: read it anew from the service, whatever is kept of it; a local workspace has nothing newer.
   * `lastTimes`: with {@link TableInfo.lastTime} of a workspace in Azure, which costs one cheap query.
   */
  readonly schema: {
    readonly argument: { readonly workspaceId: string; readonly fresh?: boolean | undefined; readonly lastTimes?: boolean | undefined };
    readonly answer: WorkspaceSchema;
  };
  readonly runQuery: { readonly argument: RunQuery; readonly answer: QueryAnswer; readonly progress: string };
  readonly readPage: { readonly argument: ReadPage; readonly answer: Page };
  readonly readValue: { readonly argument: ReadValue; readonly answer: WireValue };
  /** Forgets results: of a notebook, or the ones named. Unknown ids are ignored. */
  readonly forget: {
    readonly argument: { readonly notebookId: string } | { readonly resultIds: readonly string[] };
    readonly answer: null;
  };
  readonly listIncidents: {
    readonly argument: { readonly workspaceId: string; readonly query: IncidentQuery };
    readonly answer: IncidentPage;
  };
  readonly getIncident: {
    readonly argument: { readonly workspaceId: string; readonly number: number };
    readonly answer: IncidentDetails;
  };
  /** Writes fields of an incident and answers with what it is then. @see IncidentChange for conflicts. */
  readonly changeIncident: {
    readonly argument: { readonly workspaceId: string; readonly number: number; readonly change: IncidentChange };
    readonly answer: Incident;
  };
  /** Markdown, at most {@link import('./incidents').MAX_COMMENT_CHARS}. */
  readonly addComment: {
    readonly argument: { readonly workspaceId: string; readonly number: number; readonly message: string };
    readonly answer: IncidentDetails;
  };
  /** The tenants of an account and their workspaces with Sentinel on. Progress is a sentence for people. */
  readonly discover: { readonly argument: AzureConnection; readonly answer: AzureDirectory; readonly progress: string };
}

export type { Column, KqlType };
export { type SortKey, type View, wholeView } from './resultViews';
