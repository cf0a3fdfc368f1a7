import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestEngine } from './engine';

const engine = new TestEngine();
beforeAll(async () => {
  await engine.open();
  await engine.table('Words', 'datatable(s:string, w:string)["straße 10", "10", "Überbau", "bau", "日本10語", "10", "x😀y", "y", "a-b", "a", "éx y", "y"]');
}, 60_000);
afterAll(() => engine.close());

/**
 * "each string value is broken into maximal sequences of alphanumeric characters, and each of those sequences is made into a term"
 * (string operators): letters and digits of every script are alphanumeric, everything else ends a term.
 */
describe('terms', () => {
  const lines: readonly (readonly [expression: string, expected: boolean])[] = [
    ['"straße 10" has "10"', true],
    ['"straße10" has "10"', false],
    ['"STRASSE-10" has "strasse"', true],
    ['"Überbau" has "bau"', false],
    ['"Überbau" hassuffix "BAU"', true],
    ['"Über-bau" has "über"', true],
    ['"日本10語" has "10"', false],
    ['"日本 10 語" has "10"', true],
    ['"日本。10。語" has "10"', true],
    ['"x😀y" has "y"', true],
    ['"x😀y" hasprefix "y"', true],
    ['"éx" hasprefix "x"', false],
    ['"éx x" hasprefix "x"', true],
    ['"ab abc" has "abc"', true],
    ['"abd ab" has "ab"', true],
    ['"a.b" has "."', true],
    ['"a_b" has "b"', true],
    ['"Straße" has_cs "straße"', false],
    ['"日本10語 10" has_any ("9", "10")', true],
    ['"日本10語" has_any ("9", "10")', false],
    ['"日本10語 9" has_all ("9", "10")', false],
  ];
  for (const [expression, expected] of lines) it(expression, async () => expect(await engine.value(expression)).toBe(expected));

  it('are the same for a text that is not constant', async () => {
    expect(await engine.sorted('Words | where s has w | project s')).toEqual([['a-b'], ['straße 10'], ['x😀y'], ['éx y']]);
  });
  it('do not reach from one column into the next', async () => {
    expect(await engine.rows('Words | search "10 10" | count')).toEqual([[0]]);
    expect(await engine.rows('Words | search "日本*y" | count')).toEqual([[0]]);
  });
});

describe('a union of many columns', () => {
  const branch = (index: number): string =>
    `(print a${index} = ${index}, b${index} = "text ${index}", d${index % 7} = datetime(2024-05-06) + ${index} * 1d, j${index % 5} = dynamic({"n": ${index}}))`;
  const wide = `union withsource=From ${Array.from({ length: 120 }, (_, index) => branch(index)).join(', ')}`;

  it('gives every branch its own columns, and nothing in the others', async () => {
    const { columns, rows } = await engine.answer(`${wide} | where a17 == 17 or a80 == 80`);
    expect(columns).toHaveLength(1 + 240 + 7 + 5);
    const bags = rows.map((row) => Object.fromEntries(columns.flatMap(({ name }, index) => (row[index] === null || row[index] === '' ? [] : [[name, row[index]]]))));
    expect(bags.sort((left, right) => Number(left['a80'] ?? 0) - Number(right['a80'] ?? 0))).toEqual([
      { From: 'union_arg17', a17: 17, b17: 'text 17', d3: '2024-05-23T00:00:00.0000000Z', j2: '{"n":17}' },
      { From: 'union_arg80', a80: 80, b80: 'text 80', d3: '2024-07-25T00:00:00.0000000Z', j0: '{"n":80}' },
    ]);
  });
  it('counts the rows of all', async () => {
    expect(await engine.rows(`${wide} | summarize count(), countif(isnotempty(b5)), sum(a119)`)).toEqual([[120, 1, 119]]);
  });
});
