import type { Column, KqlType } from '../../../common/kqlTypes';
import { physicalTypes } from '../../../engine/physicalTypes';
import { quoteText } from '../../../engine/render';
import { castToStorage } from '../../../engine/storage';

/** DuckDB sets aside twice this much for each thread. */
const LEAST_OBJECT_BYTES = 1024 * 1024;

/** How values that do not fit their column's type are taken. */
export type Conversion =
  /** The statement fails. */
  | 'strict'
  /** They become null. */
  | 'lenient';

/**
 * SQL that reads a file of rows, one JSON list a line with values as the query API writes them, in the types of `src/engine/catalog.ts`.
 * The numbers are taken as text first, so that none loses digits.
 */
export function rowsSql(file: string, columns: readonly Column[], longestRow: number, conversion: Conversion): string {
  const values = columns.map(({ type }, index) => `${converted(`r[${index + 1}]`, type, conversion)} AS c${index}`);
  const whole = `len(r) = ${columns.length} OR error('a row has another number of values than there are columns')`;
  return `SELECT ${values.join(', ')} FROM ${source(file, longestRow)} WHERE ${whole}`;
}

/** SQL that counts, by column, the values that a lenient conversion loses. */
export function lostValuesSql(file: string, columns: readonly Column[], longestRow: number): string {
  const counts = columns.map(({ type }, index) => {
    const value = `r[${index + 1}]`;
    return `count(*) FILTER (${value} IS NOT NULL AND ${value} <> '' AND ${converted(value, type, 'lenient')} IS NULL)`;
  });
  return `SELECT ${counts.join(', ')} FROM ${source(file, longestRow)}`;
}

function source(file: string, longestRow: number): string {
  const most = Math.max(LEAST_OBJECT_BYTES, longestRow * 2);
  const options = `format = 'newline_delimited', records = false, maximum_object_size = ${most}, columns = {'r': 'VARCHAR[]'}`;
  return `read_json(${quoteText(file)}, ${options})`;
}

const EPOCH = '621355968000000000';

function converted(value: string, type: KqlType, conversion: Conversion): string {
  if (conversion === 'lenient') return castToStorage(value, 'VARCHAR', type);
  switch (type) {
    case 'string':
      return `coalesce(${value}, '')`;
    case 'datetime':
      return datetimeTicks(value);
    case 'timespan':
      return `CASE WHEN ${value} IS NULL THEN NULL ELSE coalesce(${castToStorage(value, 'VARCHAR', type)}, error('no timespan: ' || ${value})) END`;
    case 'dynamic':
      return castToStorage(value, 'VARCHAR', type);
    default:
      return `CAST(${value} AS ${physicalTypes[type]})`;
  }
}

/** `2024-05-06T07:08:09[.fffffff]Z`: the seventh digit, which DuckDB does not know, is added afterwards. */
function datetimeTicks(value: string): string {
  const seconds = `epoch_us(CAST(left(${value}, 19) AS TIMESTAMP)) * 10 + ${EPOCH}`;
  const fraction = `CASE WHEN length(${value}) > 20 THEN CAST(rpad(${value}[21:-2], 7, '0') AS BIGINT) ELSE 0 END`;
  const isUtc = `regexp_full_match(${value}, '\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,7})?Z')`;
  return `CASE WHEN ${value} IS NULL THEN NULL WHEN ${isUtc} THEN ${seconds} + ${fraction} ELSE error('no datetime: ' || ${value}) END`;
}
