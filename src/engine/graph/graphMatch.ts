import type { KqlNode } from '../../kql/node';
import { type Expression, literal, sql } from '../expression';
import { convert } from '../conversions';
import { conform, outputColumns } from '../operators/outputs';
import type { Operator, OperatorInput } from '../operators/registry';
import { filter, nest, newColumn, type Plan, type PlanColumn, pick, planOf, reference } from '../plan';
import { type Conditions, mentions, readConditions } from './conditions';
import { ElementScope } from './elements';
import { graphOf } from './graph';
import { matchColumns, matchSource } from './matchSource';
import type { Cycles } from './matchWriter';
import { type Pattern, readPattern } from './pattern';

/** `graph-match pattern where … project …`: a row for each way the pattern fits. */
export const graphMatch: Operator = (operator) => {
  const matched = match(operator, false);
  return { ...matched.plan, columns: matched.columns };
};

/**
 * `graph-shortest-paths`: of the matches between the same two nodes the shortest, or with `output=all` all that are as short. Which of
 * several is `any` is not defined: here it is the one whose edges come first.
 */
export const graphShortestPaths: Operator = (operator) => {
  const { node, translator } = operator;
  const { ids } = translator;
  const output = option(operator, 'output') ?? 'any';
  if (output !== 'any' && output !== 'all') return translator.invalid(`output is any or all, not ${output}.`, node);
  const { pattern, plan, columns } = match(operator, true);
  const [sequence, ...others] = pattern.sequences;
  const [first, last] = [sequence?.[0], sequence?.at(-1)];
  if (!first || !last || others.length > 0) return translator.invalid('graph-shortest-paths takes one sequence of nodes and edges.', node);
  if (!pattern.edges.some(({ range }) => range)) return translator.invalid('graph-shortest-paths needs an edge of variable length.', node);
  const paths = pattern.edges.filter(({ range }) => range).map(({ position }) => sql('long')`len(${reference(position)})`);
  const singles = literal('long', BigInt(pattern.edges.length - paths.length));
  const length = newColumn(ids, '', 'long', paths.reduce<Expression>((all, path) => sql('long')`${all} + ${path}`, singles));
  const ends = [first, last].map(({ position }) => newColumn(ids, '', 'long', reference(position)));
  const steps = pattern.edges.map(({ position }) => newColumn(ids, '', 'long', reference(position)));
  const measured = nest({ ...plan, columns: [...columns, ...ends, length, ...steps] }, ids);
  const between = ends.map(reference).reduce((all, end) => sql('string')`${all}, ${end}`);
  const shortest = sql('bool', { window: true })`${reference(length)} = min(${reference(length)}) OVER (PARTITION BY ${between})`;
  const order = [length, ...steps].map(reference).reduce((all, step) => sql('string')`${all}, ${step}`);
  const one = sql('bool', { window: true })`row_number() OVER (PARTITION BY ${between} ORDER BY ${order}) = 1`;
  const kept = filter(measured, [output === 'all' ? shortest : one], ids);
  return pick(kept, kept.columns.slice(0, columns.length));
};

interface Matches {
  readonly pattern: Pattern;
  readonly plan: Plan;
  readonly columns: readonly PlanColumn[];
}

/** Matches, and the columns of `project` over them. */
function match(operator: OperatorInput, shortest: boolean): Matches {
  const { node, input, translator, environment } = operator;
  const { ids } = translator;
  const graph = graphOf(translator, input, node);
  const pattern = readPattern(operator, graph);
  const computed: PlanColumn[] = [];
  const elements = new ElementScope(translator, graph, pattern, environment, { computed });
  const cycles = cyclesOf(operator);
  const conditions = readConditions(translator, elements, pattern, node.child('WhereClause'));
  const declared = outputColumns(operator);
  const columns = node.need('ProjectClause').list('Expressions').map((part, index): PlanColumn => {
    const output = declared[index] ?? translator.unsupported('this project', part);
    const inner = part.kind === 'SimpleNamedExpression' ? part.need('Expression') : part;
    return newColumn(ids, output.name, output.type, conform(projected(operator, elements, pattern, inner), output.type));
  });
  const source = matchSource(translator, pattern, conditions, { cycles, shortest: shortest && leadsStraight(pattern, conditions) });
  const matches = planOf(source, matchColumns(pattern));
  const plan = nest({ ...matches, columns: [...matches.columns, ...computed] }, ids);
  const [first] = pattern.nodes;
  const partition = graph.partitioned && first ? reference(first.rows.partition) : undefined;
  const cyclic = cycles === 'none' && comesBack(operator, pattern) ? [literal('bool', false)] : [];
  return { pattern, plan: { ...plan, where: [...conditions.ofMatch, ...cyclic], partition }, columns };
}

/** An expression on a property of a repeated edge is computed for every edge of the path. */
function projected({ translator }: OperatorInput, elements: ElementScope, pattern: Pattern, node: KqlNode): Expression {
  const [path, ...others] = mentions(node, elements, pattern).along;
  if (others.length > 0) return translator.unsupported('two paths in one expression', node, 'Use map() on each.');
  if (!path) return translator.scalar(node, elements.scope);
  return elements.overPath(path, false, (inner) => {
    const value = convert(translator.scalar(node, inner.scope), 'dynamic');
    return sql('dynamic', { notNull: true })`coalesce(to_json(list(${value} ORDER BY o)), '[]'::JSON)`;
  });
}

function option({ node }: OperatorInput, name: string): string | undefined {
  const found = node.list('Parameters').find((parameter) => parameter.need('Name').simpleName?.toLowerCase() === name);
  return found?.need('Expression').text.toLowerCase();
}

function cyclesOf(operator: OperatorInput): Cycles {
  const value = option(operator, 'cycles') ?? 'unique_edges';
  if (value === 'all' || value === 'none' || value === 'unique_edges') return value;
  return operator.translator.invalid(`cycles is all, none or unique_edges, not ${value}.`, operator.node);
}

/** A sequence that names a node twice is a cycle, unless the path between can be empty. */
function comesBack({ node, translator }: OperatorInput, pattern: Pattern): boolean {
  if (pattern.sequences.every((sequence) => new Set(sequence).size === sequence.length)) return false;
  if (pattern.edges.some(({ range }) => range?.min === 0)) {
    return translator.unsupported('cycles=none with a node that comes twice and a path that may be empty', node);
  }
  return true;
}

/** Nothing but its ends, edges and inner nodes decides about a path: ways can be cut off as soon as they are longer than another. */
function leadsStraight(pattern: Pattern, conditions: Conditions): boolean {
  const [path, ...others] = pattern.edges;
  return others.length === 0 && path?.range !== undefined && path.range.min <= 1 && path.direction !== 'any' && conditions.ofMatch.length === 0;
}
