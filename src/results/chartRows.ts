import type { CancellationToken } from '../common/cancellation';
import { HuntError } from '../common/errors';
import { type KqlType, TICKS_PER_SECOND, UNIX_EPOCH_TICKS } from '../common/kqlTypes';
import type { ReadChart } from '../common/resultViews';
import { wireExpression } from '../engine/wire';
import type { ViewColumn } from './viewColumns';
import type { ViewedResult } from './viewedResult';

/** What a chart is made of, as SQL: a table `points` with a row for each point. */
export interface ChartRows {
  /** `points AS (…)`: its columns are `x`, `n` (the row's number), those of `keys` and of `values`. */
  readonly sql: string;
  /** A row of the result is a line of points. */
  readonly isArrays: boolean;
  readonly scale: 'time' | 'number' | 'text';
  /** How `x` travels. */
  readonly xType: KqlType;
  /** Names of the columns that make series. */
  readonly keys: readonly string[];
  readonly keyTypes: readonly KqlType[];
  /** Names of the columns with values, which are DOUBLE or NULL. */
  readonly values: readonly string[];
}

/** @throws HuntError `refused` for values that are no numbers; `notFound` for columns that are not there. */
export async function chartRows(viewed: ViewedResult, read: ReadChart, token: CancellationToken): Promise<ChartRows> {
  const x = viewed.column(read.x);
  const y = read.y.map((index) => viewed.column(index));
  const series = read.series.map((index) => viewed.column(index));
  const isArrays = x.type === 'dynamic' && y.length > 0 && y.every(({ type }) => type === 'dynamic');
  const arrayScale = isArrays ? await arrayScaleOf(viewed, x, token) : undefined;
  const scale = arrayScale ?? scales[x.type];
  const keys = series.map((_, index) => `s${index}`);
  const values = y.map((_, index) => `y${index}`);
  const keyColumns = series.map((column, index) => `${wireExpression(column.sql, column.type)} AS s${index}`);
  const from = `${viewed.relation}${viewed.where}`;
  const rest = [...keyColumns, 'rowid AS n'];
  const points = isArrays
    ? `SELECT * REPLACE (${elementX(scale)} AS x${values.map((name) => `, ${finite(`TRY_CAST(${name} AS DOUBLE)`)} AS ${name}`).join('')}) FROM (SELECT ${[`unnest(${elements(x)}) AS x`, ...y.map((column, index) => `unnest(${elements(column)}) AS y${index}`), ...rest].join(', ')} FROM ${from})`
    : `SELECT ${[`${xSql(x, scale)} AS x`, ...y.map((column, index) => `${valueSql(column)} AS y${index}`), ...rest].join(', ')} FROM ${from}`;
  const kept = scale === 'text' ? points : `SELECT * FROM (${points}) WHERE x IS NOT NULL`;
  return {
    sql: `points AS ${isArrays ? 'MATERIALIZED ' : 'NOT MATERIALIZED '}(${kept})`,
    isArrays,
    scale,
    xType: isArrays ? (scale === 'time' ? 'datetime' : 'real') : x.type,
    keys,
    keyTypes: series.map(({ type }) => type),
    values,
  };
}

const scales: Readonly<Record<KqlType, ChartRows['scale']>> = {
  datetime: 'time',
  timespan: 'time',
  int: 'number',
  long: 'number',
  real: 'number',
  decimal: 'number',
  bool: 'text',
  string: 'text',
  guid: 'text',
  dynamic: 'text',
};

function xSql(column: ViewColumn, scale: ChartRows['scale']): string {
  if (scale === 'number') return finite(`CAST(${column.sql} AS DOUBLE)`);
  return scale === 'time' ? column.sql : wireExpression(column.sql, column.type);
}

function valueSql({ name, type, sql }: ViewColumn): string {
  if (type === 'timespan') return `CAST(${sql} AS DOUBLE) / ${TICKS_PER_SECOND}`;
  if (scales[type] === 'number') return finite(`CAST(${sql} AS DOUBLE)`);
  throw new HuntError({ kind: 'refused', message: `The column "${name}" is of type ${type}, which has no numbers to be drawn.` });
}

/** No chart has a place for NaN and infinity. */
function finite(sql: string): string {
  return `CASE WHEN isfinite(${sql}) THEN ${sql} END`;
}

function elements({ sql }: ViewColumn): string {
  return `json_extract_string(${sql}, '$[*]')`;
}

/** Elements of an array of datetimes are ISO 8601 with up to seven digits of a second, of which six are read. */
function elementX(scale: ChartRows['scale']): string {
  if (scale === 'time') return `epoch_us(TRY_CAST(left(x, 26) AS TIMESTAMP)) * 10 + ${UNIX_EPOCH_TICKS}`;
  return scale === 'number' ? finite('TRY_CAST(x AS DOUBLE)') : 'x';
}

async function arrayScaleOf(viewed: ViewedResult, x: ViewColumn, token: CancellationToken): Promise<ChartRows['scale']> {
  const first = `SELECT json_extract_string(${x.sql}, '$[0]') AS x FROM ${viewed.relation}${viewed.where}`;
  const [row] = await viewed.rows(`SELECT x FROM (${first}) WHERE x IS NOT NULL LIMIT 1`, token);
  const text = typeof row?.[0] === 'string' ? row[0] : '';
  if (/^\d{4}-\d\d-\d\dT/u.test(text)) return 'time';
  return text !== '' && Number.isFinite(Number(text)) ? 'number' : 'text';
}
