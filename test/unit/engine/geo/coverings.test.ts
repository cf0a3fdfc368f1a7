import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areaIn, call, json, line, number, type Place, polygon, type Shape, star } from './shapes';

const somewhere = fc.tuple(fc.double({ min: -170, max: 170, noNaN: true }), fc.double({ min: -80, max: 80, noNaN: true }));
function near(from: Place, to: number): fc.Arbitrary<Place> {
  const step = fc.double({ min: -to, max: to, noNaN: true });
  return fc.tuple(step, step).map(([x, y]): Place => [from[0] + x, from[1] + y]);
}

describe('S2 cells', () => {
  const region = polygon([[0, 0], [0, 50], [100, 50]]);
  it('counts cells as the documentation does', () => {
    expect((json('geo_polygon_to_s2cells', region, 5) as string[]).length).toBe(286);
    expect(call('geo_polygon_to_s2cells', region, 30)).toBeNull();
  });
  it('covers each point of a polygon, and what is within a radius of it', () => {
    const cases = near([10, 50], 20).chain((place) => fc.tuple(fc.constant(place), star(place, 1), near(place, 1.5)));
    fc.assert(
      fc.property(cases, ([, shape, [x, y]]) => {
        const distance = number('geo_distance_point_to_polygon', x, y, shape);
        const cell = call('geo_point_to_s2cell', x, y, 7);
        if (distance === 0) expect(json('geo_polygon_to_s2cells', shape, 7)).toContain(cell);
        expect(json('geo_polygon_to_s2cells', shape, 7, distance + 1)).toContain(cell);
      }),
      { numRuns: 40 },
    );
  });
  it('covers lines', () => {
    const cells = json('geo_line_to_s2cells', line([0, 0], [1, 1]), 8) as string[];
    for (const part of [0, 0.3, 0.7, 1]) {
      const { coordinates } = json('geo_line_interpolate_point', line([0, 0], [1, 1]), part) as { coordinates: Place };
      expect(cells).toContain(call('geo_point_to_s2cell', coordinates[0], coordinates[1], 8));
    }
    expect(cells).toEqual([...cells].sort());
  });
  it('have neighbours that have them as neighbours, also over the edges of the cube', () => {
    // Places at the corners and edges of the cube's faces, and anywhere.
    const edge = fc.tuple(fc.constantFrom(-135, -45, 45, 135, 10), fc.constantFrom(-35.2643, 35.2644, 0, 44.9, 45.1));
    fc.assert(
      fc.property(fc.oneof(somewhere, edge), fc.integer({ min: 1, max: 20 }), ([x, y], level) => {
        const cell = call('geo_point_to_s2cell', x, y, level) ?? '';
        const around = json('geo_s2cell_neighbors', cell) as string[];
        expect([7, 8]).toContain(around.length);
        for (const other of around) expect(json('geo_s2cell_neighbors', other)).toContain(cell);
      }),
    );
  });
  it.each([[-1], [31], [1.5]])('level %d is none', (level) => {
    expect(call('geo_polygon_to_s2cells', region, level)).toBeNull();
  });
});

describe('H3 cells', () => {
  it('are those whose centre is inside', () => {
    const shape = polygon([[-3.659, 40.553], [-3.913, 40.409], [-3.729, 40.273], [-3.524, 40.44]]);
    const cells = json('geo_polygon_to_h3cells', shape) as string[];
    expect(cells).toHaveLength(13);
    for (const cell of cells) {
      const { coordinates } = json('geo_h3cell_to_central_point', cell) as { coordinates: Place };
      expect(call('geo_point_in_polygon', ...coordinates, shape)).toBe('true');
    }
    expect((json('geo_polygon_to_h3cells', shape, 6, 5000) as string[]).length).toBeGreaterThan(13);
    expect(call('geo_polygon_to_h3cells', polygon([[0, 0], [50, 0], [50, 50]]), 15)).toBeNull();
  });
  it('have parents, children, neighbours and rings', () => {
    fc.assert(
      fc.property(somewhere, fc.integer({ min: 1, max: 14 }), ([x, y], level) => {
        const cell = call('geo_point_to_h3cell', x, y, level) ?? '';
        expect(call('geo_h3cell_level', cell)).toBe(String(level));
        expect(json('geo_h3cell_children', call('geo_h3cell_parent', cell))).toContain(cell);
        expect((json('geo_h3cell_rings', cell, 1) as string[][])[1]).toEqual(json('geo_h3cell_neighbors', cell));
      }),
      { numRuns: 40 },
    );
  });
  it.each([
    ['geo_h3cell_children', ['862a1072fffffff', 12]],
    ['geo_h3cell_children', ['862a1072fffffff', 5]],
    ['geo_h3cell_parent', ['862a1072fffffff', 7]],
    ['geo_h3cell_rings', ['862a1072fffffff', 143]],
    ['geo_h3cell_level', ['862a1072']],
    ['geo_point_to_h3cell', [0, 0, 16]],
  ])('%s(%j) is null', (name, args) => {
    expect(call(name, ...args)).toBeNull();
  });
});

