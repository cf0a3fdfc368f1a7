/** What is done with whole results: written to files, kept beside notebooks, compared. Everything here is plain data. */
import type { ResultInfo } from './engineProtocol';
import type { Column, WireRow } from './kqlTypes';
import type { Viewed } from './resultViews';

export type ExportFormat = 'csv' | 'tsv' | 'jsonl' | 'parquet' | 'xlsx';

export interface ExportResult extends Viewed {
  /** In the order to write; absent: all of the result, as it has them. */
  readonly columns?: readonly number[] | undefined;
  readonly format: ExportFormat;
  /** Absolute path of the file to write; one that is there is replaced when all is written. */
  readonly path: string;
}

export interface Exported {
  readonly rows: number;
  readonly bytes: number;
  /** What the format could not hold as it is, for people: "3 values longer than 32,767 characters were cut". */
  readonly remarks: readonly string[];
}

export interface KeepResult {
  readonly resultId: string;
  /** Absolute. */
  readonly path: string;
}

/** Rows that come from elsewhere: the table of another kernel. */
export interface HoldRows {
  readonly resultId: string;
  readonly notebookId: string;
  readonly columns: readonly Column[];
  readonly rows: readonly WireRow[];
}

export interface RestoreResult extends KeepResult {
  readonly notebookId: string;
  readonly columns: readonly Column[];
}

/**
 * Rows that two results do not share, by the values of key columns: a new result with the first column `Difference`. Of rows that repeat as
 * many are shared as both have.
 */
export interface DiffResults {
  readonly left: string;
  readonly right: string;
  /** Names of columns that both have; empty: all columns that both have. */
  readonly keys: readonly string[];
  /** What the values of `Difference` call them: `only in <name>`; `left` and `right` when absent. */
  readonly leftName?: string | undefined;
  readonly rightName?: string | undefined;
  /** Of the new result. */
  readonly resultId: string;
  readonly notebookId: string;
}

/** What the store does with files and with several results, as {@link import('./rpc').Service}. Never asked by a renderer. */
export interface ResultFiles {
  /** Progress: rows written so far. */
  readonly exportResult: { readonly argument: ExportResult; readonly answer: Exported; readonly progress: number };
  readonly diffResults: { readonly argument: DiffResults; readonly answer: ResultInfo };
  /** Keeps the rows as a result; one that is held under the id is replaced. */
  readonly holdRows: { readonly argument: HoldRows; readonly answer: null };
  /** Writes all rows as Parquet, to be read again by `restoreResult`. */
  readonly keepResult: { readonly argument: KeepResult; readonly answer: Exported };
  /** Reads a file of `keepResult`, under the id that it had. @throws HuntError `storage` when it is missing or does not fit the columns. */
  readonly restoreResult: { readonly argument: RestoreResult; readonly answer: { readonly rows: number } };
}
