import type { KqlNode } from '../kql/node';
import type { Environment } from './environment';
import type { SourceInput } from './operators/registry';
import type { Plan } from './plan';

/** A call of what `declare pattern` declared, as `name("a").path` or `name("a")`; undefined for everything else. */
export function calledPattern({ node, environment, translator }: SourceInput): Plan | undefined {
  const call = node.kind === 'PathExpression' ? node.need('Expression') : node;
  if (call.kind !== 'FunctionCallExpression') return undefined;
  const binding = environment.find(call.need('Name').simpleName ?? '');
  if (binding?.kind !== 'pattern') return undefined;
  const selector = node.kind === 'PathExpression' ? node.need('Selector') : undefined;
  const path = selector && (selector.simpleName ?? selector.text);
  const args = call.need('ArgumentList').list('Expressions').map((argument) => constant({ node: argument, environment, translator }));
  const declared = binding.node.child('Pattern')?.list('Patterns') ?? [];
  const match = declared.find((candidate) => sameTexts(valuesOf(candidate), args) && pathOf(candidate) === path);
  if (!match) {
    const reference = `${call.text}${selector ? `.['${path ?? ''}']` : ''}`;
    return translator.invalid(`One or more pattern references were not declared. Detected pattern references: ["${reference}"]`, node);
  }
  const body = match.need('Body');
  const names: Environment = translator.bindLets(body.list('Statements'), binding.environment);
  return translator.table(body.need('Expression'), names);
}

function constant({ node, environment, translator }: SourceInput): string {
  const value = translator.scalar(node, { environment });
  return value.kind === 'literal' ? String(value.value) : translator.unsupported('a computed argument of a pattern', node);
}

const valuesOf = (match: KqlNode): string[] =>
  match.children
    .filter(({ kind }) => kind === 'ExpressionList')
    .flatMap((list) => list.list('Expressions'))
    .map((value) => value.literalText ?? value.text);

const pathOf = (match: KqlNode): string | undefined => match.child('PathValue')?.need('Value').literalText;

const sameTexts = (left: readonly string[], right: readonly string[]): boolean =>
  left.length === right.length && left.every((text, index) => text === right[index]);
