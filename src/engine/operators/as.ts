import { referenceShared, share } from '../lets';
import type { Operator } from './registry';

/** `as name`: the rows go on, and are a table of that name for the rest of the query. */
export const asOperator: Operator = ({ node, input, translator }) => {
  const name = node.need('Name').simpleName ?? '';
  if (translator.mentions(name) === 0) return input;
  const shared = share(translator, input, true);
  translator.named.set(name, shared);
  return referenceShared(translator, shared);
};
