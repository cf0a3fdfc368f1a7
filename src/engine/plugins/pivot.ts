import { convert } from '../conversions';
import { collectColumns, type Expression, literal, nullOf, sql } from '../expression';
import { columnNamed, newColumn, type PlanColumn, reference } from '../plan';
import { group } from '../operators/grouping';
import { conform } from '../operators/outputs';
import type { Plugin, PluginInput } from './registry';
import { needSchema, refuseTwice } from './schemaNeeded';

/** What a cell without rows holds; null for the others. */
const empties: Readonly<Record<string, string>> = { make_list: '[]', make_set: '[]', makelist: '[]', makeset: '[]', make_bag: '{}' };
const counts = new Set(['count', 'dcount', 'sum']);

/** `pivot(column, aggregate, keys…)`: a column for each value of the pivot column. */
export const pivot: Plugin = (plugin) => {
  const { input, scope, translator, args, declared, node } = plugin;
  const [pivotNode, aggregateNode, ...keyNodes] = args;
  if (!pivotNode) return translator.unsupported('pivot() without a column', node);
  const pivoted = convert(translator.scalar(pivotNode, scope), 'string');
  const aggregate = aggregateNode ? translator.scalar(aggregateNode, { ...scope, aggregates: true }) : sql('long', { notNull: true })`count(*)`;
  const keys = keyColumns(plugin, [pivotNode, ...(aggregateNode ? [aggregateNode] : [])], keyNodes);
  if (!plugin.hasSchema) {
    const name = newColumn(translator.ids, 'name', 'string', pivoted);
    return needSchema(plugin, group(translator, input, [name], []), (rows) => {
      const values = rows.map(([value]) => String(value)).sort();
      const cells = values.map((value) => ({ name: value, type: aggregate.type }));
      const columns = [...keys.map(({ name: key, type }) => ({ name: key, type })), ...cells];
      refuseTwice(columns, 'pivot');
      return { columns, isEmpty: rows.length === 0 };
    });
  }
  // One row a key and pivot value, then one row a key.
  const fine = keys.map((key): PlanColumn => newColumn(translator.ids, key.name, key.type, reference(key)));
  const value = newColumn(translator.ids, '', 'string', pivoted);
  const cell = newColumn(translator.ids, '', aggregate.type, aggregate);
  const cells = group(translator, input, [...fine, value], [cell]);
  const wanted = declared.flatMap(({ name }) => fine.filter((key) => key.name === name));
  const groupKeys = wanted.map((key): PlanColumn => newColumn(translator.ids, key.name, key.type, reference(key)));
  const functionName = aggregateNode?.kind === 'FunctionCallExpression' ? (aggregateNode.need('Name').simpleName ?? '') : 'count';
  const answers = declared
    .filter(({ name }) => !fine.some((key) => key.name === name))
    .map(({ name, type }): PlanColumn => {
      const found = sql(aggregate.type)`any_value(${reference(cell)}) FILTER (WHERE ${reference(value)} = ${literal('string', name)})`;
      return newColumn(translator.ids, name, type, conform(filled(found, functionName), type));
    });
  const result = group(translator, cells, groupKeys, answers);
  return { ...result, columns: declared.map(({ name }) => columnNamed(result, name) ?? translator.unsupported(`the column ${name} here`, node)) };
};

function filled(value: Expression, functionName: string): Expression {
  if (counts.has(functionName)) return sql(value.type, { notNull: true })`coalesce(${value}, 0)`;
  const empty = empties[functionName];
  if (empty !== undefined) return sql(value.type)`coalesce(${value}, ${literal('dynamic', empty)})`;
  return value.type === 'string' ? sql('string')`coalesce(${value}, ${nullOf('string')})` : value;
}

/** The columns named, or all that neither the pivot column nor the aggregate reads. */
function keyColumns({ input, scope, translator }: PluginInput, used: readonly PluginInput['node'][], nodes: readonly PluginInput['node'][]): PlanColumn[] {
  if (nodes.length > 0) {
    return nodes.map((key) => columnNamed(input, key.simpleName ?? '') ?? translator.unsupported('a computed key of pivot()', key));
  }
  const read = new Set<number>();
  for (const part of used) collectColumns(translator.scalar(part, { ...scope, aggregates: true }), read);
  return input.columns.filter(({ id }) => !read.has(id));
}
