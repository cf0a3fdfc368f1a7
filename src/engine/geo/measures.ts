import { edges, inPolygon, inPolygons, intersects, pointJson, polygonEdges, type Polygon, readShape, type Shape } from './geoJson';
import { along, arc, azimuth, type Coordinates, cross, crosses, crossing, dot, EARTH, isPlace, nearest, plus, size, times, triangleArea, unit, type Vector, vectorOf } from './sphere';

type Text = string | null | undefined;
type Measure = (...args: readonly Text[]) => string | null;

function number(text: Text): number {
  return text === null || text === undefined || text === '' ? Number.NaN : Number(text);
}

function placeOf(longitude: Text, latitude: Text): Coordinates | undefined {
  const found: Coordinates = [number(longitude), number(latitude)];
  return isPlace(found) ? found : undefined;
}

const samePlace = (a: Coordinates, b: Coordinates): boolean => a[0] === b[0] && a[1] === b[1];

function linesOf(json: Text): readonly (readonly Vector[])[] | undefined {
  const shape = readShape(json);
  return shape && shape.lines.length > 0 ? shape.lines : undefined;
}

function polygonsOf(json: Text): readonly Polygon[] | undefined {
  const shape = readShape(json);
  return shape && shape.polygons.length > 0 ? shape.polygons : undefined;
}

/** Polygons that do not overlap: measures of a union would need its outline. */
function apart(json: Text): readonly Polygon[] | undefined {
  const polygons = polygonsOf(json);
  const shapes = (polygons ?? []).map((polygon): Shape => ({ points: [], lines: [], polygons: [polygon] }));
  if (shapes.some((shape, index) => shapes.slice(index + 1).some((other) => intersects(shape, other)))) {
    throw new Error('Not supported: measures of overlapping polygons');
  }
  return polygons;
}

const lineEdges = (lines: readonly (readonly Vector[])[]): [Vector, Vector][] => lines.flatMap((points) => edges(points, false));
const lengthOf = (pairs: readonly (readonly [Vector, Vector])[]): number => pairs.reduce((sum, [a, b]) => sum + arc(a, b), 0);

function ringArea(corners: readonly Vector[]): number {
  const [first] = corners;
  let area = 0;
  for (let index = 1; first && index + 1 < corners.length; index++) {
    const [a, b] = [corners[index], corners[index + 1]];
    if (a && b) area += triangleArea(first, a, b);
  }
  return Math.abs(area);
}

const polygonArea = ([outer = [], ...holes]: Polygon): number => ringArea(outer) - holes.reduce((sum, hole) => sum + ringArea(hole), 0);

/** Sum of the directions of the enclosed points. */
function ringCentroid(corners: readonly Vector[]): Vector {
  const sum = edges(corners, true).reduce<Vector>((all, [a, b]) => {
    const normal = cross(a, b);
    return size(normal) === 0 ? all : plus(all, times(unit(normal), arc(a, b) / 2));
  }, [0, 0, 0]);
  const middle = corners.reduce<Vector>((all, corner) => plus(all, corner), [0, 0, 0]);
  return dot(sum, middle) < 0 ? times(sum, -1) : sum;
}

function polygonCentroid(polygons: readonly Polygon[]): Vector {
  const parts = polygons.flatMap(([outer = [], ...holes]) => [ringCentroid(outer), ...holes.map((hole) => times(ringCentroid(hole), -1))]);
  return unit(parts.reduce<Vector>((all, part) => plus(all, part), [0, 0, 0]));
}

function lineCentroid(pairs: readonly (readonly [Vector, Vector])[]): Vector {
  const sum = pairs.reduce<Vector>((all, [a, b]) => {
    const [difference, total] = [plus(a, times(b, -1)), plus(a, b)];
    return size(total) === 0 ? all : plus(all, times(total, size(difference) / size(total)));
  }, [0, 0, 0]);
  return unit(sum);
}

function closest(point: Vector, pairs: readonly (readonly [Vector, Vector])[]): Vector {
  return pairs.map(([a, b]) => nearest(point, a, b)).reduce((best, next) => (arc(point, next) < arc(point, best) ? next : best));
}

function interpolate(pairs: readonly (readonly [Vector, Vector])[], part: number): Vector | undefined {
  let left = part * lengthOf(pairs);
  for (const [a, b] of pairs) {
    const length = arc(a, b);
    if (left <= length) return length === 0 ? a : along(a, b, left / length);
    left -= length;
  }
  return pairs.at(-1)?.[1];
}

function locate(pairs: readonly (readonly [Vector, Vector])[], point: Vector): number {
  const target = closest(point, pairs);
  let before = 0;
  for (const [a, b] of pairs) {
    if (arc(nearest(target, a, b), target) < 1e-15) return (before + arc(a, target)) / lengthOf(pairs);
    before += arc(a, b);
  }
  return 1;
}

