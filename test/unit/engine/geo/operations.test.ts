import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areaIn, call, json, line, polygon, polygons, star } from './shapes';

const square = polygon([[0, 0], [2, 0], [2, 2], [0, 2]]);
const inside = polygon([[0.5, 0.5], [1, 0.5], [1, 1], [0.5, 1]]);
const apart = polygon([[10, 10], [11, 10], [11, 11]]);
const beside = polygon([[2, 0], [4, 0], [4, 2], [2, 2]]);
const atCorner = polygon([[2, 2], [3, 2], [3, 3]]);
const nothing = { type: 'GeometryCollection', geometries: [] };

/** The same with coordinates rounded: they pass through points in space. */
function rounded(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_key, item: unknown) => (typeof item === 'number' ? Math.round(item * 1e9) / 1e9 + 0 : item)) as unknown;
}

describe('intersections', () => {
  it.each([
    ['a shape in another', inside, inside],
    ['shapes apart', apart, nothing],
    ['shapes with a side in common', beside, line([2, 2], [2, 0])],
    ['shapes with a corner in common', atCorner, { type: 'Point', coordinates: [2, 2] }],
  ])('%s', (_name, other, expected) => {
    expect(rounded(json('geo_intersection_2polygons', square, other))).toEqual(expected);
    expect(call('geo_intersects_2polygons', square, other)).toBe(String(expected !== nothing));
  });

  it('a hole is not in common', () => {
    const holed = { type: 'Polygon', coordinates: [(square.coordinates as unknown[])[0], (inside.coordinates as unknown[])[0]] };
    expect(areaIn(json('geo_intersection_2polygons', square, holed))).toBeCloseTo(areaIn(square) - areaIn(inside), 0);
    expect(call('geo_intersects_2polygons', holed, polygon([[0.6, 0.6], [0.9, 0.6], [0.9, 0.9]]))).toBe('false');
  });

  it('lines: a point, a stretch, several, none', () => {
    const across = line([0, 0], [2, 2]);
    expect(json('geo_intersection_2lines', across, line([0, 2], [2, 0]))).toMatchObject({ type: 'Point' });
    expect(rounded(json('geo_intersection_2lines', line([0, 0], [0, 1], [0, 2]), line([0, 1], [0, 2], [1, 2])))).toEqual(line([0, 1], [0, 2]));
    expect(json('geo_intersection_2lines', line([0, 0], [3, 0]), line([1, -1], [1, 1], [2, 1], [2, -1]))).toMatchObject({ type: 'MultiPoint' });
    expect(json('geo_intersection_2lines', across, line([5, 5], [6, 5]))).toEqual(nothing);
  });

  it('a line through a shape, along its side, and from its corner outwards', () => {
    expect(json('geo_intersection_line_with_polygon', line([-1, 1], [3, 1]), square)).toMatchObject({ type: 'LineString' });
    expect(rounded(json('geo_intersection_line_with_polygon', line([0, 0], [0, 2]), square))).toEqual(line([0, 0], [0, 2]));
    expect(rounded(json('geo_intersection_line_with_polygon', line([2, 2], [3, 3]), square))).toEqual({ type: 'Point', coordinates: [2, 2] });
  });
});

describe('unions', () => {
  it('joins neighbours, keeps what is apart, and leaves holes', () => {
    // A ring starts after the last edge of the input that is left in it: here the upper one of the second square.
    expect(rounded(json('geo_union_polygons_array', [square, beside]))).toEqual(polygon([[2, 2], [0, 2], [0, 0], [2, 0], [4, 0], [4, 2]]));
    expect(json('geo_union_polygons_array', [square, apart])).toMatchObject({ type: 'MultiPolygon' });
    // Four bars around a place.
    const bars = [
      polygon([[0, 0], [3, 0], [3, 1], [0, 1]]),
      polygon([[0, 2], [3, 2], [3, 3], [0, 3]]),
      polygon([[0, 0], [1, 0], [1, 3], [0, 3]]),
      polygon([[2, 0], [3, 0], [3, 3], [2, 3]]),
    ];
    expect((json('geo_union_polygons_array', bars) as { coordinates: unknown[] }).coordinates).toHaveLength(2);
  });

  it('counts what overlapping polygons have in common once', () => {
    const shifted = polygon([[1, 0], [3, 0], [3, 2], [1, 2]]);
    const common = areaIn(json('geo_intersection_2polygons', square, shifted));
    expect(areaIn(polygons(square, shifted))).toBeCloseTo(areaIn(square) + areaIn(shifted) - common, 0);
  });

  it('lines that share a stretch have it once', () => {
    expect(rounded(json('geo_union_lines_array', [line([0, 0], [1, 0], [2, 0]), line([1, 0], [2, 0], [3, 1])]))).toEqual(line([0, 0], [1, 0], [2, 0], [3, 1]));
  });
});

describe('the law of areas: a union and an intersection are together as large as both shapes', () => {
  it.each([0.001, 0.5, 6])('%d degrees', (size) => {
    const place = fc.tuple(fc.double({ min: -120, max: 120, noNaN: true }), fc.double({ min: -60, max: 60, noNaN: true }));
    const pair = place.chain(([x, y]) => fc.tuple(star([x, y], size), star([x + size / 2, y + size / 3], size)));
    fc.assert(
      fc.property(pair, ([a, b]) => {
        const both = areaIn(json('geo_union_polygons_array', [a, b])) + areaIn(json('geo_intersection_2polygons', a, b));
        expect(both / (areaIn(a) + areaIn(b))).toBeCloseTo(1, 6);
      }),
      { numRuns: 60 },
    );
  });
});

describe('what is no valid shape gives null', () => {
  it.each([
    ['a corner that comes twice', polygon([[0, 0], [1, 1], [2, 0], [1, 1]])],
    ['a ring that crosses itself', polygon([[0, 0], [2, 2], [2, 0], [0, 2]])],
    ['a hole that crosses its shell', polygon([[0, 0], [2, 0], [2, 2], [0, 2]], [[1, 1], [3, 1], [1, 1.5]])],
    ['a ring that is not closed', { type: 'Polygon', coordinates: [[[0, 0], [1, 0], [1, 1], [0, 1]]] }],
    ['a longitude that is none', polygon([[0, 0], [181, 0], [1, 1]])],
    ['an edge of half a turn', polygon([[0, 0], [180, 0], [1, 1]])],
    ['a line', line([0, 0], [1, 1])],
    ['no GeoJSON', { a: 1 }],
  ])('%s', (_name, shape) => {
    expect(call('geo_polygon_area', shape)).toBeNull();
    expect(call('geo_union_polygons_array', [square, shape])).toBeNull();
    expect(call('geo_intersects_2polygons', square, shape)).toBeNull();
  });
});

it.each([
  ['one place', line([0, 0])],
  ['the same place twice', line([0, 0], [0, 0])],
  ['opposite places', line([0, 0], [180, 0])],
  ['a polygon', square],
])('%s is no line', (_name, shape) => {
  expect(call('geo_line_length', shape)).toBeNull();
  expect(call('geo_line_buffer', shape, 10)).toBeNull();
  expect(call('geo_union_lines_array', [line([0, 0], [1, 1]), shape])).toBeNull();
});
