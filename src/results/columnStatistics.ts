import type { CancellationToken } from '../common/cancellation';
import type { WireValue } from '../common/kqlTypes';
import type { ColumnStatistics, HistogramBar, ReadColumnStatistics } from '../common/resultViews';
import { toWire } from '../engine/wire';
import { readValueCounts } from './groups';
import { computed, isNumeric, isTime, keySql, numberSql, wholeOf } from './sqlParts';
import type { ViewColumn } from './viewColumns';
import type { ViewedResult } from './viewedResult';

const BARS = 30;
const TOP = 10;

/**
 * What is known of one column's values. NaN counts as a value and is in no minimum, maximum, mean or bar; infinities are in no mean or bar.
 */
export async function readColumnStatistics(
  viewed: ViewedResult,
  read: ReadColumnStatistics,
  token: CancellationToken,
): Promise<ColumnStatistics> {
  const column = viewed.column(read.column);
  const { sql, type } = column;
  const counted = type === 'dynamic' ? keySql(column) : numberSql(column);
  const extremes = computed('', type);
  const empty = type === 'string' ? `count(*) FILTER (${sql} = '')` : type === 'dynamic' ? `count(*) FILTER (${keySql(column)} = '""')` : '0';
  const mean = computed(meanSql(column), type === 'timespan' ? 'timespan' : 'real');
  const made = [`count(*) AS a`, `count(${sql}) AS b`, `${empty} AS c`, `min(${counted}) AS d`, `max(${counted}) AS e`, `${mean.sql} AS f`];
  const readable = ['a', 'b', 'c', extremes.readSql('d'), extremes.readSql('e'), mean.readSql('f')];
  const inner = `SELECT ${made.join(', ')} FROM ${viewed.relation}${viewed.where}`;
  const [row = []] = await viewed.rows(`SELECT ${readable.join(', ')} FROM (${inner})`, token);
  const rows = Number(row[0]);
  const nulls = rows - Number(row[1]);
  const { values: top, total } = await readValueCounts(viewed, { ...read, contains: '', limit: TOP }, token);
  return {
    rows,
    nulls,
    empty: Number(row[2]),
    distinct: total - (nulls > 0 ? 1 : 0),
    min: extremes.value(row[3]),
    max: extremes.value(row[4]),
    mean: mean.value(row[5]),
    top,
    histogram: await histogram(viewed, column, token),
  };
}

function meanSql(column: ViewColumn): string {
  if (column.type === 'timespan') return `sum(${column.sql}) // count(${column.sql})`;
  if (column.type === 'real') return `avg(${finiteSql(column)})`;
  return isNumeric(column.type) ? `avg(${column.sql})` : 'NULL';
}

function finiteSql({ sql }: ViewColumn): string {
  return `CASE WHEN isfinite(${sql}) THEN ${sql} END`;
}

async function histogram(viewed: ViewedResult, column: ViewColumn, token: CancellationToken): Promise<readonly HistogramBar[]> {
  const isReal = column.type === 'real' || column.type === 'decimal';
  if (!isReal && !isTime(column.type) && !isNumeric(column.type)) return [];
  const value = column.type === 'real' ? finiteSql(column) : column.type === 'decimal' ? `CAST(${column.sql} AS DOUBLE)` : column.sql;
  const [[low, high] = []] = await viewed.rows(`SELECT min(${value}), max(${value}) FROM ${viewed.relation}${viewed.where}`, token);
  if (low === null || low === undefined) return [];
  const bars = isReal
    ? realBars(value, Number(low), Number(high))
    : wholeBars(value, BigInt(low as bigint | number), BigInt(high as bigint | number), column);
  const sql = `SELECT ${bars.sql} AS bar, count(*) FROM ${viewed.relation}${viewed.where} GROUP BY bar`;
  const counts = new Map((await viewed.rows(sql, token)).filter(([bar]) => bar !== null).map(([bar, rows]) => [Number(bar), Number(rows)]));
  return Array.from({ length: bars.count }, (_bar, index) => ({
    from: bars.bound(index),
    to: bars.bound(index + 1),
    rows: counts.get(index) ?? 0,
  }));
}

interface Bars {
  readonly count: number;
  /** SQL of the number of a value's bar. */
  readonly sql: string;
  readonly bound: (index: number) => WireValue;
}

function wholeBars(value: string, low: bigint, high: bigint, { type }: ViewColumn): Bars {
  const width = (high - low) / BigInt(BARS) + 1n;
  const count = Number((high - low) / width) + 1;
  const bound = (index: number): WireValue => {
    const at = index === count ? high : low + width * BigInt(index);
    return isTime(type) ? toWire(at, type) : wholeOf(at);
  };
  // Wider integers are several times slower, and needed only when the ends are more than 2^63 apart.
  const distance = high - low < 2n ** 63n ? `(${value} - (${low}))` : `(CAST(${value} AS HUGEINT) - (${low}))`;
  return { count, sql: `CAST(${distance} // ${width} AS INTEGER)`, bound };
}

function realBars(value: string, low: number, high: number): Bars {
  // The difference of the ends may be beyond what a double holds.
  const width = high / BARS - low / BARS;
  if (width === 0) return { count: 1, sql: `CASE WHEN ${value} IS NOT NULL THEN 0 END`, bound: () => low };
  const sql = `CAST(greatest(0, least(${BARS - 1}, floor(${value} / '${width}'::DOUBLE - '${low / width}'::DOUBLE))) AS INTEGER)`;
  return { count: BARS, sql: `CASE WHEN ${value} IS NOT NULL THEN ${sql} END`, bound: (index) => (index === BARS ? high : low + width * index) };
}
