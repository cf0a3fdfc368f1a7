import { isOrdered } from './predicates';
import type { Vector } from './sphere';
import type { Vertices } from './vertices';

/** A directed edge between numbered vertices. `order` says which edge of the input it is, or is a part of. */
export interface Piece {
  readonly from: number;
  readonly to: number;
  readonly order: number;
}

export const keyOf = ({ from, to }: Pick<Piece, 'from' | 'to'>): string => `${from},${to}`;
export const reversedKeyOf = ({ from, to }: Pick<Piece, 'from' | 'to'>): string => `${to},${from}`;

/** Each edge once, the first of the input. */
export function distinct(pieces: readonly Piece[]): Piece[] {
  const found = new Map<string, Piece>();
  for (const piece of pieces) {
    const before = found.get(keyOf(piece));
    if (!before || before.order > piece.order) found.set(keyOf(piece), piece);
  }
  return [...found.values()];
}

const byEnds = (a: Piece, b: Piece): number => a.from - b.from || a.to - b.to;

/**
 * Joins edges into rings whose inside is on the left, as S2's builder does: at each vertex the path turns left as sharply as it can, a
 * ring ends where the path comes back to a vertex, and it starts after the last edge of the input that it has.
 */
export function ringsFrom(pieces: readonly Piece[], vertices: Vertices): number[][] {
  const edges = [...pieces].sort(byEnds);
  const next = leftTurns(edges, vertices);
  const used = new Set<Piece>();
  const rings: Piece[][] = [];
  for (const start of edges) {
    const path: Piece[] = [];
    const places = new Map<number, number>();
    for (let edge: Piece | undefined = start; edge && !used.has(edge); edge = next.get(edge)) {
      used.add(edge);
      places.set(edge.from, path.length);
      path.push(edge);
      const begin = places.get(edge.to);
      if (begin === undefined) continue;
      const ring = path.splice(begin);
      for (const { from } of ring) places.delete(from);
      rings.push(inOrder(ring));
    }
  }
  return sortedByFirst(rings).map((ring) => ring.map(({ from }) => from));
}

const sortedByFirst = (chains: readonly Piece[][]): Piece[][] => [...chains].sort((a, b) => (a[0]?.order ?? 0) - (b[0]?.order ?? 0));

/** Rotates a ring so that the highest edge of the input comes last, all its parts in a row together. */
function inOrder(ring: readonly Piece[]): Piece[] {
  let last = 0;
  let gap = false;
  ring.forEach(({ order }, index) => {
    if (index === 0) return;
    const difference = order - (ring[last]?.order ?? 0);
    if (difference < 0) gap = true;
    else if (difference > 0 || !gap) [last, gap] = [index, false];
  });
  return [...ring.slice(last + 1), ...ring.slice(0, last + 1)];
}

interface Spoke {
  readonly piece: Piece;
  readonly hub: number;
  readonly end: number;
  readonly incoming: boolean;
}

/** From each edge the one that follows it: the next that leaves its end, clockwise. */
function leftTurns(edges: readonly Piece[], vertices: Vertices): Map<Piece, Piece> {
  const spokesOf = (piece: Piece): Spoke[] => [
    { piece, hub: piece.from, end: piece.to, incoming: false },
    { piece, hub: piece.to, end: piece.from, incoming: true },
  ];
  const spokes = grouped(edges.flatMap(spokesOf), ({ hub }) => hub);
  const next = new Map<Piece, Piece>();
  for (const [hub, around] of spokes) {
    const arriving: Piece[] = [];
    const leaving: Piece[] = [];
    for (const { piece, incoming } of clockwise(around, vertices.at(hub), vertices)) {
      const from = incoming ? undefined : arriving.pop();
      if (incoming) arriving.push(piece);
      else if (from) next.set(from, piece);
      else leaving.push(piece);
    }
    // Edges before the first that arrives follow the last ones: the order goes round.
    for (const piece of leaving) {
      const from = arriving.pop();
      if (from) next.set(from, piece);
    }
  }
  return next;
}

function clockwise(around: readonly Spoke[], hub: Vector, vertices: Vertices): Spoke[] {
  if (around.length <= 2) return [...around];
  const first = around.reduce((least, spoke) => (spoke.end < least.end ? spoke : least));
  return [...around].sort((a, b) => {
    if (a.end === b.end) return Number(a.incoming) - Number(b.incoming);
    if (a.end === first.end) return -1;
    if (b.end === first.end) return 1;
    return isOrdered(vertices.at(a.end), vertices.at(b.end), vertices.at(first.end), hub) ? 1 : -1;
  });
}

function grouped<T>(items: readonly T[], keyOfItem: (item: T) => number): Map<number, T[]> {
  const groups = new Map<number, T[]>();
  for (const item of items) {
    const group = groups.get(keyOfItem(item));
    if (group) group.push(item);
    else groups.set(keyOfItem(item), [item]);
  }
  return groups;
}

/** Joins edges into lines that end where more or fewer than two edges meet; what is left goes round. */
export function linesFrom(pieces: readonly Piece[]): number[][] {
  const edges = [...pieces].sort((a, b) => a.order - b.order);
  const [outgoing, incoming] = [grouped(edges, ({ from }) => from), grouped(edges, ({ to }) => to)];
  const isInner = (vertex: number): boolean => outgoing.get(vertex)?.length === 1 && incoming.get(vertex)?.length === 1;
  const used = new Set<Piece>();
  const follow = (start: Piece): Piece[] => {
    const path: Piece[] = [];
    for (let edge: Piece | undefined = start; edge; ) {
      used.add(edge);
      path.push(edge);
      edge = isInner(edge.to) && edge.to !== start.from ? outgoing.get(edge.to)?.[0] : undefined;
    }
    return path;
  };
  const open = edges.filter((edge) => !isInner(edge.from)).map(follow);
  const round = edges.flatMap((edge) => (used.has(edge) ? [] : [inOrder(follow(edge))]));
  return sortedByFirst([...open, ...round]).map((path) => [...path.map(({ from }) => from), ...path.slice(-1).map(({ to }) => to)]);
}
