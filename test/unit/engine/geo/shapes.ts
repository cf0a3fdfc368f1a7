import fc from 'fast-check';
import type { Text } from '../../../../src/engine/geo/arguments';
import { coveringFunctions } from '../../../../src/engine/geo/coverings';
import { cellFunctions } from '../../../../src/engine/geo/cells';
import { h3Functions } from '../../../../src/engine/geo/h3';
import { measures } from '../../../../src/engine/geo/measures';
import { operationFunctions } from '../../../../src/engine/geo/operations';

const functions = { ...measures, ...operationFunctions, ...coveringFunctions, ...cellFunctions, ...h3Functions };

/** Calls a function as SQL does: numbers as text, shapes as JSON. */
export function call(name: string, ...args: readonly unknown[]): string | null {
  const given = args.map((value): Text => (value === undefined ? undefined : typeof value === 'string' ? value : JSON.stringify(value)));
  const found = functions[name];
  if (!found) throw new Error(`no function ${name}`);
  return found(...given);
}

export const json = (name: string, ...args: readonly unknown[]): unknown => JSON.parse(call(name, ...args) ?? 'null');
export const number = (name: string, ...args: readonly unknown[]): number => Number(call(name, ...args));

export type Place = readonly [number, number];
export interface Shape {
  readonly type: string;
  readonly coordinates: unknown;
}

export const polygon = (...rings: readonly (readonly Place[])[]): Shape => ({
  type: 'Polygon',
  coordinates: rings.map((ring) => [...ring, ring[0]]),
});
export const polygons = (...parts: readonly Shape[]): Shape => ({ type: 'MultiPolygon', coordinates: parts.map(({ coordinates }) => coordinates) });
export const line = (...places: readonly Place[]): Shape => ({ type: 'LineString', coordinates: places });

/** Stars around a place: rings that never cross themselves. */
export function star(around: Place, size: number): fc.Arbitrary<Shape> {
  return fc.array(fc.double({ min: 0.3, max: 1, noNaN: true }), { minLength: 4, maxLength: 24 }).map((lengths) =>
    polygon(
      lengths.map((length, index): Place => {
        const angle = (2 * Math.PI * index) / lengths.length;
        const stretch = Math.cos((around[1] * Math.PI) / 180);
        return [around[0] + (size * length * Math.cos(angle)) / stretch, around[1] + size * length * Math.sin(angle)];
      }),
    ),
  );
}

/** Area of what is polygons in a shape or a collection. */
export function areaIn(shape: unknown): number {
  const { type, geometries } = shape as { type: string; geometries?: readonly unknown[] };
  if (geometries) return geometries.reduce<number>((sum, part) => sum + areaIn(part), 0);
  return type.endsWith('Polygon') ? number('geo_polygon_area', shape) : 0;
}
