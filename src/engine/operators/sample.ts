import { sql } from '../expression';
import { asSet, limit, newColumn, sort } from '../plan';
import { group } from './grouping';
import { outputColumns } from './outputs';
import type { Operator } from './registry';

/** `sample n`: that many rows by chance. */
export const sample: Operator = ({ node, input, environment, translator }) => {
  const count = translator.scalar(node.need('Expression'), { environment });
  const shuffled = sort(asSet(input, translator.ids), [{ expression: sql('real')`random()`, descending: false, nullsFirst: true }], translator.ids);
  return { ...limit(shuffled, count, translator.ids), serialized: false };
};

/** `sample-distinct n of x`: that many different values. */
export const sampleDistinct: Operator = (operator) => {
  const { node, input, scope, environment, translator } = operator;
  const [output] = outputColumns(operator);
  const value = translator.scalar(node.need('OfExpression'), scope);
  const key = newColumn(translator.ids, output?.name ?? '', value.type, value);
  return limit(group(translator, input, [key], []), translator.scalar(node.need('Expression'), { environment }), translator.ids);
};
