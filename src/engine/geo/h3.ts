import { cellToBoundary, cellToChildren, cellToLatLng, cellToParent, getResolution, gridDisk, gridDiskDistances, isValidCell, latLngToCell } from 'h3-js';
import { type GeoFunctions, placeOf, type Text, wholeNumber } from './arguments';
import { pointJson } from './geoJson';

/** Levels of the H3 grid. */
export const FINEST = 15;
const MOST_RINGS = 142;
const MOST_GENERATIONS = 5;

function cellOf(token: Text): string | undefined {
  return token !== null && token !== undefined && isValidCell(token) ? token : undefined;
}

/** H3 cells by name of the function, on Uber's own library. */
export const h3Functions: GeoFunctions = {
  geo_point_to_h3cell(longitude, latitude, level) {
    const [place, resolution] = [placeOf(longitude, latitude), wholeNumber(level, 6, 0, FINEST)];
    return place && resolution !== undefined ? latLngToCell(place[1], place[0], resolution) : null;
  },
  geo_h3cell_to_central_point(token) {
    const cell = cellOf(token);
    if (cell === undefined) return null;
    const [latitude, longitude] = cellToLatLng(cell);
    return pointJson([longitude, latitude]);
  },
  geo_h3cell_to_polygon(token) {
    const cell = cellOf(token);
    return cell === undefined ? null : JSON.stringify({ type: 'Polygon', coordinates: [cellToBoundary(cell, true)] });
  },
  geo_h3cell_neighbors(token) {
    const cell = cellOf(token);
    return cell === undefined ? null : JSON.stringify(gridDisk(cell, 1).filter((other) => other !== cell));
  },
  geo_h3cell_rings(token, distance) {
    const [cell, rings] = [cellOf(token), wholeNumber(distance, Number.NaN, 0, MOST_RINGS)];
    return cell === undefined || rings === undefined ? null : JSON.stringify(gridDiskDistances(cell, rings));
  },
  geo_h3cell_children(token, level) {
    const cell = cellOf(token);
    if (cell === undefined) return null;
    const own = getResolution(cell);
    const wanted = wholeNumber(level, own + 1, Math.max(own, 1), Math.min(FINEST, own + MOST_GENERATIONS));
    return wanted === undefined ? null : JSON.stringify(cellToChildren(cell, wanted));
  },
  geo_h3cell_parent(token, level) {
    const cell = cellOf(token);
    if (cell === undefined) return null;
    const own = getResolution(cell);
    const wanted = wholeNumber(level, own - 1, 0, Math.min(own, FINEST - 1));
    return wanted === undefined ? null : cellToParent(cell, wanted);
  },
  geo_h3cell_level(token) {
    const cell = cellOf(token);
    return cell === undefined ? null : String(getResolution(cell));
  },
};