describe('buffers', () => {
  it('a point has a circle around it, up to the tolerance', () => {
    const circle = json('geo_point_buffer', 10, 50, 1000, 1);
    expect(areaIn(circle) / (Math.PI * 1_000_000)).toBeCloseTo(1, 2);
    const wide = json('geo_point_buffer', 10, 50, 1000, 5000) as { coordinates: unknown[][] };
    expect(wide.coordinates[0]).toHaveLength(4);
  });
  it('a line has its length times the width, and a circle', () => {
    const path = line([10, 50], [10, 50.1]);
    const expected = number('geo_line_length', path) * 200 + Math.PI * 10_000;
    expect(areaIn(json('geo_line_buffer', path, 100, 0.1)) / expected).toBeCloseTo(1, 3);
  });
  it('holds what is within the radius and nothing else', () => {
    const cases = near([10, 50], 20).chain((place) => fc.tuple(star(place, 0.5), near(place, 1)));
    fc.assert(
      fc.property(cases, fc.integer({ min: 500, max: 20_000 }), ([shape, [x, y]], radius) => {
        const distance = number('geo_distance_point_to_polygon', x, y, shape);
        fc.pre(Math.abs(distance - radius) > radius / 100);
        const buffer = json('geo_polygon_buffer', shape, radius, radius / 200);
        expect(call('geo_point_in_polygon', x, y, buffer)).toBe(String(distance < radius));
      }),
      { numRuns: 60 },
    );
  });
  it('a ring around a hole may close it', () => {
    const holed = polygon([[0, 0], [1, 0], [1, 1], [0, 1]], [[0.4, 0.4], [0.6, 0.4], [0.6, 0.6], [0.4, 0.6]]);
    const rings = (shape: unknown): number => (shape as Shape & { coordinates: unknown[] }).coordinates.length;
    expect(rings(json('geo_polygon_buffer', holed, 5000))).toBe(2);
    expect(rings(json('geo_polygon_buffer', holed, 15_000))).toBe(1);
  });
  it('goes over the antimeridian and around a pole', () => {
    expect(areaIn(json('geo_point_buffer', 180, 0, 100_000)) / areaIn(json('geo_point_buffer', 0, 0, 100_000))).toBeCloseTo(1, 3);
    expect(call('geo_point_in_polygon', 0, 89.9, json('geo_line_buffer', line([0, 89], [180, 89]), 50_000))).toBe('true');
  });
  it('refuses more than it can', () => {
    expect(() => call('geo_point_buffer', 0, 0, 11_000_000)).toThrow('Not supported: a radius');
  });
  it.each([[0], [-1], ['null']])('radius %s is none', (radius) => {
    expect(call('geo_point_buffer', 10, 50, radius)).toBeNull();
    expect(call('geo_line_buffer', line([0, 0], [1, 1]), radius)).toBeNull();
  });
});

