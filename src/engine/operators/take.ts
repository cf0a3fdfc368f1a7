import { limit } from '../plan';
import type { Operator } from './registry';

/** `take` / `limit`. */
export const take: Operator = ({ node, input, scope, translator }) => {
  const count = translator.scalar(node.need('Expression'), { environment: scope.environment });
  return limit(input, count, translator.ids);
};
