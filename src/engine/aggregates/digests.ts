import { toDynamic } from '../conversions';
import { type Expression, literal, sql, sqlList } from '../expression';
import { digestPercentiles, mergedDigests, mergedSets, percentsOf } from '../functions/digests';
import type { AggregateCall, AggregateFunction, AggregateTable } from './registry';
import { percentileOf } from './statistics';

/** All values of the group with their weights, as the text of a digest; NULL when there are none. */
function digestOf(value: Expression, weight: Expression | undefined): Expression {
  const present = weight ? sql('bool')`${value} IS NOT NULL AND ${weight} IS NOT NULL` : sql('bool')`${value} IS NOT NULL`;
  const values = sql('dynamic')`list(${toDynamic(value)}) FILTER (WHERE ${present})`;
  const weights = sql('dynamic')`list(${weight ?? literal('long', 1n)}) FILTER (WHERE ${present})`;
  return sql('string', { notNull: false })`routine_digest(${literal('string', value.type)}, CAST(to_json(${values}) AS VARCHAR), CAST(to_json(${weights}) AS VARCHAR))`;
}

const digest: AggregateFunction = (call) => sql('dynamic')`CAST(${digestOf(call.arg(0), call.optional(1))} AS JSON)`;

/** `percentilew(value, weight, percent)`: its own JSON of one value. */
export function weightedPercentile(call: AggregateCall, percent: Expression): Expression {
  const values = digestPercentiles(digestOf(call.arg(0), call.arg(1)), sql('string')`CAST(to_json([${percent}]) AS VARCHAR)`);
  return sql('dynamic')`kql.element(${values}, 0)`;
}

const percentilesArray: AggregateFunction = (call) => {
  const list = call.args.slice(1);
  const [only] = list;
  const percents = list.length === 1 && only?.type === 'dynamic' ? constantPercents(call, only) : list;
  const values = percents.map((percent) => toDynamic(percentileOf(call, call.arg(0), percent)));
  return sql('dynamic')`CASE WHEN count(${call.arg(0)}) > 0 THEN ${sqlList('dynamic', 'to_json([', values, '])')} END`;
};

function constantPercents(call: AggregateCall, array: Expression): Expression[] {
  const parsed: unknown = array.kind === 'literal' ? JSON.parse(String(array.value)) : undefined;
  return Array.isArray(parsed) ? parsed.map((percent) => literal('real', Number(percent))) : call.unsupported('computed percentiles');
}

/** Distinct values by a hash of their text: with 64 bits two values share one once in billions. */
const sketch =
  (conditionAt?: number): AggregateFunction =>
  (call) => {
    const value = call.arg(0);
    const text = sql('string', { notNull: false })`CAST(${value} AS VARCHAR)`;
    const present = sql('bool')`${value} IS NOT NULL`;
    const filter = conditionAt === undefined ? present : sql('bool')`${present} AND ${call.condition(conditionAt)}`;
    return sql('dynamic')`kql.sketch(list(DISTINCT hash(${text})) FILTER (WHERE ${filter}))`;
  };

const mergedState =
  (merge: (list: Expression) => Expression): AggregateFunction =>
  (call) =>
    merge(sql('dynamic')`list(${call.as(0, 'dynamic')}) FILTER (WHERE ${call.as(0, 'dynamic')} IS NOT NULL)`);

/** The smallest schema that all values fit. */
const schema: AggregateFunction = (call) => {
  const value = call.as(0, 'dynamic');
  const values = sql('dynamic')`list(${value}${call.order}) FILTER (WHERE ${value} IS NOT NULL)`;
  return sql('dynamic')`CASE WHEN count(${value}) > 0 THEN CAST(routine_schema(CAST(to_json(${values}) AS VARCHAR)) AS JSON) END`;
};

/** States that are merged later, percentiles with weights, schemas. */
export const digestAggregates: AggregateTable = {
  tdigest: digest,
  merge_tdigest: mergedState(mergedDigests),
  tdigest_merge: mergedState(mergedDigests),
  percentilew: (call) => weightedPercentile(call, call.as(2, 'real')),
  percentilesw_array: (call) => digestPercentiles(digestOf(call.arg(0), call.arg(1)), percentsOf(call, 2)),
  percentiles_array: percentilesArray,
  hll: sketch(),
  hll_if: sketch(1),
  hll_merge: mergedState(mergedSets),
  buildschema: schema,
};
