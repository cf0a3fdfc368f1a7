import { kqlName } from '../../../common/kqlLiterals';
import { TICKS_PER_MILLISECOND, UNIX_EPOCH_TICKS } from '../../../common/kqlTypes';
import type { KqlNode } from '../../../kql/node';
import type { TickRange } from '../../../kql/timespan';
import type { QueryFacts } from './queryFacts';

/** How a query can be asked in parts of its time range so that the answers, one after the other, are the whole answer. */
export interface Splitting {
  /** Offset after the table's name in the query's text: where a part's filter goes. */
  readonly at: number;
  readonly timeColumn: string;
  /** The query orders its rows by time, latest first. */
  readonly latestFirst: boolean;
}

/** A time range to be asked in parts. */
export interface SplitRange extends TickRange {
  /** The query says no end: the last part has none either. */
  readonly isOpen: boolean;
}

/** A part of a time range. */
export interface Part {
  /** ISO 8601, `start/end`. */
  readonly timespan: string;
  /** Follows the table: the service does not say whether the end of a timespan belongs to it, and no row may come twice or never. */
  readonly filter: string;
}

/** Most parts: a query of a hundred parts is a hundred queries. */
export const MOST_PARTS = 100;
/** Of the first offer. */
const FIRST_PARTS = 4;

/** Operators that treat each row by itself, so that a part of the rows gives a part of the answer. */
const rowByRow: ReadonlySet<string> = new Set([
  'FilterOperator',
  'ExtendOperator',
  'ProjectOperator',
  'ProjectAwayOperator',
  'ProjectKeepOperator',
  'ProjectRenameOperator',
  'ProjectReorderOperator',
  'ParseOperator',
  'ParseWhereOperator',
  'ParseKvOperator',
  'MvExpandOperator',
  'RenderOperator',
  'AsOperator',
]);

/** Functions that look at other rows, or at all of them. */
const acrossRows = /^(?:row_\w+|prev|next)$/u;

/** @returns undefined for a query that would answer something else in parts. */
export function splittingOf(facts: QueryFacts, timeColumns: ReadonlyMap<string, string>): Splitting | undefined {
  const { query, tables, results, readsMore } = facts;
  const [table] = tables;
  if (!query || table === undefined || tables.size !== 1 || results.size > 0 || readsMore) return undefined;
  const timeColumn = timeColumns.get(table);
  const pipeline = pipelineOf(query);
  const { source } = pipeline;
  if (timeColumn === undefined || source.kind !== 'NameReference' || source.symbol?.kind !== 'Table') return undefined;
  let latestFirst = false;
  for (const operator of pipeline.operators) {
    if (operator.kind === 'SortOperator') {
      const order = orderBy(operator, timeColumn);
      if (order === undefined) return undefined;
      latestFirst = order === 'latestFirst';
    } else if (!rowByRow.has(operator.kind) || looksElsewhere(operator, timeColumn)) return undefined;
  }
  return { at: source.start + source.length, timeColumn, latestFirst };
}

/** How many parts to offer for an answer that was cut; undefined when the range is too short or there were enough parts already. */
export function offeredParts(range: TickRange, parts: number): number | undefined {
  const offered = Math.min(MOST_PARTS, parts * FIRST_PARTS);
  const milliseconds = (range.end - range.start) / TICKS_PER_MILLISECOND;
  return offered > parts && milliseconds >= BigInt(offered) * 1000n ? offered : undefined;
}

/** The parts in the order in which their answers stand in the whole. */
export function partsOf(range: SplitRange, count: number, { timeColumn, latestFirst }: Splitting): readonly Part[] {
  const length = range.end - range.start;
  const bounds = Array.from({ length: count + 1 }, (_, index) => {
    const bound = range.start + (length * BigInt(index)) / BigInt(count);
    // Whole milliseconds inside: the service's timespans know no finer ones for certain.
    return index === 0 || index === count ? bound : bound - (bound % TICKS_PER_MILLISECOND);
  });
  const column = kqlName(timeColumn);
  const parts = bounds.slice(0, -1).map((start, index): Part => {
    const end = bounds[index + 1] ?? range.end;
    const before = range.isOpen && index === count - 1 ? '' : ` and ${column} < datetime(${timeText(end)})`;
    const filter = ` | where ${column} >= datetime(${timeText(start)})${before}`;
    return { timespan: `${timeText(start)}/${timeText(end)}`, filter };
  });
  return latestFirst ? parts.reverse() : parts;
}

function timeText(ticks: bigint): string {
  const sinceEpoch = ticks - UNIX_EPOCH_TICKS;
  const fraction = ((sinceEpoch % 10_000_000n) + 10_000_000n) % 10_000_000n;
  const seconds = new Date(Number((sinceEpoch - fraction) / TICKS_PER_MILLISECOND)).toISOString().slice(0, 19);
  return `${seconds}.${fraction.toString().padStart(7, '0')}Z`;
}

/** A query as its source and what follows, in order. */
export function pipelineOf(query: KqlNode): { readonly source: KqlNode; readonly operators: readonly KqlNode[] } {
  const operators: KqlNode[] = [];
  let source = query;
  while (source.kind === 'PipeExpression') {
    operators.unshift(source.need('Operator'));
    source = source.need('Expression');
  }
  return { source, operators };
}

/** Undefined for an order that is not by time: the parts' orders would not join. */
function orderBy(operator: KqlNode, timeColumn: string): 'latestFirst' | 'earliestFirst' | undefined {
  const [first] = operator.list('Expressions');
  const key = first?.kind === 'OrderedExpression' ? first.child('Expression') : first;
  if (key?.kind !== 'NameReference' || key.simpleName !== timeColumn) return undefined;
  // KQL sorts descending unless told otherwise.
  const ascending = first?.child('Ordering')?.text.toLowerCase().startsWith('asc') === true;
  return ascending ? 'earliestFirst' : 'latestFirst';
}

/** Needs it other rows, or makes it another time of a row's own? */
function looksElsewhere(operator: KqlNode, timeColumn: string): boolean {
  return [...operator.walk()].some(
    (node) =>
      node.kind === 'PipeExpression' ||
      node.kind === 'ToScalarExpression' ||
      node.kind === 'MaterializeExpression' ||
      (node.kind === 'NameDeclaration' && node.simpleName === timeColumn) ||
      (node.kind === 'NameReference' && (node.symbol?.kind === 'Table' || node.columns !== undefined)) ||
      (node.kind === 'FunctionCallExpression' && acrossRows.test(node.child('Name')?.simpleName ?? '')),
  );
}
