import { convert } from '../conversions';
import { asSet, nest, newColumn, pick, type PlanColumn, project, reference } from '../plan';
import { outputColumns } from './outputs';
import type { Operator } from './registry';

/** `partition by x (sub-query)`: the sub-query runs on the rows of each value by itself. */
export const partition: Operator = (operator) => {
  const { node, input, scope, environment, translator } = operator;
  const { ids } = translator;
  const operand = node.need('Operand');
  const body = operand.child('Subquery');
  if (!body) return translator.unsupported('partition with a query in braces', operand);
  const key = newColumn(ids, '', 'string', convert(translator.scalar(node.need('ByExpression'), scope), 'string'));
  const passed = input.columns.map((planColumn): PlanColumn => ({ ...planColumn, expression: reference(planColumn) }));
  const keyed = nest(project(input, [...passed, key], ids), ids);
  const rows = { ...keyed, columns: keyed.columns.slice(0, -1), partition: reference(key) };
  const answered = nest(asSet(translator.table(body, environment, rows), ids), ids);
  const byName = new Map(answered.columns.map((planColumn) => [planColumn.name, planColumn]));
  const columns = outputColumns(operator).map(({ name }) => byName.get(name) ?? translator.unsupported(`the column ${name} here`, node));
  return { ...pick(answered, columns), partition: undefined };
};
