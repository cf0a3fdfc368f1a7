/** Points on the sphere as unit vectors, and arcs of great circles between them. */
export type Vector = readonly [number, number, number];
/** Longitude and latitude in degrees. */
export type Coordinates = readonly [longitude: number, latitude: number];

/** Radius of the Earth in metres, as Kusto takes it. */
export const EARTH = 6_371_010;
const DEGREE = Math.PI / 180;

export function isPlace([longitude, latitude]: Coordinates): boolean {
  return Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90;
}

export function vectorOf([longitude, latitude]: Coordinates): Vector {
  const [a, b] = [longitude * DEGREE, latitude * DEGREE];
  return [Math.cos(b) * Math.cos(a), Math.cos(b) * Math.sin(a), Math.sin(b)];
}

export function coordinatesOf([x, y, z]: Vector): Coordinates {
  return [Math.atan2(y, x) / DEGREE, Math.atan2(z, Math.hypot(x, y)) / DEGREE];
}

export const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
export const plus = (a: Vector, b: Vector): Vector => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
export const times = (a: Vector, factor: number): Vector => [a[0] * factor, a[1] * factor, a[2] * factor];
export const cross = (a: Vector, b: Vector): Vector => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
export const size = (a: Vector): number => Math.hypot(...a);

export function unit(a: Vector): Vector {
  const length = size(a);
  return length === 0 ? a : times(a, 1 / length);
}

/** Angle between two points, radians. */
export function arc(a: Vector, b: Vector): number {
  return Math.atan2(size(cross(a, b)), dot(a, b));
}

/** The point on an arc at a part of its length. */
export function along(a: Vector, b: Vector, part: number): Vector {
  const angle = arc(a, b);
  if (angle === 0) return a;
  return plus(times(a, Math.sin((1 - part) * angle) / Math.sin(angle)), times(b, Math.sin(part * angle) / Math.sin(angle)));
}

/** The point of an arc that is nearest to a point. */
export function nearest(point: Vector, a: Vector, b: Vector): Vector {
  const normal = cross(a, b);
  if (size(normal) > 0) {
    const onCircle = unit(plus(point, times(unit(normal), -dot(point, unit(normal)))));
    if (dot(cross(normal, a), onCircle) >= 0 && dot(cross(b, normal), onCircle) >= 0) return onCircle;
  }
  return dot(point, a) >= dot(point, b) ? a : b;
}

/** Do two arcs cross inside? */
export function crosses(a: Vector, b: Vector, c: Vector, d: Vector): boolean {
  const ab = cross(a, b);
  const cd = cross(c, d);
  const [acb, bda] = [-dot(ab, c), dot(ab, d)];
  if (acb * bda <= 0) return false;
  const [cbd, dac] = [-dot(cd, b), dot(cd, a)];
  return acb * cbd > 0 && acb * dac > 0;
}

/** Where two arcs cross. */
export function crossing(a: Vector, b: Vector, c: Vector, d: Vector): Vector {
  const point = unit(cross(cross(a, b), cross(c, d)));
  return dot(point, plus(plus(a, b), plus(c, d))) >= 0 ? point : times(point, -1);
}

/** Area of a triangle, positive when its corners turn to the left; steradians. */
export function triangleArea(a: Vector, b: Vector, c: Vector): number {
  const volume = dot(a, cross(b, c));
  return 2 * Math.atan2(volume, 1 + dot(a, b) + dot(b, c) + dot(c, a));
}

/** Direction from one point to another, clockwise from north, 0 to 2π. */
export function azimuth(from: Coordinates, to: Coordinates): number {
  const [a, b] = [from[1] * DEGREE, to[1] * DEGREE];
  const turn = (to[0] - from[0]) * DEGREE;
  const angle = Math.atan2(Math.sin(turn) * Math.cos(b), Math.cos(a) * Math.sin(b) - Math.sin(a) * Math.cos(b) * Math.cos(turn));
  return angle < 0 ? angle + 2 * Math.PI : angle;
}
