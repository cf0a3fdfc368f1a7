import type { Column, KqlType } from '../../common/kqlTypes';
import type { KqlNode } from '../../kql/node';
import { convert } from '../conversions';
import { type Expression, literal, nullOf, sql } from '../expression';
import { referenceShared, share, type Shared } from '../lets';
import { asSet, columnNamed, nest, newColumn, type Plan, type PlanColumn, project, reference, sqlName } from '../plan';
import { conform } from '../operators/outputs';
import type { Operator, OperatorInput } from '../operators/registry';
import type { Renderer } from '../render';
import { graphPlan, sharedRelation } from './graph';

/**
 * `make-graph source --> target`: every row is an edge, every value of the two columns a node. Values are the same node when their text
 * is. With `partitioned-by`, nodes of different partitions are different, so that no path leads from one into another.
 */
export const makeGraph: Operator = (operator) => {
  const { node, input, translator, environment } = operator;
  const partition = node.child('PartitionedByClause');
  const partitionName = partition?.need('Entity').simpleName;
  const columnText = (plan: Plan, name: string, place: KqlNode): Expression => {
    const found = columnNamed(plan, name) ?? translator.invalid(`make-graph: the table has no column ${name}.`, place);
    return convert(reference(found), 'string');
  };
  const partitionOf = (plan: Plan): Expression =>
    partition && partitionName !== undefined ? columnText(plan, partitionName, partition) : literal('string', '');
  const end = (child: string): Expression => columnText(input, node.need(child).simpleName ?? '', node.need(child));
  const raw = rawEdges(operator, [end('SourceColumn'), end('TargetColumn'), partitionOf(input)]);
  const tables = nodeTables(operator, columnText, partitionOf);
  const nodes = sharedNodes(operator, raw, tables);
  const graph = { nodes, edges: numberedEdges(operator, raw, nodes), partitioned: partition !== undefined };
  if (!partition) return graphPlan(graph);
  const answered = translator.table(partition.need('Subquery'), environment, graphPlan(graph));
  return { ...nest(asSet(answered, translator.ids), translator.ids), partition: undefined };
};

/** The edges with the texts of their ends and of their partition, numbered. */
function rawEdges({ input, translator }: OperatorInput, texts: readonly Expression[]): Shared {
  const { ids } = translator;
  const number = newColumn(ids, '', 'long', sql('long', { window: true })`row_number() OVER () - 1`);
  const keys = texts.map((text) => newColumn(ids, '', 'string', text));
  const values = input.columns.map((planColumn) => newColumn(ids, planColumn.name, planColumn.type, reference(planColumn)));
  return share(translator, project(asSet(input, ids), [number, ...keys, ...values], ids), true);
}

/** The tables of nodes. */
interface NodeTables {
  /** Of each table: identifier, partition, every property that some table has, number of the table. */
  readonly plans: readonly Plan[];
  readonly properties: readonly Column[];
  /** Properties that hold the identifier. */
  readonly idProperties: ReadonlySet<string>;
}

function nodeTables(
  { node, input, translator, environment }: OperatorInput,
  columnText: (plan: Plan, name: string, place: KqlNode) => Expression,
  partitionOf: (plan: Plan) => Expression,
): NodeTables {
  const { ids } = translator;
  const clause = node.child('WithClause');
  const implicit = clause?.child('Name')?.simpleName;
  if (implicit !== undefined) {
    const type = columnNamed(input, node.need('SourceColumn').simpleName ?? '')?.type ?? 'string';
    return { plans: [], properties: [{ name: implicit, type }], idProperties: new Set([implicit]) };
  }
  const read = (clause?.list('TablesAndKeys') ?? []).map((entry) => ({
    entry,
    table: asSet(translator.table(entry.need('Table'), environment), ids),
    idProperty: entry.need('Column').simpleName ?? '',
  }));
  const properties = new Map<string, Column>();
  for (const { name, type } of read.flatMap(({ table }) => table.columns)) if (!properties.has(name)) properties.set(name, { name, type });
  const plans = read.map(({ entry, table, idProperty }, index) => {
    const keys = [columnText(table, idProperty, entry), partitionOf(table)].map((text) => newColumn(ids, '', 'string', text));
    const values = [...properties.values()].map(({ name, type }): PlanColumn => {
      const found = columnNamed(table, name);
      return newColumn(ids, name, type, found ? conform(reference(found), type) : nullOf(type));
    });
    return project(table, [...keys, ...values, newColumn(ids, '', 'long', literal('long', BigInt(index)))], ids);
  });
  return { plans, properties: [...properties.values()], idProperties: new Set(read.map(({ idProperty }) => idProperty)) };
}

