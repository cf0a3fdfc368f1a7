import type { CancellationToken } from '../common/cancellation';
import type { KqlType, WireValue } from '../common/kqlTypes';
import type { ReadSelectionStatistics, SelectionStatistics } from '../common/resultViews';
import { toWire, wireExpression } from '../engine/wire';
import { isNumeric, numberSql, wholeOf } from './sqlParts';
import type { ViewColumn } from './viewColumns';
import type { ViewedResult } from './viewedResult';

/** Digits after the point of a stored decimal. */
const SCALE = 10;
const ONE = 10n ** BigInt(SCALE);

/** What the numbers of one column come to. Sums of whole numbers and decimals are exact: in units of 10^-10. */
interface Part {
  readonly numbers: number;
  readonly exact: bigint;
  readonly real: number;
  readonly min: Bound;
  readonly max: Bound;
}

interface Bound {
  readonly value: WireValue;
  /** Absent for a real. */
  readonly exact?: bigint | undefined;
}

/** As a spreadsheet sums up a selection. Empty texts are no values; NaN is no number, nor are numbers inside `dynamic` values. */
export async function readSelectionStatistics(
  viewed: ViewedResult,
  read: ReadSelectionStatistics,
  token: CancellationToken,
): Promise<SelectionStatistics> {
  const columns = [...new Set(read.columns)].map((index) => viewed.column(index));
  if (columns.length === 0) return { count: 0, numbers: 0, sum: null, mean: null, min: null, max: null };
  const where = await viewed.whereRun({ first: Math.max(0, Math.trunc(read.first)), end: Math.max(0, Math.trunc(read.end)) }, token);
  let count = 0;
  const parts: Part[] = [];
  for (let first = 0; first < columns.length; first += COLUMNS_AT_ONCE) {
    const some = columns.slice(first, first + COLUMNS_AT_ONCE);
    const expressions = some.flatMap((column) => [countSql(column), ...(isNumeric(column.type) ? partSql(column) : [])]);
    const [row = []] = await viewed.rows(`SELECT ${expressions.join(', ')} FROM ${viewed.relation}${where}`, token);
    let next = 0;
    for (const column of some) {
      count += Number(row[next++]);
      if (!isNumeric(column.type)) continue;
      const found = partOf(row.slice(next, next + PART_VALUES), column.type);
      if (found.numbers > 0) parts.push(found);
      next += PART_VALUES;
    }
  }
  return { count, ...together(parts) };
}

function countSql({ sql, type }: ViewColumn): string {
  return `count(${type === 'string' ? `nullif(${sql}, '')` : sql})`;
}

const PART_VALUES = 5;
/** The database takes longer than in proportion to plan more. */
const COLUMNS_AT_ONCE = 500;

function partSql(column: ViewColumn): readonly string[] {
  const value = numberSql(column);
  const whole = column.type === 'decimal' ? `CAST(trunc(${value}) AS HUGEINT)` : value;
  const fraction = column.type === 'decimal' ? `CAST(sum(${value} % 1) AS VARCHAR)` : 'NULL';
  const bound = (kind: string): string => wireExpression(`${kind}(${value})`, column.type);
  return [`count(${value})`, `sum(${whole})`, fraction, bound('min'), bound('max')];
}

function partOf([numbers, sum, fraction, min, max]: readonly unknown[], type: KqlType): Part {
  const count = Number(numbers);
  const nothing = { numbers: count, exact: 0n, real: 0, min: { value: null }, max: { value: null } };
  if (count === 0) return nothing;
  const bound = (value: unknown): Bound => {
    const wire = toWire(value, type);
    return type === 'real' ? { value: wire } : { value: wire, exact: scaled(String(wire)) };
  };
  const bounds = { min: bound(min), max: bound(max) };
  if (type === 'real') return { ...nothing, ...bounds, real: Number(sum) };
  const exact = BigInt(sum as bigint | number) * ONE + (typeof fraction === 'string' ? scaled(fraction) : 0n);
  return { ...nothing, ...bounds, exact };
}

function together(parts: readonly Part[]): Omit<SelectionStatistics, 'count'> {
  const numbers = parts.reduce((sum, part) => sum + part.numbers, 0);
  if (numbers === 0) return { numbers, sum: null, mean: null, min: null, max: null };
  const exact = parts.reduce((sum, part) => sum + part.exact, 0n);
  const hasReal = parts.some((part) => part.min.exact === undefined);
  const real = parts.reduce((sum, part) => sum + part.real, Number(exact) / Number(ONE));
  return {
    numbers,
    sum: hasReal ? toWire(real, 'real') : exactValue(exact),
    mean: toWire(real / numbers, 'real'),
    min: parts.map((part) => part.min).reduce((least, bound) => (compare(bound, least) < 0 ? bound : least)).value,
    max: parts.map((part) => part.max).reduce((most, bound) => (compare(bound, most) > 0 ? bound : most)).value,
  };
}

function compare(left: Bound, right: Bound): number {
  if (left.exact !== undefined && right.exact !== undefined) return left.exact < right.exact ? -1 : left.exact > right.exact ? 1 : 0;
  return Number(left.value) - Number(right.value);
}

/** A number where a double says the same, else digits. */
function exactValue(value: bigint): WireValue {
  if (value % ONE === 0n) return wholeOf(value / ONE);
  const digits = (value < 0n ? -value : value).toString().padStart(SCALE + 1, '0');
  const text = `${value < 0n ? '-' : ''}${digits.slice(0, -SCALE)}.${digits.slice(-SCALE)}`.replace(/0+$/u, '');
  return String(Number(text)) === text ? Number(text) : text;
}

/** Decimal text in units of 10^-10. */
function scaled(text: string): bigint {
  const [whole = '0', fraction = ''] = text.split('.');
  const units = BigInt(fraction.padEnd(SCALE, '0').slice(0, SCALE));
  return BigInt(whole) * ONE + (whole.startsWith('-') ? -units : units);
}
