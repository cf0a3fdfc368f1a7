import type { ServiceStatistics, Visualization } from '../../../common/engineProtocol';
import { type Column, kqlTypes, type WireValue } from '../../../common/kqlTypes';
import { MalformedAnswer } from './rowScanner';

/** An error that came beside rows, or instead of them: the innermost says most. */
export interface ServiceErrorDetail {
  readonly code: string;
  readonly message: string;
  /** Of a syntax error: line from 1, position in it from 0. */
  readonly line?: number | undefined;
  readonly pos?: number | undefined;
}

/** Everything of an answer but its rows. */
export interface AnswerEnvelope {
  readonly columns: readonly Column[];
  /** From the outermost to the innermost; empty when all is well. */
  readonly errors: readonly ServiceErrorDetail[];
  readonly visualization: Visualization | undefined;
  readonly statistics: ServiceStatistics | undefined;
  readonly warnings: readonly string[];
}

type Json = Readonly<Record<string, unknown>>;

/**
 * Reads an answer of the query API without its rows.
 * @param otherRows Rows of tables after the first, which are not read.
 * @throws MalformedAnswer
 * @see https://learn.microsoft.com/azure/azure-monitor/logs/api/response-format
 */
export function readEnvelope(answer: unknown, otherRows: number): AnswerEnvelope {
  if (!isObject(answer)) throw new MalformedAnswer('The answer is not what the query API answers.');
  const errors = 'error' in answer ? errorChain(answer['error']) : [];
  const tables = Array.isArray(answer['tables']) ? (answer['tables'] as unknown[]) : undefined;
  const [first] = tables ?? [];
  if (!isObject(first) && errors.length === 0) throw new MalformedAnswer('The answer holds no table.');
  const columns = isObject(first) && Array.isArray(first['columns']) ? first['columns'].map(columnOf) : [];
  const more = (tables?.length ?? 0) - 1;
  const warnings = more > 0 ? [`The query gave ${more + 1} tables; the first is shown, the others (${otherRows} rows) are not.`] : [];
  return { columns, errors, visualization: visualizationOf(answer['render']), statistics: statisticsOf(answer), warnings };
}

/** An error and the errors in it: `error.details[0].innererror.innererror…`. */
export function errorChain(error: unknown): readonly ServiceErrorDetail[] {
  const chain: ServiceErrorDetail[] = [];
  for (let next: unknown = error; isObject(next) && chain.length < 20; ) {
    const { code, message, line, pos } = next;
    if (typeof code === 'string' || typeof message === 'string') {
      chain.push({
        code: typeof code === 'string' ? code : '',
        message: typeof message === 'string' ? message : '',
        ...(typeof line === 'number' ? { line } : {}),
        ...(typeof pos === 'number' ? { pos } : {}),
      });
    }
    const [detail] = Array.isArray(next['details']) ? (next['details'] as unknown[]) : [];
    next = next['innererror'] ?? detail;
  }
  return chain;
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Types as the API names them, which are KQL's; a type that KQL does not have is shown as text. */
function columnOf(column: unknown): Column {
  if (!isObject(column) || typeof column['name'] !== 'string') throw new MalformedAnswer('A column of the answer has no name.');
  const type = kqlTypes.find((known) => known === column['type']) ?? 'string';
  return { name: column['name'], type };
}

function visualizationOf(render: unknown): Visualization | undefined {
  if (!isObject(render) || typeof render['visualization'] !== 'string' || render['visualization'] === '') return undefined;
  const { visualization, title, ...others } = render;
  const properties: Record<string, WireValue | readonly string[]> = {};
  for (const [name, value] of Object.entries(others)) {
    if (value === null || value === '' || value === 'NaN' || value === false) continue;
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') properties[name] = value;
    else if (Array.isArray(value) && value.length > 0) properties[name] = value.map(String);
  }
  return { visualization, ...(typeof title === 'string' && title !== '' ? { title } : {}), properties };
}

function statisticsOf(answer: Json): ServiceStatistics | undefined {
  const query = at(answer, 'statistics', 'query');
  const sources = answer['dataSources'];
  const tables = Array.isArray(sources)
    ? [...new Set(sources.flatMap((source) => (isObject(source) && Array.isArray(source['tables']) ? source['tables'].map(String) : [])))]
    : undefined;
  if (!isObject(query)) return tables ? { tables } : undefined;
  const seconds = numberAt(query, 'executionTime');
  const cpu = at(query, 'resourceUsage', 'cpu', 'total cpu');
  return {
    executionMs: seconds === undefined ? undefined : seconds * 1000,
    cpuMs: typeof cpu === 'string' ? clockMs(cpu) : undefined,
    memoryPeakBytes: numberAt(query, 'resourceUsage', 'memory', 'peak_per_node'),
    rowsScanned: numberAt(query, 'inputDatasetStatistics', 'rows', 'scanned'),
    bytesScanned: shardBytes(at(query, 'resourceUsage', 'cache', 'shards')),
    tables,
  };
}

/** Bytes read from hot and cold shards, from the cache and past it. */
function shardBytes(shards: unknown): number | undefined {
  if (!isObject(shards)) return undefined;
  const parts = [...['hot', 'cold'].flatMap((kind) => ['hitbytes', 'missbytes'].map((name) => numberAt(shards, kind, name))), numberAt(shards, 'bypassbytes')];
  const known = parts.filter((part) => part !== undefined);
  return known.length === 0 ? undefined : known.reduce((sum, part) => sum + part, 0);
}

/** `[d.]hh:mm:ss.fffffff` in milliseconds. */
function clockMs(text: string): number | undefined {
  const match = /^(?:(\d+)\.)?(\d+):(\d+):(\d+(?:\.\d+)?)$/u.exec(text);
  if (!match) return undefined;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part || 0));
  return ((days * 24 + hours) * 3600 + minutes * 60 + seconds) * 1000;
}

function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((current, name) => (isObject(current) ? current[name] : undefined), value);
}

function numberAt(value: unknown, ...path: readonly string[]): number | undefined {
  const found = at(value, ...path);
  return typeof found === 'number' && Number.isFinite(found) ? found : undefined;
}
