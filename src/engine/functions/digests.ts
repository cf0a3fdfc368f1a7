import { convert, toDynamic } from '../conversions';
import { type Expression, sql, sqlList } from '../expression';
import type { Call, FunctionTable, ScalarFunction } from './registry';

/** Text of a dynamic value, for a routine. */
export const jsonOf = (value: Expression): Expression => sql('string', { notNull: false })`CAST(${toDynamic(value)} AS VARCHAR)`;

/** The percents of `percentiles_…(x, 5, 50, 95)` or of `…(x, dynamic([5, 50, 95]))` as a JSON array in text. */
export function percentsOf(call: Call, first: number): Expression {
  const list = call.args.slice(first);
  const [only] = list;
  if (list.length === 1 && only?.type === 'dynamic') return jsonOf(only);
  return sql('string')`CAST(${sqlList('dynamic', 'to_json([', list.map((percent) => convert(percent, 'real')), '])')} AS VARCHAR)`;
}

/** Percentiles of a digest, as a JSON array. */
export function digestPercentiles(digest: Expression, percents: Expression): Expression {
  return sql('dynamic')`CAST(routine_digest_percentiles(${digest}, ${percents}) AS JSON)`;
}

const percentile: ScalarFunction = (call) => {
  const values = digestPercentiles(jsonOf(call.arg(0)), sql('string')`CAST(to_json([${call.as(1, 'real')}]) AS VARCHAR)`);
  return convert(sql('dynamic')`kql.element(${values}, 0)`, call.type);
};

const rank =
  (name: 'digest_rank' | 'digest_percent_rank'): ScalarFunction =>
  (call) =>
    convert(sql('real')`CAST(routine_${name}(${jsonOf(call.arg(0))}, ${jsonOf(call.arg(1))}) AS DOUBLE)`, call.type);

/** One state of several. */
export const mergedDigests = (list: Expression): Expression => sql('dynamic')`CAST(routine_merged_digest(CAST(to_json(${list}) AS VARCHAR)) AS JSON)`;
export const mergedSets = (list: Expression): Expression => sql('dynamic')`kql.merge_sketches(${list})`;

const merge =
  (whole: (list: Expression) => Expression): ScalarFunction =>
  (call) =>
    whole(sqlList('dynamic', '[', call.args.map((_, index) => call.as(index, 'dynamic')), ']'));

/** States of `tdigest()` and `hll()`: exact here, where Azure estimates. */
export const digestFunctions: FunctionTable = {
  percentile_tdigest: percentile,
  percentiles_array_tdigest: (call) => digestPercentiles(jsonOf(call.arg(0)), percentsOf(call, 1)),
  rank_tdigest: rank('digest_rank'),
  percentrank_tdigest: rank('digest_percent_rank'),
  merge_tdigest: merge(mergedDigests),
  tdigest_merge: merge(mergedDigests),
  dcount_hll: (call) => sql('long')`CAST(json_array_length(${call.as(0, 'dynamic')}, '$[1]') AS BIGINT)`,
  hll_merge: merge(mergedSets),
};
