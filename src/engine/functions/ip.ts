import { asCondition, type Expression, literal, sql } from '../expression';
import { constantElements } from '../scalars/memberships';
import type { Call, FunctionTable, ScalarFunction } from './registry';

const octet = '(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)';

/** Numbers of a constant range of addresses; undefined when it is none. */
function constantRange(text: string): { readonly from: bigint; readonly to: bigint; readonly prefix: number; readonly octets: readonly number[] } | undefined {
  const match = /^\s*(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?:\/(\d{1,2}))?\s*$/u.exec(text);
  const octets = match?.slice(1, 5).map(Number);
  const prefix = Number(match?.[5] ?? 32);
  if (!octets || octets.some((part) => part > 255) || prefix > 32) return undefined;
  const size = 1n << BigInt(32 - prefix);
  const number = octets.reduce((all, part) => all * 256n + BigInt(part), 0n);
  const from = number - (number % size);
  return { from, to: from + size - 1n, prefix, octets };
}

/** Is an address in a constant range? For whole octets, by its text alone. */
function inConstantRange(address: Expression, range: string): Expression {
  const constant = constantRange(range);
  const exact = sql('bool')`kql.ipv4_in_range(${address}, ${literal('string', range)})`;
  if (!constant) return exact;
  const number = sql('long')`kql.parse_ipv4(${address})`;
  const whole = constant.prefix > 0 && constant.prefix % 8 === 0;
  const head = constant.octets.slice(0, constant.prefix / 8).join('\\.');
  const rest = `(?:\\.${octet})`.repeat(4 - constant.prefix / 8 || 0);
  const slashed = sql('bool')`(contains(${address}, '/') AND coalesce(${exact}, false))`;
  const condition = whole
    ? sql('bool')`(regexp_full_match(${address}, ${literal('string', head + rest)}) OR ${slashed})`
    : sql('bool')`CASE WHEN contains(${address}, '/') THEN ${exact} ELSE ${number} BETWEEN ${literal('long', constant.from)} AND ${literal('long', constant.to)} END`;
  return { ...exact, condition };
}

const isInRange: ScalarFunction = (call) => {
  const range = call.constant(1);
  return typeof range === 'string' ? inConstantRange(call.text(0), range) : sql('bool')`kql.ipv4_in_range(${call.text(0)}, ${call.text(1)})`;
};

/** Ranges as further arguments or as one array. */
function rangesOf(call: Call): { readonly constants: readonly string[]; readonly arrays: readonly Expression[]; readonly texts: readonly Expression[] } {
  const constants: string[] = [];
  const arrays: Expression[] = [];
  const texts: Expression[] = [];
  call.args.slice(1).forEach((value, index) => {
    if (value.type === 'dynamic') {
      if (value.kind === 'literal') constants.push(...constantElements(value).map((item) => String(item.value)));
      else arrays.push(value);
    } else if (value.kind === 'literal') constants.push(String(value.value));
    else texts.push(call.text(index + 1));
  });
  return { constants, arrays, texts };
}

function any(tests: readonly Expression[]): Expression {
  const [first, ...rest] = tests;
  return first ? rest.reduce((all, test) => sql('bool')`(${all} OR ${test})`, first) : literal('bool', false);
}

const isInAnyRange =
  (version: 'ipv4' | 'ipv6'): ScalarFunction =>
  (call) => {
    const address = call.text(0);
    const { constants, arrays, texts } = rangesOf(call);
    const inRange = (range: Expression): Expression => sql('bool')`coalesce(kql.${version}_in_range(${address}, ${range}), false)`;
    const tests = [
      ...constants.map((range) => (version === 'ipv4' ? sql('bool')`coalesce(${asCondition(inConstantRange(address, range))}, false)` : inRange(literal('string', range)))),
      ...texts.map(inRange),
      ...arrays.map((array) => sql('bool')`(len(list_filter(kql.texts(${array}), lambda r: coalesce(kql.${version}_in_range(${address}, r), false))) > 0)`),
    ];
    return any(tests);
  };

const prefixArgument = (call: Call, most: bigint): Expression => call.optional(2, 'long') ?? literal('long', most);

