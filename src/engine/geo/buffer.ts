/** Shapes with all that is near them, after Google's S2BufferOperation: their outline is moved outwards and goes around corners in arcs. */
import { type Line, type Parts, type Polygon, ringsOf } from './geoJson';
import { contain } from './overlay';
import { turn } from './predicates';
import { edgesOf } from './rings';
import { arc, cross, distanceToArc, EARTH, plus, times, unit, type Vector } from './sphere';
import { regionAround } from './winding';

/** The angle of a right angle. */
const QUARTER = Math.PI / 2;
/** The least part of the radius that the outline may deviate by. */
const LEAST_ERROR = 1e-6;

/** How an outline is moved: how far, and in which steps it goes round a corner and along an edge; radians. */
interface Offset {
  readonly radius: number;
  readonly step: number;
  readonly edgeStep: number;
}

/** Undefined for what is no radius or tolerance: they must be positive. Metres. */
export function offsetOf(radius: number, tolerance: number): Offset | undefined {
  if (!(radius > 0) || !(tolerance > 0)) return undefined;
  const angle = radius / EARTH;
  if (angle >= QUARTER) throw new Error('Not supported: a radius of more than a quarter of the way around the Earth');
  // More deviation than the radius has is as much as is possible.
  const error = angle * Math.min(Math.max(tolerance / radius, LEAST_ERROR), 1 - 1e-9);
  return { radius: angle, step: longestSpan(angle, error), edgeStep: longestSpan(QUARTER - angle, error) };
}

/** The longest edge between two points of a circle that comes no nearer than `error` to its centre than they are. */
function longestSpan(radius: number, error: number): number {
  const most = (2 * Math.PI) / 3 + 1e-15;
  return Math.min(most, 2 * Math.acos(Math.max(0, Math.tan(radius - error)) / Math.tan(radius)));
}

/** The point at a distance from another, in a direction at right angles to it. */
const away = (from: Vector, direction: Vector, distance: number): Vector =>
  unit(plus(times(from, Math.cos(distance)), times(direction, Math.sin(distance))));

/** The direction to the right of an edge. */
const rightOf = (a: Vector, b: Vector): Vector => unit(cross(b, a));

/** Points that go round from one direction to another in equal steps, the last left out. */
function sweep(start: Vector, pole: Vector, span: number, step: number): Vector[] {
  const next = unit(cross(pole, start));
  return Array.from({ length: Math.max(1, Math.ceil(span / step - 1e-12)) }, (_, index) => away(start, next, index * step));
}

/** The outline of a closed path, moved to its right. */
function moved(path: Line, { radius, step, edgeStep }: Offset): Vector[] {
  return path.flatMap((b, index) => {
    const [a, c] = [path.at(index - 1) ?? b, path[(index + 1) % path.length] ?? b];
    const [before, after] = [rightOf(a, b), rightOf(b, c)];
    // Along the edge, whose points keep their distance from the pole of its circle.
    const along = sweep(a, times(before, -1), arc(a, b), edgeStep).map((point) => away(point, before, radius));
    // A corner to the right is passed through itself: so what is wound around twice is not lost.
    if (turn(a, b, c) < 0) return [...along, away(b, before, radius), b];
    return [...along, ...sweep(before, b, arc(before, after), step).map((direction) => away(b, direction, radius))];
  });
}

/** A direction at right angles to a point. */
const anyDirection = (point: Vector): Vector => unit(cross(point, Math.abs(point[0]) < 0.6 ? [1, 0, 0] : [0, 1, 0]));

export function bufferOfPoint(point: Vector, { radius, step }: Offset): Parts['polygons'] {
  const count = Math.ceil((2 * Math.PI) / step - 1e-9);
  const start = anyDirection(point);
  const next = cross(point, start);
  const corners = Array.from({ length: count }, (_, index) => {
    const turned = (2 * Math.PI * index) / count;
    return away(point, plus(times(start, Math.cos(turned)), times(next, Math.sin(turned))), radius);
  });
  return [[corners]];
}

/** A line there and back again. */
const roundTrip = (line: Line): Line => [...line, ...line.slice(1, -1).reverse()];

export function bufferOfLines(lines: readonly Line[], offset: Offset): Parts['polygons'] {
  return around(lines.map(distinctStops).map(roundTrip), offset, []);
}

export function bufferOfPolygons(polygons: readonly Polygon[], offset: Offset): Parts['polygons'] {
  return around(polygons.flatMap(ringsOf), offset, polygons);
}

/** Without points that stand twice in a row. */
const distinctStops = (line: Line): Line => line.filter((point, index) => index === 0 || arc(point, line[index - 1] ?? point) > 0);

const axes: readonly Vector[] = [[1, 0, 0], [0, 1, 0], [0, 0, 1], [-1, 0, 0], [0, -1, 0], [0, 0, -1]];

function around(paths: readonly Line[], offset: Offset, polygons: readonly Polygon[]): Parts['polygons'] {
  const center = unit(paths.flat().reduce<Vector>((sum, point) => plus(sum, point), [0, 0, 0]));
  const edges = paths.flatMap((path) => edgesOf(path, true));
  const isAway = (place: Vector): boolean => edges.every(([a, b]) => distanceToArc(place, a, b) > offset.radius);
  const outside = [times(center, -1), ...axes].find((place) => !contain(polygons, place) && isAway(place));
  if (!outside) throw new Error('Not supported: a buffer around a shape that goes around the Earth');
  return regionAround(paths.map((path) => moved(path, offset)), outside);
}
