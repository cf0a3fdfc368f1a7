/**
 * Union and intersection of shapes on the sphere, after Google's S2: edges are cut where they cross and where they pass a vertex of the
 * other shape, each piece is kept or dropped by where it lies, and what is kept is joined again.
 */
import type { Line, Parts, Polygon } from './geoJson';
import { distinct, keyOf, linesFrom, type Piece, reversedKeyOf, ringsFrom } from './graph';
import { someNearPair } from './nearPairs';
import { crosses, same } from './predicates';
import { edgesOf, isLeftSmaller, Ring } from './rings';
import { arc, crossing, distanceToArc, type Edge, edgesOfLines, middle, type Vector } from './sphere';
import { MERGE, Vertices } from './vertices';

/** Two shapes cut into pieces that meet at common vertices alone. */
interface Arrangement {
  readonly vertices: Vertices;
  readonly first: readonly Piece[];
  readonly second: readonly Piece[];
}

export const polygonEdges = ({ shell, holes }: Polygon): Edge[] => [
  ...shell.edges,
  // The edges of holes run the other way: what is on their left belongs to the polygon.
  ...holes.flatMap(({ corners }) => edgesOf([...corners].reverse(), true)),
];
export const edgesOfPolygons = (polygons: readonly Polygon[]): Edge[] => polygons.flatMap(polygonEdges);

export const holds = ({ shell, holes }: Polygon, point: Vector): boolean => shell.holds(point) && !holes.some((hole) => hole.holds(point));

/** Is a point in polygons? Their corners belong to them, holes' corners too. */
export function contain(polygons: readonly Polygon[], point: Vector): boolean {
  const isCorner = (ring: Ring): boolean => ring.mayHold(point) && ring.corners.some((corner) => same(corner, point));
  return polygons.some((polygon) => holds(polygon, point)) || polygons.some(({ shell, holes }) => isCorner(shell) || holes.some(isCorner));
}

function arrange(first: readonly Edge[], second: readonly Edge[]): Arrangement {
  const cuts = [first, second].map((edges) => edges.map((): Vector[] => [])) as [Vector[][], Vector[][]];
  someNearPair(first, second, MERGE, (one, other) => {
    const [[a, b], [c, d]] = [first[one], second[other]] as [Edge, Edge];
    const [own, theirs] = [cuts[0][one], cuts[1][other]];
    if (!own || !theirs) return false;
    const [onOwn, onTheirs] = meetingsOf([a, b], [c, d]);
    own.push(...onOwn);
    theirs.push(...onTheirs);
    return false;
  });
  const vertices = new Vertices([...[...first, ...second].flat(), ...cuts[0].flat(), ...cuts[1].flat()]);
  return {
    vertices,
    first: first.flatMap((edge, index) => pieces(edge, cuts[0][index] ?? [], index, vertices)),
    second: second.flatMap((edge, index) => pieces(edge, cuts[1][index] ?? [], first.length + index, vertices)),
  };
}

/** Where two edges are to be cut: where they cross, and where one passes an end of the other. */
export function meetingsOf([a, b]: Edge, [c, d]: Edge): readonly [Vector[], Vector[]] {
  const point = crosses(a, b, c, d) ? crossing(a, b, c, d, MERGE) : undefined;
  const crossings = point ? [point] : [];
  return [
    [...crossings, ...[c, d].filter((end) => passes(a, b, end))],
    [...crossings, ...[a, b].filter((end) => passes(c, d, end))],
  ];
}

const passes = (a: Vector, b: Vector, point: Vector): boolean => !same(a, point) && !same(b, point) && distanceToArc(point, a, b) <= MERGE;

export function pieces([a, b]: Edge, cuts: readonly Vector[], order: number, vertices: Vertices): Piece[] {
  const stops = [a, ...[...cuts].sort((p, q) => arc(a, p) - arc(a, q)), b].map((point) => vertices.find(point) ?? -1);
  return stops.flatMap((to, index): Piece[] => {
    const from = stops[index - 1];
    return from === undefined || from === to ? [] : [{ from, to, order }];
  });
}

/** How a piece of a boundary lies to the other shape. */
type Side = 'inside' | 'outside' | 'along' | 'against';

function sides(own: readonly Piece[], other: readonly Piece[], isInside: (point: Vector) => boolean, vertices: Vertices): Side[] {
  const keys = new Set(other.map(keyOf));
  const touched = new Set(other.flatMap(({ from, to }) => [from, to]));
  let before: Side | undefined;
  let end = -1;
  return own.map((piece) => {
    // Where the other shape does not touch, the side is still that of the piece before.
    const goesOn = piece.from === end && !touched.has(piece.from);
    if (keys.has(keyOf(piece))) before = 'along';
    else if (keys.has(reversedKeyOf(piece))) before = 'against';
    else if (!goesOn || !before) before = isInside(middle(vertices.at(piece.from), vertices.at(piece.to))) ? 'inside' : 'outside';
    end = piece.to;
    return before;
  });
}

interface Boundaries extends Arrangement {
  /** The pieces of the first and of the second shape that lie so. */
  readonly keep: (first: Side[], second: Side[]) => Piece[];
}

