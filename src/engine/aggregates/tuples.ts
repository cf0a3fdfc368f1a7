import type { KqlNode } from '../../kql/node';
import { type Expression, sql, sqlList } from '../expression';
import { aggregateCall } from './registry';
import { callOf } from '../functions/registry';
import type { Scope } from '../scope';
import type { Translator } from '../translator';
import { weightedPercentile } from './digests';
import { percentileOf } from './statistics';
import { selectedColumns } from '../operators/outputs';

/** Several results of one aggregate. */
export interface AggregateTuple {
  /** Columns in order. `sortValue` marks the extreme itself, whose default name is the argument's. */
  readonly parts: readonly { readonly expression: Expression; readonly name?: string | undefined }[];
}

export const tupleNames: ReadonlySet<string> = new Set([
  'arg_max',
  'arg_min',
  'argmax',
  'argmin',
  'percentiles',
  'percentilesw',
  'take_any',
  'any',
  'take_anyif',
  'anyif',
]);

/** Columns that the arguments after the first select: names, `*` (without the group's keys), expressions. */
function selected(
  translator: Translator,
  nodes: readonly KqlNode[],
  scope: Scope,
  keys: ReadonlySet<string>,
  taken: ReadonlySet<string>,
): { name: string | undefined; expression: Expression }[] {
  const all = scope.rows?.all ?? [];
  return nodes.flatMap((node): { name: string | undefined; expression: Expression }[] => {
    const names =
      node.kind === 'StarExpression'
        ? all.map(({ name }) => name).filter((name) => !keys.has(name) && !taken.has(name))
        : selectedColumns(
            node,
            all.map(({ name }) => name),
          );
    if (!names) return [{ name: undefined, expression: translator.scalar(node, scope) }];
    return names.flatMap((name) => {
      const expression = scope.rows?.find(name);
      return expression ? [{ name, expression }] : [];
    });
  });
}

/** What `arg_max(by, others)` asks for. */
export interface Extreme {
  readonly direction: 'max' | 'min';
  readonly by: Expression;
  readonly firstName: string | undefined;
  readonly others: readonly { readonly name: string | undefined; readonly expression: Expression }[];
}

export function extremeOf(translator: Translator, node: KqlNode, scope: Scope, keys: ReadonlySet<string>): Extreme {
  const name = node.need('Name').simpleName ?? '';
  const [first, ...rest] = node.need('ArgumentList').list('Expressions');
  if (!first) return translator.unsupported(`${name}() without arguments`, node);
  const star = rest.some((argument) => argument.kind === 'StarExpression');
  const firstName = first.kind === 'NameReference' ? first.simpleName : undefined;
  return {
    direction: name === 'arg_max' || name === 'argmax' ? 'max' : 'min',
    by: translator.scalar(first, scope),
    firstName,
    others: selected(translator, rest, scope, keys, new Set(star && firstName ? [firstName] : [])),
  };
}

/** Translates an aggregate with several results; `keys` are the names of the group's columns. */
export function aggregateTuple(translator: Translator, node: KqlNode, scope: Scope, keys: ReadonlySet<string>): AggregateTuple {
  const name = node.need('Name').simpleName ?? '';
  const nodes = node.need('ArgumentList').list('Expressions');
  if (name === 'percentiles') {
    const call = aggregateCall(callOf({ node, scope, translator }));
    return { parts: call.args.slice(1).map((percent) => ({ expression: percentileOf(call, call.arg(0), percent) })) };
  }
  if (name === 'percentilesw') {
    const call = aggregateCall(callOf({ node, scope, translator }));
    return { parts: call.args.slice(2).map((percent) => ({ expression: weightedPercentile(call, percent) })) };
  }
  if (name === 'take_any' || name === 'any') {
    const columns = selected(translator, nodes, scope, keys, new Set());
    return {
      parts: columns.map(({ name: column, expression }) => ({ name: column, expression: sql(expression.type)`first(${expression})` })),
    };
  }
  const { direction, by, firstName, others } = extremeOf(translator, node, scope, keys);
  const sortable = by.type === 'dynamic' ? sql('string')`kql.sort_text(${by})` : by;
  // A group in which nothing is comparable gives one of its rows.
  const pick = (expression: Expression): Expression =>
    sql(expression.type)`coalesce(arg_${direction}_null(${expression}, ${sortable}), first(${expression}))`;
  if (others.length <= 4) {
    const extreme = by.type === 'dynamic' ? pick(by) : sql(by.type)`${direction}(${by})`;
    return {
      parts: [
        { name: firstName, expression: by.type === 'string' ? sql('string')`coalesce(${extreme}, '')` : extreme },
        ...others.map((other) => ({ name: other.name, expression: orEmpty(pick(other.expression)) })),
      ],
    };
  }
  const fields = others.map(({ expression }, index) => sql(expression.type)`f${String(index)} := ${expression}`);
  const row = pick(sqlList('dynamic', 'struct_pack(', fields, ')'));
  return {
    parts: [
      { name: firstName, expression: sql(by.type)`${direction}(${sortable})` },
      ...others.map((other, index) => ({ name: other.name, expression: orEmpty(sql(other.expression.type)`(${row}).f${String(index)}`) })),
    ],
  };
}

/** Over no rows a string is empty. */
function orEmpty(expression: Expression): Expression {
  return expression.type === 'string' ? sql('string')`coalesce(${expression}, '')` : expression;
}
