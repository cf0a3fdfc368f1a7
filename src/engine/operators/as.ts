import type { Operator } from './registry';

/** `as name`: the rows go on as they are. The name is bound by the translator for the statements that follow. */
export const asOperator: Operator = ({ node, input, translator }) => {
  const name = node.need('Name').simpleName ?? '';
  if (translator.mentions(name) > 0) translator.unsupported(`the use of "${name}", named by the operator as`, node, 'Use a let statement.');
  return input;
};