function intersection(first: readonly (readonly Vector[])[], second: readonly (readonly Vector[])[]): string | null {
  const pairs = lineEdges(first).flatMap((one) => lineEdges(second).map((other) => [...one, ...other] as const));
  const points = pairs.filter(([a, b, c, d]) => crosses(a, b, c, d)).map(([a, b, c, d]) => crossing(a, b, c, d));
  const [only] = points;
  if (only && points.length === 1) return pointJson(only);
  const overlap = pairs.some(([a, b, c, d]) => Math.abs(dot(unit(cross(a, b)), unit(cross(c, d)))) > 1 - 1e-12);
  if (points.length > 1 || overlap) throw new Error('Not supported: geo_intersection_2lines() of lines that meet in more than a point');
  return '{"type":"GeometryCollection","geometries":[]}';
}

const metres = (angle: number): string => String(angle * EARTH);
const truth = (value: boolean): string => String(value);

function both(first: Text, second: Text): [Shape, Shape] | undefined {
  const [a, b] = [readShape(first), readShape(second)];
  return a && b ? [a, b] : undefined;
}

const intersectTest: Measure = (first, second) => {
  const shapes = both(first, second);
  return shapes ? truth(intersects(...shapes)) : null;
};

/** Measures on the sphere by name of the function. Null is what is no valid place or shape. */
export const geoMeasures: Readonly<Record<string, Measure>> = {
  geo_distance_2points(a, b, c, d) {
    const [from, to] = [placeOf(a, b), placeOf(c, d)];
    return from && to ? metres(arc(vectorOf(from), vectorOf(to))) : null;
  },
  geo_azimuth(a, b, c, d) {
    const [from, to] = [placeOf(a, b), placeOf(c, d)];
    return from && to && !samePlace(from, to) ? String(azimuth(from, to)) : null;
  },
  geo_angle(a, b, c, d, e, f) {
    const [first, corner, last] = [placeOf(a, b), placeOf(c, d), placeOf(e, f)];
    if (!first || !corner || !last || samePlace(first, corner) || samePlace(corner, last)) return null;
    const turn = azimuth(corner, last) - azimuth(corner, first);
    return String(turn < 0 ? turn + 2 * Math.PI : turn);
  },
  geo_point_in_circle(a, b, c, d, radius) {
    const [point, center] = [placeOf(a, b), placeOf(c, d)];
    const limit = number(radius);
    return point && center && limit >= 0 ? truth(arc(vectorOf(point), vectorOf(center)) * EARTH <= limit) : null;
  },
  geo_point_in_polygon(a, b, json) {
    const [point, polygons] = [placeOf(a, b), polygonsOf(json)];
    return point && polygons ? truth(inPolygons(vectorOf(point), polygons)) : null;
  },
  geo_line_length(json) {
    const lines = linesOf(json);
    return lines ? metres(lengthOf(lineEdges(lines))) : null;
  },
  geo_line_centroid(json) {
    const lines = linesOf(json);
    return lines ? pointJson(lineCentroid(lineEdges(lines))) : null;
  },
  geo_line_interpolate_point(json, part) {
    const lines = linesOf(json);
    const fraction = number(part);
    const point = lines?.length === 1 && fraction >= 0 && fraction <= 1 ? interpolate(lineEdges(lines), fraction) : undefined;
    return point ? pointJson(point) : null;
  },
  geo_line_locate_point(json, a, b) {
    const [lines, point] = [linesOf(json), placeOf(a, b)];
    return lines?.length === 1 && point ? String(locate(lineEdges(lines), vectorOf(point))) : null;
  },
  geo_polygon_area(json) {
    const polygons = apart(json);
    return polygons ? String(polygons.reduce((sum, polygon) => sum + polygonArea(polygon), 0) * EARTH * EARTH) : null;
  },
  geo_polygon_perimeter(json) {
    const polygons = apart(json);
    return polygons ? metres(lengthOf(polygons.flatMap(polygonEdges))) : null;
  },
  geo_polygon_centroid(json) {
    const polygons = apart(json);
    return polygons ? pointJson(polygonCentroid(polygons)) : null;
  },
  geo_distance_point_to_line(a, b, json) {
    const [point, lines] = [placeOf(a, b), linesOf(json)];
    return point && lines ? metres(arc(vectorOf(point), closest(vectorOf(point), lineEdges(lines)))) : null;
  },
  geo_distance_point_to_polygon(a, b, json) {
    const [point, polygons] = [placeOf(a, b), polygonsOf(json)];
    if (!point || !polygons) return null;
    const vector = vectorOf(point);
    return inPolygons(vector, polygons) ? '0' : metres(arc(vector, closest(vector, polygons.flatMap(polygonEdges))));
  },
  geo_closest_point_on_line(a, b, json) {
    const [point, lines] = [placeOf(a, b), linesOf(json)];
    return point && lines ? pointJson(closest(vectorOf(point), lineEdges(lines))) : null;
  },
  geo_closest_point_on_polygon(a, b, json) {
    const [point, polygons] = [placeOf(a, b), polygonsOf(json)];
    if (!point || !polygons) return null;
    const vector = vectorOf(point);
    return pointJson(polygons.some((polygon) => inPolygon(vector, polygon)) ? point : closest(vector, polygons.flatMap(polygonEdges)));
  },
  geo_intersects_2lines: intersectTest,
  geo_intersects_2polygons: intersectTest,
  geo_intersects_line_with_polygon: intersectTest,
  geo_intersection_2lines(first, second) {
    const [a, b] = [linesOf(first), linesOf(second)];
    return a && b ? intersection(a, b) : null;
  },
};
