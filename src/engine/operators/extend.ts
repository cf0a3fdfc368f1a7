import { nullOf } from '../expression';
import { newColumn, type PlanColumn, project, reference } from '../plan';
import { spreadTuple, tupleCall } from '../tuples';
import { conform, givenName, givenNames, outputColumns } from './outputs';
import type { Operator, OperatorInput } from './registry';

/** `extend`: a name that exists replaces its column in place, others are appended. */
export const extend: Operator = (operator) => {
  const { input, translator } = operator;
  const output = outputColumns(operator);
  const added = extended(operator, operator.node.list('Expressions'));
  const existing = new Map(input.columns.map((planColumn) => [planColumn.name, planColumn]));
  const columns = output.map((declared): PlanColumn => {
    const computed = added.findLast(({ name }) => name === declared.name);
    if (computed) return computed;
    const passed = existing.get(declared.name);
    return passed ? { ...passed, expression: reference(passed) } : translator.unsupported(`the column ${declared.name} here`, operator.node);
  });
  return project(input, columns, translator.ids);
};

/** The new columns of an `extend` or `serialize`, named as the binder names them. */
export function extended(operator: OperatorInput, nodes: OperatorInput['node'][]): PlanColumn[] {
  const { scope, translator } = operator;
  const output = outputColumns(operator);
  const inputNames = new Set(operator.input.columns.map(({ name }) => name));
  const unnamed = output.filter(({ name }) => !inputNames.has(name)).map(({ name }) => name);
  const takenNames = new Set(nodes.flatMap((node) => [...(givenNames(node) ?? [givenName(node) ?? '']), ...(tupleCall(node)?.columns ?? []).map(({ name }) => name)]));
  const automatic = unnamed.filter((name) => !takenNames.has(name));
  const added: PlanColumn[] = [];
  for (const node of nodes) {
    const tuple = tupleCall(node);
    const names = givenNames(node) ?? (tuple ? [givenName(node)].filter((name) => name !== undefined) : undefined);
    if (tuple && names) {
      // What is not named keeps the function's own names.
      const parts = spreadTuple(operator, tuple, tuple.columns?.length ?? names.length);
      parts.forEach((part, index) => {
        const name = names[index] ?? tuple.columns?.[index]?.name ?? '';
        const type = output.find((declared) => declared.name === name)?.type ?? part.type;
        added.push(newColumn(translator.ids, name, type, conform(part, type)));
      });
      continue;
    }
    if (names) {
      const parts = spreadTuple(operator, node.need('Expression'), names.length);
      names.forEach((name, index) => {
        const type = output.find((declared) => declared.name === name)?.type ?? 'dynamic';
        added.push(newColumn(translator.ids, name, type, conform(parts[index] ?? nullOf(type), type)));
      });
      continue;
    }
    const given = givenName(node);
    const expression = translator.scalar(node.kind === 'SimpleNamedExpression' ? node.need('Expression') : node, scope);
    // `extend a` repeats a column under its own name: nothing changes.
    const own = given ?? (node.kind === 'NameReference' && inputNames.has(node.simpleName ?? '') ? node.simpleName : undefined);
    const name = own ?? automatic.shift() ?? '';
    const type = output.find((declared) => declared.name === name)?.type ?? expression.type;
    added.push(newColumn(translator.ids, name, type, conform(expression, type)));
  }
  return added;
}
