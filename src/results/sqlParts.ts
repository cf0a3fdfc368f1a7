import type { KqlType, WireValue } from '../common/kqlTypes';
import { toWire, wireExpression } from '../engine/wire';
import type { ViewColumn } from './viewColumns';

/** Something computed by SQL in an inner query, read in an outer one, and sent. */
export interface Computed {
  /** Sorts and compares as the value does. */
  readonly sql: string;
  /** SQL that reads it where it has this name. */
  readonly readSql: (name: string) => string;
  readonly value: (read: unknown) => WireValue;
}

export function isNumeric(type: KqlType): boolean {
  return type === 'int' || type === 'long' || type === 'real' || type === 'decimal';
}

export function isTime(type: KqlType): boolean {
  return type === 'datetime' || type === 'timespan';
}

/** What is compared and counted of a column: JSON by its text. */
export function keySql(column: ViewColumn): string {
  return column.type === 'dynamic' ? `CAST(${column.sql} AS VARCHAR)` : column.sql;
}

/** SQL that may be a value of a type, or NULL. */
export function computed(sql: string, type: KqlType): Computed {
  return {
    sql,
    readSql: (name) => (type === 'dynamic' ? name : wireExpression(name, type)),
    value: (read) => (read === null || read === undefined ? null : toWire(read, type)),
  };
}

/** SQL that is a whole number of any size, or NULL. */
export function computedWhole(sql: string): Computed {
  return { sql, readSql: (name) => name, value: (read) => (read === null ? null : wholeOf(BigInt(read as bigint | number))) };
}

/** The column's values that numbers can be made of: NaN is no number. */
export function numberSql(column: ViewColumn): string {
  return column.type === 'real' ? `CASE WHEN isnan(${column.sql}) THEN NULL ELSE ${column.sql} END` : column.sql;
}

/** A number while a double holds it exactly, else its digits. */
export function wholeOf(value: bigint): WireValue {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value.toString();
}