/** Every node once, with what the tables say about it; the first table wins. */
function sharedNodes({ translator }: OperatorInput, raw: Shared, { plans: tables, properties, idProperties }: NodeTables): Shared {
  const { ids } = translator;
  const ends = [1, 2].map((at): Plan => {
    const rows = referenceShared(translator, raw);
    const key = rows.columns[at];
    const part = rows.columns[3];
    if (!key || !part) throw new Error('edges without ends');
    const known = (name: string, type: KqlType): Expression => (idProperties.has(name) ? convert(reference(key), type) : nullOf(type));
    const values = properties.map(({ name, type }) => newColumn(ids, name, type, known(name, type)));
    const ordinal = newColumn(ids, '', 'long', literal('long', BigInt(tables.length)));
    return project(rows, [newColumn(ids, '', 'string', reference(key)), newColumn(ids, '', 'string', reference(part)), ...values, ordinal], ids);
  });
  const names = ['k', 'p', ...properties.map((_, index) => `c${index}`), 'o'];
  const merged = properties.map(({ name, type }, index) => {
    const value = type === 'string' ? `nullif(c${index}, '')` : `c${index}`;
    const told = `any_value(${value} ORDER BY o) FILTER (WHERE o < ${tables.length})`;
    const known = idProperties.has(name) ? `CASE WHEN min(o) < ${tables.length} THEN ${told} ELSE any_value(${value}) END` : told;
    return type === 'string' ? `coalesce(${known}, '')` : known;
  });
  const columns = [
    { id: ids.next(), name: '', type: 'long' as const },
    { id: ids.next(), name: '', type: 'string' as const },
    { id: ids.next(), name: '', type: 'string' as const },
    ...properties.map((property) => ({ ...property, id: ids.next() })),
  ];
  const values = ['row_number() OVER (ORDER BY p, k) - 1', 'k', 'p', ...merged];
  return sharedRelation(translator, columns, (renderer) => {
    const rows = [...tables, ...ends].map((plan) => `(${renderer.select(plan, undefined, names)})`);
    const list = columns.map(({ id }, index) => `${values[index] ?? 'NULL'} AS ${sqlName(id)}`);
    return `SELECT ${list.join(', ')} FROM (${rows.join(' UNION ALL ')}) GROUP BY k, p`;
  });
}

/** The edges with the numbers of their nodes. */
function numberedEdges({ translator }: OperatorInput, raw: Shared, nodes: Shared): Shared {
  const { ids } = translator;
  const edges = referenceShared(translator, raw);
  const properties = edges.columns.slice(4);
  const [source, target] = [referenceShared(translator, nodes), referenceShared(translator, nodes)];
  const columns = [
    ...['', '', ''].map((name) => ({ id: ids.next(), name, type: 'long' as const })),
    ...properties.map(({ name, type }) => ({ id: ids.next(), name, type })),
  ];
  const name = (plan: Plan, at: number): string => sqlName(plan.columns[at]?.id ?? 0);
  const own = [name(edges, 0), name(source, 0), name(target, 0), ...properties.map((_, index) => name(edges, index + 4))];
  const nodeSql = (renderer: Renderer, plan: Plan): string => `(${renderer.select(plan, new Set(plan.columns.slice(0, 3).map(({ id }) => id)))})`;
  return sharedRelation(translator, columns, (renderer) => {
    const list = columns.map(({ id }, index) => `${own[index] ?? 'NULL'} AS ${sqlName(id)}`);
    const joins = [source, target].map(
      (plan, index) => `JOIN ${nodeSql(renderer, plan)} ON ${name(plan, 1)} = ${name(edges, index + 1)} AND ${name(plan, 2)} = ${name(edges, 3)}`,
    );
    return `SELECT ${list.join(', ')} FROM (${renderer.select(edges, undefined)}) ${joins.join(' ')}`;
  });
}
