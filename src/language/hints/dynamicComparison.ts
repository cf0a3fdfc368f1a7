import type { KqlNode } from '../../kql/node';
import type { Found, HintRule } from './hint';

const comparisons: ReadonlySet<string> = new Set([
  'EqualExpression',
  'NotEqualExpression',
  'EqualTildeExpression',
  'BangTildeExpression',
  'HasExpression',
  'ContainsExpression',
  'StartsWithExpression',
  'InExpression',
]);

/** A dynamic value compared as it is: what is inside may be a number, a text or nothing, and the index cannot help. */
export const dynamicComparison: HintRule = {
  code: 'HB106',
  name: 'dynamicComparison',
  *find(statement): Generator<Found> {
    for (const node of statement.nodes) {
      if (!comparisons.has(node.kind)) continue;
      const left = node.child('Left');
      const right = node.child('Right');
      if (left?.scalarType !== 'dynamic' || !isText(right)) continue;
      const text = statement.text.slice(left.start, left.start + left.length);
      const { start, length } = left;
      yield {
        severity: 'information',
        message: `${text} is dynamic: compare it as a text with tostring(), so that it means the same whatever is inside.`,
        start,
        length,
        replacement: { title: 'Wrap in tostring()', start, length, text: `tostring(${text})` },
      };
    }
  },
};

/** A text, or a list of texts. */
function isText(node: KqlNode | undefined): boolean {
  if (!node) return false;
  if (node.scalarType === 'string') return true;
  return node.kind === 'ExpressionList' && [...node.walk()].some((part) => part.isLiteral && part.scalarType === 'string');
}
