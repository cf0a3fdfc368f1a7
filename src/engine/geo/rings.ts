import { changesSide, cornerHolds, turn } from './predicates';
import { arc, across, cross, dot, type Edge, plus, size, times, triangleArea, unit, type Vector } from './sphere';

/** Corners of a ring, the last not repeated. Its inside is on the left of its edges. */
export class Ring {
  readonly #bound: Cap;
  readonly #originInside: boolean;

  constructor(readonly corners: readonly Vector[]) {
    this.#bound = capOf(corners);
    const [a, b, c] = corners;
    this.#originInside = a !== undefined && b !== undefined && c !== undefined && cornerHolds(a, b, c) !== this.#crossesOften(b);
  }

  /** The ring around the smaller of the two regions that corners divide the sphere into. */
  static around(corners: readonly Vector[]): Ring {
    return new Ring(isLeftSmaller(corners) ? corners : [...corners].reverse());
  }

  get edges(): Edge[] {
    return edgesOf(this.corners, true);
  }

  /** Is a point inside? A point on an edge is inside one of the regions that the edge parts. */
  holds(point: Vector): boolean {
    return this.mayHold(point) && this.#originInside !== this.#crossesOften(point);
  }

  /** Is a point near enough to be inside or on the ring? */
  mayHold(point: Vector): boolean {
    return this.#bound.radius >= Math.PI / 2 || dot(this.#bound.center, point) >= this.#bound.cosine;
  }

  /** Does a path from the origin to a point cross the ring an odd number of times? */
  #crossesOften(point: Vector): boolean {
    const { corners } = this;
    let odd = false;
    let from = corners.at(-1);
    let before = from ? turn(origin, point, from) : 0;
    for (const to of corners) {
      const after = turn(origin, point, to);
      if ((after !== before || after === 0) && from && changesSide(origin, point, from, to)) odd = !odd;
      [from, before] = [to, after];
    }
    return odd;
  }

  /** Area of the inside, steradians. */
  get area(): number {
    const [first, ...others] = this.corners;
    let area = 0;
    others.forEach((corner, index) => {
      const next = others[index + 1];
      if (first && next) area += triangleArea(first, corner, next);
    });
    return area < 0 ? area + 4 * Math.PI : area;
  }

  /** Sum of the directions of the points inside. */
  get moment(): Vector {
    return this.edges.reduce<Vector>((sum, [a, b]) => {
      const normal = across(a, b);
      return size(normal) === 0 ? sum : plus(sum, times(unit(normal), arc(a, b) / 2));
    }, [0, 0, 0]);
  }
}

/** A point far from round coordinates, from which crossings are counted. */
const origin: Vector = [-0.0099994664350250197, 0.0025924542609324121, 0.99994664350250195];

/** The edges of a line, or of a ring, which is closed. */
export function edgesOf(points: readonly Vector[], closed: boolean): Edge[] {
  const pairs: Edge[] = [];
  points.forEach((point, index) => {
    const next = points[index + 1] ?? (closed ? points[0] : undefined);
    if (next) pairs.push([point, next]);
  });
  return pairs;
}

interface Cap {
  readonly center: Vector;
  readonly radius: number;
  readonly cosine: number;
}

/** A circle around points, a little wider than need be. */
function capOf(points: readonly Vector[]): Cap {
  const center = unit(points.reduce<Vector>((sum, point) => plus(sum, point), [0, 0, 0]));
  if (size(center) === 0) return { center: [1, 0, 0], radius: Math.PI, cosine: -1 };
  const radius = points.reduce((most, point) => Math.max(most, arc(center, point)), 0);
  // A cosine is not exact for small angles.
  return { center, radius, cosine: Math.cos(radius) - 1e-15 };
}

/** How far a path turns to the left at its middle point, radians. */
function turnAngle(a: Vector, b: Vector, c: Vector): number {
  const [before, after] = [across(a, b), across(b, c)];
  return Math.atan2(size(cross(before, after)), dot(before, after)) * turn(a, b, c);
}

/** Does the region on the left of a ring cover at most half of the sphere? What a ring turns by is what is left of a full turn. */
export function isLeftSmaller(corners: readonly Vector[]): boolean {
  let turned = 0;
  corners.forEach((corner, index) => {
    const [before, after] = [corners.at(index - 1), corners[(index + 1) % corners.length]];
    if (before && after) turned += turnAngle(before, corner, after);
  });
  // A ring along a great circle halves the sphere: both sides will do.
  return turned >= -1e-13 * corners.length;
}
