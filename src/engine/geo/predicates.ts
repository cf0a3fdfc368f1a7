/**
 * Which way three points of the sphere turn, and what follows from it: exact, as in Google's S2 geometry, whose answers the documentation
 * publishes. Points that lie on one great circle are taken as if each were moved by an infinitely small distance of its own, so that
 * three different points always turn one way or the other and neighbouring shapes never both hold a point, nor both miss it.
 */
import { orient2d, orient3d } from 'robust-predicates';
import { cross, unit, type Vector } from './sphere';

export function same(a: Vector, b: Vector): boolean {
  return a[0] === b[0] && a[1] === b[1] && a[2] === b[2];
}

/** The determinant of three unit vectors is never further off than this. */
const ROUNDING = 1e-15;

/** 1 if the points turn left, seen from outside, -1 if they turn right, 0 if two of them are the same. */
export function turn(a: Vector, b: Vector, c: Vector): -1 | 0 | 1 {
  const rough = a[0] * (b[1] * c[2] - b[2] * c[1]) + a[1] * (b[2] * c[0] - b[0] * c[2]) + a[2] * (b[0] * c[1] - b[1] * c[0]);
  if (Math.abs(rough) > ROUNDING) return rough > 0 ? 1 : -1;
  const volume = orient3d(a[0], a[1], a[2], b[0], b[1], b[2], c[0], c[1], c[2], 0, 0, 0);
  if (volume !== 0) return volume > 0 ? 1 : -1;
  if (same(a, b) || same(b, c) || same(c, a)) return 0;
  return turnOnCircle(a, b, c);
}

/** Order by coordinates. */
export function compare(a: Vector, b: Vector): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}

/** Points on one great circle: the sign that remains when each is moved a little, the smaller ones much further. */
function turnOnCircle(first: Vector, second: Vector, third: Vector): -1 | 1 {
  let [a, b, c] = [first, second, third];
  let swaps = 1;
  if (compare(a, b) > 0) [a, b, swaps] = [b, a, -swaps];
  if (compare(b, c) > 0) [b, c, swaps] = [c, b, -swaps];
  if (compare(a, b) > 0) [a, b, swaps] = [b, a, -swaps];
  // The terms of the determinant's expansion, the largest first.
  const terms = [
    plane(b[0], b[1], c[0], c[1]),
    plane(b[2], b[0], c[2], c[0]),
    plane(b[1], b[2], c[1], c[2]),
    plane(c[0], c[1], a[0], a[1]),
    c[0],
    -c[1],
    plane(c[2], c[0], a[2], a[0]),
    c[2],
    plane(a[0], a[1], b[0], b[1]),
    -b[0],
    b[1],
    a[0],
  ];
  const sign = Math.sign(terms.find((term) => term !== 0) ?? 1) * swaps;
  return sign > 0 ? 1 : -1;
}

/** The sign of `ax·by − ay·bx`, exact. */
function plane(ax: number, ay: number, bx: number, by: number): number {
  return -orient2d(ax, ay, bx, by, 0, 0);
}

/** Are the edges from `o` to a, b, c met in this order when one turns left around `o`? */
export function isOrdered(a: Vector, b: Vector, c: Vector, o: Vector): boolean {
  const turns = (turn(b, o, a) >= 0 ? 1 : 0) + (turn(c, o, b) >= 0 ? 1 : 0) + (turn(a, o, c) > 0 ? 1 : 0);
  return turns >= 2;
}

/** A direction that belongs to a point and is never that of an edge by chance. */
function reference([x, y, z]: Vector): Vector {
  const sizes = [Math.abs(x), Math.abs(y), Math.abs(z)] as const;
  const largest = sizes[0] > sizes[1] ? (sizes[0] > sizes[2] ? 0 : 2) : sizes[1] > sizes[2] ? 1 : 2;
  const other: [number, number, number] = [0.012, 0.0053, 0.00457];
  other[(largest + 2) % 3] = 1;
  return unit(cross([x, y, z], other));
}

/** Do two edges cross between their ends? Edges with a common end do not. */
export function crosses(a: Vector, b: Vector, c: Vector, d: Vector): boolean {
  const first = -turn(a, b, c);
  if (first === 0 || turn(a, b, d) !== first) return false;
  return -turn(c, d, b) === first && turn(c, d, a) === first;
}

/** Does the boundary cross at the common end of two edges? Counted so that each crossing of two chains is counted once. */
function crossesAtEnd(a: Vector, b: Vector, c: Vector, d: Vector): boolean {
  if (same(a, b) || same(c, d)) return false;
  if (same(a, c)) return same(b, d) || isOrdered(reference(a), d, b, a);
  if (same(b, d)) return isOrdered(reference(b), c, a, b);
  if (same(a, d)) return same(b, c) || isOrdered(reference(a), c, b, a);
  return same(b, c) && isOrdered(reference(b), d, a, b);
}

/** Does a path from a to b change sides at the edge from c to d? */
export function changesSide(a: Vector, b: Vector, c: Vector, d: Vector): boolean {
  return crosses(a, b, c, d) || crossesAtEnd(a, b, c, d);
}

/** Is the reference direction at `b` inside the corner from a over b to c, whose inside is on the left? */
export function cornerHolds(a: Vector, b: Vector, c: Vector): boolean {
  return !isOrdered(reference(b), c, a, b);
}
