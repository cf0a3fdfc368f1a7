import type { KqlNode } from '../kql/node';
import { Environment } from './environment';
import { type Expression, nullOf } from './expression';
import type { Plan } from './plan';
import type { Scope } from './scope';
import type { Translator } from './translator';

/** Most calls that may be open inside each other. */
const MAX_DEPTH = 60;

/** A function's body, bound to the arguments of a call, and the names its parameters have in it. */
export interface OpenBody {
  readonly environment: Environment;
  readonly body: KqlNode;
}

/**
 * Opens the body of a user function at a call: each parameter becomes a name. The body is closed: it sees its
 * parameters, what was declared before it, and the workspace.
 */
export function openBody(translator: Translator, node: KqlNode, scope: Scope, first?: Plan): OpenBody {
  const name = node.kind === 'FunctionCallExpression' ? node.need('Name') : node;
  const called = node.calledBody() ?? name.calledBody();
  const functionName = name.simpleName ?? name.text;
  const body = called?.child('Expression');
  if (!called || !body) return translator.unsupported(`the function ${functionName}`, node);
  const binding = scope.environment.find(functionName);
  const parameters = parametersOf(translator, functionName, binding?.kind === 'function' ? binding.node : undefined);
  let environment = binding?.kind === 'function' ? binding.environment : new Environment();
  if (depthOf(scope.environment) > MAX_DEPTH) translator.unsupported('functions that call each other this deeply', node);
  const args = node.kind === 'FunctionCallExpression' ? node.need('ArgumentList').list('Expressions') : [];
  const named = new Map(args.flatMap((arg) => (arg.kind === 'SimpleNamedExpression' ? [[arg.need('Name').simpleName ?? '', arg.need('Expression')] as const] : [])));
  let position = first ? -1 : 0;
  for (const parameter of parameters) {
    const at = position++;
    if (at === -1 && first) {
      environment = environment.with(parameter.name, { kind: 'table', value: () => first });
      continue;
    }
    const positional = args[at]?.kind === 'SimpleNamedExpression' ? undefined : args[at];
    const argument = named.get(parameter.name) ?? positional;
    if (parameter.isTable) {
      if (!argument) return translator.invalid(`The function ${functionName} needs an argument for ${parameter.name}.`, node);
      const plan = (): Plan => translator.table(argument, scope.environment);
      environment = environment.with(parameter.name, { kind: 'table', value: plan });
      continue;
    }
    const value = argument ? translator.scalar(argument, scope) : parameter.byDefault;
    if (!value) return translator.invalid(`The function ${functionName} needs an argument for ${parameter.name}.`, node);
    environment = environment.with(parameter.name, { kind: 'scalar', value: () => value });
  }
  environment = environment.with('$depth', { kind: 'scalar', value: () => nullOf('long') });
  return { environment: translator.atCall(node, () => translator.bindLets(called.list('Statements'), environment)), body };
}

function depthOf(environment: Environment): number {
  return environment.count('$depth');
}

interface Parameter {
  readonly name: string;
  readonly isTable: boolean;
  readonly byDefault: Expression | undefined;
}

function parametersOf(translator: Translator, name: string, declaration: KqlNode | undefined): Parameter[] {
  const list = declaration?.child('Parameters') ?? translator.storedParameters(name);
  if (!list) return [];
  return list.list('Parameters').map((parameter) => {
    const declared = parameter.need('NameAndType');
    const value = parameter.child('DefaultValue')?.child('Value');
    return {
      name: declared.need('Name').simpleName ?? '',
      isTable: declared.need('Type').kind === 'SchemaTypeExpression',
      byDefault: value && translator.scalar(value, { environment: new Environment() }),
    };
  });
}

/** A call whose value is a table. */
export function callFunctionTable(translator: Translator, node: KqlNode, environment: Environment, scope?: Scope, first?: Plan): Plan {
  const opened = openBody(translator, node, scope ?? { environment }, first);
  return translator.atCall(node, () => translator.table(opened.body, opened.environment));
}