function boundaries(a: readonly Polygon[], b: readonly Polygon[]): Boundaries {
  const arranged = arrange(edgesOfPolygons(a), edgesOfPolygons(b));
  const { first, second, vertices } = arranged;
  const ofFirst = sides(first, second, (point) => b.some((polygon) => holds(polygon, point)), vertices);
  const ofSecond = sides(second, first, (point) => a.some((polygon) => holds(polygon, point)), vertices);
  const keep = (wanted: Side[], wantedOfSecond: Side[]): Piece[] => [
    ...first.filter((_, index) => wanted.includes(ofFirst[index] ?? 'along')),
    ...second.filter((_, index) => wantedOfSecond.includes(ofSecond[index] ?? 'along')),
  ];
  return { ...arranged, keep };
}

/** Union of polygons that are apart with others that are. Rings are in the order in which S2 gives them. */
export function unionOfTwo(a: readonly Polygon[], b: readonly Polygon[]): Parts['polygons'] {
  const { vertices, keep } = boundaries(a, b);
  return nested(keep(['outside'], ['outside', 'along']), vertices);
}

/** What two polygons have in common: areas, and where they merely touch, lines and points. */
export function intersectionOfPolygons(a: readonly Polygon[], b: readonly Polygon[]): Parts {
  const { first, second, vertices, keep } = boundaries(a, b);
  const kept = keep(['inside'], ['inside', 'along']);
  const touching = keep([], ['against']);
  const polygons = nested(kept, vertices);
  return { points: meetings(first, second, [...kept, ...touching], vertices), lines: linesOfPieces(touching, vertices), polygons };
}

export function intersectionOfLineAndPolygon(lines: readonly Line[], polygons: readonly Polygon[]): Parts {
  const { first, second, vertices } = arrange(edgesOfLines(lines), edgesOfPolygons(polygons));
  const found = sides(first, second, (point) => polygons.some((polygon) => holds(polygon, point)), vertices);
  const kept = first.filter((_, index) => found[index] !== 'outside');
  return { points: meetings(first, second, kept, vertices), lines: linesOfPieces(kept, vertices), polygons: [] };
}

export function intersectionOfLines(a: readonly Line[], b: readonly Line[]): Parts {
  const { first, second, vertices } = arrange(edgesOfLines(a), edgesOfLines(b));
  const found = sides(first, second, () => false, vertices);
  const kept = first.filter((_, index) => found[index] !== 'outside');
  return { points: meetings(first, second, kept, vertices), lines: linesOfPieces(kept, vertices), polygons: [] };
}

/** Lines joined where they meet end to end; what several have in common is there once, in the direction of the first. */
export function unionOfLines(lines: readonly Line[]): Line[] {
  const edges = edgesOfLines(lines);
  const vertices = new Vertices(edges.flat());
  const all = edges.flatMap((edge, order) => pieces(edge, [], order, vertices));
  const seen = new Set<string>();
  const once = all.filter((piece) => {
    const known = seen.has(keyOf(piece)) || seen.has(reversedKeyOf(piece));
    seen.add(keyOf(piece));
    return !known;
  });
  return linesOfPieces(once, vertices);
}

export const linesOfPieces = (kept: readonly Piece[], vertices: Vertices): Line[] =>
  linesFrom(distinct(kept)).map((path) => path.map((index) => vertices.at(index)));

/** Vertices that both shapes have and that belong to nothing of what is kept. */
function meetings(first: readonly Piece[], second: readonly Piece[], kept: readonly Piece[], vertices: Vertices): Vector[] {
  const taken = new Set(kept.flatMap(({ from, to }) => [from, to]));
  const others = new Set(second.flatMap(({ from, to }) => [from, to]));
  const common = new Set(first.flatMap(({ from, to }) => [from, to]).filter((vertex) => others.has(vertex) && !taken.has(vertex)));
  return [...common].map((vertex) => vertices.at(vertex));
}

/** Rings as polygons: each ring that runs clockwise is a hole of the smallest shell around it. */
export function nested(kept: readonly Piece[], vertices: Vertices): Parts['polygons'] {
  const once = distinct(kept);
  const keys = new Set(once.map(keyOf));
  const single = once.filter((piece) => !keys.has(reversedKeyOf(piece)));
  const rings = ringsFrom(single, vertices).map((ring) => ring.map((index) => vertices.at(index)));
  const isShell = rings.map(isLeftSmaller);
  const shells = rings.filter((_, index) => isShell[index]).map((corners) => ({ ring: new Ring(corners), rings: [corners] }));
  for (const hole of rings.filter((_, index) => !isShell[index])) {
    const [[a, b] = []] = new Ring(hole).edges;
    const around = a && b ? shells.filter(({ ring }) => ring.holds(middle(a, b))) : [];
    const [shell] = around.sort((one, other) => one.ring.area - other.ring.area);
    if (shell) shell.rings.push(hole);
    // A region of more than half of the sphere has no shell of its own.
    else shells.push({ ring: new Ring(hole), rings: [hole] });
  }
  return shells.map((shell) => shell.rings);
}
