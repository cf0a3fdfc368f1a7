import type { KqlNode } from '../../kql/node';
import { type Expression, literal, sql } from '../expression';
import { share } from '../lets';
import type { Operator, OperatorInput } from '../operators/registry';
import { newColumn, type Plan, project, reference } from '../plan';
import { edgeRows, type Graph, graphOf, nodeId, nodeRows } from './graph';

/** `graph-to-table nodes` or `edges`; with `as`, both become tables for the statements that follow. */
export const graphToTable: Operator = (operator) => {
  const { node, input, translator } = operator;
  const graph = graphOf(translator, input, node);
  const [first, ...others] = node.list('OutputClause').map((clause) => {
    const plan = tableOf(operator, graph, clause);
    const name = clause.child('AsClause')?.need('Name').simpleName;
    if (name !== undefined) translator.named.set(name, share(translator, plan, true));
    return plan;
  });
  if (!first) return translator.invalid('graph-to-table takes nodes or edges.', node);
  if (others.length > 0 && !namesTables(node)) return translator.invalid('graph-to-table needs as for nodes and edges together.', node);
  return first;
};

/** Is this statement one that gives no rows itself, but names tables for those that follow? */
export function namesTables(node: KqlNode): boolean {
  if (node.kind === 'PipeExpression') return namesTables(node.need('Operator'));
  return node.kind === 'GraphToTableOperator' && node.list('OutputClause').every((clause) => clause.child('AsClause'));
}

function tableOf({ translator }: OperatorInput, graph: Graph, clause: KqlNode): Plan {
  const { ids } = translator;
  const named = (option: string): string | undefined =>
    clause
      .list('Parameters')
      .find((parameter) => parameter.need('Name').simpleName?.toLowerCase() === option)
      ?.need('Expression').text;
  const hashes = (options: readonly (readonly [string, Expression])[]): readonly { readonly name: string; readonly value: Expression }[] =>
    options.flatMap(([option, id]) => {
      const name = named(option);
      return name === undefined ? [] : [{ name, value: hashOf(id) }];
    });
  if (clause.need('EntityKeyword').text === 'nodes') {
    const { plan, id, properties } = nodeRows(translator, graph);
    const added = hashes([['with_node_id', reference(id)]]);
    return project(plan, [...added.map(({ name, value }) => newColumn(ids, name, 'long', value)), ...properties], ids);
  }
  const edges = edgeRows(translator, graph);
  const added = hashes([
    ['with_source_id', nodeId(translator, graph, edges.source)],
    ['with_target_id', nodeId(translator, graph, edges.target)],
  ]);
  return project(edges.plan, [...added.map(({ name, value }) => newColumn(ids, name, 'long', value)), ...edges.properties], ids);
}

/** The identifier of a node as graph-to-table shows it: the hash of its text, as `hash()` computes it. */
function hashOf(id: Expression): Expression {
  return sql('long')`CAST(routine_xxhash64(${id}, ${literal('string', 'string')}) AS BIGINT)`;
}
