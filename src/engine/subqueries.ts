import { type Expression, literal, type ScalarSubquery, sql } from './expression';
import { asSet, limit, newColumn, pick, type Plan, project, reference } from './plan';
import type { Translator } from './translator';

/** One column of a table in parentheses, for `IN`. `value` is over the table's output. */
export function columnOf(translator: Translator, table: Plan, value: Expression): ScalarSubquery {
  const plan = project(asSet(table, translator.ids), [newColumn(translator.ids, '', value.type, value)], translator.ids);
  return { kind: 'subquery', type: value.type, plan };
}

/** The first value of the first column; a missing row is null, or the empty string. */
export function scalarOf(translator: Translator, table: Plan): Expression {
  const first = table.columns[0];
  if (!first) return literal('dynamic', null);
  const plan = limit(pick(table, [first]), literal('long', 1n), translator.ids);
  const subquery: ScalarSubquery = { kind: 'subquery', type: first.type, plan };
  return first.type === 'string' ? sql('string')`coalesce(${subquery}, '')` : subquery;
}

/** The first column of a table as a DuckDB list (never NULL), each value put through `map`; `flat` joins lists of lists. */
export function firstColumnList(translator: Translator, table: Plan, map: (value: Expression) => Expression, flat = false): Expression {
  const first = table.columns[0];
  if (!first) return sql('dynamic')`[]`;
  const values = project(asSet(table, translator.ids), [newColumn(translator.ids, '', first.type, map(reference(first)))], translator.ids);
  const nested = values.columns[0];
  if (!nested) return sql('dynamic')`[]`;
  const listed: Plan = { ...values, columns: [newColumn(translator.ids, '', 'dynamic', sql('dynamic')`list(${nested.expression})`)] };
  const list: ScalarSubquery = { kind: 'subquery', type: 'dynamic', plan: listed };
  return flat || first.type === 'dynamic' ? sql('dynamic')`coalesce(flatten(${list}), [])` : sql('dynamic')`coalesce(${list}, [])`;
}
