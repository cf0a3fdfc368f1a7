import type { KqlType } from '../../common/kqlTypes';
import { convert } from '../conversions';
import { type Expression, literal, sql, sqlList } from '../expression';
import { anyRangePattern, prefixPattern, privatePattern } from '../addresses';
import { constantElements } from '../scalars/memberships';
import type { Call, FunctionTable, ScalarFunction } from './registry';

const isNumber = (type: KqlType): boolean => type === 'int' || type === 'long';
const prefixOf = (call: Call, index: number, all: bigint): Expression => call.optional(index, 'long') ?? literal('long', all);

/** Null, and not false, for what is no address; as a condition one pattern tells. */
const isPrivate: ScalarFunction = (call) => {
  const address = call.text(0);
  const condition = sql('bool')`regexp_full_match(${address}, ${literal('string', privatePattern)})`;
  return sql('bool', { condition })`CASE WHEN ${condition} THEN true WHEN kql.ipv4_valid(${address}) THEN false END`;
};

/** Constant ranges as text; undefined when one is computed. */
function constantRanges(ranges: readonly Expression[]): string[] | undefined {
  const texts: string[] = [];
  for (const range of ranges) {
    if (range.kind !== 'literal') return undefined;
    if (range.type === 'dynamic') texts.push(...constantElements(range).map(({ value }) => (typeof value === 'string' ? value : '')));
    else texts.push(String(range.value));
  }
  return texts;
}

/** Ranges as one DuckDB list of text. */
function rangeList(ranges: readonly Expression[]): Expression {
  const lists = ranges.map((range) => (range.type === 'dynamic' ? sql('dynamic')`kql.texts(${range})` : sql('dynamic')`[${convert(range, 'string')}]`));
  return sqlList('dynamic', 'flatten([', lists, '])');
}

const isInRange: ScalarFunction = (call) => {
  const address = call.text(0);
  const ranges = call.args.slice(1);
  const constants = constantRanges(ranges);
  const pattern = constants && anyRangePattern(constants);
  if (pattern === undefined) {
    const list = constants ? sqlList('dynamic', '[', constants.map((text) => literal('string', text)), ']::VARCHAR[]') : rangeList(ranges);
    return sql('bool')`kql.ipv4_in_any_range(${address}, ${list})`;
  }
  const condition = sql('bool')`regexp_full_match(${address}, ${literal('string', pattern)})`;
  return sql('bool', { condition })`CASE WHEN ${condition} THEN true WHEN kql.ipv4_valid(${address}) THEN false END`;
};

const difference = (call: Call): Expression => sql('long')`kql.ipv4_difference(${call.text(0)}, ${call.text(1)}, ${prefixOf(call, 2, 32n)})`;

function masked(call: Call): Expression {
  const value = call.arg(0);
  const prefix = prefixOf(call, 1, 32n);
  return isNumber(value.type)
    ? sql('long')`CASE WHEN ${prefix} BETWEEN 0 AND 32 AND ${value} BETWEEN 0 AND 4294967295 THEN ${value} & kql.ipv4_mask(${prefix}) END`
    : sql('long')`kql.ipv4_masked(${call.text(0)}, ${prefix})`;
}

/** Addresses, or starts of addresses, looked for in a text. */
const inText =
  (macro: 'has_ipv4' | 'has_ipv4_prefix'): ScalarFunction =>
  (call) => {
    const text = call.text(0);
    const wanted = call.args.slice(1);
    const constants = constantRanges(wanted);
    if (!constants) return sql('bool', { notNull: true })`kql.${macro === 'has_ipv4' ? 'has_any_ipv4' : 'has_any_ipv4_prefix'}(${text}, ${rangeList(wanted)})`;
    const patterns = constants.map((constant) => prefixPattern(constant, macro === 'has_ipv4_prefix')).filter((pattern) => pattern !== undefined);
    if (patterns.length === 0) return literal('bool', false);
    const pattern = `(?:^|[^\\pL\\pN])(?:${patterns.join('|')})(?:$|[^\\pL\\pN])`;
    return sql('bool', { notNull: true })`regexp_matches(${text}, ${literal('string', pattern)})`;
  };

const order6 = (call: Call): Expression => sql('long')`CAST(routine_ipv6_order(${call.text(0)}, ${call.text(1)}, CAST(${prefixOf(call, 2, 128n)} AS VARCHAR)) AS BIGINT)`;

const isInRange6: ScalarFunction = (call) => {
  const ranges = call.args.slice(1).map((range) => (range.type === 'dynamic' ? range : sql('dynamic')`to_json([${convert(range, 'string')}])`));
  const texts = sqlList('dynamic', 'to_json(flatten([', ranges.map((range) => sql('dynamic')`kql.texts(${range})`), ']))');
  return sql('bool')`CAST(routine_ipv6_in_any_range(${call.text(0)}, CAST(${texts} AS VARCHAR)) AS BOOLEAN)`;
};

/** IPv4 and IPv6 addresses, and addresses in text. */
export const ipFunctions: FunctionTable = {
  ipv4_is_private: isPrivate,
  ipv4_is_in_range: isInRange,
  ipv4_is_in_any_range: isInRange,
  ipv4_is_match: (call) => sql('bool')`(${difference(call)} = 0)`,
  ipv4_compare: (call) => sql('long')`CAST(sign(${difference(call)}) AS BIGINT)`,
  parse_ipv4: (call) => (isNumber(call.arg(0).type) ? masked(call) : sql('long')`kql.ipv4_long(${call.text(0)})`),
  parse_ipv4_mask: masked,
  format_ipv4: (call) => sql('string')`coalesce(kql.ipv4_number_text(${masked(call)}), '')`,
  format_ipv4_mask: (call) => {
    const value = call.arg(0);
    const prefix = prefixOf(call, 1, 32n);
    const length = isNumber(value.type) ? prefix : sql('long')`least(kql.ipv4_suffix(${call.text(0)}), ${prefix})`;
    return sql('string')`coalesce(kql.ipv4_number_text(${masked(call)}) || '/' || CAST(${length} AS VARCHAR), '')`;
  },
  ipv4_netmask_suffix: (call) => sql('long')`CASE WHEN kql.ipv4_valid(${call.text(0)}) THEN CAST(kql.ipv4_suffix(${call.text(0)}) AS BIGINT) END`,
  ipv4_range_to_cidr_list: (call) => sql('dynamic')`CAST(routine_ipv4_range_list(${call.text(0)}, ${call.text(1)}) AS JSON)`,
  has_ipv4: inText('has_ipv4'),
  has_any_ipv4: inText('has_ipv4'),
  has_ipv4_prefix: inText('has_ipv4_prefix'),
  has_any_ipv4_prefix: inText('has_ipv4_prefix'),
  ipv6_compare: order6,
  ipv6_is_match: (call) => sql('bool')`(${order6(call)} = 0)`,
  ipv6_is_in_range: isInRange6,
  ipv6_is_in_any_range: isInRange6,
  parse_ipv6: (call) => sql('string')`coalesce(routine_ipv6_text(${call.text(0)}, '128'), '')`,
  parse_ipv6_mask: (call) => sql('string')`coalesce(routine_ipv6_text(${call.text(0)}, CAST(${call.as(1, 'long')} AS VARCHAR)), '')`,
};
