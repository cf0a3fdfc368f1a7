import { toDynamic } from '../conversions';
import { type Expression, sql } from '../expression';
import type { AggregateCall, AggregateFunction, AggregateTable } from './registry';

/** Most elements a set or list keeps when nobody says. */
const MOST_ELEMENTS = '1048576';
/** The same of the old names makelist(), makeset() and make_dictionary(). */
const MOST_OF_OLD = '128';
const oldNames: ReadonlySet<string> = new Set(['makelist', 'makeset', 'make_dictionary']);

/** Values whose list DuckDB writes as JSON the way Kusto does; others are turned into JSON one by one. */
function element(value: Expression): Expression {
  return value.type === 'string' || value.type === 'long' || value.type === 'int' || value.type === 'bool' ? value : toDynamic(value);
}

function limitOf(call: AggregateCall, at: number): Expression | string {
  const argument = call.args[at];
  const byDefault = oldNames.has(call.name) ? MOST_OF_OLD : MOST_ELEMENTS;
  return argument ? sql('long')`least(${call.as(at, 'long')}, ${MOST_ELEMENTS})` : byDefault;
}

/** `FILTER (WHERE …)` that also leaves nulls out. */
function present(call: AggregateCall, value: Expression, conditionAt: number | undefined): Expression {
  if (conditionAt === undefined) return value.type === 'string' ? sql('bool')`` : sql('bool')` FILTER (WHERE ${value} IS NOT NULL)`;
  return value.type === 'string' ? call.filter(conditionAt) : sql('bool')` FILTER (WHERE ${value} IS NOT NULL AND ${call.condition(conditionAt)})`;
}

const list =
  (conditionAt?: number): AggregateFunction =>
  (call) => {
    const value = element(call.arg(0));
    const limit = limitOf(call, conditionAt === undefined ? 1 : 2);
    const values = sql('dynamic')`coalesce(list(${value}${call.order})${present(call, value, conditionAt)}, [])`;
    return sql('dynamic', { notNull: true })`to_json(list_slice(${values}, 1, ${limit}))`;
  };

/**
 * In order of first appearance where the rows have an order, else sorted: Kusto leaves the order open, and DuckDB finds distinct
 * values many times faster without one. The elements of arrays count one by one.
 */
const set =
  (conditionAt?: number): AggregateFunction =>
  (call) => {
    const argument = call.arg(0);
    const limit = limitOf(call, conditionAt === undefined ? 1 : 2);
    if (argument.type !== 'dynamic' && !call.ordered) {
      const values = sql('dynamic')`coalesce(list_sort(list(DISTINCT ${element(argument)})${present(call, argument, conditionAt)}), [])`;
      return sql('dynamic', { notNull: true })`to_json(list_slice(${values}, 1, ${limit}))`;
    }
    const value = argument.type === 'dynamic' ? sql('dynamic')`kql.elements(${argument})` : element(argument);
    const collected = sql('dynamic')`coalesce(list(${value}${call.order})${present(call, argument, conditionAt)}, [])`;
    const values = argument.type === 'dynamic' ? sql('dynamic')`flatten(${collected})` : collected;
    return sql('dynamic', { notNull: true })`to_json(list_slice(kql.distinct_values(${values}), 1, ${limit}))`;
  };

/** One object with the keys of all; the first value of a key stays. */
const bag =
  (conditionAt?: number): AggregateFunction =>
  (call) => {
    const value = call.as(0, 'dynamic');
    const filter = conditionAt === undefined ? sql('bool')` FILTER (WHERE ${value} IS NOT NULL)` : sql('bool')` FILTER (WHERE ${value} IS NOT NULL AND ${call.condition(conditionAt)})`;
    const bags = sql('dynamic')`coalesce(list(${value}${call.order})${filter}, [])`;
    const limited = oldNames.has(call.name) || call.args.length > (conditionAt === undefined ? 1 : 2);
    if (!limited) return sql('dynamic', { notNull: true })`kql.merge_bags(${bags})`;
    return sql('dynamic', { notNull: true })`kql.merge_bags_up_to(${bags}, ${limitOf(call, conditionAt === undefined ? 1 : 2)})`;
  };

const any =
  (conditionAt?: number): AggregateFunction =>
  (call) => {
    const value = call.arg(0);
    const found = sql(value.type)`any_value(${value})${call.filter(conditionAt)}`;
    return value.type === 'string' ? sql('string')`coalesce(${found}, '')` : found;
  };

/** Collections of values. */
export const collectionAggregates: AggregateTable = {
  make_list: list(),
  makelist: list(),
  make_list_if: list(1),
  make_list_with_nulls: (call) => sql('dynamic', { notNull: true })`to_json(coalesce(list(${element(call.arg(0))}${call.order}), []))`,
  make_set: set(),
  makeset: set(),
  make_set_if: set(1),
  make_bag: bag(),
  make_dictionary: bag(),
  make_bag_if: bag(1),
  take_any: any(),
  any: any(),
  take_anyif: any(1),
  anyif: any(1),
};
