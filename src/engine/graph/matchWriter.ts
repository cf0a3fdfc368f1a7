import { filter, type Plan, sqlName } from '../plan';
import type { Renderer } from '../render';
import type { Translator } from '../translator';
import type { Conditions } from './conditions';
import type { Pattern, PatternEdge, PatternNode } from './pattern';

/**
 * What may come twice in a match: with `all` everything, with `unique_edges` no edge, with `none` no node either, so that no cycle is
 * left. The documentation does not say whether it means one path or the whole pattern: here it is the whole pattern.
 */
export type Cycles = 'all' | 'unique_edges' | 'none';

export interface MatchOptions {
  readonly cycles: Cycles;
  /** Ways from one node to another are wanted only if none is shorter. */
  readonly shortest: boolean;
}

/**
 * Writes the matches of a pattern as one SELECT: the pattern is walked edge by edge, and each edge makes a relation from the one before;
 * a repeated edge makes a recursive one. The relations have the positions of the pattern's elements as columns.
 */
export class MatchWriter {
  readonly #translator: Translator;
  readonly #renderer: Renderer;
  readonly #conditions: Conditions;
  readonly #options: MatchOptions;
  readonly #relations: string[] = [];
  readonly #nodes = new Set<PatternNode>();
  readonly #edges = new Set<PatternEdge>();

  constructor(translator: Translator, renderer: Renderer, conditions: Conditions, options: MatchOptions) {
    this.#translator = translator;
    this.#renderer = renderer;
    this.#conditions = conditions;
    this.#options = options;
  }

