import type { KqlType } from '../../common/kqlTypes';
import { convert } from '../conversions';
import { type Expression, literal, sql } from '../expression';
import type { AggregateCall, AggregateFunction, AggregateTable } from './registry';
import { physicalTypes } from '../physicalTypes';

/** A number to compute with; dynamic values count by their number. */
function numeric(value: Expression): Expression {
  return value.type === 'dynamic' ? convert(value, 'real') : value.type === 'bool' ? convert(value, 'long') : value;
}

function physical(type: KqlType): string {
  return type === 'real' ? 'DOUBLE' : type === 'decimal' ? physicalTypes.decimal : type === 'int' ? 'INTEGER' : 'BIGINT';
}

const sum =
  (conditionAt?: number): AggregateFunction =>
  (call) => {
    const value = numeric(call.arg(0));
    const type = value.type === 'int' ? 'long' : value.type;
    return sql(type, { notNull: true })`coalesce(CAST(sum(${value})${call.filter(conditionAt)} AS ${physical(type)}), 0)`;
  };

const average =
  (conditionAt?: number): AggregateFunction =>
  (call) => {
    const value = numeric(call.arg(0));
    if (value.type === 'datetime' || value.type === 'timespan') {
      return sql(value.type)`CAST(sum(${value})${call.filter(conditionAt)} // nullif(count(${value})${call.filter(conditionAt)}, 0) AS BIGINT)`;
    }
    if (value.type === 'decimal') return sql('decimal')`CAST(sum(${value})${call.filter(conditionAt)} / nullif(count(${value})${call.filter(conditionAt)}, 0) AS ${physicalTypes.decimal})`;
    return sql('real')`coalesce(avg(CAST(${value} AS DOUBLE))${call.filter(conditionAt)}, 'nan'::DOUBLE)`;
  };

const extreme =
  (name: 'min' | 'max', conditionAt?: number): AggregateFunction =>
  (call) => {
    const value = call.arg(0);
    if (value.type === 'dynamic') return sql('dynamic')`kql.first_json(${name === 'min' ? 'arg_min' : 'arg_max'}(${value}, kql.sort_text(${value}))${call.filter(conditionAt)})`;
    const found = sql(value.type)`${name}(${value})${call.filter(conditionAt)}`;
    return value.type === 'string' ? sql('string')`coalesce(${found}, '')` : found;
  };

const spread =
  (name: string, conditionAt?: number): AggregateFunction =>
  (call) => {
    const value = convert(numeric(call.arg(0)), 'real');
    return sql('real', { notNull: true })`coalesce(${name}(${value})${call.filter(conditionAt)}, 0)`;
  };

/** The value at a rank: the smallest that at least this part of the values does not exceed. */
export function percentileOf(call: AggregateCall, value: Expression, percent: Expression): Expression {
  const number = numeric(value);
  const fraction = percent.kind === 'literal' ? literal('real', Number(percent.value) / 100) : call.unsupported('a computed percentile');
  return sql(number.type)`quantile_disc(${number}, ${fraction})`;
}

/** Of the rows that have both values. "All others: null" is the default over no rows. */
const covariance =
  (name: 'covar_samp' | 'covar_pop', conditionAt?: number): AggregateFunction =>
  (call) =>
    sql('real')`${name}(${convert(numeric(call.arg(0)), 'real')}, ${convert(numeric(call.arg(1)), 'real')})${call.filter(conditionAt)}`;

const bitwise =
  (name: string): AggregateFunction =>
  (call) =>
    sql('long')`${name}(${convert(call.arg(0), 'long')})`;

/** Sums, means, extremes, spread. */
export const statisticAggregates: AggregateTable = {
  sum: sum(),
  sumif: sum(1),
  avg: average(),
  avgif: average(1),
  min: extreme('min'),
  max: extreme('max'),
  minif: extreme('min', 1),
  maxif: extreme('max', 1),
  stdev: spread('stddev_samp'),
  stdevif: spread('stddev_samp', 1),
  stdevp: spread('stddev_pop'),
  variance: spread('var_samp'),
  varianceif: spread('var_samp', 1),
  variancep: spread('var_pop'),
  variancepif: spread('var_pop', 1),
  covariance: covariance('covar_samp'),
  covarianceif: covariance('covar_samp', 2),
  covariancep: covariance('covar_pop'),
  covariancepif: covariance('covar_pop', 2),
  percentile: (call) => percentileOf(call, call.arg(0), call.arg(1)),
  binary_all_and: bitwise('bit_and'),
  binary_all_or: bitwise('bit_or'),
  binary_all_xor: bitwise('bit_xor'),
};
