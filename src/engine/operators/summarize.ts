import type { KqlNode } from '../../kql/node';
import { aggregateTuple, tupleNames } from '../aggregates/tuples';
import type { Expression } from '../expression';
import { newColumn, type PlanColumn } from '../plan';
import type { Scope } from '../scope';
import { group } from './grouping';
import { latestRows } from './latestRows';
import { conform, outputColumns } from './outputs';
import type { Operator, OperatorInput } from './registry';

/** `summarize aggregates by keys`. Output: the keys, then the aggregates, under the binder's names. */
export const summarize: Operator = (operator) => {
  const { node, input, scope, translator } = operator;
  const declared = outputColumns(operator);
  const by = node.child('ByClause');
  if (by?.child('BinClause')) translator.unsupported('bin= in summarize', node);
  const keyNodes = by?.list('Expressions') ?? [];
  const keyNames = new Set<string>();
  const keys = keyNodes.map((keyNode, index): PlanColumn => {
    const inner = keyNode.kind === 'SimpleNamedExpression' ? keyNode.need('Expression') : keyNode;
    const expression = translator.scalar(inner, scope);
    const output = declared[index];
    if (!output) return translator.unsupported('this summarize', node);
    if (keyNode.kind === 'NameReference') keyNames.add(keyNode.simpleName ?? '');
    return newColumn(translator.ids, output.name, output.type, conform(expression, output.type));
  });
  const extreme = latestRows(operator, keys, keyNames, declared.slice(keys.length));
  if (extreme) return extreme;
  const aggregateScope: Scope = { ...scope, aggregates: true };
  const values = node.list('Aggregates').flatMap((aggregate) => aggregateValues(operator, aggregate, aggregateScope, keyNames));
  const outputs = declared.slice(keys.length);
  if (values.length !== outputs.length) return translator.unsupported('this combination of aggregates', node);
  if (values.length === 0) return group(translator, input, keys, []);
  const aggregates = values.map((expression, index): PlanColumn => {
    const output = outputs[index];
    if (!output) return translator.unsupported('this summarize', node);
    return newColumn(translator.ids, output.name, output.type, conform(expression, output.type));
  });
  return group(translator, input, keys, aggregates);
};

function aggregateValues({ translator }: OperatorInput, node: KqlNode, scope: Scope, keyNames: ReadonlySet<string>): Expression[] {
  const inner = node.kind === 'SimpleNamedExpression' || node.kind === 'CompoundNamedExpression' ? node.need('Expression') : node;
  if (inner.kind === 'FunctionCallExpression' && isTuple(inner)) {
    return aggregateTuple(translator, inner, { ...scope, aggregates: false }, keyNames).parts.map(({ expression }) => expression);
  }
  return [translator.scalar(inner, scope)];
}

/** Does this call give more than one column? */
function isTuple(node: KqlNode): boolean {
  const name = node.need('Name').simpleName ?? '';
  const args = node.need('ArgumentList').list('Expressions');
  if (name.startsWith('arg') || name.startsWith('percentiles')) return tupleNames.has(name);
  if (!tupleNames.has(name) || name.endsWith('if')) return false;
  return args.length > 1 || args[0]?.kind === 'StarExpression';
}
