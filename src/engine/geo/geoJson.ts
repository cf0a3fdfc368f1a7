import { type Coordinates, coordinatesOf, cross, crosses, dot, isPlace, plus, size, times, unit, type Vector, vectorOf } from './sphere';

export type Ring = readonly Vector[];
export type Polygon = readonly Ring[];

/** A GeoJSON value taken apart. */
export interface Shape {
  readonly points: readonly Coordinates[];
  readonly lines: readonly (readonly Vector[])[];
  readonly polygons: readonly Polygon[];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parsed(json: string | null | undefined): unknown {
  try {
    return JSON.parse(json ?? 'null') as unknown;
  } catch {
    return undefined;
  }
}

function place(value: unknown): Coordinates | undefined {
  if (!Array.isArray(value)) return undefined;
  const [longitude, latitude] = value as unknown[];
  return typeof longitude === 'number' && typeof latitude === 'number' && isPlace([longitude, latitude]) ? [longitude, latitude] : undefined;
}

/** All elements read, or undefined when one cannot be. */
function every<T>(value: unknown, read: (item: unknown) => T | undefined, least = 1): T[] | undefined {
  if (!Array.isArray(value) || value.length < least) return undefined;
  const items = (value as unknown[]).map(read);
  return items.every((item) => item !== undefined) ? items : undefined;
}

const vector = (value: unknown): Vector | undefined => {
  const found = place(value);
  return found && vectorOf(found);
};
const line = (value: unknown): Vector[] | undefined => every(value, vector, 2);

/** A closed ring without its repeated last corner. */
function ring(value: unknown): Ring | undefined {
  const corners = every(value, place, 4);
  const [first] = corners ?? [];
  const last = corners?.at(-1);
  if (!corners || first?.[0] !== last?.[0] || first?.[1] !== last?.[1]) return undefined;
  // An edge without length makes it invalid.
  const isRepeated = (corner: Coordinates, index: number): boolean => corner[0] === corners[index]?.[0] && corner[1] === corners[index][1];
  if (corners.slice(1).some(isRepeated)) return undefined;
  return corners.slice(0, -1).map(vectorOf);
}

const polygon = (value: unknown): Polygon | undefined => every(value, ring);

export function readShape(json: string | null | undefined): Shape | undefined {
  return shapeOf(parsed(json));
}

function shapeOf(value: unknown): Shape | undefined {
  if (!isRecord(value)) return undefined;
  const { type, coordinates } = value;
  const none = { points: [], lines: [], polygons: [] };
  switch (type) {
    case 'Point': {
      const found = place(coordinates);
      return found && { ...none, points: [found] };
    }
    case 'MultiPoint': {
      const points = every(coordinates, place);
      return points && { ...none, points };
    }
    case 'LineString': {
      const found = line(coordinates);
      return found && { ...none, lines: [found] };
    }
    case 'MultiLineString': {
      const lines = every(coordinates, line);
      return lines && { ...none, lines };
    }
    case 'Polygon': {
      const found = polygon(coordinates);
      return found && { ...none, polygons: [found] };
    }
    case 'MultiPolygon': {
      // A polygon in an array of its own is taken, too: the documentation builds them so.
      const wrapped = (item: unknown): Polygon | undefined =>
        Array.isArray(item) && item.length === 1 ? polygon((item as unknown[])[0]) : undefined;
      const polygons = every(coordinates, (item) => polygon(item) ?? wrapped(item));
      return polygons && { ...none, polygons };
    }
    default:
      return undefined;
  }
}

/** The edges of a line, or of a ring, which is closed. */
export function edges(points: readonly Vector[], closed: boolean): [Vector, Vector][] {
  const pairs: [Vector, Vector][] = [];
  points.forEach((point, index) => {
    const next = points[index + 1] ?? (closed ? points[0] : undefined);
    if (next) pairs.push([point, next]);
  });
  return pairs;
}

export const polygonEdges = (shape: Polygon): [Vector, Vector][] => shape.flatMap((corners) => edges(corners, true));

/** Is a point inside a ring? The ring holds its smaller side. */
function inRing(point: Vector, corners: Ring): boolean {
  const middle = corners.reduce<Vector>((sum, corner) => plus(sum, corner), [0, 0, 0]);
  // A point far outside, a little off so that it lies on no edge's circle.
  const outside = unit(plus(times(unit(middle), -1), [1.3e-5, 2.7e-5, 0.9e-5]));
  return edges(corners, true).filter(([a, b]) => crosses(point, outside, a, b)).length % 2 === 1;
}

export function inPolygon(point: Vector, [outer, ...holes]: Polygon): boolean {
  return outer !== undefined && inRing(point, outer) && !holes.some((hole) => inRing(point, hole));
}

export const inPolygons = (point: Vector, polygons: readonly Polygon[]): boolean => polygons.some((shape) => inPolygon(point, shape));

/** Do they share a point? */
export function intersects(a: Shape, b: Shape): boolean {
  const edgesOf = ({ lines, polygons }: Shape): [Vector, Vector][] => [
    ...lines.flatMap((points) => edges(points, false)),
    ...polygons.flatMap(polygonEdges),
  ];
  const [first, second] = [edgesOf(a), edgesOf(b)];
  if (first.some(([p, q]) => second.some(([r, s]) => crosses(p, q, r, s) || touch(p, q, r, s)))) return true;
  const corner = (shape: Shape): Vector | undefined => shape.lines[0]?.[0] ?? shape.polygons[0]?.[0]?.[0];
  const [x, y] = [corner(a), corner(b)];
  return (x !== undefined && inPolygons(x, b.polygons)) || (y !== undefined && inPolygons(y, a.polygons));
}

function touch(p: Vector, q: Vector, r: Vector, s: Vector): boolean {
  const same = (a: Vector, b: Vector): boolean => size(cross(a, b)) < 1e-15 && dot(a, b) > 0;
  return same(p, r) || same(p, s) || same(q, r) || same(q, s);
}

export function pointJson(point: Vector | Coordinates): string {
  const [longitude, latitude] = point.length === 2 ? point : coordinatesOf(point);
  return `{"type":"Point","coordinates":[${longitude},${latitude}]}`;
}
