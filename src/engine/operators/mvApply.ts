import { column, literal, sql } from '../expression';
import { asSet, nest, newColumn, type Plan, type PlanColumn, planOf, reference, type Source, sqlName } from '../plan';
import { referenceShared, share } from '../lets';
import { expand, readExpansions } from './mvExpand';
import { outputColumns } from './outputs';
import type { Operator } from './registry';

/** `mv-apply`: expands each row into a table, runs the sub-query on each, and puts the row's columns beside what comes out. */
export const mvApply: Operator = (operator) => {
  const { node, input, translator, environment } = operator;
  const { ids } = translator;
  if (node.child('ContextIdClause')) return translator.unsupported('mv-apply with id', node);
  const declared = outputColumns(operator);
  const numbered = nest(input, ids);
  const number = newColumn(ids, '', 'long', sql('long', { window: true })`row_number() OVER ()`);
  // Inside another sub-query the rows keep their place in its partitions.
  const { partition: within } = numbered;
  const place = within ? [newColumn(ids, '', within.type, within)] : [];
  const width = numbered.columns.length;
  const shared = share(translator, { ...numbered, columns: [...numbered.columns, ...place, number], partition: undefined }, true);
  const outer = referenceShared(translator, shared);
  const inner = referenceShared(translator, shared);
  const innerNumber = inner.columns.at(-1);
  const outerNumber = outer.columns.at(-1);
  if (!innerNumber || !outerNumber) return translator.unsupported('mv-apply here', node);
  const rows: Plan = { ...inner, columns: inner.columns.slice(0, width), partition: column(innerNumber.id, 'long'), order: [{ expression: column(innerNumber.id, 'long'), descending: false, nullsFirst: true }] };
  const inputNames = new Set(input.columns.map(({ name }) => name));
  const automatic = declared.map(({ name }) => name).filter((name) => !inputNames.has(name));
  const scoped = { ...operator, input: rows, scope: translator.scopeOf(rows, environment) };
  const expansions = readExpansions(scoped, node.list('Expressions'), automatic);
  const itemIndex = node.list('Parameters').find((parameter) => parameter.need('Name').simpleName === 'with_itemindex')?.need('Expression').simpleName;
  const limitNode = node.child('RowLimitClause')?.child('RowLimit');
  const expanded = expand(scoped, expansions, { itemIndex, limit: limitNode && translator.scalar(limitNode, { environment }) });
  const answered = nest(asSet(translator.table(node.need('Subquery').need('Expression'), environment, expanded), ids), ids);
  const { partition } = answered;
  if (!partition) return translator.unsupported('this sub-query of mv-apply', node);
  const both = [...outer.columns, ...answered.columns];
  const names = new Map([...both.map(({ id }) => [id, sqlName(id)] as const), ...[...answered.source.names]]);
  const source: Source = {
    names,
    render(needed, renderer) {
      const left = renderer.select(outer, new Set([...needed, outerNumber.id]));
      const key = newColumn(ids, '', 'long', partition);
      const right = renderer.select({ ...answered, columns: [...answered.columns, key] }, new Set([...needed, key.id]));
      return `(${left}) AS j${ids.next()} JOIN (${right}) AS j${ids.next()} ON ${sqlName(outerNumber.id)} = ${sqlName(key.id)}`;
    },
  };
  const answeredNames = new Map(answered.columns.map((planColumn) => [planColumn.name, planColumn]));
  const outerNames = new Map(outer.columns.slice(0, width).map((planColumn) => [planColumn.name, planColumn]));
  const columns = declared.map(({ name, type }): PlanColumn => {
    const found = answeredNames.get(name) ?? outerNames.get(name);
    if (!found) return translator.unsupported(`the column ${name} here`, node);
    return newColumn(ids, name, type, found.type === type ? reference(found) : literal(type, null));
  });
  const outerPlace = within && outer.columns[width];
  return { ...planOf(source, []), columns, partition: outerPlace && reference(outerPlace) };
};
