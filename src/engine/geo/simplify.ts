import { type Line, type Parts, type Polygon, ringsOf } from './geoJson';
import { Directions } from './directions';
import { distinct, type Piece } from './graph';
import { edgesOfPolygons, linesOfPieces, nested } from './overlay';
import { isOrdered, turn } from './predicates';
import { CLEARANCE, LONG, type Snapped, snapped } from './snapping';
import { arc, EARTH, type Edge, edgesOfLines, type Vector } from './sphere';
import { MERGE, type Vertices } from './vertices';

/** A snapped edge with the group of edges that it belongs to: a group is joined into its own lines or polygons. */
interface Link extends Piece {
  readonly group: number;
}

/** Chains of snapped edges that one edge can stand for. */
class Chains {
  readonly #neighbors = new Map<number, Set<number>>();
  readonly #links = new Map<string, Link[]>();
  readonly #inputs = new Map<number, Vector[]>();
  readonly #used = new Set<Link>();

  constructor(
    readonly snapped: Snapped,
    readonly links: readonly Link[],
  ) {
    for (const link of links) {
      const key = `${link.from},${link.to}`;
      this.#links.set(key, [...(this.#links.get(key) ?? []), link]);
      this.#join(link.from, link.to);
      this.#join(link.to, link.from);
    }
    for (const point of new Set(snapped.edges.flat())) {
      const site = snapped.sites.find(point);
      if (site !== undefined) this.#inputs.set(site, [...(this.#inputs.get(site) ?? []), point]);
    }
  }

  simplified(): Link[] {
    const edges = [...this.links].sort((a, b) => a.from - b.from || a.to - b.to);
    const found: Link[] = [];
    for (const edge of edges.filter(({ from }) => !this.#isInner(from))) found.push(...this.#from(edge));
    for (const edge of edges) found.push(...this.#from(edge));
    return found;
  }

  #join(from: number, to: number): void {
    const others = this.#neighbors.get(from);
    if (others) others.add(to);
    else this.#neighbors.set(from, new Set([to]));
  }

  #between(from: number, to: number): readonly Link[] {
    return this.#links.get(`${from},${to}`) ?? [];
  }

  /** May a vertex go? It has two neighbours, and each group goes as often from one to the other as it comes. */
  #isInner(vertex: number): boolean {
    const [a, b, ...others] = this.#neighbors.get(vertex) ?? [];
    if (a === undefined || b === undefined || others.length > 0) return false;
    const groups = (from: number, to: number): string => this.#between(from, to).map(({ group }) => group).sort((x, y) => x - y).join();
    return groups(a, vertex) === groups(vertex, b) && groups(b, vertex) === groups(vertex, a);
  }

  #from(start: Link): Link[] {
    if (this.#used.has(start)) return [];
    const found: Link[] = [];
    let [from, to] = [start.from, start.to];
    for (let done = false; !done; ) {
      const chain = [from];
      const directions = new Directions(this.snapped.sites.at(from));
      const seen = new Set(chain);
      let goesOn = this.#keepsClear(from, from, to, seen, directions);
      for (;;) {
        chain.push(to);
        seen.add(to);
        done = !this.#isInner(to) || to === start.from;
        if (done) break;
        const next = [...(this.#neighbors.get(to) ?? [])].find((vertex) => vertex !== from) ?? to;
        [from, to] = [to, next];
        goesOn &&= this.#targets(from, directions) && this.#keepsClear(chain[0] ?? from, from, to, seen, directions);
        if (!goesOn || !directions.allow(this.snapped.sites.at(to))) break;
      }
      found.push(...this.#merged(chain));
    }
    return found;
  }

  /** The edges that stand for those along a chain. */
  #merged(chain: readonly number[]): Link[] {
    const [first, second] = chain;
    const last = chain.at(-1);
    if (first === undefined || second === undefined || last === undefined) return [];
    const forward = this.#along(chain).map((link) => ({ ...link, from: first, to: last }));
    const back = this.#along([...chain].reverse()).map((link) => ({ ...link, from: last, to: first }));
    return [...forward, ...back];
  }

  /** Each of the edges that go along a path, with the lowest number of the input. */
  #along(path: readonly number[]): Link[] {
    const steps = path.slice(1).map((to, index) => this.#between(path[index] ?? to, to));
    for (const link of steps.flat()) this.#used.add(link);
    return (steps[0] ?? []).map((link, copy) => ({ ...link, order: Math.min(...steps.map((step) => step[copy]?.order ?? link.order)) }));
  }

  #targets(vertex: number, directions: Directions): boolean {
    return (this.#inputs.get(vertex) ?? []).every((point) => directions.target(point, this.snapped.radius));
  }

  /** Keeps an edge that goes on to `to` clear of the vertices near its last part. */
  #keepsClear(start: number, from: number, to: number, seen: Set<number>, directions: Directions): boolean {
    const { sites, near, radius } = this.snapped;
    const [p0, p1, p2] = [sites.at(start), sites.at(from), sites.at(to)];
    const reach = arc(p0, p2);
    if (reach < arc(p0, p1) || reach >= LONG) return false;
    const candidates = [...this.#between(from, to), ...this.#between(to, from)].map(({ order }) => near[order] ?? []);
    const [best = []] = candidates.sort((a, b) => a.length - b.length);
    return best.every((site) => {
      const point = sites.at(site);
      if (arc(p0, point) >= reach || seen.has(site)) return true;
      seen.add(site);
      const onLeft = from === start ? turn(p1, p2, point) > 0 : isOrdered(p0, p2, point, p1);
      return directions.avoid(point, radius * CLEARANCE, onLeft);
    });
  }
}

interface SimplifiedGroups {
  readonly sites: Vertices;
  readonly groups: readonly (readonly Link[])[];
}

function simplifiedGroups(groups: readonly (readonly Edge[])[], tolerance: number): SimplifiedGroups {
  const edges = groups.flat();
  const groupOf = groups.flatMap((group, index) => group.map(() => index));
  const found = snapped(edges, tolerance / EARTH);
  const links = found.chains.flatMap((chain, order) =>
    chain.slice(1).map((to, index): Link => ({ from: chain[index] ?? to, to, order, group: groupOf[order] ?? 0 })),
  );
  const simple = new Chains(found, links).simplified();
  return { sites: found.sites, groups: groups.map((_, index) => simple.filter(({ group }) => group === index)) };
}

/** Less than what points are merged by anyway. */
const isNothing = (tolerance: number): boolean => tolerance / EARTH <= MERGE;

/** Lines with vertices at least `tolerance` metres apart that stay within it of where they were. */
export function simplifiedLines(lines: readonly Line[], tolerance: number): readonly Line[] {
  if (isNothing(tolerance)) return lines;
  const { sites, groups } = simplifiedGroups([edgesOfLines(lines)], tolerance);
  return linesOfPieces(distinct(groups.flat()), sites);
}

/** Regions simplified together: what two of them share stays shared. */
export function simplifiedRegions(regions: readonly (readonly Polygon[])[], tolerance: number): Parts['polygons'] {
  if (isNothing(tolerance)) return regions.flat().map(ringsOf);
  const { sites, groups } = simplifiedGroups(regions.map(edgesOfPolygons), tolerance);
  return groups.flatMap((pieces) => nested(pieces, sites));
}
