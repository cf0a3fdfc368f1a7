import { type Parts, type Polygon, polygonsOf, polygonsOfRings, ringsOf } from './geoJson';
import { contain, edgesOfPolygons, unionOfTwo } from './overlay';
import { someNearPair } from './nearPairs';
import { crosses } from './predicates';
import type { Text } from './arguments';

const sizeOf = (polygons: readonly Polygon[]): number =>
  polygons.flatMap(({ shell, holes }) => [shell, ...holes]).reduce((sum, { corners }) => sum + corners.length, 0);

/** Polygons as one region: the two smallest are united until one is left, as S2 does. */
export function united(regions: readonly (readonly Polygon[])[]): readonly Polygon[] {
  const left = regions.map((polygons, index) => ({ polygons, size: sizeOf(polygons), index }));
  let last = left.length;
  while (left.length > 1) {
    left.sort((a, b) => a.size - b.size || a.index - b.index);
    const [a, b] = left.splice(0, 2);
    if (!a || !b) break;
    const polygons = polygonsOfRings(unionOfTwo(a.polygons, b.polygons));
    // As if no corner were lost: that is how S2 counts, and the order of the corners depends on it.
    left.push({ polygons, size: a.size + b.size, index: ++last });
  }
  return left[0]?.polygons ?? [];
}

/** Do the boundaries or the insides of two polygons have a point in common? Corners that touch count. */
function overlap(a: Polygon, b: Polygon): boolean {
  const [first, second] = [edgesOfPolygons([a]), edgesOfPolygons([b])];
  const meet = someNearPair(first, second, 0, (one, other) => {
    const [[p, q], [r, s]] = [first[one] ?? [], second[other] ?? []];
    return p !== undefined && q !== undefined && r !== undefined && s !== undefined && crosses(p, q, r, s);
  });
  const [cornerOfA, cornerOfB] = [a.shell.corners[0], b.shell.corners[0]];
  return meet || (cornerOfA !== undefined && contain([b], cornerOfA)) || (cornerOfB !== undefined && contain([a], cornerOfB));
}

/** Regions of polygons that were read before. */
const regions = new WeakMap<readonly Polygon[], readonly Polygon[]>();

/** The region of a polygon or of several, which are united where they overlap. */
export function regionOf(json: Text): readonly Polygon[] | undefined {
  const polygons = polygonsOf(json);
  if (!polygons || polygons.length === 1) return polygons;
  const known = regions.get(polygons);
  if (known) return known;
  const overlaps = polygons.some((polygon, index) => polygons.slice(index + 1).some((other) => overlap(polygon, other)));
  const region = overlaps ? united(polygons.map((polygon) => [polygon])) : polygons;
  regions.set(polygons, region);
  return region;
}

export const partsOf = (polygons: readonly Polygon[]): Parts['polygons'] => polygons.map(ringsOf);
