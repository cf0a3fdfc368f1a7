import { getHexagonAreaAvg, polygonToCells, UNITS } from 'h3-js';
import { type GeoFunctions, numberOf, placeOf, type Text, wholeNumber } from './arguments';
import { bufferOfLines, bufferOfPoint, bufferOfPolygons, offsetOf } from './buffer';
import { coveringOfLines, coveringOfPolygons } from './s2Covering';
import { densified } from './densify';
import { linesOf, type Parts, polygonsJson, polygonsOf, polygonsOfRings, withEachChain } from './geoJson';
import { FINEST } from './h3';
import { coordinatesOf, EARTH, vectorOf } from './sphere';
import { partsOf, regionOf } from './union';

const DEFAULT_TOLERANCE = 10;
const MOST_H3_CELLS = 61_680;
const [LEAST_STEP, MOST_STEP] = [0.1, 10_000];

const json = (tokens: readonly string[] | undefined): string | null => (tokens ? JSON.stringify(tokens) : null);

/** A radius that may be left out; undefined if it is not valid. */
function radiusOf(text: Text): number | undefined {
  const radius = text === undefined || text === null ? 0 : numberOf(text);
  return radius >= 0 ? radius : undefined;
}

function toleranceOf(text: Text): number {
  return text === undefined || text === null ? DEFAULT_TOLERANCE : numberOf(text);
}

/** The distance that an edge on the map may be from a geodesic. */
function stepOf(text: Text): number | undefined {
  const tolerance = toleranceOf(text);
  return tolerance >= LEAST_STEP && tolerance <= MOST_STEP ? tolerance : undefined;
}

function h3CellsIn(polygons: Parts['polygons'], level: number): string[] | undefined {
  const area = polygonsOfRings(polygons).reduce((sum, { shell }) => sum + shell.area, 0) * EARTH * EARTH;
  if (area / getHexagonAreaAvg(level, UNITS.m2) > 2 * MOST_H3_CELLS) return undefined;
  const onMap = polygons.map((rings) => rings.map((ring) => ring.map((corner) => [...coordinatesOf(corner)])));
  const distinct = [...new Set(onMap.flatMap((rings) => polygonToCells(rings, level, true)))];
  return distinct.length <= MOST_H3_CELLS ? distinct : undefined;
}

/** Coverings by cells, surroundings and geodesic chains of shapes, by name of the function. */
export const coveringFunctions: GeoFunctions = {
  geo_polygon_to_s2cells(polygon, level, radius) {
    const [region, depth, near] = [regionOf(polygon), wholeNumber(level, 11, 0, 30), radiusOf(radius)];
    return region && depth !== undefined && near !== undefined ? json(coveringOfPolygons(region, depth, near)) : null;
  },
  geo_line_to_s2cells(line, level, radius) {
    const [lines, depth, near] = [linesOf(line), wholeNumber(level, 11, 0, 30), radiusOf(radius)];
    return lines && depth !== undefined && near !== undefined ? json(coveringOfLines(lines, depth, near)) : null;
  },
  geo_polygon_to_h3cells(polygon, level, radius) {
    const [region, depth, near] = [regionOf(polygon), wholeNumber(level, 6, 0, FINEST), radiusOf(radius)];
    if (!region || depth === undefined || near === undefined) return null;
    const offset = offsetOf(near, DEFAULT_TOLERANCE);
    if (near > 0 && !offset) return null;
    return json(h3CellsIn(offset ? bufferOfPolygons(region, offset) : partsOf(region), depth));
  },
  geo_point_buffer(longitude, latitude, radius, tolerance) {
    const [point, offset] = [placeOf(longitude, latitude), offsetOf(numberOf(radius), toleranceOf(tolerance))];
    return point && offset ? polygonsJson(bufferOfPoint(vectorOf(point), offset)) : null;
  },
  geo_line_buffer(line, radius, tolerance) {
    const [lines, offset] = [linesOf(line), offsetOf(numberOf(radius), toleranceOf(tolerance))];
    return lines && offset ? polygonsJson(bufferOfLines(lines, offset)) : null;
  },
  geo_polygon_buffer(polygon, radius, tolerance) {
    const [region, offset] = [regionOf(polygon), offsetOf(numberOf(radius), toleranceOf(tolerance))];
    return region && offset ? polygonsJson(bufferOfPolygons(region, offset)) : null;
  },
  geo_line_densify(line, tolerance, crossing) {
    const step = stepOf(tolerance);
    return linesOf(line) && step !== undefined ? withEachChain(line, (points) => densified(points, step, crossing === 'true')) : null;
  },
  geo_polygon_densify(polygon, tolerance, crossing) {
    const step = stepOf(tolerance);
    return polygonsOf(polygon) && step !== undefined ? withEachChain(polygon, (ring) => densified(ring, step, crossing === 'true')) : null;
  },
};
