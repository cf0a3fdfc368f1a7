import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HuntError } from '../../../src/common/errors';
import { parseDatetime } from '../../../src/engine/datetimeText';
import { parseTimespan } from '../../../src/engine/literalText';
import { datetimeText, timespanText } from '../../../src/engine/wire';
import { TestEngine } from './engine';

const engine = new TestEngine();
beforeAll(async () => {
  await engine.open();
  await engine.value('1');
}, 60_000);
afterAll(() => engine.close());

const runs = { numRuns: 15 };
const text = fc.string({ maxLength: 12, unit: 'grapheme' });
const literal = (value: string): string => JSON.stringify(value.replaceAll('\0', ''));
const rows = fc.array(fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: -9, max: 9 })), { minLength: 1, maxLength: 12 });
const table = (values: readonly (readonly [number, number])[]): string =>
  `datatable(k:long, n:long)[${values.map(([k, n]) => `${k}, ${n}`).join(', ')}]`;

async function count(query: string): Promise<number> {
  const [row] = await engine.rows(query);
  return Number(row?.[0]);
}

describe('literals read back', () => {
  it('datetimes', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 3_155_378_975_999_999_999n }), (ticks) => parseDatetime(datetimeText(ticks)) === ticks),
    );
  });
  it('timespans', () => {
    fc.assert(fc.property(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), (ticks) => parseTimespan(timespanText(ticks)) === ticks));
  });
  it('strings', async () => {
    await fc.assert(
      fc.asyncProperty(text, async (value) => {
        const clean = value.replaceAll('\0', '');
        expect(await engine.value(`strcat(${JSON.stringify(clean)}, "")`)).toBe(clean);
      }),
      runs,
    );
  }, 60_000);
});

describe('laws', () => {
  it('where commutes with project', async () => {
    await fc.assert(
      fc.asyncProperty(rows, async (values) => {
        const t = table(values);
        expect(await engine.rows(`${t} | where n > 0 | project n`)).toEqual(await engine.rows(`${t} | project n | where n > 0`));
      }),
      runs,
    );
  }, 60_000);
  it('the counts of a union add up', async () => {
    await fc.assert(
      fc.asyncProperty(rows, rows, async (a, b) => {
        expect(await count(`union (${table(a)}), (${table(b)}) | count`)).toBe(a.length + b.length);
      }),
      runs,
    );
  }, 60_000);
  it('semi and anti join part the rows', async () => {
    await fc.assert(
      fc.asyncProperty(rows, rows, async (a, b) => {
        const semi = await count(`${table(a)} | join kind=leftsemi (${table(b)}) on k | count`);
        const anti = await count(`${table(a)} | join kind=leftanti (${table(b)}) on k | count`);
        expect(semi + anti).toBe(a.length);
      }),
      runs,
    );
  }, 60_000);
  it('summarize after union is the merge', async () => {
    await fc.assert(
      fc.asyncProperty(rows, rows, async (a, b) => {
        const merged = await engine.sorted(`union (${table(a)}), (${table(b)}) | summarize sum(n) by k`);
        const parts = await engine.sorted(
          `union (${table(a)} | summarize n = sum(n) by k), (${table(b)} | summarize n = sum(n) by k) | summarize sum_n = sum(n) by k`,
        );
        expect(parts).toEqual(merged);
      }),
      runs,
    );
  }, 60_000);
});

describe('any text', () => {
  const pieces = fc.constantFrom(
    'T',
    '|',
    ' where ',
    ' project ',
    "'",
    '"',
    '(',
    ')',
    '[',
    ']',
    ';',
    '--',
    '/*',
    'let x = 1;',
    ' == ',
    'x',
    '5',
    '\\',
    '\0',
    '`',
    'dynamic(',
    ' join ',
    ' on ',
    '{',
    '}',
    '🦊',
    'print ',
    'strcat(',
    ',',
  );
  it('ends in an answer or an error of ours', () => {
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 14 }), (parts) => {
        try {
          engine.translate(parts.join(''));
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(HuntError);
          if (thrown instanceof HuntError) expect(thrown.data.kind).not.toBe('internal');
        }
      }),
      { numRuns: 150 },
    );
  }, 120_000);
  it('cannot leave a string', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom("'", "''", "\\'", '$$', '";', "'; DROP TABLE x; --", '--', '/*'), text, async (quote, rest) => {
        const value = `${quote}${rest}`.replaceAll('\0', '');
        expect(
          await engine.rows(
            `print x = ${literal(value)} | where x == ${literal(value)} | extend y = replace_string(x, ${literal(quote)}, "")`,
          ),
        ).toHaveLength(1);
      }),
      runs,
    );
  }, 60_000);
});
