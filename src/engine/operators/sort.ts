import type { KqlNode } from '../../kql/node';
import { type Expression, sql } from '../expression';
import { limit, sort as sortPlan, type SortKey } from '../plan';
import type { Scope } from '../scope';
import type { Translator } from '../translator';
import type { Operator } from './registry';

/** `sort` / `order`: descending unless told; nulls last when descending, first when ascending. */
export const sort: Operator = ({ node, input, scope, translator }) =>
  sortPlan(input, node.list('Expressions').map((key) => sortKey(translator, key, scope)), translator.ids);

/** `top n by key`. */
export const top: Operator = ({ node, input, scope, translator }) => {
  const key = sortKey(translator, node.need('ByExpression'), scope);
  const count = translator.scalar(node.need('Expression'), { environment: scope.environment });
  return limit(sortPlan(input, [key], translator.ids), count, translator.ids);
};

export function sortKey(translator: Translator, node: KqlNode, scope: Scope): SortKey {
  const inner = node.kind === 'OrderedExpression' ? node.need('Expression') : node;
  const ordering = node.kind === 'OrderedExpression' ? node.child('Ordering') : undefined;
  const descending = ordering?.child('AscOrDescKeyword')?.text.toLowerCase() !== 'asc';
  const nulls = ordering?.child('NullsClause')?.text.toLowerCase();
  const nullsFirst = nulls === undefined ? !descending : nulls.endsWith('first');
  const expression = translator.scalar(inner.kind === 'SimpleNamedExpression' ? inner.need('Expression') : inner, scope);
  return { expression: sortable(expression), descending, nullsFirst };
}

/** Dynamic values sort by their numbers, then by their text. */
function sortable(expression: Expression): Expression {
  return expression.type === 'dynamic' ? sql('string', { notNull: false })`kql.sort_text(${expression})` : expression;
}
