import type { Answer, LogsDatabase } from '../data/logsDatabase';
import type { LogsLimits } from './limits';
import { partialError } from './partialError';

/** What the `Prefer` header asks for besides the rows. */
export interface Extras {
  readonly render: boolean;
  readonly statistics: boolean;
  /** Workspaces for `dataSources`; none unless asked for. */
  readonly dataSources: readonly object[] | undefined;
}

/** Rows read from the database at a time. */
const CHUNK = 5_000;

/**
 * The JSON of an answer, in pieces: its rows are never held as a whole. Beyond the limits of records and bytes the rows stop, and an
 * `error` with the code `PartialError` follows them.
 */
export async function* answerBody(database: LogsDatabase, answer: Answer, limits: LogsLimits, extras: Extras): AsyncGenerator<string> {
  const columns = answer.columns.map(({ name, type }) => ({ name, type }));
  yield `{"tables":[{"name":"PrimaryResult","columns":${JSON.stringify(columns)},"rows":[`;
  const rowLimit = Math.min(answer.rowCount, limits.rows);
  let bytes = 0;
  let full = false;
  for (let from = 0; from < rowLimit && !full; from += CHUNK) {
    const to = Math.min(rowLimit, from + CHUNK);
    const [text = ''] = await database.rows(answer, from, to, true);
    const size = Buffer.byteLength(text);
    const comma = from === 0 ? '' : ',';
    if (bytes + size <= limits.bytes) {
      bytes += size;
      yield comma + text;
      continue;
    }
    full = true;
    const rows = within(await database.rows(answer, from, to, false), limits.bytes - bytes);
    if (rows.length > 0) yield comma + rows.join(',');
  }
  yield ']}]';
  if (extras.render) yield `,"render":${JSON.stringify(renderOf(answer))}`;
  if (extras.statistics) yield `,"statistics":${JSON.stringify(statisticsOf(answer, bytes))}`;
  if (extras.dataSources) yield `,"dataSources":${JSON.stringify(extras.dataSources)}`;
  if (full) yield `,"error":${JSON.stringify(truncated(`${Math.round(limits.bytes / 1024 / 1024)} MB`))}`;
  else if (answer.rowCount > limits.rows) yield `,"error":${JSON.stringify(truncated(`${limits.rows} records`))}`;
  yield '}';
}

/** The rows that fit into so many bytes. */
function within(rows: readonly string[], bytes: number): readonly string[] {
  let left = bytes;
  const end = rows.findIndex((row) => (left -= Buffer.byteLength(row) + 1) < 0);
  return end < 0 ? rows : rows.slice(0, end);
}

/** E_QUERY_RESULT_SET_TOO_LARGE: https://learn.microsoft.com/kusto/concepts/result-truncation */
function truncated(limit: string): object {
  const message = `The results of this query exceed the set limit of ${limit}, so not all records were returned (E_QUERY_RESULT_SET_TOO_LARGE, 0x80DA0003). See https://aka.ms/kustoquerylimits for more details and possible solutions.`;
  return partialError('-2133196797', message);
}

function renderOf({ visualization }: Answer): object {
  const defaults = {
    visualization: null,
    title: null,
    accumulate: false,
    isQuerySorted: false,
    kind: null,
    legend: null,
    series: null,
    yMin: 'NaN',
    yMax: 'NaN',
    xAxis: null,
    xColumn: null,
    xTitle: null,
    yAxis: null,
    yColumns: null,
    ySplit: null,
    yTitle: null,
    anomalyColumns: null,
  };
  if (!visualization) return defaults;
  const { visualization: kind, title, properties } = visualization;
  return { ...defaults, ...properties, visualization: kind, title: title ?? null };
}

function statisticsOf(answer: Answer, bytes: number): object {
  const nothing = { hits: 0, misses: 0, total: 0 };
  const scanned = { total: answer.rowCount, scanned: answer.rowCount };
  const time = (seconds: number): string => `00:00:${seconds.toFixed(7).padStart(10, '0')}`;
  return {
    query: {
      executionTime: answer.seconds,
      resourceUsage: {
        cache: { memory: nothing, disk: nothing },
        cpu: { user: time(answer.seconds), kernel: time(0), 'total cpu': time(answer.seconds) },
        memory: { peak_per_node: 1_048_576 },
      },
      inputDatasetStatistics: { extents: { total: answer.usedTables.length, scanned: answer.usedTables.length }, rows: scanned },
      datasetStatistics: [{ table_row_count: answer.rowCount, table_size: bytes }],
    },
  };
}
