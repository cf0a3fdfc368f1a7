import { toDynamic } from '../conversions';
import { type Expression, sql } from '../expression';
import type { AggregateFunction, AggregateTable } from './registry';

/** Values that can be told apart: dynamic ones by their text. */
function distinguishable(value: Expression): Expression {
  return value.type === 'dynamic' ? sql('string', { notNull: false })`CAST(${toDynamic(value)} AS VARCHAR)` : value;
}

/** Exact, where Kusto estimates. */
const distinctCount =
  (conditionAt?: number): AggregateFunction =>
  (call) =>
    sql('long', { notNull: true })`count(DISTINCT ${distinguishable(call.arg(0))})${call.filter(conditionAt)}`;

/** Counting. */
export const countAggregates: AggregateTable = {
  count: () => sql('long', { notNull: true })`count(*)`,
  cnt: () => sql('long', { notNull: true })`count(*)`,
  countif: (call) => sql('long', { notNull: true })`count(*)${call.filter(0)}`,
  dcount: distinctCount(),
  dcountif: distinctCount(1),
  count_distinct: distinctCount(),
  count_distinctif: distinctCount(1),
};
