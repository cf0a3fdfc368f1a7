import type { CancellationToken } from '../common/cancellation';

/** What the result store needs of the query database. A cancelled statement fails with `cancelled`. */
export interface ResultDatabase {
  /** Runs a statement without an answer. */
  run(sql: string, token: CancellationToken): Promise<void>;
  /** Runs a query; values as DuckDB's JavaScript interface gives them. */
  rows(sql: string, token: CancellationToken): Promise<readonly (readonly unknown[])[]>;
  /** The values of a query's only column, an INTEGER without nulls. */
  integers(sql: string, token: CancellationToken): Promise<Int32Array>;
}
