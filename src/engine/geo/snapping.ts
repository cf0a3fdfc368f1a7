/** Edges moved to few vertices, none nearer to another than a radius: after Google's S2Builder with its identity snap function. */
import { someNearPair } from './nearPairs';
import { turn } from './predicates';
import { arc, cross, distanceToArc, dot, type Edge, minus, plus, unit, type Vector } from './sphere';
import { Vertices } from './vertices';

/** How far a moved edge may come to leave its place, and how near a vertex it may come, as parts of the radius. */
export const DEVIATION = 1.1;
export const CLEARANCE = 0.5;

/** Edges and the vertices that they now go through. */
export interface Snapped {
  readonly sites: Vertices;
  readonly radius: number;
  readonly edges: readonly Edge[];
  /** The vertices along each edge. */
  readonly chains: readonly (readonly number[])[];
  /** The vertices near each edge, by their distance from its start. */
  readonly near: readonly (readonly number[])[];
}

export function snapped(edges: readonly Edge[], radius: number): Snapped {
  const sites = new Vertices(edges.flat(), radius);
  const near = edges.map((): number[] => []);
  const reach = radius * (DEVIATION + CLEARANCE);
  someNearPair(edges, sites.points.map((point): Edge => [point, point]), reach, (edge, site) => {
    const [a, b] = edges[edge] ?? [];
    if (a && b && distanceToArc(sites.at(site), a, b) <= reach) near[edge]?.push(site);
    return false;
  });
  edges.forEach(([start], index) => near[index]?.sort((a, b) => arc(start, sites.at(a)) - arc(start, sites.at(b)) || a - b));
  const chains = edges.map((edge, index) => chainOf(edge, near[index] ?? [], sites, radius));
  chains.forEach((chain, index) => refuseTooNear(chain, near[index] ?? [], sites, radius));
  return { sites, radius, edges, chains, near };
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

/** S2 adds a vertex where a moved edge would come too near to another vertex. This one does not, and says so. */
function refuseTooNear(chain: readonly number[], near: readonly number[], sites: Vertices, radius: number): void {
  const ends = new Set(chain);
  const limit = radius * CLEARANCE;
  let at = 0;
  for (const site of near) {
    if (site === chain[at]) at++;
    const [from, to] = [chain[at - 1], chain[at]];
    if (ends.has(site) || from === undefined || to === undefined) continue;
    if (distanceToArc(sites.at(site), sites.at(from), sites.at(to)) < limit) {
      throw new Error('Not supported: simplifying a shape whose parts come nearer to each other than half of the tolerance');
    }
  }
}
