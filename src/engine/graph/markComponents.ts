import { referenceShared } from '../lets';
import { quoteText } from '../render';
import type { Operator } from '../operators/registry';
import { sqlName } from '../plan';
import { edgeRows, graphOf, graphPlan, nodeRows, sharedRelation } from './graph';

/** `graph-mark-components`: the graph, its nodes with the number of their component. Numbers follow the order of the nodes' identifiers. */
export const graphMarkComponents: Operator = (operator) => {
  const { node, input, translator } = operator;
  const { ids } = translator;
  const graph = graphOf(translator, input, node);
  // Each partition would have components of its own, counted from 0.
  if (graph.partitioned) return translator.unsupported('graph-mark-components in a partitioned graph', node);
  const option = (name: string): string | undefined =>
    node
      .list('Parameters')
      .find((parameter) => parameter.need('Name').simpleName?.toLowerCase() === name)
      ?.need('Expression').text;
  const kind = (option('kind') ?? 'weak').toLowerCase();
  if (kind !== 'weak' && kind !== 'strong') return translator.invalid(`kind is weak or strong, not ${kind}.`, node);
  const name = option('with_component_id') ?? 'ComponentId';
  const nodes = nodeRows(translator, graph);
  if (nodes.properties.some((property) => property.name === name)) return translator.invalid(`The nodes have a property ${name} already.`, node);
  const edges = edgeRows(translator, graph);
  const columns = nodes.plan.columns.map((planColumn) => ({ ...planColumn, id: ids.next() }));
  const component = { id: ids.next(), name, type: 'long' as const };
  const [number, source, target] = [nodes.number, edges.source, edges.target].map(({ id }) => sqlName(id));
  const marked = sharedRelation(translator, [...columns, component], (renderer) => {
    const counted = `(SELECT count(*) FROM (${renderer.select(referenceShared(translator, graph.nodes), undefined)}))`;
    const pairs = `(SELECT to_json(list([${source}, ${target}])) FROM (${renderer.select(edges.plan, new Set([edges.source.id, edges.target.id]))}))`;
    const components = `(SELECT from_json(routine_graph_components(${quoteText(kind)}, CAST(${counted} AS VARCHAR), CAST(${pairs} AS VARCHAR)), '["BIGINT"]') AS l)`;
    const own = columns.map(({ id }, index) => `${sqlName(nodes.plan.columns[index]?.id ?? 0)} AS ${sqlName(id)}`);
    return `SELECT ${own.join(', ')}, l[${number} + 1] AS ${sqlName(component.id)} FROM (${renderer.select(nodes.plan, undefined)}), ${components}`;
  });
  return graphPlan({ ...graph, nodes: marked });
};
