import { geoCells } from '../geo/cells';
import { geoMeasures } from '../geo/measures';
import { routine, type Routine } from './routine';
import { fromWkt } from '../geo/wkt';

const functions: ReadonlyMap<string, (...args: readonly (string | null | undefined)[]) => string | null> = new Map([
  ...Object.entries(geoMeasures),
  ...Object.entries(geoCells),
  ['geo_from_wkt', (text) => fromWkt(text ?? '')],
]);

/** Names of the geospatial functions that are computed. */
export const geoNames: readonly string[] = [...functions.keys()];

/** One routine for all geospatial functions: the name, then up to six arguments. */
export const geoRoutines: readonly Routine[] = [routine('geo', 7, (name, ...args) => functions.get(name ?? '')?.(...args) ?? null)];
