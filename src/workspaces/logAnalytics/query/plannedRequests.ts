import { HuntError } from '../../../common/errors';
import { timespanRange } from '../../../kql/timespan';
import type { WorkspaceQuery } from '../../workspace';
import type { MetadataTable } from '../schema/metadata';
import { ticksAt } from '../localRun';
import type { QueryFacts } from './queryFacts';
import { type QueryText, withInsertion } from './queryText';
import { MOST_PARTS, offeredParts, partsOf, type Splitting, splittingOf, type SplitRange } from './splitting';

/** One request: the whole query, or a part of it. */
export interface Request {
  readonly timespan: string | undefined;
  /** Of a part; the whole query's when absent. */
  readonly text?: QueryText | undefined;
}

export interface Planned {
  readonly requests: readonly Request[];
  /** How many parts to offer when an answer is cut; undefined when parts would answer something else. */
  readonly offer: number | undefined;
}

/** A cell and what is known of it. */
export interface PlannedCell {
  readonly facts: QueryFacts;
  /** Where the cell begins in the text that the facts are about. */
  readonly cellStart: number;
}

/** What is known of the time of a query. */
export interface KnownTime {
  /** Sent beside it. */
  readonly timespan: string | undefined;
  readonly splitting: Splitting | undefined;
  readonly range: SplitRange | undefined;
}

/** @returns undefined for a query that cannot be asked in parts. */
export function splittingOfCell({ facts }: PlannedCell, tables: readonly MetadataTable[]): Splitting | undefined {
  const timeColumns = new Map(tables.flatMap(({ name, timeColumn }) => (timeColumn === undefined ? [] : [[name, timeColumn] as const])));
  return facts.errors.length === 0 ? splittingOf(facts, timeColumns) : undefined;
}

/** The range that a timespan means. */
export function rangeOfTimespan(timespan: string, now: Date): SplitRange | undefined {
  const range = timespanRange(timespan, ticksAt(now));
  return range && { ...range, isOpen: false };
}

/**
 * The requests that a cell needs, in the order in which their answers stand in the result.
 * @throws HuntError `refused` when parts are asked for that cannot be made.
 */
export function plannedRequests(
  { parts = 1 }: Pick<WorkspaceQuery, 'parts'>,
  text: QueryText,
  { cellStart }: Pick<PlannedCell, 'cellStart'>,
  { timespan, splitting, range }: KnownTime,
): Planned {
  const offer = splitting && range ? offeredParts(range, parts) : undefined;
  if (parts <= 1) return { requests: [{ timespan }], offer };
  const known = splittable(splitting, range, parts);
  const at = text.cellStart + known.splitting.at - cellStart;
  const requests = partsOf(known.range, parts, known.splitting).map((part): Request => {
    // A filter of the query's own stays the only one: a timespan beside it would say the same with other limits.
    return { timespan: timespan === undefined ? undefined : part.timespan, text: withInsertion(text, at, part.filter) };
  });
  return { requests, offer };
}

/** @throws HuntError `refused` */
function splittable(
  splitting: Splitting | undefined,
  range: SplitRange | undefined,
  parts: number,
): { readonly splitting: Splitting; readonly range: SplitRange } {
  if (!Number.isInteger(parts) || parts > MOST_PARTS) throw refused(`A query can be asked in ${MOST_PARTS} parts at most.`);
  if (!splitting) {
    throw refused(
      'This query cannot be asked in parts of its time range: only filters, projections and the like over one table give the same rows in parts. Narrow the time range, or summarize.',
    );
  }
  if (!range) {
    throw refused(
      'To be asked in parts the query needs a time range: add a line such as //| timespan: P7D at the head of the cell, or a filter such as where TimeGenerated > ago(7d).',
    );
  }
  return { splitting, range };
}

function refused(message: string): HuntError {
  return new HuntError({ kind: 'refused', message });
}
