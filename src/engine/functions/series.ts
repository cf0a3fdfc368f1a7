import { convert, textOf } from '../conversions';
import { type Expression, literal, sql, sqlList } from '../expression';
import type { Call, FunctionTable, ScalarFunction } from './registry';

/** A dynamic value, or a number, as JSON text. */
const json = (value: Expression): Expression => sql('string', { notNull: false })`CAST(${convert(value, 'dynamic')} AS VARCHAR)`;
const missing = literal('dynamic', null);

/** An optional argument as text; NULL when it was not given or is null. */
export function option(call: Call, index: number): Expression {
  const value = call.optional(index);
  if (!value) return sql('string', { notNull: false })`NULL::VARCHAR`;
  return value.type === 'bool' ? sql('string')`lower(nullif(${textOf(value)}, ''))` : sql('string', { notNull: false })`nullif(${textOf(value)}, '')`;
}

/** A call of a routine on the call's arguments: the first `arrays` are JSON, the rest options. */
export function onSeries(call: Call, name: string, arrays: number, options: number): Expression {
  const args = [
    ...Array.from({ length: arrays }, (_, index) => json(call.arg(index))),
    ...Array.from({ length: options }, (_, index) => option(call, arrays + index)),
  ];
  return sql('dynamic')`CAST(${sqlList('string', `routine_${name}(`, args, ')')} AS JSON)`;
}

/** Like {@link onSeries}, for series and numbers that may be missing at the end. */
export function onOptionalSeries(call: Call, name: string, count: number): Expression {
  const args = Array.from({ length: count }, (_, index) => json(call.optional(index) ?? missing));
  return sql('dynamic')`CAST(${sqlList('string', `routine_${name}(`, args, ')')} AS JSON)`;
}

const each =
  (name: string): ScalarFunction =>
  (call) =>
    sql('dynamic')`CAST(routine_series_each(${literal('string', name)}, ${json(call.arg(0))}) AS JSON)`;

const pairs =
  (name: string): ScalarFunction =>
  (call) =>
    sql('dynamic')`CAST(routine_series_pairs(${literal('string', name)}, ${json(call.arg(0))}, ${json(call.arg(1))}) AS JSON)`;

const reduced =
  (name: string, arrays: number): ScalarFunction =>
  (call) =>
    sql('real')`CAST(${sqlList('string', `routine_${name}(`, Array.from({ length: arrays }, (_, index) => json(call.arg(index))), ')')} AS DOUBLE)`;

const bag =
  (name: string, arrays: number, options: number): ScalarFunction =>
  (call) =>
    onSeries(call, name, arrays, options);

/** The detected period may be another one than Azure's: its scoring is not published. */
export function noteDetection(call: Call, seasonality: number): void {
  const given = call.constant(seasonality);
  if (given !== undefined && Number(given) >= 0) return;
  call.translator.warnings.push(`${call.name}() looks for the season by autocorrelation: the local engine may find another one than Azure does. Give the seasonality to be sure.`);
}

const elementNames = ['abs', 'acos', 'asin', 'atan', 'ceiling', 'cos', 'exp', 'floor', 'log', 'sign', 'sin', 'tan'];
const pairNames = ['add', 'subtract', 'multiply', 'divide', 'pow', 'equals', 'not_equals', 'greater', 'greater_equals', 'less', 'less_equals'];

/** Functions of numeric arrays. */
export const seriesFunctions: FunctionTable = {
  ...Object.fromEntries(elementNames.map((name) => [`series_${name}`, each(name)])),
  ...Object.fromEntries(pairNames.map((name) => [`series_${name}`, pairs(name)])),
  series_sum: reduced('series_sum', 1),
  series_product: reduced('series_product', 1),
  series_magnitude: reduced('series_magnitude', 1),
  series_dot_product: reduced('series_dot_product', 2),
  series_cosine_similarity: reduced('series_cosine_similarity', 2),
  series_pearson_correlation: reduced('series_pearson_correlation', 2),
  series_fill_forward: (call) => filled(call, 'series_fill_forward', [fillOption(call, 1)]),
  series_fill_backward: (call) => filled(call, 'series_fill_backward', [fillOption(call, 1)]),
  series_fill_const: (call) => filled(call, 'series_fill_const', [json(call.arg(1)), fillOption(call, 2)]),
  series_fill_linear: (call) => filled(call, 'series_fill_linear', [fillOption(call, 1), option(call, 2), call.optional(3) ? option(call, 3) : literal('string', '0')]),
  series_fir: bag('series_fir', 2, 2),
  series_iir: bag('series_iir', 3, 0),
  series_stats_dynamic: bag('series_stats', 1, 1),
  series_fit_line_dynamic: bag('series_fit_line', 1, 0),
  series_fit_2lines_dynamic: bag('series_fit_2lines', 1, 0),
  series_outliers: bag('series_outliers', 1, 5),
  series_seasonal: (call) => {
    noteDetection(call, 1);
    return onSeries(call, 'series_seasonal', 1, 1);
  },
};

const fillOption = (call: Call, index: number): Expression => json(call.optional(index) ?? missing);

function filled(call: Call, name: string, options: readonly Expression[]): Expression {
  return sql('dynamic')`CAST(${sqlList('string', `routine_${name}(`, [json(call.arg(0)), ...options], ')')} AS JSON)`;
}
