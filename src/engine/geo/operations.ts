import { type GeoFunction, type GeoFunctions, numberOf, type Text } from './arguments';
import { itemsOf, linesJson, linesOf, polygonsJson, shapeJson } from './geoJson';
import { intersectionOfLineAndPolygon, intersectionOfLines, intersectionOfPolygons, unionOfLines } from './overlay';
import { simplifiedLines, simplifiedRegions } from './simplify';
import { EARTH } from './sphere';
import { partsOf, regionOf, united } from './union';

/** All items as `read` takes them, or undefined when one is not valid. */
function all<T>(items: readonly string[] | undefined, read: (json: string) => T | undefined): T[] | undefined {
  const found = items?.map(read);
  return found?.every((item) => item !== undefined) ? found : undefined;
}

/** Simplified shapes keep a distance between vertices; 70 degrees are the most that S2's builder takes. Metres. */
const FARTHEST = (70 / 180) * Math.PI * EARTH;
const [LEAST, MOST] = [0.1, 10_000];

function toleranceOf(text: Text, least: number, most: number): number | undefined {
  const tolerance = text === undefined || text === null ? 10 : numberOf(text);
  return tolerance >= least && tolerance <= most ? tolerance : undefined;
}

const isAny = (json: string | null): string | null => (json === null ? null : String(json !== NOTHING));
const NOTHING = shapeJson({ points: [], lines: [], polygons: [] });

const operations = {
  lines: (first, second) => {
    const [a, b] = [linesOf(first), linesOf(second)];
    return a && b ? shapeJson(intersectionOfLines(a, b)) : null;
  },
  polygons: (first, second) => {
    const [a, b] = [regionOf(first), regionOf(second)];
    return a && b ? shapeJson(intersectionOfPolygons(a, b)) : null;
  },
  mixed: (line, polygon) => {
    const [a, b] = [linesOf(line), regionOf(polygon)];
    return a && b ? shapeJson(intersectionOfLineAndPolygon(a, b)) : null;
  },
} satisfies Record<string, GeoFunction>;

/** Unions and intersections by name of the function. */
export const operationFunctions: GeoFunctions = {
  geo_intersection_2lines: operations.lines,
  geo_intersection_2polygons: operations.polygons,
  geo_intersection_line_with_polygon: operations.mixed,
  geo_intersects_2lines: (first, second) => isAny(operations.lines(first, second)),
  geo_intersects_2polygons: (first, second) => isAny(operations.polygons(first, second)),
  geo_intersects_line_with_polygon: (line, polygon) => isAny(operations.mixed(line, polygon)),
  geo_line_simplify(line, distance) {
    const [lines, tolerance] = [linesOf(line), toleranceOf(distance, 0, FARTHEST)];
    const simple = lines && tolerance !== undefined ? simplifiedLines(unionOfLines(lines), tolerance) : [];
    return simple.length > 0 ? linesJson(simple) : null;
  },
  geo_polygon_simplify(polygon, distance) {
    const [region, tolerance] = [regionOf(polygon), toleranceOf(distance, LEAST, MOST)];
    const simple = region && tolerance !== undefined ? simplifiedRegions([region], tolerance) : [];
    return simple.length > 0 ? polygonsJson(simple) : null;
  },
  geo_simplify_polygons_array(array, distance) {
    const [regions, tolerance] = [all(itemsOf(array), regionOf), toleranceOf(distance, 0, FARTHEST)];
    const simple = regions && tolerance !== undefined ? simplifiedRegions(regions, tolerance) : [];
    return simple.length > 0 ? polygonsJson(simple) : null;
  },
  geo_union_lines_array(array) {
    const lines = all(itemsOf(array), linesOf);
    return lines ? linesJson(unionOfLines(lines.flat())) : null;
  },
  geo_union_polygons_array(array) {
    const regions = all(itemsOf(array), regionOf);
    return regions ? polygonsJson(partsOf(united(regions))) : null;
  },
};
