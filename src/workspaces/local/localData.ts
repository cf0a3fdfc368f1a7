import type { DataProblem } from '../../common/engineProtocol';
import type { IncidentDetails } from '../../common/incidents';
import type { Column } from '../../common/kqlTypes';
import type { CatalogFunction } from '../../engine/catalog';

/** A table or watchlist of a database file, with columns stored as `src/engine/catalog.ts` says. */
export interface LocalTable {
  readonly name: string;
  readonly columns: readonly Column[];
  /** Quoted name in the file, without the name that the file is attached as. */
  readonly relation: string;
  readonly rowCount: number;
  readonly timeColumn?: string | undefined;
  /** First and last value of the time column, ISO 8601. */
  readonly firstTime?: string | undefined;
  readonly lastTime?: string | undefined;
}

/** What a local workspace is made of: a DuckDB file and what is in it. */
export interface LocalData {
  readonly databaseFile: string;
  readonly tables: readonly LocalTable[];
  /** By alias, for `_GetWatchlist`; columns include `SearchKey`. */
  readonly watchlists: readonly LocalTable[];
  /** Stored functions: names for queries, with parameters. */
  readonly functions?: readonly CatalogFunction[] | undefined;
  readonly incidents: readonly IncidentDetails[];
  /** What could not be loaded. */
  readonly problems: readonly DataProblem[];
}
