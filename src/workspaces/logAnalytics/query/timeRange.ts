import type { ResultNotice } from '../../../common/engineProtocol';
import type { QueryFacts } from './queryFacts';

/** The time range that goes out beside a query. */
export interface SentTimespan {
  /** ISO 8601. */
  readonly timespan: string;
  readonly notice: Extract<ResultNotice, { readonly kind: 'timespan' }>;
}

/**
 * What the cell's option says; else nothing when the query limits its time itself or reads no table; else the notebook's default.
 * The service applies a timespan on top of what the query says.
 */
export function timespanOf(
  asked: { readonly timespan?: string | undefined; readonly defaultTimespan?: string | undefined },
  facts: Pick<QueryFacts, 'filtersTime' | 'tables' | 'readsMore' | 'errors'>,
): SentTimespan | undefined {
  if (asked.timespan !== undefined) return sent(asked.timespan, 'cell');
  // A name that the kept schema does not know may be a table.
  const readsTables = facts.tables.size > 0 || facts.readsMore || facts.errors.length > 0;
  if (facts.filtersTime || !readsTables || asked.defaultTimespan === undefined) return undefined;
  return sent(asked.defaultTimespan, 'notebook');
}

function sent(timespan: string, from: 'cell' | 'notebook'): SentTimespan {
  return { timespan, notice: { kind: 'timespan', timespan, from } };
}
