import { convert } from '../conversions';
import { sql } from '../expression';
import { filter, nest, newColumn, orderText, type PlanColumn, project, reference } from '../plan';
import { bool } from '../scalars/comparisons';
import type { Plugin } from './registry';

/** `rows_near(condition, rows, rows after)`: the rows that fulfil the condition and those around them, in their order. */
export const rowsNear: Plugin = ({ input, scope, environment, translator, args, node }) => {
  const { ids } = translator;
  const [conditionNode, beforeNode, afterNode = beforeNode] = args;
  if (!conditionNode || !beforeNode || !afterNode) return translator.unsupported('this rows_near', node);
  const count = (part: typeof beforeNode): string => {
    const value = convert(translator.scalar(part, { environment }), 'long');
    return value.kind === 'literal' && typeof value.value === 'bigint' && value.value >= 0n ? String(value.value) : translator.unsupported('a computed number of rows', part);
  };
  const holds = newColumn(ids, '', 'bool', bool(translator.scalar(conditionNode, scope)));
  const passed = input.columns.map((planColumn): PlanColumn => ({ ...planColumn, expression: reference(planColumn) }));
  const marked = nest(project(input, [...passed, holds], ids), ids);
  const order = orderText(marked.order);
  const frame = sql('string')`(${order ? sql('string')`ORDER BY ${order} ` : ''}ROWS BETWEEN ${count(afterNode)} PRECEDING AND ${count(beforeNode)} FOLLOWING)`;
  const near = sql('bool', { window: true })`count(*) FILTER (WHERE ${reference(holds)}) OVER ${frame} > 0`;
  const kept = filter(marked, [near], ids);
  return { ...kept, columns: kept.columns.slice(0, input.columns.length) };
};