  write(pattern: Pattern): string {
    // Begin where a condition leaves few nodes.
    const first = pattern.nodes.find((node) => this.#conditions.ofElement.has(node)) ?? pattern.nodes[0];
    if (!first) throw new Error('a pattern without nodes');
    this.#nodes.add(first);
    let matches = this.#define(`SELECT ${sqlName(first.rows.number.id)} AS ${position(first)} FROM (${this.#nodeNumbers(first)})`);
    for (let edge = this.#next(pattern); edge; edge = this.#next(pattern)) {
      const forward = this.#nodes.has(edge.left);
      matches = edge.range ? this.#path(matches, edge, forward) : this.#hop(matches, edge, forward);
      this.#edges.add(edge);
      this.#nodes.add(edge.left).add(edge.right);
    }
    return `WITH RECURSIVE ${this.#relations.join(', ')} SELECT * FROM ${matches}`;
  }

  /** The next edge that touches what is matched: single edges before paths, and edges between matched nodes first. */
  #next(pattern: Pattern): PatternEdge | undefined {
    const rank = (edge: PatternEdge): number => (edge.range ? 2 : 0) + (this.#nodes.has(edge.left) && this.#nodes.has(edge.right) ? 0 : 1);
    return pattern.edges
      .filter((edge) => !this.#edges.has(edge) && (this.#nodes.has(edge.left) || this.#nodes.has(edge.right)))
      .sort((a, b) => rank(a) - rank(b))[0];
  }

  /** Matches with one more edge. */
  #hop(matches: string, edge: PatternEdge, forward: boolean): string {
    const [from, to] = forward ? [edge.left, edge.right] : [edge.right, edge.left];
    const closes = this.#nodes.has(to);
    const conditions = [
      `e.here = s.${position(from)}`,
      ...(closes ? [`e.there = s.${position(to)}`] : this.#unvisited('e.there')),
      ...this.#unused('e.number'),
      ...(closes ? [] : this.#admitted(to, 'e.there')),
    ];
    const added = closes ? '' : `, e.there AS ${position(to)}`;
    return this.#define(`SELECT s.*, e.number AS ${position(edge)}${added} FROM ${matches} AS s, (${this.#hops(edge, forward)}) AS e WHERE ${conditions.join(' AND ')}`);
  }

  /** Matches with one more path. */
  #path(matches: string, edge: PatternEdge, forward: boolean): string {
    const [from, to] = forward ? [edge.left, edge.right] : [edge.right, edge.left];
    const closes = this.#nodes.has(to);
    const walks = this.#walks(matches, edge, from, forward);
    const lists = [...this.#edges].map((other) =>
      other.range ? `NOT list_has_any(w.path, s.${position(other)})` : `NOT list_contains(w.path, s.${position(other)})`,
    );
    const others = [...this.#nodes].filter((node) => node !== from);
    const passed = [
      ...others.filter((node) => node !== to).map((node) => `NOT list_contains(w.passed, s.${position(node)})`),
      ...[...this.#edges].flatMap((other) => (other.range ? [`NOT list_has_any(w.passed, s.${sqlName(other.inner.id)})`] : [])),
      ...(closes ? [] : this.#unvisited('w.node', from)),
    ];
    const conditions = [
      `w.start = s.${position(from)}`,
      `w.length >= ${edge.range?.min ?? 1}`,
      ...(closes ? [`w.node = s.${position(to)}`] : this.#admitted(to, 'w.node')),
      ...(this.#options.cycles === 'all' ? [] : lists),
      ...(this.#options.cycles === 'none' ? passed : []),
    ];
    const added = `, w.path AS ${position(edge)}, w.passed AS ${sqlName(edge.inner.id)}${closes ? '' : `, w.node AS ${position(to)}`}`;
    return this.#define(`SELECT s.*${added} FROM ${matches} AS s, ${walks} AS w WHERE ${conditions.join(' AND ')}`);
  }

  /** All walks of an allowed length from the nodes that are matched: start, end, length, edges, nodes between. */
  #walks(matches: string, edge: PatternEdge, from: PatternNode, forward: boolean): string {
    const { cycles } = this.#options;
    const most = edge.range?.max ?? 1;
    const hops = this.#define(this.#hops(edge, forward));
    const starts = `SELECT DISTINCT ${position(from)} AS node FROM ${matches}`;
    const inner = (this.#conditions.ofInnerNodes.get(edge) ?? []).map(({ rows, plan }) => `w.node IN (${this.#renderer.select(plan, new Set([rows.number.id]))})`);
    const conditions = [
      `w.length < ${most}`,
      ...(inner.length > 0 ? [`(w.length = 0 OR ${inner.join(' AND ')})`] : []),
      ...(cycles === 'all' ? [] : ['NOT list_contains(w.path, e.number)']),
      ...(cycles === 'none' ? ['e.there <> w.start', 'e.there <> w.node', 'NOT list_contains(w.passed, e.there)'] : []),
    ];
    const longer = (list: string, item: string): string => (forward ? `list_append(${list}, ${item})` : `list_prepend(${item}, ${list})`);
    const best = this.#options.shortest ? this.#distances(starts, hops, most, inner) : undefined;
    if (best !== undefined) conditions.push(`b.start = w.start AND b.node = e.there AND b.length = w.length + 1`);
    const walks = this.#translator.relationName();
    this.#relations.push(
      `${walks}(start, node, length, path, passed) AS (SELECT node, node, 0, []::BIGINT[], []::BIGINT[] FROM (${starts}) ` +
        `UNION ALL SELECT w.start, e.there, w.length + 1, ${longer('w.path', 'e.number')}, CASE WHEN w.length = 0 THEN w.passed ELSE ${longer('w.passed', 'w.node')} END ` +
        `FROM ${walks} AS w JOIN ${hops} AS e ON e.here = w.node${best === undefined ? '' : `, ${best} AS b`} WHERE ${conditions.join(' AND ')})`,
    );
    return walks;
  }

  /** For each start and each node the length of the shortest way, which has at least one edge. */
  #distances(starts: string, hops: string, most: number, inner: readonly string[]): string {
    const reached = this.#translator.relationName();
    const conditions = [`w.length < ${most}`, ...inner];
    this.#relations.push(
      `${reached}(start, node, length) AS (SELECT s.node, e.there, 1 FROM (${starts}) AS s JOIN ${hops} AS e ON e.here = s.node ` +
        `UNION SELECT w.start, e.there, w.length + 1 FROM ${reached} AS w JOIN ${hops} AS e ON e.here = w.node WHERE ${conditions.join(' AND ')})`,
    );
    return this.#define(`SELECT start, node, min(length) AS length FROM ${reached} GROUP BY start, node`);
  }

  /** The edges that may be taken: number, node they are taken from, node they lead to. */
  #hops(edge: PatternEdge, forward: boolean): string {
    const { rows } = edge;
    const plan = this.#restricted(rows.plan, edge);
    const [number, source, target] = [rows.number, rows.source, rows.target].map(({ id }) => sqlName(id));
    const edges = this.#renderer.select(plan, new Set([rows.number.id, rows.source.id, rows.target.id]));
    const along = `SELECT ${number} AS number, ${source} AS here, ${target} AS there FROM (${edges})`;
    const against = `SELECT ${number} AS number, ${target} AS here, ${source} AS there FROM (${edges})`;
    if (edge.direction === 'any') return `${along} UNION ALL ${against} WHERE ${source} <> ${target}`;
    return (edge.direction === 'right') === forward ? along : against;
  }

  #nodeNumbers(node: PatternNode): string {
    return this.#renderer.select(this.#restricted(node.rows.plan, node), new Set([node.rows.number.id]));
  }

  #restricted(plan: Plan, element: PatternNode | PatternEdge): Plan {
    const conditions = this.#conditions.ofElement.get(element);
    return conditions ? filter(plan, conditions, this.#translator.ids) : plan;
  }

  /** The node fulfils the conditions of the pattern's node. */
  #admitted(node: PatternNode, number: string): string[] {
    return this.#conditions.ofElement.has(node) ? [`${number} IN (${this.#nodeNumbers(node)})`] : [];
  }

  /** No node of the match so far, when cycles are not wanted. */
  #unvisited(number: string, except?: PatternNode): string[] {
    if (this.#options.cycles !== 'none') return [];
    const nodes = [...this.#nodes].filter((node) => node !== except).map((node) => `${number} <> s.${position(node)}`);
    const passed = [...this.#edges].flatMap((edge) => (edge.range ? [`NOT list_contains(s.${sqlName(edge.inner.id)}, ${number})`] : []));
    return [...nodes, ...passed];
  }

  /** No edge of the match so far, unless all cycles are wanted. */
  #unused(number: string): string[] {
    if (this.#options.cycles === 'all') return [];
    return [...this.#edges].map((edge) => (edge.range ? `NOT list_contains(s.${position(edge)}, ${number})` : `${number} <> s.${position(edge)}`));
  }

  #define(select: string): string {
    const name = this.#translator.relationName();
    this.#relations.push(`${name} AS MATERIALIZED (${select})`);
    return name;
  }
}

function position(element: PatternNode | PatternEdge): string {
  return sqlName(element.position.id);
}
