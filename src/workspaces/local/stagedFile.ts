import type { DataProblem } from '../../common/engineProtocol';
import type { KqlType } from '../../common/kqlTypes';

/** A column of a file as it was read, before its type is decided. Expressions are SQL over the staging table. */
export interface StagedColumn {
  readonly name: string;
  /** Text of the value, NULL for none. */
  readonly text: string;
  /** The value as JSON, when the file had JSON. */
  readonly json?: string | undefined;
  /** The type that the file itself gives, and the value in the physical form of that type. */
  readonly typed?: { readonly type: KqlType; readonly value: string } | undefined;
}

/** A data file in a table of the loader, its malformed parts left out. */
export interface StagedFile {
  /** Of the data file, for messages. */
  readonly name: string;
  readonly table: string;
  readonly columns: readonly StagedColumn[];
  readonly problems: readonly DataProblem[];
  /** SQL for the line (from 1) of a staged row in the file, when it is known. */
  readonly line?: string | undefined;
}

/** Most problems of one kind reported of one file; the rest is counted. */
export const MAX_PROBLEMS_PER_FILE = 5;

/** The first problems, and how many more there are. */
export function someProblems(file: string, problems: readonly DataProblem[], total: number): readonly DataProblem[] {
  const shown = problems.slice(0, MAX_PROBLEMS_PER_FILE);
  return total > shown.length ? [...shown, { file, message: `${total - shown.length} more lines are malformed.` }] : shown;
}

/** A quoted SQL string. */
export function sqlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A quoted SQL name. */
export function sqlName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