describe('more and fewer points', () => {
  it('densified lines stay straight on the map', () => {
    const { coordinates } = json('geo_line_densify', line([0, 60], [40, 60]), 100) as { coordinates: Place[] };
    expect(coordinates.length).toBeGreaterThan(10);
    expect(coordinates.every(([, latitude]) => latitude === 60)).toBe(true);
  });
  it('edges over the antimeridian go there only if they are to', () => {
    const path = line([179, 10], [-179, 10]);
    const longitudes = (crossing: boolean): number[] =>
      (json('geo_line_densify', path, 10, crossing) as { coordinates: Place[] }).coordinates.map(([longitude]) => longitude);
    expect(longitudes(true).every((longitude) => Math.abs(longitude) >= 179)).toBe(true);
    expect(longitudes(false)).toContain(0);
  });
  it('simplified shapes stay within the tolerance, their points further apart', () => {
    const wave = line(...Array.from({ length: 200 }, (_, index): Place => [index / 100, Math.sin(index / 20) / 20]));
    const simple = json('geo_line_simplify', wave, 2000) as { coordinates: Place[] };
    expect(simple.coordinates.length).toBeLessThan(40);
    for (const place of wave.coordinates as Place[]) expect(number('geo_distance_point_to_line', ...place, simple)).toBeLessThan(2200);
    simple.coordinates.slice(1).forEach((place, index) => {
      expect(number('geo_distance_2points', ...place, ...simple.coordinates[index]!)).toBeGreaterThanOrEqual(2000);
    });
  });
  it('nothing changes without a tolerance; what is too small goes', () => {
    const path = line([0, 0], [0.5, 0.1], [1, 0]);
    expect((json('geo_line_simplify', path, 0) as { coordinates: Place[] }).coordinates).toHaveLength(3);
    expect(call('geo_line_simplify', path, 500_000)).toBeNull();
    expect(call('geo_polygon_simplify', polygon([[0, 0], [0.01, 0], [0.01, 0.01]]), 5000)).toBeNull();
  });
  it('a long line keeps clear of a vertex that it does not go through', () => {
    // Its ends move towards a vertex by its middle that is a little too far away to be part of it.
    const hanging = [[33.3, 1.292], [34.3, 1.292], [33.8, 1.2905]].map(([x = 0, y = 0]): Place[] => [[x, y], [x, 0.8]]);
    const lines = { type: 'MultiLineString', coordinates: [[[33.3, 1.3], [34.3, 1.3]], ...hanging] };
    const { coordinates } = json('geo_line_simplify', lines, 1000) as { coordinates: Place[][] };
    const [long] = coordinates.sort((a, b) => b.length - a.length);
    expect(number('geo_distance_point_to_line', 33.8, 1.2905, line(...(long ?? [])))).toBeGreaterThan(500);
  });
  it('neighbours keep their common side', () => {
    const side = Array.from({ length: 21 }, (_, index): Place => [1 + Math.sin(index) / 1000, index / 20]);
    const west = polygon([[0, 0], ...side, [0, 1]]);
    const east = polygon([...side, [2, 1], [2, 0]].reverse() as Place[]);
    const simple = json('geo_simplify_polygons_array', [west, east], 1000) as { coordinates: Place[][][] };
    const corners = simple.coordinates.map(([shell]) => new Set(shell?.map(String)));
    expect([...(corners[0] ?? [])].filter((corner) => corners[1]?.has(corner)).length).toBeGreaterThanOrEqual(2);
    expect(areaIn(json('geo_intersection_2polygons', { type: 'Polygon', coordinates: simple.coordinates[0] }, { type: 'Polygon', coordinates: simple.coordinates[1] }))).toBe(0);
  });
});

describe('on the spheroid', () => {
  it('measures as Karney does', () => {
    // Wellington to Salamanca, the example of GeographicLib's documentation.
    expect(number('geo_distance_2points', 174.81, -41.32, -5.5, 40.96, true)).toBeCloseTo(19_959_679.267, 2);
    // A quarter of a meridian.
    expect(number('geo_distance_2points', 0, 0, 0, 90, true)).toBeCloseTo(10_001_965.729, 2);
  });
  it('locates where a line is nearest', () => {
    const path = line([0, 0], [1, 0], [1, 1]);
    const whole = number('geo_distance_2points', 0, 0, 1, 0, true) + number('geo_distance_2points', 1, 0, 1, 1, true);
    expect(number('geo_line_locate_point', path, 0.5, -0.2, true)).toBeCloseTo(number('geo_distance_2points', 0, 0, 0.5, 0, true) / whole, 6);
    expect(number('geo_line_locate_point', path, 0.5, -0.2)).toBeCloseTo(0.25, 6);
  });
});
