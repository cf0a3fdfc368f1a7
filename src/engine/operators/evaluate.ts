import type { KqlNode } from '../../kql/node';
import { plugins } from '../plugins/registry';
import { refusedPlugins } from '../plugins/refused';
import type { Translator } from '../translator';
import { outputColumns } from './outputs';
import type { Operator, SourceOperator } from './registry';

/** `evaluate plugin(…)`. */
export const evaluate: Operator = (operator) => {
  const { node, translator } = operator;
  const call = node.need('FunctionCall');
  const plugin = plugins.get(call.need('Name').simpleName ?? '');
  if (!plugin) return refuse(translator, call);
  const args: KqlNode[] = [];
  const named = new Map<string, KqlNode>();
  for (const argument of call.need('ArgumentList').list('Expressions')) {
    if (argument.kind === 'SimpleNamedExpression') named.set(argument.need('Name').simpleName ?? '', argument.need('Expression'));
    else args.push(argument);
  }
  return plugin({ ...operator, args, named, declared: outputColumns(operator), hasSchema: node.child('Schema') !== undefined });
};

/** `evaluate plugin(…)` without rows before it: plugins that bring their rows from elsewhere. */
export const leadingEvaluate: SourceOperator = ({ node, translator }) => refuse(translator, node.need('FunctionCall'));

function refuse(translator: Translator, call: KqlNode): never {
  const name = call.need('Name').simpleName ?? '';
  const refused = refusedPlugins.get(name);
  return translator.unsupported(`the plugin ${name}${refused ? `: ${refused.reason}` : ''}`, call.need('Name'), refused?.advice);
}
