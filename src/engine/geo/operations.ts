import { type GeoFunction, type GeoFunctions } from './arguments';
import { itemsOf, linesJson, linesOf, polygonsJson, shapeJson } from './geoJson';
import { intersectionOfLineAndPolygon, intersectionOfLines, intersectionOfPolygons, unionOfLines } from './overlay';
import { partsOf, regionOf, united } from './union';

/** All items as `read` takes them, or undefined when one is not valid. */
function all<T>(items: readonly string[] | undefined, read: (json: string) => T | undefined): T[] | undefined {
  const found = items?.map(read);
  return found?.every((item) => item !== undefined) ? found : undefined;
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
  geo_union_lines_array(array) {
    const lines = all(itemsOf(array), linesOf);
    return lines ? linesJson(unionOfLines(lines.flat())) : null;
  },
  geo_union_polygons_array(array) {
    const regions = all(itemsOf(array), regionOf);
    return regions ? polygonsJson(partsOf(united(regions))) : null;
  },
};
