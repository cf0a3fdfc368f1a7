import { toDynamic } from '../conversions';
import { type Expression, isNullable, literal, sql, sqlList } from '../expression';
import type { Call, FunctionTable, ScalarFunction } from './registry';

/** A value as JSON text: null is written. */
function jsonText(value: Expression): Expression {
  const dynamic = toDynamic(value);
  return isNullable(value) ? sql('string')`coalesce(CAST(${dynamic} AS VARCHAR), 'null')` : sql('string')`CAST(${dynamic} AS VARCHAR)`;
}

function object(pairs: readonly (readonly [Expression, Expression])[]): Expression {
  if (pairs.length === 0) return literal('dynamic', '{}');
  const entries = pairs.map(([key, value]) => sql('dynamic')`{k: ${key}, v: ${toDynamic(value)}}`);
  const constantKeys = pairs.flatMap(([key]) => (key.kind === 'literal' ? [String(key.value)] : []));
  if (constantKeys.length === pairs.length && new Set(constantKeys).size === pairs.length) {
    const fields = pairs.map(([, value], index) => sql('string')`${literal('string', `${index > 0 ? ',' : ''}${JSON.stringify(constantKeys[index])}:`)} || ${jsonText(value)}`);
    return sql('dynamic', { notNull: true })`('{' || ${fields.reduce((all, field) => sql('string')`${all} || ${field}`)} || '}')::JSON`;
  }
  const list = entries.reduce((all, entry) => sql('dynamic')`${all}, ${entry}`);
  return sql('dynamic', { notNull: true })`CAST(kql.merge_entries([${list}]) AS JSON)`;
}

const pack: ScalarFunction = (call) => {
  const pairs: (readonly [Expression, Expression])[] = [];
  for (let index = 0; index + 1 < call.args.length; index += 2) pairs.push([call.text(index), call.arg(index + 1)]);
  return object(pairs);
};

/** All columns of the row as one object; empty values may be left out. */
const packAll: ScalarFunction = (call) => {
  const all = (call.scope.rows?.all ?? []).filter(({ name }) => name !== '');
  const whole = object(all.map(({ name, expression }) => [literal('string', name), expression]));
  return call.constant(0) === true ? sql('dynamic')`kql.without_empty(${whole})` : whole;
};

const packColumns: ScalarFunction = (call) => object(call.args.map((value, index) => [literal('string', call.nodes[index]?.simpleName ?? call.unsupported('computed columns here')), value]));

const packArray: ScalarFunction = (call) => {
  if (call.nodes.length === 1 && call.nodes[0]?.kind === 'StarExpression') return array((call.scope.rows?.all ?? []).map(({ expression }) => expression));
  return array(call.args);
};

function array(values: readonly Expression[]): Expression {
  if (values.length === 0) return literal('dynamic', '[]');
  const items = values.map(jsonText).reduce((all, item) => sql('string')`${all} || ',' || ${item}`);
  return sql('dynamic', { notNull: true })`('[' || ${items} || ']')::JSON`;
}

const hasKey: ScalarFunction = (call) => {
  const key = call.constant(1);
  if (typeof key === 'string' && !key.startsWith('$')) return sql('bool')`(json_type(${call.as(0, 'dynamic')}) = 'OBJECT' AND list_contains(json_keys(${call.as(0, 'dynamic')}), ${call.text(1)}))`;
  if (typeof key === 'string') return sql('bool')`(json_exists(${call.as(0, 'dynamic')}, ${call.text(1)}))`;
  return sql('bool')`(json_type(${call.as(0, 'dynamic')}) = 'OBJECT' AND list_contains(json_keys(${call.as(0, 'dynamic')}), ${call.text(1)}))`;
};

function mergedBags(call: Call): Expression {
  const list = call.args.map((_, index) => call.as(index, 'dynamic')).reduce((all, bag) => sql('dynamic')`${all}, ${bag}`);
  return sql('dynamic')`kql.merge_bags(list_filter([${list}], lambda b: b IS NOT NULL))`;
}

/** A routine from JSON to JSON. */
function viaRoutine(name: string, values: readonly Expression[]): Expression {
  const texts = values.map((value) => sql('string', { notNull: false })`CAST(${value} AS VARCHAR)`);
  return sql('dynamic')`CAST(${sqlList('string', `routine_${name}(`, texts, ')')} AS JSON)`;
}

/** Property bags and arrays from values. */
export const dynamicFunctions: FunctionTable = {
  pack,
  bag_pack: pack,
  pack_dictionary: pack,
  pack_all: packAll,
  bag_pack_columns: packColumns,
  pack_array: packArray,
  bag_keys: (call) => sql('dynamic')`CASE WHEN json_type(${call.as(0, 'dynamic')}) = 'OBJECT' THEN to_json(json_keys(${call.as(0, 'dynamic')})) END`,
  bag_has_key: hasKey,
  bag_merge: mergedBags,
  bag_set_key: (call) => {
    const key = call.constant(1);
    if (typeof key !== 'string' || key.startsWith('$')) return viaRoutine('set_key', [call.as(0, 'dynamic'), call.text(1), toDynamic(call.arg(2))]);
    return sql('dynamic')`kql.set_key(${call.as(0, 'dynamic')}, ${call.text(1)}, ${toDynamic(call.arg(2))})`;
  },
  bag_remove_keys: (call) => {
    const keys = call.constant(1);
    if (typeof keys === 'string' && keys.includes('$')) return viaRoutine('remove_keys', [call.as(0, 'dynamic'), call.as(1, 'dynamic')]);
    return sql('dynamic')`kql.remove_keys(${call.as(0, 'dynamic')}, kql.texts(${call.as(1, 'dynamic')}))`;
  },
  treepath: (call) => viaRoutine('treepath', [call.as(0, 'dynamic')]),
  bag_zip: (call) => sql('dynamic')`kql.zip_bag(${call.as(0, 'dynamic')}, ${call.as(1, 'dynamic')})`,
  zip: (call) => {
    const lists = call.args.map((_, index) => sql('dynamic')`kql.elements(${call.as(index, 'dynamic')})`);
    const longest = lists.map((list) => sql('long')`len(${list})`).reduce((all, length) => sql('long')`greatest(${all}, ${length})`);
    const row = lists.map((list) => sql('dynamic')`${list}[i]`).reduce((all, item) => sql('dynamic')`${all}, ${item}`);
    return sql('dynamic')`to_json(list_transform(range(1, ${longest} + 1), lambda i: [${row}]))`;
  },
  has_any_index: (call) => sql('long')`coalesce(list_position(list_transform(kql.texts(${call.as(1, 'dynamic')}), lambda w: kql.has_term(lower(${call.text(0)}), lower(w))), true) - 1, -1)`,
  jaccard_index: (call) => sql('real')`kql.jaccard(kql.distinct_values(kql.elements(${call.as(0, 'dynamic')})), kql.distinct_values(kql.elements(${call.as(1, 'dynamic')})))`,
};
