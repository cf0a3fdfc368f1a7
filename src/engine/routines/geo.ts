import { cellFunctions } from '../geo/cells';
import type { GeoFunction } from '../geo/arguments';
import { coveringFunctions } from '../geo/coverings';
import { h3Functions } from '../geo/h3';
import { measures } from '../geo/measures';
import { operationFunctions } from '../geo/operations';
import { fromWkt } from '../geo/wkt';
import { routine, type Routine } from './routine';

const functions: ReadonlyMap<string, GeoFunction> = new Map([
  ...Object.entries(measures),
  ...Object.entries(operationFunctions),
  ...Object.entries(cellFunctions),
  ...Object.entries(coveringFunctions),
  ...Object.entries(h3Functions),
  ['geo_from_wkt', (text) => fromWkt(text ?? '')],
]);

/** Names of the geospatial functions that are computed. */
export const geoNames: readonly string[] = [...functions.keys()];

/** One routine for all geospatial functions: the name, then up to six arguments; a null one was left out, the text `null` is a null. */
export const geoRoutines: readonly Routine[] = [
  routine('geo', 7, (name, ...args) => functions.get(name ?? '')?.(...args.map((argument) => argument ?? undefined)) ?? null),
];
