import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changesSide, crosses, isOrdered, turn } from '../../../../src/engine/geo/predicates';
import { isLeftSmaller, Ring } from '../../../../src/engine/geo/rings';
import { type Vector, vectorOf } from '../../../../src/engine/geo/sphere';

/** Places on few circles: many of them lie on one. */
const place = fc
  .tuple(fc.constantFrom(-180, -90, 0, 30, 45, 90, 120), fc.constantFrom(-90, -45, 0, 0, 10, 45))
  .map(([longitude, latitude]) => vectorOf([longitude, latitude]));

describe('turns', () => {
  it('are the same from each of three points, and opposite the other way', () => {
    fc.assert(
      fc.property(place, place, place, (a, b, c) => {
        const found = turn(a, b, c);
        expect(turn(b, c, a)).toBe(found);
        expect(turn(c, b, a)).toBe(found === 0 ? 0 : -found);
        const isSame = [a, b, c].some((point, index, all) => all.findIndex((other) => String(other) === String(point)) !== index);
        expect(found === 0).toBe(isSame);
      }),
    );
  });
  it('knows left from right', () => {
    expect(turn([1, 0, 0], [0, 1, 0], [0, 0, 1])).toBe(1);
    expect(isOrdered([1, 0, 0], [0, 1, 0], [-1, 0, 0], [0, 0, 1])).toBe(true);
  });
});

describe('crossings', () => {
  it('do not depend on the direction or the order of edges', () => {
    fc.assert(
      fc.property(place, place, place, place, (a, b, c, d) => {
        const found = crosses(a, b, c, d);
        expect(crosses(b, a, c, d)).toBe(found);
        expect(crosses(c, d, a, b)).toBe(found);
      }),
    );
  });
  it('two closed paths change sides an even number of times', () => {
    const path = fc.uniqueArray(place, { minLength: 3, maxLength: 6, selector: String });
    const edges = (ring: Vector[]): [Vector, Vector][] => ring.map((from, index) => [from, ring[(index + 1) % ring.length]!]);
    const isOpposite = ([a, b]: [Vector, Vector]): boolean => a.every((value, axis) => Math.abs(value + b[axis]!) < 1e-9);
    fc.assert(
      fc.property(path, path, (one, other) => {
        fc.pre(![...edges(one), ...edges(other)].some(isOpposite));
        const count = edges(one).flatMap(([a, b]) => edges(other).filter(([c, d]) => changesSide(a, b, c, d))).length;
        expect(count % 2).toBe(0);
      }),
    );
  });
});

describe('rings', () => {
  const corners = [[0, 0], [10, 0], [10, 10], [0, 10]].map(([x = 0, y = 0]) => vectorOf([x, y]));
  it('hold the smaller region whichever way they run', () => {
    for (const ring of [Ring.around(corners), Ring.around([...corners].reverse())]) {
      expect(ring.holds(vectorOf([5, 5]))).toBe(true);
      expect(ring.holds(vectorOf([15, 5]))).toBe(false);
      expect(ring.holds(vectorOf([-175, -5]))).toBe(false);
    }
    expect(isLeftSmaller(corners)).toBe(true);
  });
  it('of neighbours, one holds each point of the common edge', () => {
    const east = Ring.around([[10, 0], [20, 0], [20, 10], [10, 10]].map(([x = 0, y = 0]) => vectorOf([x, y])));
    const west = Ring.around(corners);
    for (const latitude of [0.5, 1, 5, 7.25]) {
      const point = vectorOf([10, latitude]);
      expect([west.holds(point), east.holds(point)].filter(Boolean)).toHaveLength(1);
    }
  });
  it('have the area of their part of the sphere', () => {
    expect(Ring.around([[0, 0], [90, 0], [0, 90]].map(([x = 0, y = 0]) => vectorOf([x, y]))).area).toBeCloseTo(Math.PI / 2, 12);
  });
});
