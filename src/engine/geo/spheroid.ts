import geographic from 'geographiclib-geodesic/geographiclib-geodesic.min.js';
import { type Coordinates, coordinatesOf, type Vector } from './sphere';

const { WGS84 } = geographic.Geodesic;

/** Distance on the WGS-84 spheroid, metres. */
export function distanceOnSpheroid([longitude, latitude]: Coordinates, [otherLongitude, otherLatitude]: Coordinates): number {
  return WGS84.Inverse(latitude, longitude, otherLatitude, otherLongitude).s12 ?? 0;
}

/** Golden section: each step keeps this part of what is searched. */
const GOLDEN = (Math.sqrt(5) - 1) / 2;
const STEPS = 60;

interface Nearest {
  readonly along: number;
  readonly length: number;
  readonly distance: number;
}

/** How far along a geodesic of the spheroid the point nearest to another is, and how far away. */
function nearestOn(from: Coordinates, to: Coordinates, point: Coordinates): Nearest {
  const path = WGS84.InverseLine(from[1], from[0], to[1], to[0]);
  const length = distanceOnSpheroid(from, to);
  const away = (metres: number): number => {
    const { lat2 = 0, lon2 = 0 } = path.Position(metres);
    return distanceOnSpheroid([lon2, lat2], point);
  };
  let [low, high] = [0, length];
  for (let step = 0; step < STEPS; step++) {
    const width = (high - low) * GOLDEN;
    if (away(high - width) <= away(low + width)) high = low + width;
    else low = high - width;
  }
  const candidates = [0, (low + high) / 2, length].map((along) => ({ along, length, distance: away(along) }));
  return candidates.reduce((best, next) => (next.distance < best.distance ? next : best));
}

/** The part of a line's length at which the point nearest to another lies; its edges are geodesics of the spheroid. */
export function locateOnSpheroid(line: readonly Vector[], point: Coordinates): number {
  const places = line.map(coordinatesOf);
  let [before, found, best] = [0, 0, Number.POSITIVE_INFINITY];
  places.slice(1).forEach((to, index) => {
    const { along, length, distance } = nearestOn(places[index] ?? to, to, point);
    if (distance < best) [found, best] = [before + along, distance];
    before += length;
  });
  return before === 0 ? 0 : found / before;
}
