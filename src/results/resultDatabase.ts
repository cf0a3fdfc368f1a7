import type { CancellationToken } from '../common/cancellation';

/** What the result store needs of the query database. A cancelled statement fails with `cancelled`. */
export interface ResultDatabase {
  /** Runs a statement without an answer. One that succeeds after it was given up as cancelled is followed by `undo`. */
  run(sql: string, token: CancellationToken, undo?: string): Promise<void>;
  /** Runs a query; values as DuckDB's JavaScript interface gives them. */
  rows(sql: string, token: CancellationToken): Promise<readonly (readonly unknown[])[]>;
  /** The values of a query's only column, an INTEGER without nulls. */
  integers(sql: string, token: CancellationToken): Promise<Int32Array>;
}
