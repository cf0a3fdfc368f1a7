import { sql } from '../expression';
import { limit, newColumn, reference, sort } from '../plan';
import { group } from './grouping';
import { conform, outputColumns } from './outputs';
import type { Operator } from './registry';

/** `top-hitters n of x by y`: the values with the largest counts or sums. Exact, where Kusto approximates. */
export const topHitters: Operator = (operator) => {
  const { node, input, scope, environment, translator } = operator;
  const [first, second] = outputColumns(operator);
  if (!first || !second) return translator.unsupported('this top-hitters', node);
  const by = node.child('ByClause')?.child('Expression');
  const total = by ? sql(second.type)`coalesce(sum(${conform(translator.scalar(by, scope), second.type)}), 0)` : sql('long', { notNull: true })`count(*)`;
  const key = newColumn(translator.ids, first.name, first.type, conform(translator.scalar(node.need('OfExpression'), scope), first.type));
  const value = newColumn(translator.ids, second.name, second.type, second.type === 'long' ? sql('long')`CAST(${total} AS BIGINT)` : total);
  const grouped = group(translator, input, [key], [value]);
  const sorted = sort(grouped, [{ expression: reference(value), descending: true, nullsFirst: false }], translator.ids);
  return limit(sorted, translator.scalar(node.need('Expression'), { environment }), translator.ids);
};
