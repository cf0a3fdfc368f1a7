import type { CancellationToken } from '../../common/cancellation';
import { TICKS_PER_DAY, UNIX_EPOCH_TICKS } from '../../common/kqlTypes';
import { quoteName } from '../../engine/database';
import { quoteText } from '../../engine/render';
import { displayText } from '../columnText';
import type { ViewColumn } from '../viewColumns';
import type { ViewedResult } from '../viewedResult';
import { uniqueNames } from './rowFormat';

/** Whole days that nanoseconds since 1970 in 64 bits reach, in ticks. */
const REACH = 106_751n * TICKS_PER_DAY;
const LAST_TICKS = 3_155_378_975_999_999_999n;

/**
 * Writes a view as Parquet, by the database. Types: bool, int, long, real, string as they are; decimal as `DECIMAL(38, 10)`, dynamic as
 * JSON; guid and timespan as text. A datetime column (UTC) is a `TIMESTAMP` of nanoseconds while its values lie between 1677 and 2262, of
 * microseconds when they lie elsewhere and need no more, else text. Of names that repeat (case aside) the later ones get a number.
 * @param file In a folder where the database may write.
 * @returns remarks.
 */
export async function writeParquet(
  viewed: ViewedResult,
  columns: readonly ViewColumn[],
  file: string,
  token: CancellationToken,
): Promise<readonly string[]> {
  const forms = await datetimeForms(viewed, columns, token);
  const names = uniqueNames(
    columns.map(({ name }, index) => (name === '' ? `column ${index + 1}` : name)),
    true,
  );
  const selected = columns.map((column, index) => `${parquetSql(column, forms.get(index))} AS ${quoteName((names[index] ?? '').replaceAll('\0', '\uFFFD'))}`);
  const rows = `SELECT ${selected.join(', ') || 'NULL AS "column 1"'} FROM ${viewed.relation}${viewed.where}${viewed.sorted}`;
  await viewed.statement(`COPY (${rows}) TO ${quoteText(file)} (FORMAT PARQUET)`, token);
  const texts = [...forms].filter(([, form]) => form === 'text').map(([index]) => `"${columns[index]?.name ?? ''}"`);
  const renamed = columns.filter(({ name }, index) => name !== names[index]).length;
  return [
    ...(texts.length > 0 ? [`Times in ${texts.join(', ')} are text: Parquet has none so far from today with seven digits.`] : []),
    ...(renamed > 0 ? [`${renamed} ${renamed === 1 ? 'column was' : 'columns were'} renamed: names in Parquet do not repeat.`] : []),
  ];
}

type DatetimeForm = 'nanoseconds' | 'microseconds' | 'text';

async function datetimeForms(
  viewed: ViewedResult,
  columns: readonly ViewColumn[],
  token: CancellationToken,
): Promise<ReadonlyMap<number, DatetimeForm>> {
  const times = columns.flatMap((column, index) => (column.type === 'datetime' ? [{ index, sql: column.sql }] : []));
  if (times.length === 0) return new Map();
  const asked = times.map(({ sql }) => `min(${sql}), max(${sql}), count(*) FILTER (${sql} % 10 <> 0)`);
  const [row = []] = await viewed.rows(`SELECT ${asked.join(', ')} FROM ${viewed.relation}${viewed.where}`, token);
  return new Map(times.map(({ index }, place) => [index, formOf(row.slice(place * 3, place * 3 + 3))]));
}

function formOf([min, max, fine]: readonly unknown[]): DatetimeForm {
  if (min === null || min === undefined) return 'nanoseconds';
  const [first, last] = [min as bigint, max as bigint];
  if (first >= UNIX_EPOCH_TICKS - REACH && last <= UNIX_EPOCH_TICKS + REACH) return 'nanoseconds';
  return Number(fine) === 0 && first >= 0n && last <= LAST_TICKS ? 'microseconds' : 'text';
}

function parquetSql({ sql, type }: ViewColumn, form: DatetimeForm | undefined): string {
  switch (type) {
    case 'datetime':
      if (form === 'nanoseconds') return `make_timestamp_ns((${sql} - ${UNIX_EPOCH_TICKS}) * 100)`;
      return form === 'microseconds' ? `make_timestamp((${sql} - ${UNIX_EPOCH_TICKS}) // 10)` : displayText(sql, type);
    case 'guid':
    case 'timespan':
      return displayText(sql, type);
    default:
      return sql;
  }
}
