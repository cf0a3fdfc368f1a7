import { HuntError } from '../common/errors';
import type { KqlNode } from './node';
import { spanIn } from './spans';

/** The binder compares each argument of `case()` with all others: 500 arms take it about a second, and it cannot be stopped. */
export const MOST_ARMS = 500;
/** Of an arm: `a,1,`. */
const SHORTEST_ARM = 4;
/** Each is an error of its own to the parser: a million take it twenty seconds. */
const MOST_UNREADABLE = 10_000;

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

/** @throws HuntError `query` for a text that is a binary file rather than KQL. */
export function refuseBinary(text: string): void {
  let found = 0;
  for (const { index } of text.matchAll(/\p{Cc}|\p{Cs}|\p{Cn}/gu)) {
    const char = text.charAt(index);
    if (char === '\n' || char === '\r' || char === '\t') continue;
    if (++found > MOST_UNREADABLE) throw new HuntError({ kind: 'query', message: 'This is no text.', span: spanIn(text, index, 1) });
  }
}
