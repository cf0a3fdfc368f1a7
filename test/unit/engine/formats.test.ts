import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measures } from '../../../src/engine/geo/measures';
import { cellFunctions } from '../../../src/engine/geo/cells';
import { decode, encode } from '../../../src/engine/routines/punycode';
import { cellAt, cellOf, centerOf, tokenOf } from '../../../src/engine/geo/s2';
import { coordinatesOf } from '../../../src/engine/geo/sphere';
import { fromWkt } from '../../../src/engine/geo/wkt';
import { parseXml } from '../../../src/engine/routines/xml';

/** Each line: a text, and what it is read as. */
function read(reader: (text: string) => unknown, lines: readonly (readonly [string, unknown])[]): void {
  for (const [text, expected] of lines) {
    it(text, () => {
      expect(reader(text)).toEqual(expected);
    });
  }
}

describe('parse_xml: the cases of the documentation', () => {
  read((text) => JSON.parse(parseXml(text) ?? '"none"') as unknown, [
    ['<e/>', { e: null }],
    ['<e>text</e>', { e: 'text' }],
    ['<e name="value" />', { e: { '@name': 'value' } }],
    ['<e name="value">text</e>', { e: { '@name': 'value', '#text': 'text' } }],
    ['<e> <a>text</a> <b>text</b> </e>', { e: { a: 'text', b: 'text' } }],
    ['<e> <a>text</a> <a>text</a> </e>', { e: { a: ['text', 'text'] } }],
    ['<e> text <a>text</a> </e>', { e: { '#text': 'text', a: 'text' } }],
    ['<?xml version="1.0"?><!-- c --><d><n>118.0</n></d>', { d: { n: 118 } }],
    ['<e>a &amp; b<![CDATA[<c>]]></e>', { e: 'a & b<c>' }],
    ['<e><a></e>', 'none'],
    ['no xml', 'none'],
    ['<a/><b/>', 'none'],
  ]);
});

describe('geo_from_wkt', () => {
  read((text) => JSON.parse(fromWkt(text) ?? '"none"') as unknown, [
    ['POINT (1 2)', { type: 'Point', coordinates: [1, 2] }],
    ['LINESTRING (1 2, 3 4)', { type: 'LineString', coordinates: [[1, 2], [3, 4]] }],
    ['POLYGON ((0 0, 2 0, 2 2, 0 0))', { type: 'Polygon', coordinates: [[[0, 0], [2, 0], [2, 2], [0, 0]]] }],
    ['MULTIPOINT ((1 1), (2 2))', { type: 'MultiPoint', coordinates: [[1, 1], [2, 2]] }],
    ['linestring z (1e1 -2.5 7, .5 3 7)', { type: 'LineString', coordinates: [[10, -2.5], [0.5, 3]] }],
    ['GEOMETRYCOLLECTION (POINT (1 1), MULTIPOLYGON (((0 0, 2 0, 2 2, 0 0))))', {
      type: 'GeometryCollection',
      geometries: [{ type: 'Point', coordinates: [1, 1] }, { type: 'MultiPolygon', coordinates: [[[[0, 0], [2, 0], [2, 2], [0, 0]]]] }],
    }],
    ['CIRCLE (1 2)', 'none'],
    ['POINT (1)', 'none'],
    ['POINT (200 1)', 'none'],
    ['POINT (1 2, 3 4)', 'none'],
    ['LINESTRING (1 2)', 'none'],
    ['POLYGON (0 0, 1 1, 1 0, 0 0)', 'none'],
    ['POINT (1 2) x', 'none'],
  ]);
});

describe('places', () => {
  it('measures a quarter of the equator', () => {
    expect(Number(measures['geo_distance_2points']?.('0', '0', '90', '0'))).toBeCloseTo((Math.PI / 2) * 6_371_010, 3);
  });
  it('refuses a latitude beyond the pole', () => {
    expect(measures['geo_distance_2points']?.('0', '91', '0', '0')).toBeNull();
  });
  it('finds a geohash cell again', () => {
    const place = fc.tuple(fc.double({ min: -179, max: 179, noNaN: true }), fc.double({ min: -89, max: 89, noNaN: true }));
    fc.assert(
      fc.property(place, fc.integer({ min: 1, max: 12 }), ([x, y], length) => {
        const hash = cellFunctions['geo_point_to_geohash']?.(String(x), String(y), String(length)) ?? '';
        const { coordinates } = JSON.parse(cellFunctions['geo_geohash_to_central_point']?.(hash) ?? '{}') as { coordinates: [number, number] };
        expect(cellFunctions['geo_point_to_geohash']?.(String(coordinates[0]), String(coordinates[1]), String(length))).toBe(hash);
      }),
    );
  });
  it('finds an S2 cell again', () => {
    const place = fc.tuple(fc.double({ min: -179, max: 179, noNaN: true }), fc.double({ min: -89, max: 89, noNaN: true }));
    fc.assert(
      fc.property(place, fc.integer({ min: 0, max: 24 }), (at, level) => {
        const token = tokenOf(cellAt(at, level));
        const cell = cellOf(token);
        expect(cell && tokenOf(cellAt(coordinatesOf(centerOf(cell)), level))).toBe(token);
      }),
    );
    expect(tokenOf(cellAt([-80.195829, 25.802215], 8))).toBe('88d9b');
  });
});

it('punycode comes back', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('a', 'b', 'é', '艺', 'ā', '😀', '1')).map((characters) => characters.join('')), (text) => {
      fc.pre(/[^a-z1]/u.test(text));
      expect(decode(encode(text))).toBe(text);
    }),
  );
  expect(encode('académie-française')).toBe('acadmie-franaise-npb1a');
});
