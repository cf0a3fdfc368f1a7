import { type GeoFunctions, numberOf, placeOf, type Text } from './arguments';
import { type Line, linesOf, pointJson, type Polygon } from './geoJson';
import { contain, edgesOfPolygons, unionOfLines } from './overlay';
import { distanceOnSpheroid, locateOnSpheroid } from './spheroid';
import { along, arc, azimuth, type Coordinates, EARTH, type Edge, edgesOfLines, minus, nearest, plus, size, times, unit, type Vector, vectorOf } from './sphere';
import { regionOf } from './union';

const samePlace = (a: Coordinates, b: Coordinates): boolean => a[0] === b[0] && a[1] === b[1];

const lengthOf = (edges: readonly Edge[]): number => edges.reduce((sum, [a, b]) => sum + arc(a, b), 0);
const metres = (angle: number): string => String(angle * EARTH);
const truth = (value: boolean): string => String(value);

/** The edges of a line, or of the union of several. */
function edgesOfUnion(json: Text): Edge[] | undefined {
  const lines = linesOf(json);
  return lines && edgesOfLines(lines.length === 1 ? lines : unionOfLines(lines));
}

/** The edges of lines, each for itself. */
function edgesIn(json: Text): Edge[] | undefined {
  const lines = linesOf(json);
  return lines && edgesOfLines(lines);
}

/** The edges of one line. */
function single(json: Text): Line | undefined {
  const lines = linesOf(json);
  return lines?.length === 1 ? lines[0] : undefined;
}

const holesArea = ({ holes }: Polygon): number => holes.reduce((sum, hole) => sum + hole.area, 0);
const areaOf = (polygons: readonly Polygon[]): number =>
  polygons.reduce((sum, polygon) => sum + polygon.shell.area - holesArea(polygon), 0);

function centroidOf(polygons: readonly Polygon[]): Vector {
  const moments = polygons.flatMap(({ shell, holes }) => [shell.moment, ...holes.map((hole) => times(hole.moment, -1))]);
  return unit(moments.reduce<Vector>((sum, moment) => plus(sum, moment), [0, 0, 0]));
}

function centroidOfEdges(edges: readonly Edge[]): Vector {
  const sum = edges.reduce<Vector>((all, [a, b]) => {
    const [difference, total] = [minus(a, b), plus(a, b)];
    return size(total) === 0 ? all : plus(all, times(total, size(difference) / size(total)));
  }, [0, 0, 0]);
  return unit(sum);
}

/** The nearest point of edges, and which edge it is on. */
function closest(point: Vector, edges: readonly Edge[]): { readonly at: Vector; readonly index: number; readonly distance: number } {
  let best = { at: point, index: -1, distance: Number.POSITIVE_INFINITY };
  edges.forEach(([a, b], index) => {
    const at = nearest(point, a, b);
    const distance = arc(point, at);
    if (distance < best.distance) best = { at, index, distance };
  });
  return best;
}

function interpolate(edges: readonly Edge[], part: number): Vector | undefined {
  let left = part * lengthOf(edges);
  for (const [a, b] of edges) {
    const length = arc(a, b);
    if (left <= length) return length === 0 ? a : along(a, b, left / length);
    left -= length;
  }
  return edges.at(-1)?.[1];
}

function locate(edges: readonly Edge[], point: Vector): number {
  const { at, index } = closest(point, edges);
  const start = edges[index]?.[0] ?? at;
  const length = lengthOf(edges);
  return length === 0 ? 0 : Math.min(1, (lengthOf(edges.slice(0, index)) + arc(start, at)) / length);
}

/** Measures on the sphere by name of the function. Null is what is no valid place or shape. */
export const measures: GeoFunctions = {
  geo_distance_2points(a, b, c, d, spheroid) {
    const [from, to] = [placeOf(a, b), placeOf(c, d)];
    if (!from || !to) return null;
    return spheroid === 'true' ? String(distanceOnSpheroid(from, to)) : metres(arc(vectorOf(from), vectorOf(to)));
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
    const limit = numberOf(radius);
    return point && center && limit >= 0 ? truth(arc(vectorOf(point), vectorOf(center)) * EARTH <= limit) : null;
  },
  geo_point_in_polygon(a, b, json) {
    const [point, polygons] = [placeOf(a, b), regionOf(json)];
    return point && polygons ? truth(contain(polygons, vectorOf(point))) : null;
  },
  geo_line_length(json) {
    const edges = edgesOfUnion(json);
    return edges ? metres(lengthOf(edges)) : null;
  },
  geo_line_centroid(json) {
    const edges = edgesOfUnion(json);
    return edges ? pointJson(centroidOfEdges(edges)) : null;
  },
  geo_line_interpolate_point(json, part) {
    const line = single(json);
    const fraction = numberOf(part);
    const point = line && fraction >= 0 && fraction <= 1 ? interpolate(edgesOfLines([line]), fraction) : undefined;
    return point ? pointJson(point) : null;
  },
  geo_line_locate_point(json, a, b, spheroid) {
    const [line, point] = [single(json), placeOf(a, b)];
    if (!line || !point) return null;
    return String(spheroid === 'true' ? locateOnSpheroid(line, point) : locate(edgesOfLines([line]), vectorOf(point)));
  },
  geo_polygon_area(json) {
    const polygons = regionOf(json);
    return polygons ? String(areaOf(polygons) * EARTH * EARTH) : null;
  },
  geo_polygon_perimeter(json) {
    const polygons = regionOf(json);
    return polygons ? metres(lengthOf(edgesOfPolygons(polygons))) : null;
  },
  geo_polygon_centroid(json) {
    const polygons = regionOf(json);
    return polygons ? pointJson(centroidOf(polygons)) : null;
  },
  geo_distance_point_to_line(a, b, json) {
    const [point, edges] = [placeOf(a, b), edgesIn(json)];
    return point && edges ? metres(closest(vectorOf(point), edges).distance) : null;
  },
  geo_distance_point_to_polygon(a, b, json) {
    const [point, polygons] = [placeOf(a, b), regionOf(json)];
    if (!point || !polygons) return null;
    const vector = vectorOf(point);
    return contain(polygons, vector) ? '0' : metres(closest(vector, edgesOfPolygons(polygons)).distance);
  },
  geo_closest_point_on_line(a, b, json) {
    const [point, edges] = [placeOf(a, b), edgesIn(json)];
    return point && edges ? pointJson(closest(vectorOf(point), edges).at) : null;
  },
  geo_closest_point_on_polygon(a, b, json) {
    const [point, polygons] = [placeOf(a, b), regionOf(json)];
    if (!point || !polygons) return null;
    const vector = vectorOf(point);
    return pointJson(contain(polygons, vector) ? point : closest(vector, edgesOfPolygons(polygons)).at);
  },
};
