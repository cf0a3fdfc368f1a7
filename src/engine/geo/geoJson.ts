import type { Text } from './arguments';
import { someNearPair } from './nearPairs';
import { crosses, same } from './predicates';
import { isLeftSmaller, Ring } from './rings';
import { type Coordinates, coordinatesOf, dot, type Edge, isPlace, type Vector, vectorOf } from './sphere';

export type Line = readonly Vector[];
/** A shell and its holes. The insides of all of them are on the left: a point is in the polygon when it is in the shell and in no hole. */
export interface Polygon {
  readonly shell: Ring;
  readonly holes: readonly Ring[];
}

/** A GeoJSON line or lines, polygon or polygons. */
export interface Shape {
  readonly lines: readonly Line[];
  readonly polygons: readonly Polygon[];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parsed(json: Text): unknown {
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

/** Opposite points have no shortest way between them. */
const isEdge = (a: Vector, b: Vector | undefined): boolean => b === undefined || dot(a, b) > -1 + 1e-15;

/** A line goes somewhere; a place may stand twice in a row. */
function line(value: unknown): Vector[] | undefined {
  const points = every(value, vector, 2);
  const [first] = points ?? [];
  const isLine = points?.every((point, index) => isEdge(point, points[index + 1])) && first && points.some((point) => !same(first, point));
  return isLine ? points : undefined;
}

/** A closed ring with all corners different. */
function ring(value: unknown): Ring | undefined {
  const corners = every(value, vector, 4);
  const [first, last] = [corners?.[0], corners?.at(-1)];
  if (!corners || !first || !last || !same(first, last)) return undefined;
  corners.pop();
  const isDistinct = new Set(corners.map((corner) => corner.join())).size === corners.length;
  const areEdges = corners.every((corner, index) => isEdge(corner, corners[(index + 1) % corners.length]));
  return isDistinct && areEdges ? Ring.around(corners) : undefined;
}

function polygon(value: unknown): Polygon | undefined {
  const [shell, ...holes] = every(value, ring) ?? [];
  if (!shell) return undefined;
  const edges = [shell, ...holes].flatMap((part) => part.edges);
  return crossesItself(edges) ? undefined : { shell, holes };
}

/** Do edges cross, or stand twice? */
function crossesItself(edges: readonly Edge[]): boolean {
  return someNearPair(edges, edges, 0, (first, second) => {
    const [one, other] = [edges[first], edges[second]];
    if (!one || !other || first >= second) return false;
    const [[a, b], [c, d]] = [one, other];
    return (same(a, c) && same(b, d)) || (same(a, d) && same(b, c)) || crosses(a, b, c, d);
  });
}

function shapeOf(value: unknown): Shape | undefined {
  if (!isRecord(value)) return undefined;
  const { type, coordinates } = value;
  switch (type) {
    case 'LineString': {
      const found = line(coordinates);
      return found && { lines: [found], polygons: [] };
    }
    case 'MultiLineString': {
      const lines = every(coordinates, line);
      return lines && { lines, polygons: [] };
    }
    case 'Polygon': {
      const found = polygon(coordinates);
      return found && { lines: [], polygons: [found] };
    }
    case 'MultiPolygon': {
      // A polygon in an array of its own is taken, too: the documentation builds them so.
      const wrapped = (item: unknown): Polygon | undefined =>
        Array.isArray(item) && item.length === 1 ? polygon((item as unknown[])[0]) : undefined;
      const polygons = every(coordinates, (item) => polygon(item) ?? wrapped(item));
      return polygons && { lines: [], polygons };
    }
    default:
      return undefined;
  }
}

interface Read {
  readonly json: string;
  readonly shape: Shape | undefined;
}

/** What was read lately, by text: a query gives the same polygon with each of its rows. */
const lately = new Map<string, Read>();
const KEPT = 64;
/** To compare a long text with the one before takes a tenth of the time that it takes to look it up. */
let latest: Read = { json: '', shape: undefined };

function read(json: Text): Shape | undefined {
  if (json === null || json === undefined) return undefined;
  if (json !== latest.json) latest = lately.get(json) ?? keep({ json, shape: shapeOf(parsed(json)) });
  return latest.shape;
}

function keep(found: Read): Read {
  const [oldest] = lately.keys();
  if (lately.size >= KEPT && oldest !== undefined) lately.delete(oldest);
  lately.set(found.json, found);
  return found;
}

/** Lines of GeoJSON; undefined when it is anything else. */
export function linesOf(json: Text): readonly Line[] | undefined {
  const lines = read(json)?.lines;
  return lines && lines.length > 0 ? lines : undefined;
}

/** Polygons of GeoJSON; undefined when it is anything else. */
export function polygonsOf(json: Text): readonly Polygon[] | undefined {
  const polygons = read(json)?.polygons;
  return polygons && polygons.length > 0 ? polygons : undefined;
}

/** The GeoJSON texts of an array; undefined when it is none. */
export function itemsOf(json: Text): string[] | undefined {
  const items = parsed(json);
  return Array.isArray(items) && items.length > 0 ? (items as unknown[]).map((item) => (typeof item === 'string' ? item : JSON.stringify(item))) : undefined;
}

/** The same GeoJSON with other positions in each line or ring: they stay in the order in which they are given. */
export function withEachChain(json: Text, change: (chain: readonly Coordinates[]) => readonly Coordinates[]): string {
  const changed = (value: unknown): unknown => {
    const chain = every(value, place);
    if (chain) return change(chain);
    return Array.isArray(value) ? (value as unknown[]).map(changed) : value;
  };
  const shape = parsed(json);
  return JSON.stringify(isRecord(shape) ? { type: shape['type'], coordinates: changed(shape['coordinates']) } : null);
}

const position = (point: Vector): Coordinates => coordinatesOf(point);
const closed = (corners: readonly Coordinates[]): Coordinates[] => [...corners, ...corners.slice(0, 1)];

export function pointJson(point: Vector | Coordinates): string {
  return JSON.stringify({ type: 'Point', coordinates: point.length === 2 ? point : position(point) });
}

/** What an operation gives; all of it may be empty. */
export interface Parts {
  readonly points: readonly Vector[];
  readonly lines: readonly Line[];
  readonly polygons: readonly (readonly Line[])[];
}

/** One shape of GeoJSON; a collection where there are several kinds, or nothing at all. Rings come without their repeated corner. */
export function shapeJson({ points, lines, polygons }: Parts): string {
  const geometries = [
    geometry('Point', points.map(position)),
    geometry('LineString', lines.map((points) => points.map(position))),
    geometry('Polygon', polygons.map((rings) => rings.map((corners) => closed(corners.map(position))))),
  ].filter((found) => found !== undefined);
  const [only] = geometries;
  return JSON.stringify(only && geometries.length === 1 ? only : { type: 'GeometryCollection', geometries });
}

function geometry(type: string, items: readonly unknown[]): object | undefined {
  if (items.length === 0) return undefined;
  return items.length === 1 ? { type, coordinates: items[0] } : { type: `Multi${type}`, coordinates: items };
}

export const linesJson = (lines: readonly Line[]): string => shapeJson({ points: [], lines, polygons: [] });
export const polygonsJson = (polygons: Parts['polygons']): string => shapeJson({ points: [], lines: [], polygons });

/** The rings of a polygon as they are written: the shell runs counter-clockwise, its holes clockwise. */
export const ringsOf = ({ shell, holes }: Polygon): Line[] => [shell.corners, ...holes.map(({ corners }) => [...corners].reverse())];

/** Polygons of what an operation gave. */
export function polygonsOfRings(polygons: Parts['polygons']): Polygon[] {
  return polygons.flatMap(([shell, ...holes]) =>
    shell ? [{ shell: new Ring(shell), holes: holes.map((hole) => new Ring(isLeftSmaller(hole) ? hole : [...hole].reverse())) }] : [],
  );
}
