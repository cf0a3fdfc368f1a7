import type { KqlNode } from '../../kql/node';
import { plugins } from '../plugins/registry';
import { outputColumns } from './outputs';
import type { Operator } from './registry';

/** `evaluate plugin(…)`. */
export const evaluate: Operator = (operator) => {
  const { node, translator } = operator;
  const call = node.need('FunctionCall');
  const name = call.need('Name').simpleName ?? '';
  const plugin = plugins.get(name);
  if (!plugin) return translator.unsupported(`the plugin ${name}`, call.need('Name'));
  const args: KqlNode[] = [];
  const named = new Map<string, KqlNode>();
  for (const argument of call.need('ArgumentList').list('Expressions')) {
    if (argument.kind === 'SimpleNamedExpression') named.set(argument.need('Name').simpleName ?? '', argument.need('Expression'));
    else args.push(argument);
  }
  return plugin({ ...operator, args, named, declared: outputColumns(operator), hasSchema: node.child('Schema') !== undefined });
};
