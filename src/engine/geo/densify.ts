import { type Coordinates, dot, EARTH, along, minus, size, type Vector, vectorOf } from './sphere';

/**
 * Lines that are straight on a map of longitudes and latitudes, as chains of geodesics: after Google's S2EdgeTessellator. The error
 * between an edge on the map and a geodesic is measured at two places of the edge and scaled so that it bounds the error everywhere.
 */
const PROBE = 0.31215691082248312;
const SCALE = 0.83829992569888509;
const TURN = 360;

interface Stop {
  readonly place: Coordinates;
  readonly point: Vector;
}

const stop = (place: Coordinates): Stop => ({ place, point: vectorOf(place) });

function between([x, y]: Coordinates, [otherX, otherY]: Coordinates, part: number): Coordinates {
  return [x + part * (otherX - x), y + part * (otherY - y)];
}

/** A longitude as a place has it. */
const within = (longitude: number): number => (Math.abs(longitude) <= TURN / 2 ? longitude : longitude - Math.sign(longitude) * TURN);

/** Straight distance through the sphere, as the error is compared with. */
function chordError(a: Stop, b: Stop, part: number): number {
  return size(minus(along(a.point, b.point, part), vectorOf(between(a.place, b.place, part))));
}

function isClose(a: Stop, b: Stop, chord: number): boolean {
  return dot(a.point, b.point) >= -1e-14 && Math.max(chordError(a, b, PROBE), chordError(a, b, 1 - PROBE)) <= chord;
}

function split(a: Stop, b: Stop, chord: number): Stop[] {
  if (isClose(a, b, chord)) return [b];
  const half = stop(between(a.place, b.place, 0.5));
  return [...split(a, half, chord), ...split(half, b, chord)];
}

/**
 * The corners of a line or a closed ring with those that are added between them; `tolerance` in metres. An edge goes between its ends as
 * it stands on the map, even the long way round the Earth; with `crossing` it takes the short way over the antimeridian.
 */
export function densified(points: readonly Coordinates[], tolerance: number, crossing: boolean): Coordinates[] {
  const chord = 2 * Math.sin((SCALE * tolerance) / EARTH / 2);
  const [first, ...others] = points.map(stop);
  if (!first) return [];
  let from = first;
  const found = [first];
  for (const { place, point } of others) {
    const around = crossing && Math.abs(place[0] - from.place[0]) > TURN / 2 ? Math.sign(from.place[0] - place[0]) * TURN : 0;
    for (const next of split(from, { place: [place[0] + around, place[1]], point }, chord)) found.push(next);
    from = { place, point };
  }
  return found.map(({ place: [longitude, latitude] }) => [within(longitude), latitude]);
}
