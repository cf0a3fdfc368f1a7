import type { Column } from '../../common/kqlTypes';
import type { KqlNode } from '../../kql/node';
import { convert } from '../conversions';
import { type Expression, isNullable, nullOf } from '../expression';
import type { OperatorInput } from './registry';

export interface NamedExpression {
  readonly name: string;
  readonly expression: Expression;
}

/** Columns the binder computed for the operator's result. */
export function outputColumns({ node, translator }: Pick<OperatorInput, 'node' | 'translator'>): readonly Column[] {
  return node.columns ?? translator.unsupported('a result whose columns are not known', node);
}

/** A name that repeats is numbered. */
export function distinctNames(columns: readonly Column[]): Column[] {
  const seen = new Set<string>();
  return columns.map((column) => {
    const name = seen.has(column.name) ? `${column.name}1` : column.name;
    seen.add(name);
    return { ...column, name };
  });
}

/** Name that `name = expression` gives, when it does. */
export function givenName(node: KqlNode): string | undefined {
  return node.kind === 'SimpleNamedExpression' ? node.need('Name').simpleName : undefined;
}

/** Names of `(a, b) = expression`. */
export function givenNames(node: KqlNode): string[] | undefined {
  if (node.kind !== 'CompoundNamedExpression') return undefined;
  return node.need('Names').list('Names').map((name) => name.simpleName ?? '');
}

/** Columns an argument list selects: names, wildcards, `*`. Computed ones keep an empty name: the binder knows it. */
export function columnsOfArguments(operator: OperatorInput, nodes: readonly KqlNode[]): NamedExpression[] {
  const { scope, translator } = operator;
  const all = scope.rows?.all ?? [];
  const automatic = [...outputColumns(operator)];
  const result: NamedExpression[] = [];
  for (const node of nodes) {
    const selected = selectedColumns(node, all.map(({ name }) => name));
    if (selected) {
      for (const name of selected) {
        const found = scope.rows?.find(name);
        if (found) result.push({ name, expression: found });
      }
      continue;
    }
    result.push({ name: automatic[result.length]?.name ?? '', expression: translator.scalar(node, scope) });
  }
  return result;
}

/** Names that `*`, `a*` or a plain name select; undefined for a computed expression. */
export function selectedColumns(node: KqlNode, names: readonly string[]): string[] | undefined {
  if (node.kind === 'StarExpression') return [...names];
  if (node.kind !== 'NameReference') return undefined;
  const wildcard = wildcardOf(node);
  if (wildcard) return names.filter((name) => wildcard.test(name));
  const name = node.simpleName ?? '';
  return names.includes(name) && node.symbol?.kind !== 'Variable' && node.symbol?.kind !== 'Parameter' ? [name] : undefined;
}

export function wildcardOf(node: KqlNode): RegExp | undefined {
  const name = node.child('Name');
  if (name?.kind !== 'WildcardedName' && name?.kind !== 'BracketedWildcardedName') return undefined;
  const pattern = name.need('Pattern').tokenValue.replace(/^\[?['"]?|['"]?\]?$/gu, '');
  return wildcardPattern(pattern);
}

export function wildcardPattern(pattern: string): RegExp {
  return new RegExp(`^${pattern.split('*').map((part) => part.replace(/[\\^$.|?+()[\]{}]/gu, '\\$&')).join('.*')}$`, 'u');
}

/** The expression in the type the binder announces for the column. */
export function conform(expression: Expression, type: Column['type']): Expression {
  if (expression.type === type) return expression;
  if (expression.kind === 'literal' && expression.value === null && isNullable(expression)) return nullOf(type);
  return convert(expression, type);
}
