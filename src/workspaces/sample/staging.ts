import { setImmediate } from 'node:timers/promises';
import {
  DOUBLE,
  type DuckDBAppender,
  type DuckDBConnection,
  DuckDBDataChunk,
  type DuckDBType,
  type DuckDBValue,
  ENUM,
  VARCHAR,
} from '@duckdb/node-api';
import type { KqlType } from '../../common/kqlTypes';
import type { Cell, Row } from './tableRows';

const CHUNK_ROWS = 2048;
/** As many as fit a code of one byte. */
const MAX_DICTIONARY = 250;

/** Stand for "no value" while staged: the binding is slow with nulls. Neither occurs in the sample. */
const NO_TEXT = '\uE000';
const NO_NUMBER = -1e300;

/** A column on its way into the database: text (also of dynamics), or numbers (also of times, and 0 and 1). */
export interface StagedColumn {
  readonly name: string;
  readonly type: DuckDBType;
  readonly values: readonly DuckDBValue[];
}

export function isTextual(type: KqlType): boolean {
  return type === 'string' || type === 'dynamic' || type === 'guid';
}

/** One column of rows, as it is staged. */
export function stagedColumn(name: string, column: string, type: KqlType, rows: readonly Row[]): StagedColumn {
  if (!isTextual(type)) return { name, type: DOUBLE, values: rows.map((row) => numberOf(row[column])) };
  const values = rows.map((row) => textOf(row[column]));
  return { name, type: textType(values), values };
}

export function numberColumn(name: string, values: readonly number[]): StagedColumn {
  return { name, type: DOUBLE, values };
}

/** SQL of a staged value, NULL for none. */
export function stagedValue(expression: string, type: KqlType): string {
  return isTextual(type) ? `NULLIF(${expression}::VARCHAR, '${NO_TEXT}')` : `NULLIF(${expression}, ${NO_NUMBER})`;
}

function numberOf(cell: Cell): number {
  if (typeof cell === 'number') return cell;
  return cell === undefined || cell === null ? NO_NUMBER : Number(cell);
}

function textOf(cell: Cell): string {
  if (typeof cell === 'string') return cell;
  return cell === undefined || cell === null ? NO_TEXT : String(cell);
}

/** Codes of a dictionary are copied into a chunk in one go, strings one call each. */
function textType(values: readonly string[]): DuckDBType {
  const limit = Math.min(MAX_DICTIONARY, values.length >> 4);
  const different = new Set<string>();
  for (const value of values) {
    different.add(value);
    if (different.size > limit) return VARCHAR;
  }
  return different.size > 0 ? ENUM([...different]) : VARCHAR;
}

/** The database in memory that tables are staged in. */
export const STAGING = 'staging';

/** A table on its way; its columns are of equal length. */
export interface StagedTable {
  readonly name: string;
  readonly columns: readonly StagedColumn[];
}

/** Makes staged tables. */
export async function stage(connection: DuckDBConnection, tables: readonly StagedTable[]): Promise<void> {
  const creations = tables.map(({ name, columns }) => {
    const definitions = columns.map((column) => `${column.name} ${column.type.toString()}`);
    return `CREATE TABLE ${STAGING}.${name} (${definitions.join(', ')})`;
  });
  await connection.run(creations.join(';\n'));
  for (const { name, columns } of tables) await append(await connection.createAppender(name, 'main', STAGING), columns);
}

async function append(appender: DuckDBAppender, columns: readonly StagedColumn[]): Promise<void> {
  const types = columns.map(({ type }) => type);
  const rowCount = columns[0]?.values.length ?? 0;
  for (let offset = 0; offset < rowCount; offset += CHUNK_ROWS) {
    const count = Math.min(CHUNK_ROWS, rowCount - offset);
    const chunk = DuckDBDataChunk.create(types, count);
    columns.forEach(({ values }, index) => chunk.setColumnValues(index, values.slice(offset, offset + count)));
    appender.appendDataChunk(chunk);
    // The process has other work meanwhile: to start the next insert, to hear that it shall stop.
    await setImmediate();
  }
  appender.closeSync();
}
