import type { Column } from '../../common/kqlTypes';
import type { KqlNode } from '../../kql/node';
import { type Expression, sql } from '../expression';
import { referenceShared, share, type Shared } from '../lets';
import { newColumn, type Plan, type PlanColumn, planOf, reference, type Source, sqlName } from '../plan';
import type { Renderer } from '../render';
import type { Translator } from '../translator';

/**
 * A graph while a query is translated: two shared relations. Nodes are numbered from 0; edges hold the numbers of their ends, so that
 * everything that walks along them compares whole numbers, whatever the type of the identifiers.
 */
export interface Graph {
  /** Columns: number, identifier as text, partition as text, then the properties. */
  readonly nodes: Shared;
  /** Columns: number, number of the source node, number of the target node, then the properties. */
  readonly edges: Shared;
  /** Nodes of different partitions make graphs of their own. */
  readonly partitioned: boolean;
}

export interface NodeRows {
  readonly plan: Plan;
  readonly number: PlanColumn;
  readonly id: PlanColumn;
  readonly partition: PlanColumn;
  readonly properties: readonly PlanColumn[];
}

export interface EdgeRows {
  readonly plan: Plan;
  readonly number: PlanColumn;
  readonly source: PlanColumn;
  readonly target: PlanColumn;
  readonly properties: readonly PlanColumn[];
}

/** The nodes, with column numbers of their own. */
export function nodeRows(translator: Translator, graph: Graph): NodeRows {
  const plan = referenceShared(translator, graph.nodes);
  const [number, id, partition, ...properties] = plan.columns;
  if (!number || !id || !partition) throw new Error('nodes without number');
  return { plan, number, id, partition, properties };
}

/** The edges, with column numbers of their own. */
export function edgeRows(translator: Translator, graph: Graph): EdgeRows {
  const plan = referenceShared(translator, graph.edges);
  const [number, source, target, ...properties] = plan.columns;
  if (!number || !source || !target) throw new Error('edges without ends');
  return { plan, number, source, target, properties };
}

const nothing: Source = { names: new Map(), render: () => '(SELECT 0)' };

/** A graph travels from operator to operator as a plan that has no columns. */
export function graphPlan(graph: Graph): Plan {
  return { ...planOf(nothing, []), graph };
}

/** The graph that an operator gets. */
export function graphOf(translator: Translator, input: Plan, node: KqlNode): Graph {
  return input.graph ?? translator.invalid('A graph operator needs a graph: make one with make-graph.', node);
}

/** A relation that is computed once. `render` writes a SELECT that names the columns `v<id>`. */
export function sharedRelation(
  translator: Translator,
  columns: readonly (Column & { readonly id: number })[],
  render: (renderer: Renderer) => string,
): Shared {
  const source: Source = {
    names: new Map(columns.map(({ id }) => [id, sqlName(id)])),
    render: (_needed, renderer) => `(${render(renderer)})`,
  };
  return share(translator, planOf(source, columns), true);
}

/** How many edges lead into a node, or out of it. `node` is the column with its number. */
export function degree(translator: Translator, graph: Graph, node: PlanColumn, direction: 'in' | 'out'): Expression {
  const edges = edgeRows(translator, graph);
  const counted = newColumn(translator.ids, '', 'long', sql('long')`count(*)`);
  return lookUp(edges.plan, direction === 'in' ? edges.target : edges.source, node, counted);
}

/** The identifier of a node. `node` is the column with its number. */
export function nodeId(translator: Translator, graph: Graph, node: PlanColumn): Expression {
  const nodes = nodeRows(translator, graph);
  return lookUp(nodes.plan, nodes.number, node, nodes.id);
}

/** A value over the rows whose key is the value of a column around them. */
function lookUp(rows: Plan, key: PlanColumn, outer: PlanColumn, value: PlanColumn): Expression {
  const names = new Map([...rows.source.names, [outer.id, sqlName(outer.id)] as const]);
  const where = [sql('bool')`${reference(key)} = ${reference(outer)}`];
  const plan: Plan = { ...rows, source: { ...rows.source, names }, where, columns: [value] };
  return { kind: 'subquery', type: value.type, plan, outer: [outer.id] };
}
