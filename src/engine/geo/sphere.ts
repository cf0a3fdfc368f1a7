/** Points on the sphere as unit vectors, and arcs of great circles between them. */
export type Vector = readonly [number, number, number];
/** Longitude and latitude in degrees. */
export type Coordinates = readonly [longitude: number, latitude: number];
export type Edge = readonly [from: Vector, to: Vector];

/** Radius of the Earth in metres, as Kusto takes it. */
export const EARTH = 6_371_010;
const RADIANS = Math.PI / 180;
const DEGREES = 180 / Math.PI;

export function isPlace([longitude, latitude]: Coordinates): boolean {
  return Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90;
}

export function vectorOf([longitude, latitude]: Coordinates): Vector {
  const [a, b] = [longitude * RADIANS, latitude * RADIANS];
  return [Math.cos(b) * Math.cos(a), Math.cos(b) * Math.sin(a), Math.sin(b)];
}

export function coordinatesOf([x, y, z]: Vector): Coordinates {
  return [Math.atan2(y, x) * DEGREES, Math.atan2(z, Math.sqrt(x * x + y * y)) * DEGREES];
}

export const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
export const plus = (a: Vector, b: Vector): Vector => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
export const minus = (a: Vector, b: Vector): Vector => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
export const times = (a: Vector, factor: number): Vector => [a[0] * factor, a[1] * factor, a[2] * factor];
export const cross = (a: Vector, b: Vector): Vector => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
export const size = (a: Vector): number => Math.sqrt(dot(a, a));

/** Twice the right angle between two directions: exact even where they are nearly parallel, unlike the plain product. */
export const across = (a: Vector, b: Vector): Vector => cross(minus(a, b), plus(a, b));

export function unit(a: Vector): Vector {
  const length = size(a);
  return length === 0 ? a : times(a, 1 / length);
}

/** Angle between two points, radians. */
export function arc(a: Vector, b: Vector): number {
  return Math.atan2(size(cross(a, b)), dot(a, b));
}

/** Middle of an arc. */
export const middle = (a: Vector, b: Vector): Vector => unit(plus(a, b));

/** The point on an arc at a part of its length. */
export function along(a: Vector, b: Vector, part: number): Vector {
  const angle = arc(a, b);
  if (angle === 0) return a;
  return plus(times(a, Math.sin((1 - part) * angle) / Math.sin(angle)), times(b, Math.sin(part * angle) / Math.sin(angle)));
}

/** The point of an arc that is nearest to a point. */
export function nearest(point: Vector, a: Vector, b: Vector): Vector {
  const normal = across(a, b);
  if (size(normal) > 0) {
    const up = unit(normal);
    const onCircle = unit(plus(point, times(up, -dot(point, up))));
    if (dot(cross(normal, a), onCircle) >= 0 && dot(cross(b, normal), onCircle) >= 0) return onCircle;
  }
  return dot(point, a) >= dot(point, b) ? a : b;
}

/** Distance of a point from an arc, radians. */
export const distanceToArc = (point: Vector, a: Vector, b: Vector): number => arc(point, nearest(point, a, b));

/** Where two arcs that cross do so; undefined when they run along each other: within `nearly` there is no one point. */
export function crossing(a: Vector, b: Vector, c: Vector, d: Vector, nearly: number): Vector | undefined {
  // By the distances of the ends from the other arc: that is exact however flat the angle is.
  const up = unit(across(c, d));
  const [before, after] = [dot(minus(a, c), up), dot(minus(b, c), up)];
  if (Math.abs(before) <= nearly && Math.abs(after) <= nearly) return undefined;
  return unit(plus(a, times(minus(b, a), before / (before - after))));
}

/** Area of a triangle, positive when its corners turn to the left; steradians. */
export function triangleArea(a: Vector, b: Vector, c: Vector): number {
  // From differences: so the digits of small triangles are kept.
  const volume = dot(a, cross(minus(b, a), minus(c, a)));
  return 2 * Math.atan2(volume, 1 + dot(a, b) + dot(b, c) + dot(c, a));
}

/** Direction from one point to another, clockwise from north, 0 to 2π. */
export function azimuth(from: Coordinates, to: Coordinates): number {
  const [a, b] = [from[1] * RADIANS, to[1] * RADIANS];
  const turn = (to[0] - from[0]) * RADIANS;
  const angle = Math.atan2(Math.sin(turn) * Math.cos(b), Math.cos(a) * Math.sin(b) - Math.sin(a) * Math.cos(b) * Math.cos(turn));
  return angle < 0 ? angle + 2 * Math.PI : angle;
}

/** The edges of lines, one line after the other. */
export function edgesOfLines(lines: readonly (readonly Vector[])[]): Edge[] {
  return lines.flatMap((points) => points.slice(1).map((to, index): Edge => [points[index] ?? to, to]));
}
