import type { KqlNode } from '../../kql/node';
import { pick, type PlanColumn } from '../plan';
import { selectedColumns, wildcardPattern } from './outputs';
import type { Operator, OperatorInput } from './registry';

/**
 * `project-by-names`: "columns in the result are ordered based on the sequence in which they're specified or matched. Column names that
 * don't match any existing column are safely ignored." The binder goes on with all columns: one that is gone ends in an error where it is
 * used, and is not part of the answer.
 */
export const projectByNames: Operator = (operator) => {
  const { node, input, translator } = operator;
  const kept: PlanColumn[] = [];
  for (const specifier of node.list('Expressions')) {
    for (const pattern of patternsOf(operator, specifier)) {
      kept.push(...input.columns.filter((column) => pattern.test(column.name) && !kept.includes(column)));
    }
  }
  for (const { name } of input.columns) if (!kept.some((column) => column.name === name)) translator.phantoms.add(name);
  return pick(input, kept);
};

function patternsOf({ input, environment, translator }: OperatorInput, node: KqlNode): readonly RegExp[] {
  const names = input.columns.map(({ name }) => name);
  const selected = selectedColumns(node, names);
  if (selected) return selected.map(wildcardPattern);
  const value = translator.scalar(node, { environment });
  if (value.kind !== 'literal' || typeof value.value !== 'string') return translator.unsupported('a computed name in project-by-names', node);
  const listed: unknown = value.type === 'dynamic' ? JSON.parse(value.value) : value.value;
  return [listed].flat().filter((name): name is string => typeof name === 'string').map(wildcardPattern);
}
