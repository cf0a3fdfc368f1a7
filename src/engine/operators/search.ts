import { sql, nullOf, sqlList, literal, type Expression } from '../expression';
import { convert, toDynamic } from '../conversions';
import { filter, newColumn, type PlanColumn, project, reference } from '../plan';
import { predicate } from '../predicates';
import { rowsOf, type RowScope } from '../scope';
import { outputColumns, wildcardOf } from './outputs';
import type { Operator, SourceInput, SourceOperator } from './registry';
import { appended, type Branch } from './appended';
import { matching } from './union';

/** `T | search …`: the rows in which the predicate holds. */
export const search: Operator = (operator) => {
  const { node, input, environment, translator } = operator;
  const [only] = translator.usedTables.size === 1 ? [...translator.usedTables] : [];
  const branch = kept({ node, environment, translator }, { name: only?.name ?? 'union_arg0', plan: input }, []);
  return appended(translator, [branch], outputColumns(operator), '$table');
};

/** `search in (tables) …`, over all tables when none are named. */
export const searchTables: SourceOperator = (source) => {
  const sources = branches(source);
  return appended(source.translator, sources.map((branch) => kept(source, branch, sources)), outputColumns(source), '$table');
};

/** `find in (tables) where … project …`. Columns that are not named are packed. */
export const find: SourceOperator = (source) => {
  const { node, translator } = source;
  const declared = outputColumns(source);
  const named = node.list('Parameters').find((parameter) => parameter.need('Name').simpleName?.toLowerCase() === 'withsource')?.need('Expression').simpleName;
  const sources = branches(source);
  const packed = declared.find(({ name }) => name === 'pack_');
  const outputs = new Set(declared.map(({ name }) => name));
  const found = sources.map((branch) => {
    const { name, plan } = kept(source, branch, sources);
    const columns = plan.columns.map((planColumn): PlanColumn => {
      const wanted = declared.find((column) => column.name === planColumn.name);
      const value = reference(planColumn);
      return newColumn(translator.ids, planColumn.name, wanted?.type ?? planColumn.type, wanted ? convert(value, wanted.type) : value);
    });
    const rest = plan.columns.filter((planColumn) => !outputs.has(planColumn.name));
    const pack = packed ? [newColumn(translator.ids, 'pack_', 'dynamic', bagOf(rest))] : [];
    return { name, plan: project(plan, [...columns, ...pack], translator.ids) };
  });
  return appended(translator, found, declared, named ?? 'source_');
};

function bagOf(columns: readonly PlanColumn[]): Expression {
  const pairs = columns.flatMap(({ name, id, type }) => [literal('string', name), toDynamic(reference({ name, id, type, expression: nullOf(type) }))]);
  return sqlList('dynamic', 'json_merge_patch(json(\'{}\'), json_object(', pairs, '))');
}

/** The tables named, by wildcards or as expressions; all of them when none are. */
function branches({ node, environment, translator }: SourceInput): Branch[] {
  const clause = node.child('InClause');
  if (!clause) return matching({ node, environment, translator }, /^/u);
  return clause.list('Expressions').flatMap((expression, index): Branch[] => {
    const wildcard = expression.kind === 'NameReference' ? wildcardOf(expression) : undefined;
    if (wildcard) return matching({ node, environment, translator }, wildcard);
    return [{ name: expression.kind === 'NameReference' ? (expression.simpleName ?? '') : `union_arg${index}`, plan: translator.table(expression, environment) }];
  });
}

/** The branch's rows in which the predicate holds; a column that only other branches have is null. */
function kept({ node, environment, translator }: SourceInput, branch: Branch, all: readonly Branch[]): Branch {
  const rows = rowsOf(branch.plan);
  const scope: RowScope = { ...rows, find: (name) => rows.find(name) ?? missing(name, all) };
  const kind = node.list('Parameters').find((parameter) => parameter.need('Name').simpleName === 'kind')?.need('Expression').text;
  const condition = predicate({ node: node.need('Condition'), scope: { environment, rows: scope }, translator, terms: true, caseSensitive: kind === 'case_sensitive' });
  return { name: branch.name, plan: filter(branch.plan, [sql('bool')`${condition}`], translator.ids) };
}

function missing(name: string, branches: readonly Branch[]): Expression | undefined {
  const other = branches.flatMap(({ plan }) => plan.columns).find((planColumn) => planColumn.name === name);
  return other && nullOf(other.type);
}

