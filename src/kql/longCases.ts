import { HuntError } from '../common/errors';
import type { KqlNode } from './node';
import { spanIn } from './spans';

/** The binder compares each argument of `case()` with all others: 500 arms take it about a second, and it cannot be stopped. */
const MOST_ARMS = 500;
/** Of an arm: `a,1,`. */
const SHORTEST_ARM = 4;

/** @throws HuntError `unsupported` at a `case()` with too many arms. */
export function refuseLongCases(root: KqlNode, text: string): void {
  if (text.length < MOST_ARMS * SHORTEST_ARM || !text.includes('case')) return;
  for (const node of root.walk()) {
    if (node.kind !== 'FunctionCallExpression' || node.child('Name')?.simpleName !== 'case') continue;
    const count = node.child('ArgumentList')?.list('Expressions').length ?? 0;
    if (count <= MOST_ARMS * 2 + 1) continue;
    throw new HuntError({
      kind: 'unsupported',
      feature: `case() with more than ${MOST_ARMS} arms`,
      advice: 'Put the pairs into a datatable, and use lookup.',
      span: spanIn(text, node.start, 'case'.length),
    });
  }
}
