import { convert, toDynamic } from '../conversions';
import { type Expression, literal, sql, sqlList } from '../expression';
import type { Call, FunctionTable, ScalarFunction } from './registry';

const elements = (call: Call, index: number): Expression => sql('dynamic')`kql.elements(${call.as(index, 'dynamic')})`;

/** An array from a DuckDB list of JSON; null when the value is no array. */
const ofArray = (call: Call, list: Expression): Expression => sql('dynamic')`CASE WHEN json_type(${call.as(0, 'dynamic')}) = 'ARRAY' THEN to_json(${list}) END`;

const arrayLength: ScalarFunction = (call) => sql('long')`CASE WHEN json_type(${call.as(0, 'dynamic')}) = 'ARRAY' THEN CAST(json_array_length(${call.as(0, 'dynamic')}) AS BIGINT) END`;

const concatenated: ScalarFunction = (call) => {
  const lists = call.args.map((_, index) => elements(call, index));
  return sql('dynamic')`to_json(${lists.reduce((all, list) => sql('dynamic')`list_concat(${all}, ${list})`)})`;
};

/** Set operations keep the order of first appearance. */
const setOperation =
  (name: string): ScalarFunction =>
  (call) => {
    const [first, ...rest] = call.args.map((_, index) => elements(call, index));
    if (!first) return call.invalid(`${call.name}() needs arguments.`);
    return sql('dynamic')`to_json(${rest.reduce((all, list) => sql('dynamic')`kql.set_${name}(${all}, ${list})`, first)})`;
  };

/** How many of the arguments are arrays to sort: a bool at the end says where nulls go. */
function sortedCount(call: Call): number {
  const last = call.args.at(-1);
  return call.args.length > 1 && last?.type === 'bool' ? call.args.length - 1 : call.args.length;
}

/** The first array in order and the others in the order of the first; null for one of another length. */
export function sortedArrays(call: Call): Expression[] {
  const count = sortedCount(call);
  const nullsLast = count < call.args.length ? call.arg(count) : literal('bool', true);
  const direction = call.name === 'array_sort_asc' ? 'asc' : 'desc';
  const order = sql('dynamic')`kql.order_${direction}(${elements(call, 0)}, ${nullsLast})`;
  return Array.from({ length: count }, (_, index) => {
    const json = call.as(index, 'dynamic');
    const list = elements(call, index);
    const fits = index === 0 ? sql('bool')`true` : sql('bool')`len(${list}) = len(${elements(call, 0)})`;
    return sql('dynamic')`CASE WHEN json_type(${json}) = 'ARRAY' AND ${fits} THEN to_json(list_transform(${order}, lambda i: ${list}[i])) END`;
  });
}

/** Of one array, the array; of several, an array of them, of which a query takes elements. */
const sorted: ScalarFunction = (call) => {
  const [first, ...others] = sortedArrays(call);
  if (!first) return call.invalid(`${call.name}() needs arguments.`);
  return others.length === 0 ? first : sqlList('dynamic', 'to_json([', [first, ...others], '])');
};

const shift =
  (sign: '' | '-', rotate: boolean): ScalarFunction =>
  (call) => {
    const by = sql('long')`(${sign}${call.as(1, 'long')})`;
    if (rotate) return ofArray(call, sql('dynamic')`kql.rotate_left(${elements(call, 0)}, ${by})`);
    const fill = call.args[2] ? toDynamic(call.arg(2)) : literal('dynamic', null);
    return ofArray(call, sql('dynamic')`kql.shift_array_left(${elements(call, 0)}, ${by}, ${fill})`);
  };

/** Arrays: dynamic values that are lists. */
export const arrayFunctions: FunctionTable = {
  array_length: arrayLength,
  arraylength: arrayLength,
  array_concat: concatenated,
  array_slice: (call) => ofArray(call, sql('dynamic')`kql.slice(${elements(call, 0)}, ${call.as(1, 'long')}, ${call.as(2, 'long')})`),
  array_split: (call) => sql('dynamic')`kql.split_array(${elements(call, 0)}, CAST(kql.texts(${toDynamic(call.arg(1))}) AS BIGINT[]))`,
  array_reverse: (call) => ofArray(call, sql('dynamic')`list_reverse(${elements(call, 0)})`),
  // "If the array contains elements of non-numeric types, the result is null."
  array_sum: (call) => {
    const numbers = sql('dynamic')`list_transform(${elements(call, 0)}, lambda e: kql.json_number(e))`;
    return sql('real')`CASE WHEN json_type(${call.as(0, 'dynamic')}) = 'ARRAY' AND NOT list_contains(list_transform(${numbers}, lambda n: n IS NULL), true) THEN coalesce(list_sum(${numbers}), 0) END`;
  },
  array_index_of: (call) => {
    const position = sql('long')`kql.array_index(${elements(call, 0)}, ${toDynamic(call.arg(1))}, ${call.optional(2, 'long') ?? literal('long', 0n)}, ${call.optional(3, 'long') ?? literal('long', -1n)}, ${call.optional(4, 'long') ?? literal('long', 1n)})`;
    return position;
  },
  array_sort_asc: sorted,
  array_sort_desc: sorted,
  array_rotate_left: shift('', true),
  array_rotate_right: shift('-', true),
  array_shift_left: shift('', false),
  array_shift_right: shift('-', false),
  array_iff: (call) => sql('dynamic')`kql.array_choice(${elements(call, 0)}, ${toDynamic(call.arg(1))}, ${toDynamic(call.arg(2))})`,
  array_iif: (call) => sql('dynamic')`kql.array_choice(${elements(call, 0)}, ${toDynamic(call.arg(1))}, ${toDynamic(call.arg(2))})`,
  set_union: setOperation('union'),
  set_intersect: setOperation('intersect'),
  set_difference: setOperation('difference'),
  set_equals: (call) => sql('bool')`kql.set_equal(kql.distinct_values(${elements(call, 0)}), kql.distinct_values(${elements(call, 1)}))`,
  set_has_element: (call) => sql('bool')`coalesce(list_contains(${elements(call, 0)}, ${toDynamic(call.arg(1))}), false)`,
  repeat: (call) => sql('dynamic')`CASE WHEN ${call.as(1, 'long')} >= 0 THEN to_json(list_transform(range(0, ${call.as(1, 'long')}), lambda i: ${toDynamic(call.arg(0))})) END`,
  range: (call) => rangeArray(call),
};

/** `range(from, to, step)` as an array. */
function rangeArray(call: Call): Expression {
  const [from, to] = [call.arg(0), call.arg(1)];
  if (from.type === 'datetime' || from.type === 'timespan') {
    const step = call.optional(2, 'timespan') ?? literal('timespan', 36_000_000_000n);
    const values = sql('dynamic')`kql.whole_range(${from}, ${convert(to, from.type)}, ${step})`;
    return sql('dynamic')`to_json(list_transform(${values}, lambda t: kql.${from.type}_text(t)))`;
  }
  const step = call.args[2] ?? literal('long', 1n);
  if ([from, to, step].every(({ type }) => type === 'int' || type === 'long')) {
    return sql('dynamic')`to_json(kql.whole_range(${convert(from, 'long')}, ${convert(to, 'long')}, ${convert(step, 'long')}))`;
  }
  return sql('dynamic')`to_json(kql.real_range(${convert(from, 'real')}, ${convert(to, 'real')}, ${convert(step, 'real')}))`;
}
