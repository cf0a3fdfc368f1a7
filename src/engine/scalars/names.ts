import { aggregateCall, aggregates } from '../aggregates/registry';
import { type Expression, literal } from '../expression';
import { absentFunctions } from '../functions/absent';
import { functions, callOf } from '../functions/registry';
import type { ScalarInput, ScalarKinds } from './registry';

/** Names, calls, and values of sub-queries. */
export const names: ScalarKinds = {
  NameReference: nameReference,
  StarExpression: ({ node, scope, translator }) => scope.star ?? translator.unsupported('* here', node),
  BracketedExpression: ({ node, scope, translator }) => translator.scalar(node.need('Expression'), scope),
  FunctionCallExpression(input) {
    const { node, scope, translator } = input;
    const name = node.need('Name').simpleName ?? '';
    const ofPattern = scope.pattern?.call(name, node);
    if (ofPattern) return ofPattern;
    const binding = scope.environment.find(name);
    if (binding?.kind === 'function') return translator.callScalar(node, scope);
    if (name === 'column_names_of') return columnNames(input);
    const aggregate = scope.aggregates ? aggregates.get(name) : undefined;
    if (aggregate) return aggregate(aggregateCall(callOf({ ...input, scope: { ...scope, aggregates: false } })));
    const implementation = functions.get(name);
    if (implementation) return implementation(callOf(input));
    if (translator.catalog.functions.some((stored) => stored.name === name)) return translator.callScalar(node, scope);
    const reason = absentFunctions.get(name);
    return translator.unsupported(`the function ${name}()`, node.need('Name'), reason && `${reason[0]?.toUpperCase() ?? ''}${reason.slice(1)}.`);
  },
  ToScalarExpression({ node, scope, translator }) {
    return translator.firstValue(node.need('Expression'), scope);
  },
  MaterializeExpression: ({ node, scope, translator }) => translator.scalar(node.need('Expression'), scope),
};

/** `column_names_of(table)`: the names, as an array. */
function columnNames({ node, translator }: ScalarInput): Expression {
  const [table] = node.need('ArgumentList').list('Expressions');
  const columns = table?.columns ?? translator.unsupported('column_names_of() of this table', node);
  return literal('dynamic', JSON.stringify(columns.map(({ name }) => name)));
}

function nameReference({ node, scope, translator }: ScalarInput): Expression {
  const name = node.simpleName ?? node.text;
  const symbol = node.symbol;
  const found = symbol?.kind === 'Variable' || symbol?.kind === 'Parameter' ? undefined : scope.rows?.find(name);
  if (found) return found;
  const element = symbol?.kind === 'Variable' ? scope.pattern?.whole(name) : undefined;
  if (element) return element;
  const binding = scope.environment.find(name);
  if (binding?.kind === 'scalar') return binding.value();
  if (binding?.kind === 'function') return translator.callScalar(node, scope);
  if (binding?.kind === 'table') return translator.unsupported(`the table ${name} used as a value`, node, 'Use toscalar(…).');
  const column = scope.rows?.find(name);
  if (column) return column;
  if (translator.catalog.functions.some((stored) => stored.name === name)) return translator.callScalar(node, scope);
  return translator.unsupported(`the name ${name} here`, node);
}
