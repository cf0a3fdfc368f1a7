import { curvePlace } from './s2';
import { compare } from './predicates';
import { arc, type Vector } from './sphere';

/** Points closer than this are the same one: twice the error of a computed crossing (S2's merge radius, radians). */
export const MERGE = 16 * (Number.EPSILON / 2);
/** Width of the buckets that near points are looked for in. */
const BUCKET = 1e-9;

/**
 * Points by number. The numbers go along S2's curve through all cells, as in its builder: where rings and lines start depends on them.
 */
export class Vertices {
  readonly points: Vector[] = [];
  readonly #buckets = new Map<string, number[]>();

  /** Takes points; of points that are nearer to each other than `radius`, the first along the curve stands for the others. */
  constructor(
    points: readonly Vector[],
    readonly radius = MERGE,
  ) {
    const sorted = points.map((point) => ({ point, place: curvePlace(point) }));
    sorted.sort((a, b) => a.place[0] - b.place[0] || a.place[1] - b.place[1] || compare(a.point, b.point));
    for (const { point } of sorted) {
      if (this.find(point) === undefined) this.add(point);
    }
  }

  /** The number of the point that stands for this one. */
  find(point: Vector): number | undefined {
    let best: number | undefined;
    let distance = this.radius;
    for (const key of this.#keysAround(point)) {
      for (const index of this.#buckets.get(key) ?? []) {
        const found = this.points[index];
        const away = found ? arc(found, point) : Number.POSITIVE_INFINITY;
        if (away <= distance) [best, distance] = [index, away];
      }
    }
    return best;
  }

  at(index: number): Vector {
    const point = this.points[index];
    if (!point) throw new RangeError(`no vertex ${index}`);
    return point;
  }

  /** Adds a point whatever is near it, and answers with its number. */
  add(point: Vector): number {
    const key = point.map((value) => Math.floor(value / this.#width)).join();
    const bucket = this.#buckets.get(key);
    if (bucket) bucket.push(this.points.length);
    else this.#buckets.set(key, [this.points.length]);
    return this.points.push(point) - 1;
  }

  get #width(): number {
    return Math.max(BUCKET, this.radius);
  }

  #keysAround(point: Vector): string[] {
    const bucketsOf = (value: number): number[] => {
      const [low, high] = [value - this.radius, value + this.radius].map((end) => Math.floor(end / this.#width)) as [number, number];
      return Array.from({ length: high - low + 1 }, (_, step) => low + step);
    };
    const [xs, ys, zs] = [bucketsOf(point[0]), bucketsOf(point[1]), bucketsOf(point[2])];
    return xs.flatMap((x) => ys.flatMap((y) => zs.map((z) => `${x},${y},${z}`)));
  }
}
