import { arc, cross, dot, type Vector, unit } from './sphere';

/** A range of directions, less than half a turn wide once it is limited: from `low` to `high`, `low` ≤ `high` unless it is empty. */
interface Range {
  readonly low: number;
  readonly high: number;
}

const HALF_TURN = Math.PI;
const QUARTER_TURN = Math.PI / 2;

/** An angle as the one next to another that stands for the same direction. */
const nextTo = (angle: number, other: number): number => angle - 2 * HALF_TURN * Math.round((angle - other) / (2 * HALF_TURN));

/**
 * The directions in which one edge may leave a point so that it passes near some points and keeps clear of others: after Google's
 * S2PolylineSimplifier.
 */
export class Directions {
  readonly #x: Vector;
  readonly #y: Vector;
  #window: Range | undefined;
  /** Directions to avoid, for which the window must be limited first. */
  #waiting: { readonly range: Range; readonly onLeft: boolean }[] = [];

  constructor(readonly from: Vector) {
    this.#x = unit(cross(from, Math.abs(from[0]) < 0.6 ? [1, 0, 0] : [0, 1, 0]));
    this.#y = cross(from, this.#x);
  }

  /** May an edge end there? */
  allow(to: Vector): boolean {
    if (arc(this.from, to) > QUARTER_TURN) return false;
    const direction = this.#direction(to);
    return isIn(direction, this.#window) && !this.#waiting.some(({ range }) => isIn(direction, range));
  }

  /** Keeps the directions that pass a point within a radius; false when none are left. */
  target(point: Vector, radius: number): boolean {
    const half = this.#halfWidth(point, radius);
    if (half >= HALF_TURN) return true;
    const center = this.#direction(point);
    this.#limit({ low: center - half, high: center + half });
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const { range, onLeft } of waiting) this.#remove(range, onLeft);
    return !this.#isEmpty;
  }

  /** Keeps the directions that pass a point on the right side and no nearer than a radius; false when none are left. */
  avoid(point: Vector, radius: number, onLeft: boolean): boolean {
    const half = this.#halfWidth(point, radius);
    if (half >= HALF_TURN) {
      this.#window = { low: 1, high: 0 };
      return false;
    }
    const center = this.#direction(point);
    const range = { low: center - (onLeft ? half : QUARTER_TURN), high: center + (onLeft ? QUARTER_TURN : half) };
    if (!this.#window) this.#waiting.push({ range, onLeft });
    else this.#remove(range, onLeft);
    return !this.#isEmpty;
  }

  get #isEmpty(): boolean {
    return this.#window !== undefined && this.#window.low > this.#window.high;
  }

  #limit({ low, high }: Range): void {
    if (!this.#window) this.#window = { low, high };
    else {
      const shift = nextTo((low + high) / 2, (this.#window.low + this.#window.high) / 2) - (low + high) / 2;
      this.#window = { low: Math.max(this.#window.low, low + shift), high: Math.min(this.#window.high, high + shift) };
    }
  }

  #remove({ low, high }: Range, onLeft: boolean): void {
    const window = this.#window;
    if (!window || this.#isEmpty) return;
    const shift = nextTo((low + high) / 2, (window.low + window.high) / 2) - (low + high) / 2;
    const range = { low: low + shift, high: high + shift };
    if (range.high < window.low || range.low > window.high) return;
    // A range in the middle leaves the part that passes on the right side of the point.
    const keepsLow = range.low > window.low && (range.high >= window.high || onLeft);
    this.#window = keepsLow ? { low: window.low, high: range.low } : { low: range.high, high: window.high };
  }

  #direction(point: Vector): number {
    return Math.atan2(dot(point, this.#y), dot(point, this.#x));
  }

  /** Half of the angle under which a disc is seen. */
  #halfWidth(point: Vector, radius: number): number {
    const distance = arc(this.from, point);
    return distance <= radius ? HALF_TURN : Math.asin(Math.min(1, Math.sin(radius) / Math.sin(distance)));
  }
}

function isIn(direction: number, range: Range | undefined): boolean {
  if (!range) return true;
  const angle = nextTo(direction, (range.low + range.high) / 2);
  return angle >= range.low && angle <= range.high;
}
