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
      return translator.catalog.tables.filter(({ name }) => wildcard.test(name)).map((table) => ({ name: table.name, plan: scan(translator, table) }));
    }
    if (fuzzy && !expression.columns) return [];
    if (fuzzy && expression.kind === 'NameReference' && !translator.knows(expression.simpleName ?? '', environment)) return [];
    return [{ name: expression.kind === 'NameReference' ? (expression.simpleName ?? '') : `union_arg${first + index}`, plan: translator.table(expression, environment) }];
  });
}

function parameter(node: KqlNode, name: string): KqlNode | undefined {
  return node.list('Parameters').find((candidate) => candidate.need('Name').simpleName?.toLowerCase() === name)?.need('Expression');
}

function unionOf({ node, translator }: SourceInput, inputs: readonly Branch[]): Plan {
  const declared = outputColumns({ node, translator });
  const sourceName = parameter(node, 'withsource')?.simpleName ?? parameter(node, 'with_source')?.simpleName;
  return appended(translator, inputs, declared, sourceName);
}

/** All rows of all branches under the declared columns; what a branch lacks is null there. */
export function appended(translator: Translator, inputs: readonly Branch[], declared: readonly Column[], sourceName?: string): Plan {
  const { ids } = translator;
  const outputs = declared.map((column): PlanColumn => newColumn(ids, column.name, column.type, nullOf(column.type)));
  const parts = inputs.map(({ name, plan }) => {
    const columns = outputs.map((output): PlanColumn => {
      const isSource = output.name === sourceName;
      return { ...output, expression: isSource ? literal('string', name) : (branchColumn(plan, output) ?? nullOf(output.type)) };
    });
    return project(asSet(plan, ids), columns, ids);
  });
  const source: Source = {
    names: new Map(outputs.map(({ id }) => [id, sqlName(id)])),
    render(needed, renderer) {
      if (parts.length > 0) return `(${parts.map((part) => `(${renderer.select(part, needed)})`).join(' UNION ALL ')})`;
      const nothing: Source = { names: new Map(), render: () => '' };
      return `(SELECT ${outputs.map(({ id, type }) => `${renderer.expression(literal(type, null), nothing)} AS ${sqlName(id)}`).join(', ') || '1'} WHERE false)`;
    },
  };
  return planOf(source, outputs);
}

/** The branch's column for an output: of its name and type; where types conflict the output is called `name_type`. */
function branchColumn(plan: Plan, output: Column): Expression | undefined {
  const exact = plan.columns.find(({ name, type }) => name === output.name && type === output.type);
  const found = exact ?? plan.columns.find(({ name, type }) => type === output.type && `${name}_${type}` === output.name);
  return found && reference(found);
}
