/**
 * Scalar types of the Kusto Query Language.
 * Source: https://learn.microsoft.com/kusto/query/scalar-data-types/
 */
export const kqlTypes = [
  'bool',
  'int',
  'long',
  'real',
  'decimal',
  'string',
  'datetime',
  'timespan',
  'guid',
  'dynamic',
] as const;

export type KqlType = (typeof kqlTypes)[number];

/** A column of a table or a result. Names are case-sensitive and may repeat in a result. */
export interface Column {
  readonly name: string;
  readonly type: KqlType;
}

/**
 * A value on the wire and in saved notebooks: what the Log Analytics query API sends, made lossless.
 *
 * - bool: `true` / `false`; int: number; long: number when it is a safe integer, else its digits as a string
 * - real: number, or one of the strings `NaN`, `Infinity`, `-Infinity`; decimal: its digits as a string
 * - datetime: `2024-05-06T07:08:09.1234567Z` (seven digits, always UTC)
 * - timespan: `[-][d.]hh:mm:ss[.fffffff]`
 * - guid: lower-case with hyphens; string: itself; dynamic: its JSON text
 * - null: `null` (a string is never null; an empty string is `""`)
 */
export type WireValue = null | boolean | number | string;

export type WireRow = readonly WireValue[];

/** .NET ticks (100 ns since 0001-01-01) at the Unix epoch: datetimes are stored as ticks, as Kusto does. */
export const UNIX_EPOCH_TICKS = 621_355_968_000_000_000n;
export const TICKS_PER_MICROSECOND = 10n;
export const TICKS_PER_MILLISECOND = 10_000n;
export const TICKS_PER_SECOND = 10_000_000n;
export const TICKS_PER_DAY = 864_000_000_000n;
