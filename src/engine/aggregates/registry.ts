/**
 * Aggregate functions. A new aggregate is one entry in the table of its theme: its name and the SQL of its call, which may hold
 * DuckDB aggregates.
 *
 *     countif: (call) => sql('long', { notNull: true })`count(*) FILTER (WHERE ${call.condition(0)})`,
 *
 * - Arguments are over the rows of the group. `…if` variants take their condition as the last argument: `call.filter(at)` is the
 *   FILTER clause for it.
 * - `call.order` is `ORDER BY …` of the incoming rows, for aggregates that keep an order; empty when there is none.
 * - Over no rows the value must be Kusto's default: 0, an empty array, else null.
 * - Aggregates with several results (`arg_max(x, *)`, `percentiles(…)`) are in `tuples.ts`.
 */
import { asCondition, type Expression, sql } from '../expression';
import { bool } from '../scalars/comparisons';
import { orderText } from '../plan';
import type { Call } from '../functions/registry';
import { collectionAggregates } from './collections';
import { countAggregates } from './counts';
import { digestAggregates } from './digests';
import { statisticAggregates } from './statistics';

export interface AggregateCall extends Call {
  /** The argument as a condition. */
  condition(index: number): Expression;
  /** ` FILTER (WHERE …)` for the condition at an index, or nothing. */
  filter(index: number | undefined): Expression;
  /** ` ORDER BY …` of the rows, or nothing. */
  readonly order: Expression;
  /** The rows have an order, asked for or given. */
  readonly ordered: boolean;
}

export type AggregateFunction = (call: AggregateCall) => Expression;
export type AggregateTable = Readonly<Record<string, AggregateFunction>>;

export function aggregateCall(call: Call): AggregateCall {
  const order = orderText(call.scope.rows?.order ?? []);
  const condition = (index: number): Expression => asCondition(bool(call.arg(index)));
  return Object.assign(Object.create(call) as Call, {
    condition,
    filter: (index: number | undefined): Expression =>
      index === undefined ? sql('bool')`` : sql('bool')` FILTER (WHERE ${condition(index)})`,
    ordered: order !== undefined || call.scope.rows?.serialized === true,
    order: order ? sql('string')` ORDER BY ${order}` : sql('string')``,
  });
}

/** All aggregates with one result, by name. */
export const aggregates: ReadonlyMap<string, AggregateFunction> = new Map(
  [countAggregates, statisticAggregates, collectionAggregates, digestAggregates].flatMap((table) => Object.entries(table)),
);
