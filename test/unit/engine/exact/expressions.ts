import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WireValue } from '../../../../src/common/kqlTypes';
import { TestEngine } from '../engine';

/** An expression and its value as it travels: datetimes and timespans as text, dynamic values as JSON. */
export type Line = readonly [expression: string, expected: WireValue];

/** An engine for the tests of one file. */
export function openEngine(): TestEngine {
  const engine = new TestEngine();
  beforeAll(async () => {
    await engine.open();
    // Loads the language, which takes longer than a test may.
    await engine.value('1');
  });
  afterAll(() => engine.close());
  return engine;
}

/** One test a line. */
export function values(engine: TestEngine, title: string, lines: readonly Line[]): void {
  describe(title, () => {
    for (const [expression, expected] of lines) {
      it(`${expression} is ${JSON.stringify(expected)}`, async () => {
        expect(await engine.value(expression)).toEqual(expected);
      });
    }
  });
}
