import { HuntError } from '../../../common/errors';
import { type TickRange, timespanRange } from '../../../kql/timespan';
import type { WorkspaceQuery } from '../../workspace';
import type { MetadataTable } from '../schema/metadata';
import { ticksAt } from '../localRun';
import type { QueryFacts } from './queryFacts';
import { type QueryText, withInsertion } from './queryText';
import { MOST_PARTS, offeredParts, partsOf, type Splitting, splittingOf } from './splitting';

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

/**
 * The requests that a cell needs, in the order in which their answers stand in the result.
 * @throws HuntError `refused` when parts are asked for that cannot be made.
 */
export function plannedRequests(
  { parts = 1 }: Pick<WorkspaceQuery, 'parts'>,
  text: QueryText,
  { facts, cellStart }: PlannedCell,
  { timespan, tables, now }: { readonly timespan: string | undefined; readonly tables: readonly MetadataTable[]; readonly now: Date },
): Planned {
  const timeColumns = new Map(tables.flatMap(({ name, timeColumn }) => (timeColumn === undefined ? [] : [[name, timeColumn] as const])));
  const splitting = facts.errors.length === 0 ? splittingOf(facts, timeColumns) : undefined;
  const range = timespan === undefined ? undefined : timespanRange(timespan, ticksAt(now));
  const offer = splitting && range ? offeredParts(range, parts) : undefined;
  if (parts <= 1) return { requests: [{ timespan }], offer };
  const known = splittable(splitting, range, parts);
  const at = text.cellStart + known.splitting.at - cellStart;
  const requests = partsOf(known.range, parts, known.splitting);
  return { requests: requests.map(({ timespan: part, filter }) => ({ timespan: part, text: withInsertion(text, at, filter) })), offer };
}

/** @throws HuntError `refused` */
function splittable(
  splitting: Splitting | undefined,
  range: TickRange | undefined,
  parts: number,
): { readonly splitting: Splitting; readonly range: TickRange } {
  if (!Number.isInteger(parts) || parts > MOST_PARTS) throw refused(`A query can be asked in ${MOST_PARTS} parts at most.`);
  if (!splitting) {
    throw refused(
      'This query cannot be asked in parts of its time range: only filters, projections and the like over one table give the same rows in parts. Narrow the time range, or summarize.',
    );
  }
  if (!range) throw refused('To be asked in parts the query needs a time range beside it: add a line such as //| timespan: P7D at the head of the cell.');
  return { splitting, range };
}

function refused(message: string): HuntError {
  return new HuntError({ kind: 'refused', message });
}
