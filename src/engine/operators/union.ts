import type { Column } from '../../common/kqlTypes';
import type { KqlNode } from '../../kql/node';
import type { Plan } from '../plan';
import { scan } from '../tables';
import { appended, type Branch } from './appended';
import { outputColumns, wildcardOf } from './outputs';
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
    if (wildcard) {
      return translator.catalog.tables
        .filter(({ name }) => wildcard.test(name))
        .map((table) => ({ name: table.name, plan: scan(translator, table) }));
    }
    if (fuzzy && !expression.columns) return [];
    if (fuzzy && expression.kind === 'NameReference' && !translator.knows(expression.simpleName ?? '', environment)) return [];
    return [{ name: branchName(expression) ?? `union_arg${first + index}`, plan: translator.table(expression, environment) }];
  });
}

/** Of a table, or given by `as`. */
function branchName(node: KqlNode): string | undefined {
  if (node.kind === 'NameReference') return node.simpleName;
  if (node.kind === 'ParenthesizedExpression') return branchName(node.need('Expression'));
  const operator = node.kind === 'PipeExpression' ? node.need('Operator') : undefined;
  return operator?.kind === 'AsOperator' ? operator.need('Name').simpleName : undefined;
}

function parameter(node: KqlNode, name: string): KqlNode | undefined {
  return node
    .list('Parameters')
    .find((candidate) => candidate.need('Name').simpleName?.toLowerCase() === name)
    ?.need('Expression');
}

function unionOf({ node, translator }: SourceInput, inputs: readonly Branch[]): Plan {
  const declared = distinctNames(outputColumns({ node, translator }));
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

/** A table's own column with the name that `withsource` takes is numbered. */
function distinctNames(columns: readonly Column[]): Column[] {
  const seen = new Set<string>();
  return columns.map((column) => {
    const name = seen.has(column.name) ? `${column.name}1` : column.name;
    seen.add(name);
    return { ...column, name };
  });
}
