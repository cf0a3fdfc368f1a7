import type { Column } from '../../common/kqlTypes';
import type { KqlNode } from '../../kql/node';
import { type Expression, literal, nullOf } from '../expression';
import { asSet, newColumn, type Plan, type PlanColumn, planOf, project, reference, type Source, sqlName } from '../plan';
import { scan } from '../tables';
import type { Translator } from '../translator';
import { outputColumns, wildcardOf } from './outputs';
import type { Operator, SourceInput, SourceOperator } from './registry';

interface Branch {
  readonly name: string;
  readonly plan: Plan;
}

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

/** All rows of all branches under the declared columns; what a branch lacks is null there. */
export function appended(translator: Translator, inputs: readonly Branch[], declared: readonly Column[], sourceName?: string): Plan {
  const { ids } = translator;
  const outputs = declared.map((column): PlanColumn => newColumn(ids, column.name, column.type, nullOf(column.type)));
  const nameOf = outputNames(inputs, new Set(declared.map(({ name }) => name)), sourceName);
  // Only the columns that are read: a search over hundreds of tables has thousands.
  const partOf = ({ name, plan }: Branch, needed: ReadonlySet<number>): Plan => {
    const columns = outputs.filter(({ id }) => needed.has(id)).map((output): PlanColumn => {
      const isSource = output.name === sourceName;
      return { ...output, expression: isSource ? literal('string', name) : (branchColumn(plan, output, nameOf) ?? nullOf(output.type)) };
    });
    return project(asSet(plan, ids), columns, ids);
  };
  const source: Source = {
    names: new Map(outputs.map(({ id }) => [id, sqlName(id)])),
    render(needed, renderer) {
      if (inputs.length > 0) return `(${inputs.map((input) => `(${renderer.select(partOf(input, needed), needed)})`).join(' UNION ALL ')})`;
      const nothing: Source = { names: new Map(), render: () => '' };
      return `(SELECT ${outputs.map(({ id, type }) => `${renderer.expression(literal(type, null), nothing)} AS ${sqlName(id)}`).join(', ') || '1'} WHERE false)`;
    },
  };
  return planOf(source, outputs);
}

/** The output's name for a branch's column: its own, or with its type where types conflict, or numbered where that name is taken, too. */
function outputNames(inputs: readonly Branch[], declared: ReadonlySet<string>, sourceName: string | undefined): (column: Column) => string {
  const types = new Map<string, Set<string>>();
  for (const { plan } of inputs) for (const { name, type } of plan.columns) types.set(name, (types.get(name) ?? new Set()).add(type));
  return ({ name, type }) => {
    if (name === sourceName) return `${name}1`;
    if ((types.get(name)?.size ?? 0) < 2) return name;
    const typed = `${name}_${type}`;
    return types.has(typed) && declared.has(`${typed}1`) ? `${typed}1` : typed;
  };
}

function branchColumn(plan: Plan, output: Column, nameOf: (column: Column) => string): Expression | undefined {
  const found = plan.columns.find((candidate) => candidate.type === output.type && nameOf(candidate) === output.name);
  return found && reference(found);
}
