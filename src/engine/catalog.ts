import type { Column } from '../common/kqlTypes';

/**
 * A table that a query may read, as DuckDB holds it.
 *
 * Storage convention, shared by tables, results and every intermediate relation: the columns are named `c0`, `c1`, …
 * in order (KQL names are case-sensitive and may repeat, DuckDB's are neither), and each KQL type has one physical type:
 *
 * | KQL      | DuckDB                          |   | KQL      | DuckDB                                   |
 * |----------|---------------------------------|---|----------|------------------------------------------|
 * | bool     | BOOLEAN                         |   | string   | VARCHAR, never NULL                      |
 * | int      | INTEGER                         |   | datetime | BIGINT, .NET ticks (100 ns) since 0001   |
 * | long     | BIGINT                          |   | timespan | BIGINT, ticks                            |
 * | real     | DOUBLE                          |   | guid     | UUID                                     |
 * | decimal  | DECIMAL(38, 10)                 |   | dynamic  | JSON (text), NULL for a null             |
 */
export interface CatalogTable {
  readonly name: string;
  readonly columns: readonly Column[];
  /** SQL that names the relation, quoted where needed: `ws_sample."SigninLogs"`, `results.r12`. */
  readonly relation: string;
  /** Name of the datetime column that a timespan filters on: `TimeGenerated`, or `Timestamp`. */
  readonly timeColumn?: string | undefined;
  /** Positions of the columns in the relation, when they are not one after another from 0. */
  readonly stored?: readonly number[] | undefined;
}

/** A stored function, a watchlist reader and the like: KQL text with parameters. */
export interface CatalogFunction {
  readonly name: string;
  /** As in a `let`: `(T:(Account:string), n:long = 5)`; `()` for none. */
  readonly parameters: string;
  readonly body: string;
}

/** A workspace that `workspace("name")` reads; case does not matter. */
export interface NamedWorkspace {
  readonly name: string;
  readonly tables: readonly CatalogTable[];
}

/** Everything a query can name. */
export interface Catalog {
  readonly tables: readonly CatalogTable[];
  readonly functions: readonly CatalogFunction[];
  /** Watchlists by alias, for `_GetWatchlist`; columns include `SearchKey`. */
  readonly watchlists: readonly CatalogTable[];
  /** The connected workspaces, this one among them. */
  readonly workspaces?: readonly NamedWorkspace[] | undefined;
}
