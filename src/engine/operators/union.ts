import type { Column } from '../../common/kqlTypes';
import type { KqlNode } from '../../kql/node';
import type { Plan } from '../plan';
import { scan } from '../tables';
import { appended, type Branch } from './appended';
import { distinctNames, outputColumns, wildcardOf } from './outputs';
import type { Operator, SourceInput, SourceOperator } from './registry';

/** `union` in the middle of a query: the input comes first. */
export const union: Operator = ({ node, input, environment, translator }) =>
  unionOf({ node, environment, translator }, [{ name: 'union_arg0', plan: input }, ...branches({ node, environment, translator }, 1)]);

/** `union` at the start of a query. */
export const leadingUnion: SourceOperator = (source) => unionOf(source, branches(source, 0));

function branches({ node, environment, translator }: SourceInput, first: number): Branch[] {
  const fuzzy = parameter(node, 'isfuzzy')?.text.toLowerCase() === 'true';
  return node.list('Expressions').flatMap((expression, index): Branch[] => {
    const wildcard = expression.kind === 'NameReference' ? wildcardOf(expression) : undefined;
    if (wildcard) return matching({ node, environment, translator }, wildcard);
    const missing = fuzzy ? missingName(expression, { node, environment, translator }) : undefined;
    if (missing !== undefined) {
      translator.warnings.push(`Failed to resolve entity '${missing}'`);
      return [];
    }
    return [{ name: branchName(expression) ?? `union_arg${first + index}`, plan: translator.table(expression, environment) }];
  });
}

/** Tables, and what `let` declares with `view`. */
export function matching({ environment, translator }: SourceInput, wildcard: RegExp): Branch[] {
  const tables = translator.catalog.tables.filter(({ name }) => wildcard.test(name));
  const views = environment.views().filter(({ name }) => wildcard.test(name));
  return [
    ...tables.map((table) => ({ name: table.name, plan: scan(translator, table) })),
    ...views.map(({ name, read }) => ({ name, plan: read(translator), isView: true })),
  ];
}

/** "The set of union sources is reduced to the set of table references that exist": the name that a branch reads and nothing defines. */
function missingName(node: KqlNode, { environment, translator }: SourceInput): string | undefined {
  if (node.kind === 'PipeExpression' || node.kind === 'ParenthesizedExpression') return missingName(node.need('Expression'), { node, environment, translator });
  if (node.kind === 'NameReference' && !wildcardOf(node) && !translator.knows(node.simpleName ?? '', environment)) return node.simpleName;
  return node.columns ? undefined : node.text;
}

/** Of a table, or given by `as`. */
function branchName(node: KqlNode): string | undefined {
  if (node.kind === 'NameReference') return node.simpleName;
  if (node.kind === 'ParenthesizedExpression') return branchName(node.need('Expression'));
  const operator = node.kind === 'PipeExpression' ? node.need('Operator') : undefined;
  return operator?.kind === 'AsOperator' ? operator.need('Name').simpleName : undefined;
}

/** What the binder does not know: it leaves views out of wildcards. */
function unionColumns(node: KqlNode, inputs: readonly Branch[]): Column[] {
  const all = inputs.flatMap(({ plan }) => plan.columns).map(({ name, type }): Column => ({ name, type }));
  const types = (name: string): number => new Set(all.filter((column) => column.name === name).map(({ type }) => type)).size;
  const named = all.map(({ name, type }): Column => ({ name: types(name) > 1 ? `${name}_${type}` : name, type }));
  const sourceName = (parameter(node, 'withsource') ?? parameter(node, 'with_source'))?.simpleName;
  const source: Column[] = sourceName === undefined ? [] : [{ name: sourceName, type: 'string' }];
  return [...source, ...named.filter(({ name }, index) => named.findIndex((other) => other.name === name) === index)];
}

function parameter(node: KqlNode, name: string): KqlNode | undefined {
  return node
    .list('Parameters')
    .find((candidate) => candidate.need('Name').simpleName?.toLowerCase() === name)
    ?.need('Expression');
}

function unionOf({ node, translator }: SourceInput, inputs: readonly Branch[]): Plan {
  const declared = distinctNames(inputs.some(({ isView }) => isView) ? unionColumns(node, inputs) : outputColumns({ node, translator }));
  const inner = parameter(node, 'kind')?.text.toLowerCase() === 'inner';
  const sourceName = parameter(node, 'withsource')?.simpleName ?? parameter(node, 'with_source')?.simpleName;
  const common = inner
    ? declared.filter(
        (column) =>
          column.name === sourceName ||
          inputs.every(({ plan }) => plan.columns.some(({ name, type }) => name === column.name && type === column.type)),
      )
    : declared;
  return appended(translator, inputs, common, sourceName);
}