const hasAny =
  (test: 'has_ipv4' | 'has_ipv4_prefix'): ScalarFunction =>
  (call) => {
    const { constants, arrays, texts } = rangesOf(call);
    const one = (wanted: Expression): Expression => sql('bool')`kql.${test}(${call.text(0)}, ${wanted})`;
    return any([
      ...constants.map((wanted) => one(literal('string', wanted))),
      ...texts.map(one),
      ...arrays.map((array) => sql('bool')`(len(list_filter(kql.texts(${array}), lambda w: kql.${test}(${call.text(0)}, w))) > 0)`),
    ]);
  };

/** Internet addresses. */
export const ipFunctions: FunctionTable = {
  parse_ipv4: (call) => sql('long')`kql.parse_ipv4(${call.text(0)})`,
  parse_ipv4_mask: (call) => sql('long')`kql.parse_ipv4_mask(${call.text(0)}, ${call.as(1, 'long')})`,
  ipv4_is_private: (call) => {
    const text = call.text(0);
    const head = `(?:10\\.${octet}|192\\.168|172\\.(?:1[6-9]|2\\d|3[01]))\\.${octet}\\.${octet}`;
    const condition = sql('bool')`CASE WHEN contains(${text}, '/') THEN kql.ipv4_is_private(${text}) ELSE regexp_full_match(${text}, ${literal('string', head)}) END`;
    return sql('bool', { condition })`kql.ipv4_is_private(${text})`;
  },
  ipv4_is_in_range: isInRange,
  ipv4_is_in_any_range: isInAnyRange('ipv4'),
  ipv4_compare: (call) => sql('long')`kql.ipv4_compare(${call.text(0)}, ${call.text(1)}, ${prefixArgument(call, 32n)})`,
  ipv4_is_match: (call) => sql('bool')`(kql.ipv4_compare(${call.text(0)}, ${call.text(1)}, ${prefixArgument(call, 32n)}) = 0)`,
  ipv4_netmask_suffix: (call) => sql('long')`kql.ipv4_netmask_suffix(${call.text(0)})`,
  format_ipv4: (call) => {
    const value = call.arg(0);
    const number = value.type === 'string' ? sql('long')`kql.parse_ipv4_mask(${value}, ${call.optional(1, 'long') ?? literal('long', 32n)})` : sql('long')`(${call.as(0, 'long')} & kql.ipv4_mask(${call.optional(1, 'long') ?? literal('long', 32n)}))`;
    return sql('string')`coalesce(kql.ipv4_text(${number}), '')`;
  },
  format_ipv4_mask: (call) => {
    const value = call.arg(0);
    const own = value.type === 'string' ? sql('long')`kql.ipv4_netmask_suffix(${value})` : literal('long', 32n);
    const wanted = call.optional(1, 'long');
    const prefix = wanted ? sql('long')`least(${wanted}, ${own})` : own;
    const number = value.type === 'string' ? sql('long')`kql.parse_ipv4_mask(${value}, ${prefix})` : sql('long')`(${call.as(0, 'long')} & kql.ipv4_mask(${prefix}))`;
    return sql('string')`coalesce(CASE WHEN ${prefix} BETWEEN 0 AND 32 THEN kql.ipv4_text(${number}) || '/' || ${prefix} END, '')`;
  },
  has_ipv4: hasAny('has_ipv4'),
  has_any_ipv4: hasAny('has_ipv4'),
  has_ipv4_prefix: hasAny('has_ipv4_prefix'),
  has_any_ipv4_prefix: hasAny('has_ipv4_prefix'),
  parse_ipv6: (call) => sql('string')`kql.parse_ipv6(${call.text(0)})`,
  parse_ipv6_mask: (call) => sql('string')`kql.parse_ipv6_mask(${call.text(0)}, ${call.as(1, 'long')})`,
  ipv6_compare: (call) => sql('long')`kql.ipv6_compare(${call.text(0)}, ${call.text(1)}, ${prefixArgument(call, 128n)})`,
  ipv6_is_match: (call) => sql('bool')`(kql.ipv6_compare(${call.text(0)}, ${call.text(1)}, ${prefixArgument(call, 128n)}) = 0)`,
  ipv6_is_in_range: (call) => sql('bool')`kql.ipv6_in_range(${call.text(0)}, ${call.text(1)})`,
  ipv6_is_in_any_range: isInAnyRange('ipv6'),
};
