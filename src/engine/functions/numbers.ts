import type { KqlType } from '../../common/kqlTypes';
import { convert } from '../conversions';
import { type Expression, literal, sql, sqlList } from '../expression';
import { widerNumber } from '../scalars/arithmetic';
import type { Call, FunctionTable, ScalarFunction } from './registry';

/** A function of one real that is null outside its domain. */
const real =
  (body: (value: Expression) => Expression): ScalarFunction =>
  (call) =>
    body(call.as(0, 'real'));

const rounded =
  (name: 'floor' | 'ceil'): ScalarFunction =>
  (call) => {
    const value = call.arg(0);
    if (value.type === 'int' || value.type === 'long') return value;
    return sql(call.type)`CAST(${name}(${convert(value, 'real')}) AS ${call.type === 'real' ? 'DOUBLE' : 'BIGINT'})`;
  };

const isWhole = (type: KqlType): boolean => type === 'int' || type === 'long';

/** `bin(value, size)`: the largest multiple of size not above value. */
export const bin: ScalarFunction = (call) => binned(call, call.arg(0), call.arg(1));

export function binned(call: Call, rawValue: Expression, rawSize: Expression): Expression {
  const value = rawValue.type === 'dynamic' ? convert(rawValue, rawSize.type === 'timespan' ? 'datetime' : 'real') : rawValue;
  const size = rawSize;
  if (value.type === 'datetime' || value.type === 'timespan') {
    if (size.type !== 'timespan' && !isWhole(size.type)) return call.unsupported(`bin() of a ${value.type} by a ${size.type}`);
    if (size.kind === 'literal' && typeof size.value === 'bigint' && size.value > 0n) {
      return value.type === 'datetime' ? sql('datetime')`(${value} - ${value} % ${size})` : sql(value.type)`kql.bin_whole(${value}, ${size})`;
    }
    return sql(value.type)`kql.bin_whole(${value}, ${size})`;
  }
  const number = widerNumber(value.type, size.type);
  if (number === 'int' || number === 'long') return sql(call.type === 'int' ? 'int' : 'long')`CAST(kql.bin_whole(${convert(value, 'long')}, ${convert(size, 'long')}) AS ${call.type === 'int' ? 'INTEGER' : 'BIGINT'})`;
  if (number === 'real' || number === 'decimal') return convert(sql('real')`kql.bin_real(${convert(value, 'real')}, ${convert(size, 'real')})`, call.type);
  return call.unsupported(`bin() of a ${value.type} by a ${size.type}`);
}

/** Bins that pass through a fixed point. */
const binAt: ScalarFunction = (call) => binnedAt(call, call.arg(0), call.arg(1), call.arg(2));

export function binnedAt(call: Call, value: Expression, size: Expression, fixed: Expression): Expression {
  if (value.type === 'datetime' || value.type === 'timespan' || (isWhole(value.type) && isWhole(size.type) && isWhole(fixed.type))) {
    return sql(value.type)`(kql.bin_whole(${value} - ${fixed}, ${size}) + ${fixed})`;
  }
  const [v, s, f] = [convert(value, 'real'), convert(size, 'real'), convert(fixed, 'real')];
  return convert(sql('real')`(kql.bin_real(${v} - ${f}, ${s}) + ${f})`, call.type);
}

const bitwise =
  (operator: string): ScalarFunction =>
  (call) =>
    sql('long')`(${call.as(0, 'long')} ${operator} ${call.as(1, 'long')})`;

