import type { KqlNode } from '../../kql/node';
import { filter } from '../plan';
import { predicate } from '../predicates';
import { bool } from '../scalars/comparisons';
import type { Operator } from './registry';

/** `where`: a row stays when the condition is true; null counts as false. */
export const where: Operator = ({ node, input, scope, translator }) => {
  const conditions = conjuncts(node.need('Condition')).map((condition) =>
    hasStar(condition) ? predicate({ node: condition, scope, translator }) : bool(translator.scalar(condition, scope)),
  );
  return filter(input, conditions, translator.ids);
};

/** Does `* has …` stand in it? */
function hasStar(node: KqlNode): boolean {
  return node.text.includes('*') && [...node.walk()].some(({ kind }) => kind === 'StarExpression');
}

/** Parts of `a and b and c`, so that each can reach the scan on its own. */
export function conjuncts(node: KqlNode): KqlNode[] {
  if (node.kind === 'AndExpression') return [...conjuncts(node.need('Left')), ...conjuncts(node.need('Right'))];
  if (node.kind === 'ParenthesizedExpression') {
    const inner = node.need('Expression');
    return inner.kind === 'AndExpression' ? conjuncts(inner) : [node];
  }
  return [node];
}
