import type { KqlNode } from '../kql/node';
import { stepInto } from './scalars/paths';
import type { Expression } from './expression';
import { tupleFunctions } from './functions/tuples';
import { callOf } from './functions/registry';
import type { OperatorInput } from './operators/registry';

/** The call of a function with several results, named or not. */
export function tupleCall(node: KqlNode): KqlNode | undefined {
  const inner = node.kind === 'SimpleNamedExpression' || node.kind === 'CompoundNamedExpression' ? node.need('Expression') : node;
  const known = inner.kind === 'FunctionCallExpression' && tupleFunctions.has(inner.need('Name').simpleName ?? '');
  // The binder knows: of one array, array_sort_asc() has one result.
  return known && inner.columns !== undefined ? inner : undefined;
}

/** The parts of `(a, b) = f(…)`: of a function with several results, or the first elements of an array. */
export function spreadTuple({ scope, translator }: Pick<OperatorInput, 'scope' | 'translator'>, node: KqlNode, count: number): Expression[] {
  const name = node.kind === 'FunctionCallExpression' ? (node.need('Name').simpleName ?? '') : '';
  const tuple = tupleFunctions.get(name);
  if (tuple) return tuple(callOf({ node, scope, translator })).slice(0, count);
  const value = translator.scalar(node, scope);
  if (value.type !== 'dynamic') return [value];
  return Array.from({ length: count }, (_, index) => stepInto(value, BigInt(index)));
}
