import { type KqlType, kqlTypes } from '../../common/kqlTypes';
import type { KqlNode } from '../../kql/node';
import { convert } from '../conversions';
import { column, type Expression, literal, sql } from '../expression';
import { nest, nestKeeping, newColumn, pick, type Plan, type PlanColumn, project, reference } from '../plan';
import { givenName, outputColumns } from './outputs';
import type { Operator, OperatorInput } from './registry';

/** One array to expand. */
interface Expansion {
  readonly name: string;
  readonly type: KqlType;
  readonly array: Expression;
}

/** `mv-expand`: one row an element; several arrays side by side. A null stays as a row, an empty array does not. */
export const mvExpand: Operator = (operator) => {
  const declared = outputColumns(operator);
  const { node, input } = operator;
  const names = new Set(input.columns.map(({ name }) => name));
  const automatic = declared.map(({ name }) => name).filter((name) => !names.has(name));
  const expansions = readExpansions(operator, node.list('Expressions'), automatic);
  const itemIndex = parameterText(node, 'with_itemindex');
  const byArray = parameterText(node, 'kind') === 'array' || parameterText(node, 'bagexpansion') === 'array';
  const limit = node.child('RowLimitClause')?.child('RowLimit');
  const expanded = expand(operator, expansions, {
    itemIndex,
    byArray,
    limit: limit && operator.translator.scalar(limit, { environment: operator.environment }),
  });
  const byName = new Map(expanded.columns.map((planColumn) => [planColumn.name, planColumn]));
  return pick(
    expanded,
    declared.map(({ name }) => byName.get(name) ?? operator.translator.unsupported(`the column ${name} here`, node)),
  );
};

function parameterText(node: KqlNode, name: string): string | undefined {
  const value = node
    .list('Parameters')
    .find((parameter) => parameter.need('Name').simpleName?.toLowerCase() === name)
    ?.need('Expression');
  return value && (value.simpleName ?? value.literalText ?? value.text);
}

export function readExpansions({ scope, translator }: OperatorInput, nodes: readonly KqlNode[], automatic: readonly string[]): Expansion[] {
  const given = new Set(nodes.map((node) => givenName(node.need('Expression'))));
  const unnamed = automatic.filter((name) => !given.has(name));
  return nodes.map((node) => {
    const inner = node.need('Expression');
    const value = inner.kind === 'SimpleNamedExpression' ? inner.need('Expression') : inner;
    const typeName = node.child('ToTypeOf')?.child('TypeOf')?.list('Types')[0]?.text;
    const type =
      typeName === undefined
        ? 'dynamic'
        : (kqlTypes.find((known) => known === aliases[typeName] || known === typeName) ??
          translator.unsupported(`to typeof(${typeName})`, node));
    const name = givenName(inner) ?? (inner.kind === 'NameReference' ? inner.simpleName : undefined) ?? unnamed.shift() ?? '';
    return { name, type, array: convert(translator.scalar(value, scope), 'dynamic') };
  });
}

const aliases: Readonly<Record<string, KqlType>> = {
  double: 'real',
  boolean: 'bool',
  date: 'datetime',
  time: 'timespan',
  uuid: 'guid',
  uniqueid: 'guid',
  int32: 'int',
  int64: 'long',
};

/** The rows with each array taken apart: the arrays' columns replace those of their names, or are appended. */
export function expand(
  { input, translator }: Pick<OperatorInput, 'input' | 'translator'>,
  expansions: readonly Expansion[],
  options: { readonly itemIndex?: string | undefined; readonly byArray?: boolean; readonly limit?: Expression | undefined },
): Plan {
  const { ids } = translator;
  // Each array is computed once, below, and so is the list of its elements.
  const passed = input.columns.map((planColumn): PlanColumn => ({ ...planColumn, expression: reference(planColumn) }));
  const arrays = expansions.map(({ array }) => newColumn(ids, '', 'dynamic', array));
  const lists = expansions.map(({ type }, index) => {
    const macro = options.byArray ? 'expansion_pairs' : type === 'string' ? 'expansion_texts' : 'expansion';
    const array = arrays[index];
    return newColumn(ids, '', 'dynamic', sql('dynamic')`kql.${macro}(${array ? reference(array) : literal('dynamic', null)})`);
  });
  const listed = nest(project(project(input, [...passed, ...arrays], ids), [...passed, ...lists], ids), ids);
  const limited = (list: PlanColumn): Expression =>
    options.limit ? sql('dynamic')`list_slice(${reference(list)}, 1, ${options.limit})` : reference(list);
  const areTexts = (type: KqlType): boolean => type === 'string' && options.byArray !== true;
  const elements = expansions.map(({ name, type }, index) => {
    const list = lists[index];
    const elementType = areTexts(type) ? 'string' : 'dynamic';
    return newColumn(ids, name, elementType, sql(elementType, { window: true })`unnest(${list ? limited(list) : literal('dynamic', null)})`);
  });
  const longest = lists.map((list) => sql('long')`len(${limited(list)})`).reduce((all, length) => sql('long')`greatest(${all}, ${length})`);
  const position = newColumn(ids, options.itemIndex ?? '', 'long', sql('long', { window: true })`unnest(range(0, ${longest}))`);
  const ordered = listed.order.length > 0;
  const unnested = [...elements, ...(options.itemIndex !== undefined || ordered ? [position] : [])];
  const base: Plan = { ...listed, columns: [...listed.columns.slice(0, input.columns.length), ...unnested] };
  const rows = nestKeeping(base, new Set(unnested.map(({ id }) => id)), ids);
  const typed = expansions.map(({ name, type }, index): PlanColumn => {
    const element = elements[index];
    const value: Expression = element ? reference(element) : literal('dynamic', null);
    return newColumn(ids, name, type, areTexts(type) ? sql('string')`coalesce(${value}, '')` : convert(value, type));
  });
  const columns = input.columns.map(
    (planColumn): PlanColumn => typed.find(({ name }) => name === planColumn.name) ?? { ...planColumn, expression: reference(planColumn) },
  );
  const added = typed.filter(({ name }) => !input.columns.some((planColumn) => planColumn.name === name));
  const index = options.itemIndex === undefined ? [] : [{ ...position, expression: column(position.id, 'long') }];
  const order = ordered
    ? [...rows.order, { expression: column(position.id, 'long'), descending: false, nullsFirst: true, implicit: true }]
    : [];
  return project({ ...rows, order }, [...columns, ...added, ...index], ids);
}
