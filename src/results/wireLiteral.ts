import { HuntError } from '../common/errors';
import type { Column, KqlType, WireValue } from '../common/kqlTypes';
import { parseDatetime } from '../engine/datetimeText';
import { parseTimespan } from '../engine/literalText';
import { physicalTypes } from '../engine/physicalTypes';
import { quoteText } from '../engine/render';

const whole = /^-?\d{1,37}$/u;
/** As many digits before the point as a stored decimal has. */
const decimal = /^-?\d{1,28}(?:\.\d+)?$/u;
const anyNumber = /^-?\d+(?:\.\d+)?$/u;
const guid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/iu;

/**
 * SQL of a value as it travels, in the form in which its type is stored. A null is `NULL`. Of numbers any number is taken, so that a
 * bound such as 1.5 can be set on a column of whole ones.
 * @throws HuntError `refused` for what is no value of the column's type.
 */
export function wireLiteral(value: WireValue, column: Column): string {
  if (value === null) return `NULL::${physicalTypes[column.type]}`;
  const sql = literals[column.type](value);
  if (sql !== undefined) return sql;
  const message = `The filter of column "${column.name}" needs a ${column.type}, and ${JSON.stringify(value)} is none.`;
  throw new HuntError({ kind: 'refused', message });
}

type ToLiteral = (value: Exclude<WireValue, null>) => string | undefined;

const number: ToLiteral = (value) => {
  if (typeof value === 'number') return numberSql(value);
  if (typeof value !== 'string') return undefined;
  if (whole.test(value)) return `(${value})`;
  return value === 'NaN' || value === 'Infinity' || value === '-Infinity' ? `'${value}'::DOUBLE` : decimalSql(value);
};

const literals: Readonly<Record<KqlType, ToLiteral>> = {
  bool: (value) => (typeof value === 'boolean' ? String(value) : undefined),
  int: number,
  long: number,
  real: number,
  decimal: (value) => (typeof value === 'boolean' ? undefined : (decimalSql(String(value)) ?? number(value))),
  string: (value) => quoteText(String(value)),
  datetime: (value) => (typeof value === 'string' ? ticksSql(parseDatetime(value) ?? spelledTicks(value)) : undefined),
  timespan: (value) => (typeof value === 'string' ? ticksSql(parseTimespan(value)) : undefined),
  guid: (value) => (typeof value === 'string' && guid.test(value) ? `'${value}'::UUID` : undefined),
  dynamic: (value) => quoteText(typeof value === 'string' ? value : JSON.stringify(value)),
};

function numberSql(value: number): string {
  if (!Number.isFinite(value)) return `'${String(value)}'::DOUBLE`;
  return Number.isSafeInteger(value) ? `(${value})` : `'${value}'::DOUBLE`;
}

function decimalSql(text: string): string | undefined {
  if (decimal.test(text)) return `CAST('${text}' AS ${physicalTypes.decimal})`;
  return anyNumber.test(text) ? `'${text}'::DOUBLE` : undefined;
}

/** How times beyond the calendar travel. */
function spelledTicks(text: string): bigint | undefined {
  const digits = /^(-?\d{1,19}) ticks$/u.exec(text)?.[1];
  return digits === undefined ? undefined : BigInt(digits);
}

function ticksSql(ticks: bigint | undefined): string | undefined {
  return ticks === undefined ? undefined : `(${ticks})`;
}
