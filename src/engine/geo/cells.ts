import { type GeoFunctions, placeOf, wholeNumber } from './arguments';
import { pointJson, polygonsJson } from './geoJson';
import { cellAt, cellOf, centerOf, cornersOf, neighborsOf, tokenOf } from './s2';
import type { Coordinates } from './sphere';

const alphabet = '0123456789bcdefghjkmnpqrstuvwxyz';

/** Most characters of a geohash. */
const LONGEST = 18;

interface Box {
  readonly west: number;
  readonly east: number;
  readonly south: number;
  readonly north: number;
}

function boxOf(hash: string): Box | undefined {
  if (hash.length === 0 || hash.length > LONGEST) return undefined;
  let [west, east, south, north] = [-180, 180, -90, 90];
  let isLongitude = true;
  for (const character of hash.toLowerCase()) {
    const bits = alphabet.indexOf(character);
    if (bits < 0) return undefined;
    for (let mask = 16; mask > 0; mask >>= 1) {
      const upper = (bits & mask) !== 0;
      if (isLongitude) {
        const middle = (west + east) / 2;
        if (upper) west = middle;
        else east = middle;
      } else {
        const middle = (south + north) / 2;
        if (upper) south = middle;
        else north = middle;
      }
      isLongitude = !isLongitude;
    }
  }
  return { west, east, south, north };
}

const middleOf = ({ west, east, south, north }: Box): Coordinates => [(west + east) / 2, (south + north) / 2];

function hashOf([longitude, latitude]: Coordinates, length: number): string {
  let [west, east, south, north] = [-180, 180, -90, 90];
  let isLongitude = true;
  let hash = '';
  while (hash.length < length) {
    let bits = 0;
    for (let bit = 0; bit < 5; bit++) {
      const [low, high, value] = isLongitude ? [west, east, longitude] : [south, north, latitude];
      const middle = (low + high) / 2;
      const upper = value >= middle;
      bits = bits * 2 + (upper ? 1 : 0);
      if (isLongitude) [west, east] = upper ? [middle, east] : [west, middle];
      else [south, north] = upper ? [middle, north] : [south, middle];
      isLongitude = !isLongitude;
    }
    hash += alphabet.charAt(bits);
  }
  return hash;
}

/** Geohash and S2 cells by name of the function. */
export const cellFunctions: GeoFunctions = {
  geo_point_to_geohash(longitude, latitude, accuracy) {
    const [place, length] = [placeOf(longitude, latitude), wholeNumber(accuracy, 5, 1, LONGEST)];
    return place && length !== undefined ? hashOf(place, length) : null;
  },
  geo_geohash_to_central_point(hash) {
    const box = boxOf(hash ?? '');
    return box ? pointJson(middleOf(box)) : null;
  },
  geo_geohash_to_polygon(hash) {
    const box = boxOf(hash ?? '');
    if (!box) return null;
    const { west, east, south, north } = box;
    const corners = [[west, south], [east, south], [east, north], [west, north], [west, south]];
    return JSON.stringify({ type: 'Polygon', coordinates: [corners] });
  },
  geo_geohash_neighbors(hash) {
    const box = boxOf(hash ?? '');
    if (!box || !hash) return null;
    const [width, height] = [box.east - box.west, box.north - box.south];
    const [x, y] = middleOf(box);
    const wrapped = (longitude: number): number => (longitude > 180 ? longitude - 360 : longitude < -180 ? longitude + 360 : longitude);
    const around = [[-1, -1], [-1, 1], [1, -1], [0, 1], [-1, 0], [1, 1], [1, 0], [0, -1]] as const;
    const places = around.map(([east, north]) => [wrapped(x + east * width), y + north * height] as const);
    const cells = places.filter(([, latitude]) => Math.abs(latitude) <= 90);
    return JSON.stringify([...new Set(cells.map((place) => hashOf(place, hash.length)))]);
  },
  geo_point_to_s2cell(longitude, latitude, accuracy) {
    const [place, level] = [placeOf(longitude, latitude), wholeNumber(accuracy, 11, 0, 30)];
    return place && level !== undefined ? tokenOf(cellAt(place, level)) : null;
  },
  geo_s2cell_to_central_point(token) {
    const cell = cellOf(token ?? '');
    return cell ? pointJson(centerOf(cell)) : null;
  },
  geo_s2cell_to_polygon(token) {
    const cell = cellOf(token ?? '');
    if (!cell) return null;
    return polygonsJson([[cornersOf(cell)]]);
  },
  geo_s2cell_neighbors(token) {
    const cell = cellOf(token ?? '');
    return cell ? JSON.stringify(neighborsOf(cell)) : null;
  },
};
