/** The region that closed paths go round. Where they cross, what counts is how often they wind around a place. */
import type { Parts } from './geoJson';
import { keyOf, type Piece, reversedKeyOf } from './graph';
import { someNearPair } from './nearPairs';
import { meetingsOf, nested, pieces } from './overlay';
import { crosses, turn } from './predicates';
import { edgesOf } from './rings';
import { cross, type Edge, middle, plus, times, unit, type Vector } from './sphere';
import { MERGE, Vertices } from './vertices';

/** How far from an edge the place on its right is taken, radians. */
const ASIDE = 1e-12;
const nowhere: Edge = [[0, 0, 0], [0, 0, 0]];

/** The region that closed paths wind around at least once, to the left. `outside` is a point that they do not wind around. */
export function regionAround(paths: readonly (readonly Vector[])[], outside: Vector): Parts['polygons'] {
  const edges = paths.flatMap((path) => edgesOf(path, true));
  const cuts = edges.map((): Vector[] => []);
  someNearPair(edges, edges, MERGE, (one, other) => {
    if (one >= other) return false;
    const [onOne, onOther] = meetingsOf(edges[one] ?? nowhere, edges[other] ?? nowhere);
    cuts[one]?.push(...onOne);
    cuts[other]?.push(...onOther);
    return false;
  });
  const vertices = new Vertices([...edges.flat(), ...cuts.flat()]);
  const all = edges.flatMap((edge, index) => pieces(edge, cuts[index] ?? [], index, vertices));
  return nested(outline(all, edges, outside, vertices), vertices);
}

/** The pieces that have the region on one side only, with the region on their left. */
function outline(all: readonly Piece[], edges: readonly Edge[], outside: Vector, vertices: Vertices): Piece[] {
  const copies = new Map<string, number>();
  const degrees = new Map<number, number>();
  for (const piece of all) {
    copies.set(keyOf(piece), (copies.get(keyOf(piece)) ?? 0) + 1);
    degrees.set(piece.from, (degrees.get(piece.from) ?? 0) + 1);
  }
  const found: Piece[] = [];
  const seen = new Set<string>();
  let onRight = 0;
  let end = -1;
  for (const piece of all) {
    const [same, opposite] = [copies.get(keyOf(piece)) ?? 0, copies.get(reversedKeyOf(piece)) ?? 0];
    const isSimple = same === 1 && opposite === 0;
    // Where no other path comes near, the right side is still that of the piece before.
    if (piece.from !== end || degrees.get(piece.from) !== 1 || !isSimple) onRight = windingOnRight(piece, edges, outside, vertices);
    end = isSimple ? piece.to : -1;
    const onLeft = onRight + same - opposite;
    if (seen.has(keyOf(piece)) || seen.has(reversedKeyOf(piece))) continue;
    seen.add(keyOf(piece));
    if (onLeft > 0 && onRight <= 0) found.push(piece);
    else if (onRight > 0 && onLeft <= 0) found.push({ from: piece.to, to: piece.from, order: piece.order });
  }
  return found;
}

/** How often the paths wind around the place to the right of a piece. */
function windingOnRight(piece: Piece, edges: readonly Edge[], outside: Vector, vertices: Vertices): number {
  const [a, b] = [vertices.at(piece.from), vertices.at(piece.to)];
  const right = unit(plus(middle(a, b), times(unit(cross(b, a)), ASIDE)));
  // On the way from the outside, an edge that comes from the right goes to the left: its inside is entered.
  return edges.reduce((sum, [from, to]) => (crosses(outside, right, from, to) ? sum + turn(from, to, right) : sum), 0);
}
