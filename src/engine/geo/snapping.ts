/** Edges moved to few vertices, none nearer to another than a radius: after Google's S2Builder with its identity snap function. */
import { someNearPair } from './nearPairs';
import { turn } from './predicates';
import { across, arc, cross, distanceToArc, dot, type Edge, middle, minus, nearest, plus, times, unit, type Vector } from './sphere';
import { Vertices } from './vertices';

/** How far a moved edge may come to leave its place, and how near a vertex it may come, as parts of the radius. */
export const DEVIATION = 1.1;
export const CLEARANCE = 0.5;

/** Shorter edges cannot leave their place too far when both ends move by the radius; radians. */
export const LONG = Math.PI / 6;

/** Edges and the vertices that they now go through. */
export interface Snapped {
  readonly sites: Vertices;
  readonly radius: number;
  readonly edges: readonly Edge[];
  /** The vertices along each edge. */
  readonly chains: number[][];
  /** The vertices near each edge, by their distance from its start. */
  readonly near: readonly number[][];
}

export function snapped(edges: readonly Edge[], radius: number): Snapped {
  const sites = new Vertices(edges.flat(), radius);
  const near = edges.map((): number[] => []);
  const chains = edges.map((): number[] => []);
  const found: Snapped = { sites, radius, edges, chains, near };
  const all = sites.points.map((_, site) => site);
  bring(all, found);
  let left = new Set(edges.keys());
  while (left.size > 0) {
    const again = new Set<number>();
    for (const index of [...left].sort((a, b) => a - b)) {
      again.delete(index);
      chains[index] = chainOf(edges[index] ?? nowhere, near[index] ?? [], sites, radius);
      const added = extraSites(index, found).map((point) => sites.add(point));
      for (const edge of bring(added, found)) again.add(edge);
    }
    left = again;
  }
  return found;
}

const nowhere: Edge = [[0, 0, 0], [0, 0, 0]];

/** Adds sites to the edges that they are near, each list in the order of the distance from the edge's start; answers with those edges. */
function bring(added: readonly number[], { sites, radius, edges, near }: Snapped): ReadonlySet<number> {
  const touched = new Set<number>();
  const reach = radius * (DEVIATION + CLEARANCE);
  someNearPair(edges, added.map((site): Edge => [sites.at(site), sites.at(site)]), reach, (edge, at) => {
    const [[a, b], site] = [edges[edge] ?? nowhere, added[at]];
    if (site !== undefined && distanceToArc(sites.at(site), a, b) <= reach) {
      near[edge]?.push(site);
      touched.add(edge);
    }
    return false;
  });
  for (const edge of touched) {
    const [start] = edges[edge] ?? nowhere;
    near[edge]?.sort((a, b) => arc(start, sites.at(a)) - arc(start, sites.at(b)) || a - b);
  }
  return touched;
}

/** Where an edge passes a site: how far along its circle, and over which length it is near it. */
function passage([x, y]: Edge, site: Vector, radius: number): { readonly along: number; readonly half: number } {
  const normal = unit(cross(x, y));
  const off = Math.asin(Math.max(-1, Math.min(1, dot(site, normal))));
  const half = Math.acos(Math.min(1, Math.cos(radius) / Math.cos(off)));
  return { along: Math.atan2(dot(site, cross(normal, x)), dot(site, x)), half };
}

/** The sites whose regions an edge passes: each point of it belongs to the site that is nearest. */
function chainOf(edge: Edge, near: readonly number[], sites: Vertices, radius: number): number[] {
  const [x, y] = edge;
  const chain: number[] = [];
  for (const site of near) {
    const c = sites.at(site);
    if (distanceToArc(c, x, y) > radius) continue;
    let add = true;
    for (let last = chain.at(-1); last !== undefined; last = chain.at(-1)) {
      const b = sites.at(last);
      if (arc(b, c) >= 2 * radius) break;
      const [one, other] = [passage(edge, b, radius), passage(edge, c, radius)];
      const isWithin = Math.abs(one.along - other.along) <= Math.abs(one.half - other.half);
      // The site before is nearer to both ends of the edge, or wherever this one is near it.
      if (arc(y, b) < arc(y, c) || (isWithin && one.half > other.half)) {
        add = false;
        break;
      }
      if (!isWithin && !isBetween(edge, chain.at(-2), b, c, sites, radius)) break;
      chain.pop();
    }
    if (add) chain.push(site);
  }
  return chain;
}

/** Do the sites before and after leave nothing of the edge to the one between them? */
function isBetween([x, y]: Edge, before: number | undefined, b: Vector, c: Vector, sites: Vertices, radius: number): boolean {
  if (before === undefined) return false;
  const a = sites.at(before);
  if (arc(a, c) >= 2 * radius) return false;
  const side = turn(x, y, b);
  if (turn(a, b, c) === side) return false;
  const normal = cross(minus(b, a), minus(c, a));
  const center = dot(normal, plus(plus(a, b), c)) < 0 ? minus([0, 0, 0], normal) : normal;
  return Math.sign(dot(center, cross(x, y))) === side;
}

/**
 * Further sites for an edge: one where it would leave its place too far, and one where it would come too near to a vertex that it does
 * not go through. That happens only where no site is near a part of the edge.
 */
function extraSites(index: number, { sites, radius, edges, chains, near }: Snapped): Vector[] {
  const [edge, chain] = [edges[index] ?? nowhere, chains[index] ?? []];
  const found: Vector[] = [];
  let at = 0;
  let isDone = false;
  for (const site of near[index] ?? []) {
    const isPassed = site === chain[at];
    if (isPassed) {
      at++;
      isDone = false;
    }
    if (at >= chain.length) break;
    const [from, to] = [chain[at - 1], chain[at]];
    if (from === undefined || to === undefined || isDone) continue;
    const [v0, v1] = [sites.at(from), sites.at(to)];
    if (isPassed) {
      if (arc(v0, v1) < LONG || distanceToArc(middle(v0, v1), edge[0], edge[1]) <= radius * DEVIATION) continue;
      return [...found, separation(middle(nearest(v0, edge[0], edge[1]), nearest(v1, edge[0], edge[1])), v0, v1, edge, radius)];
    }
    if (distanceToArc(sites.at(site), v0, v1) >= radius * CLEARANCE) continue;
    found.push(separation(sites.at(site), v0, v1, edge, radius));
    isDone = true;
  }
  return found;
}

/** The place on an edge that is nearest to a point, in the gap that the sites before and after leave. */
function separation(point: Vector, before: Vector, after: Vector, [x, y]: Edge, radius: number): Vector {
  const normal = unit(across(x, y));
  const along = minus(y, x);
  const [start, end] = [coverageEnd(before, normal, radius), coverageEnd(after, minus([0, 0, 0], normal), radius)];
  const place = nearest(point, x, y);
  if (dot(minus(place, start), along) < 0) return start;
  return dot(minus(end, place), along) < 0 ? end : place;
}

/** Where the disc around a site ends on the circle with a normal. */
function coverageEnd(site: Vector, normal: Vector, radius: number): Vector {
  const off = dot(normal, site);
  const onPlane = times(minus(site, times(normal, off)), Math.cos(radius));
  return unit(plus(onPlane, times(cross(normal, site), Math.sqrt(Math.max(0, Math.sin(radius) ** 2 - off * off)))));
}