/** A function of probability: its routine takes and gives numbers as text. */
const distribution: ScalarFunction = (call) => {
  const texts = call.args.map((_, index) => sql('string', { notNull: false })`CAST(${call.as(index, 'real')} AS VARCHAR)`);
  return sql('real')`CAST(${sqlList('string', `routine_${call.name}(`, texts, ')')} AS DOUBLE)`;
};

/** Numbers. */
export const numberFunctions: FunctionTable = {
  bin,
  floor: (call) => (call.args.length > 1 ? bin(call) : rounded('floor')(call)),
  bin_at: binAt,
  ceiling: rounded('ceil'),
  abs: (call) => {
    const value = call.arg(0).type === 'dynamic' ? call.as(0, 'real') : call.arg(0);
    return sql(value.type)`abs(${value})`;
  },
  sign: (call) => sql(call.type)`CAST(sign(${call.arg(0).type === 'dynamic' ? call.as(0, 'real') : call.arg(0)}) AS ${call.type === 'real' ? 'DOUBLE' : call.type === 'int' ? 'INTEGER' : 'BIGINT'})`,
  // Halves go to the even neighbour, as .NET rounds.
  round: (call) => {
    const digits = call.optional(1, 'long') ?? literal('long', 0n);
    return convert(sql('real')`kql.round_real(${call.as(0, 'real')}, ${digits})`, call.type);
  },
  sqrt: real((x) => sql('real')`CASE WHEN ${x} < 0 THEN NULL ELSE sqrt(${x}) END`),
  exp: real((x) => sql('real')`exp(${x})`),
  exp2: real((x) => sql('real')`power(2::DOUBLE, ${x})`),
  exp10: real((x) => sql('real')`power(10::DOUBLE, ${x})`),
  log: real((x) => sql('real')`CASE WHEN ${x} > 0 THEN ln(${x}) WHEN ${x} = 0 THEN '-inf'::DOUBLE END`),
  log2: real((x) => sql('real')`CASE WHEN ${x} > 0 THEN log2(${x}) WHEN ${x} = 0 THEN '-inf'::DOUBLE END`),
  log10: real((x) => sql('real')`CASE WHEN ${x} > 0 THEN log10(${x}) WHEN ${x} = 0 THEN '-inf'::DOUBLE END`),
  loggamma: real((x) => sql('real')`lgamma(${x})`),
  gamma: real((x) => sql('real')`gamma(${x})`),
  pow: (call) => sql('real')`power(${call.as(0, 'real')}, ${call.as(1, 'real')})`,
  sin: real((x) => sql('real')`sin(${x})`),
  cos: real((x) => sql('real')`cos(${x})`),
  tan: real((x) => sql('real')`tan(${x})`),
  cot: real((x) => sql('real')`cot(${x})`),
  asin: real((x) => sql('real')`CASE WHEN abs(${x}) <= 1 THEN asin(${x}) END`),
  acos: real((x) => sql('real')`CASE WHEN abs(${x}) <= 1 THEN acos(${x}) END`),
  atan: real((x) => sql('real')`atan(${x})`),
  atan2: (call) => sql('real')`atan2(${call.as(0, 'real')}, ${call.as(1, 'real')})`,
  radians: real((x) => sql('real')`radians(${x})`),
  degrees: real((x) => sql('real')`degrees(${x})`),
  erf: distribution,
  erfc: distribution,
  beta_cdf: distribution,
  beta_pdf: distribution,
  beta_inv: distribution,
  welch_test: distribution,
  pi: () => sql('real')`pi()`,
  isnan: (call) => sql('bool')`coalesce(isnan(${call.as(0, 'real')}), false)`,
  isinf: (call) => sql('bool')`coalesce(isinf(${call.as(0, 'real')}), false)`,
  isfinite: (call) => sql('bool')`coalesce(isfinite(${call.as(0, 'real')}), false)`,
  // With N, one of 0.0, 1.0, … N - 1.
  rand: (call) => {
    const count = call.optional(0, 'real');
    return count ? sql('real')`floor(random() * ${count})` : sql('real')`random()`;
  },
  binary_and: bitwise('&'),
  binary_or: bitwise('|'),
  binary_xor: (call) => sql('long')`xor(${call.as(0, 'long')}, ${call.as(1, 'long')})`,
  binary_not: (call) => sql('long')`(~${call.as(0, 'long')})`,
  // "If n is negative, a NULL value is returned."
  binary_shift_left: (call) => sql('long')`CASE WHEN ${call.as(1, 'long')} >= 0 THEN kql.shift_left(${call.as(0, 'long')}, ${call.as(1, 'long')}) END`,
  binary_shift_right: (call) => sql('long')`CASE WHEN ${call.as(1, 'long')} >= 0 THEN ${call.as(0, 'long')} >> CAST(${call.as(1, 'long')} % 64 AS INTEGER) END`,
  bitset_count_ones: (call) => sql('long')`CAST(bit_count(${call.as(0, 'long')}) AS BIGINT)`,
  format_bytes: (call) => {
    const units = call.optional(2, 'string') ?? literal('string', '');
    return sql('string')`kql.format_bytes(${call.as(0, 'real')}, ${call.optional(1, 'long') ?? literal('long', 0n)}, ${units})`;
  },
};
