import type { KqlNode } from '../../kql/node';
import { literal } from '../expression';
import type { OperatorInput } from '../operators/registry';
import { newColumn, type PlanColumn } from '../plan';
import { type EdgeRows, edgeRows, type Graph, type NodeRows, nodeRows } from './graph';

/** A node of a pattern: `(name)` or `()`. */
export interface PatternNode {
  readonly kind: 'node';
  readonly name: string | undefined;
  readonly rows: NodeRows;
  /** Column of a match: number of the node it stands for. */
  readonly position: PlanColumn;
}

/** An edge of a pattern, in the order it is written in: from `left` to `right`. */
export interface PatternEdge {
  readonly kind: 'edge';
  readonly name: string | undefined;
  readonly left: PatternNode;
  readonly right: PatternNode;
  /** Where its arrow points; `any` without an arrow. */
  readonly direction: 'left' | 'right' | 'any';
  readonly rows: EdgeRows;
  /** How often it is repeated; absent for one edge. */
  readonly range: { readonly min: number; readonly max: number } | undefined;
  /** Column of a match: number of the edge; of a repeated one the list of its edges, from left to right. */
  readonly position: PlanColumn;
  /** Column of a match, of a repeated edge: list of the nodes between its ends. */
  readonly inner: PlanColumn;
}

export type PatternElement = PatternNode | PatternEdge;

export interface Pattern {
  readonly nodes: readonly PatternNode[];
  readonly edges: readonly PatternEdge[];
  /** The comma-separated parts: their nodes from left to right. */
  readonly sequences: readonly (readonly PatternNode[])[];
  readonly named: ReadonlyMap<string, PatternElement>;
}

/** Reads the pattern of `graph-match` and `graph-shortest-paths`. A name that comes again is the same node. */
export function readPattern(operator: OperatorInput, graph: Graph): Pattern {
  const { node, translator } = operator;
  const { ids } = translator;
  const nodes: PatternNode[] = [];
  const edges: PatternEdge[] = [];
  const named = new Map<string, PatternElement>();
  const position = (): PlanColumn => newColumn(ids, '', 'long', literal('long', null));

  const readNode = (element: KqlNode): PatternNode => {
    const name = element.child('Name')?.simpleName;
    const known = name === undefined ? undefined : named.get(name);
    if (known?.kind === 'node') return known;
    const made: PatternNode = { kind: 'node', name, rows: nodeRows(translator, graph), position: position() };
    nodes.push(made);
    if (name !== undefined) named.set(name, made);
    return made;
  };

  const readSequence = (pattern: KqlNode): PatternNode[] => {
    const elements = pattern.list('PatternElements');
    const [head] = elements;
    if (head?.kind !== 'GraphMatchPatternNode') return translator.invalid('A graph pattern begins with a node.', pattern);
    const sequence = [readNode(head)];
    for (let index = 1; index < elements.length; index += 2) {
      const [edge, next] = [elements[index], elements[index + 1]];
      const left = sequence.at(-1);
      if (!left || edge?.kind !== 'GraphMatchPatternEdge' || next?.kind !== 'GraphMatchPatternNode') {
        return translator.invalid('In a graph pattern, nodes and edges alternate.', edge ?? pattern);
      }
      const right = readNode(next);
      sequence.push(right);
      const name = edge.child('Name')?.simpleName;
      if (name !== undefined && named.has(name)) translator.unsupported('a pattern with an edge of a name that is taken', edge);
      const range = rangeOf(operator, edge);
      const made: PatternEdge = { kind: 'edge', name, left, right, direction: directionOf(edge), rows: edgeRows(translator, graph), range, position: position(), inner: position() };
      edges.push(made);
      if (name !== undefined) named.set(name, made);
    }
    return sequence;
  };

  const sequences = node.list('Patterns').map(readSequence);
  if (!isConnected(nodes, edges)) return translator.invalid('The parts of a graph pattern have to share nodes.', node);
  return { nodes, edges, sequences, named };
}

function isConnected(nodes: readonly PatternNode[], edges: readonly PatternEdge[]): boolean {
  const reached = new Set(nodes.slice(0, 1));
  for (let before = 0; before < reached.size; ) {
    before = reached.size;
    for (const { left, right } of edges) if (reached.has(left) || reached.has(right)) reached.add(left).add(right);
  }
  return reached.size === nodes.length;
}

function directionOf(edge: KqlNode): PatternEdge['direction'] {
  const { text } = edge;
  if (text.startsWith('<')) return 'left';
  return text.endsWith('>') ? 'right' : 'any';
}

function rangeOf({ translator, environment }: OperatorInput, edge: KqlNode): PatternEdge['range'] {
  const range = edge.child('Range');
  if (!range) return undefined;
  const bound = (name: string): number => {
    const value = translator.scalar(range.need(name), { environment });
    return value.kind === 'literal' && typeof value.value === 'bigint' ? Number(value.value) : translator.unsupported('a computed length of a path', range);
  };
  const [min, max] = [bound('RangeStart'), bound('RangeEnd')];
  if (min < 0 || max < min) return translator.invalid('The length of a path needs 0 <= min <= max.', range);
  return { min, max };
}
