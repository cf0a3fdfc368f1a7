/**
 * What the engine process does for its clients (the extension host, the headless runner): the one contract
 * between them. Everything here is plain data.
 */
import type { Column, KqlType, WireRow, WireValue } from './kqlTypes';
import type { Incident, IncidentDetails, IncidentQuery } from './incidents';

export const ENGINE_PROTOCOL_VERSION = 1;

/** How to reach a workspace. */
export type WorkspaceSource =
  /** The generated sample workspace "Contoso". */
  | { readonly kind: 'sample' }
  /** A folder of CSV, JSON, JSON-lines or Parquet files. */
  | { readonly kind: 'folder'; readonly path: string };

export interface WorkspaceInfo {
  /** Stable within a machine: `sample`, or `folder:<absolute path>`. */
  readonly id: string;
  readonly kind: WorkspaceSource['kind'];
  /** What people call it and what `//| workspace:` names: `Contoso`, or the folder's name. */
  readonly name: string;
  readonly tableCount: number;
  readonly rowCount: number;
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

export interface TableInfo {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly rowCount: number;
  /** Last value of the table's time column, ISO 8601. */
  readonly lastTime?: string | undefined;
  readonly firstTime?: string | undefined;
}

export interface WorkspaceSchema {
  readonly tables: readonly TableInfo[];
  /** Aliases usable with `_GetWatchlist`. */
  readonly watchlists: readonly string[];
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
  readonly warnings: readonly string[];
  readonly workspace: { readonly id: string; readonly name: string };
  /** Names of earlier results that the query read. */
  readonly usedResults: readonly string[];
  readonly statistics: { readonly elapsedMs: number };
  /** ISO 8601. */
  readonly finishedAt: string;
}

/** The `render` operator's wish, named as the Log Analytics API names it. */
export interface Visualization {
  readonly visualization: string;
  readonly title?: string | undefined;
  readonly properties: Readonly<Record<string, WireValue | readonly string[]>>;
}

export interface SortKey {
  /** Index into the result's columns. */
  readonly column: number;
  readonly descending: boolean;
}

/** How rows are looked at: the stored result itself never changes. */
export interface View {
  readonly sort: readonly SortKey[];
  /** Rows in which some cell's text contains this, ignoring case; '' keeps all. */
  readonly filter: string;
}

export const wholeView: View = { sort: [], filter: '' };

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
  readonly total: number;
  /** Pass to get the next page; absent on the last. */
  readonly next?: string | undefined;
}

/** The methods, as {@link import('./rpc').Service}. */
export interface EngineService {
  /** First call: versions must match. */
  readonly hello: {
    readonly argument: { readonly protocol: number };
    readonly answer: { readonly protocol: number; readonly pid: number };
  };
  /** Loads the workspace if it is not loaded. Progress is a sentence for people. */
  readonly connect: { readonly argument: WorkspaceSource; readonly answer: WorkspaceInfo; readonly progress: string };
  readonly disconnect: { readonly argument: { readonly workspaceId: string }; readonly answer: null };
  readonly schema: { readonly argument: { readonly workspaceId: string }; readonly answer: WorkspaceSchema };
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
}

export type { Column, KqlType };
