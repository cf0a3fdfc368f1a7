import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestEngine } from './engine';

const engine = new TestEngine();
beforeAll(async () => {
  await engine.open();
  // Failures: most of the "NO" ones are Hail without damage to crops; of the others most are Wind.
  await engine.table(
    'Events',
    `datatable(State:string, Type:string, Damage:string, Crops:int)[
      "TX", "Hail", "NO", 0, "TX", "Hail", "NO", 0, "KS", "Hail", "NO", 0, "NE", "Hail", "NO", 0, "KS", "Wind", "NO", 0,
      "OK", "Wind", "YES", 5, "TX", "Wind", "YES", 5, "IA", "Flood", "YES", 0]`,
  );
}, 60_000);
afterAll(() => engine.close());

describe('basket', () => {
  it('gives patterns that are frequent and that no further value fits: every NO has Crops 0, so NO alone is none', async () => {
    expect(await engine.rows('Events | evaluate basket(0.3)')).toEqual([
      [0, 6, 75, '', '', '', 0],
      [1, 5, 62.5, '', '', 'NO', 0],
      [2, 4, 50, '', 'Hail', 'NO', 0],
      [3, 3, 37.5, 'TX', '', '', null],
      [4, 3, 37.5, '', 'Wind', '', null],
      [5, 3, 37.5, '', '', 'YES', null],
    ]);
  });
  it('takes weights, a number of dimensions and wildcards', async () => {
    // Weights 5 and 5; the weight column is in no pattern.
    expect(await engine.rows("Events | evaluate basket(0.9, Crops, 1, '*', int(-1))")).toEqual([[0, 10, 100, '*', 'Wind', 'YES', -1]]);
    // One dimension chosen: what follows from it may still be there.
    expect(await engine.sorted("Events | evaluate basket('~', '~', 1) | where isnotempty(State) and isnotempty(Type) | project State, Type")).toEqual([
      ['IA', 'Flood'],
      ['NE', 'Hail'],
      ['OK', 'Wind'],
    ]);
    expect(engine.error('Events | evaluate basket(0.01)')).toMatchObject({ kind: 'query', message: expect.stringContaining('0.015') as string });
  });
  it('of no rows there are no patterns', async () => {
    expect(await engine.rows('Events | where State == "?" | evaluate basket()')).toEqual([]);
    expect(await engine.rows('Events | where State == "?" | evaluate autocluster()')).toEqual([]);
  });

  type Row = readonly (string | null)[];
  const cells = fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('x', 'y'), fc.constantFrom('1', '2'));
  it('on any table: the closed frequent patterns, and no others', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(cells, { minLength: 1, maxLength: 12 }), fc.constantFrom(0.1, 0.3, 0.5), async (rows, threshold) => {
        const table = `datatable(p:string, q:string, r:string)[${rows.flat().map((cell) => `"${cell}"`).join(', ')}]`;
        const covers = (pattern: Row, row: Row): boolean => pattern.every((value, column) => value === null || value === row[column]);
        const choices: Row[] = ['a', 'b', 'c', null].flatMap((p) => ['x', 'y', null].flatMap((q) => ['1', '2', null].map((r): Row => [p, q, r])));
        const count = (pattern: Row): number => rows.filter((row) => covers(pattern, row)).length;
        const enough = (pattern: Row): boolean => count(pattern) > 0 && count(pattern) >= threshold * rows.length;
        const frequent = choices.filter((pattern) => pattern.some((value) => value !== null) && enough(pattern));
        // Closed: every pattern that says more has fewer rows.
        const saysMore = (other: Row, pattern: Row): boolean => other !== pattern && covers(pattern, other);
        const closed = frequent.filter((pattern) => !choices.some((other) => saysMore(other, pattern) && count(other) === count(pattern)));
        const found = await engine.rows(`${table} | evaluate basket(${threshold}) | project Count, p, q, r`);
        const expected = closed.map((pattern) => [count(pattern), ...pattern.map((value) => value ?? '')]);
        expect(found.map(String).sort()).toEqual(expected.map(String).sort());
      }),
      { numRuns: 40, seed: 5 },
    );
  }, 120_000);
});

describe('autocluster', () => {
  it('prefers large and telling patterns, of which none contains another', async () => {
    const rows = await engine.rows('Events | evaluate autocluster() | project Count, Percent, State, Type, Damage, Crops');
    expect(rows[0]).toEqual([4, 50, '', 'Hail', 'NO', 0]);
    expect(rows.length).toBeLessThan(7);
    // A value that all rows have tells nothing: it comes with others only.
    expect(await engine.rows('print a = "same" | union (print a = "same") | evaluate autocluster()')).toEqual([]);
  });
  it('a greater weight of the size never makes the first pattern smaller', async () => {
    const sizes = [];
    for (const weight of [0.05, 0.5, 0.95]) sizes.push(Number((await engine.rows(`Events | evaluate autocluster(${weight}) | project Count | take 1`))[0]?.[0]));
    expect(sizes).toEqual([...sizes].sort((a, b) => a - b));
  });
});

describe('diffpatterns', () => {
  it('gives the greatest differences that do not contain each other, without the column that parts the rows', async () => {
    const { columns, rows } = await engine.answer('Events | evaluate diffpatterns(Damage, "NO", "YES")');
    expect(columns.map(({ name }) => name).join(' ')).toBe('SegmentId CountA CountB PercentA PercentB PercentDiffAB State Type Crops');
    expect(rows.slice(0, 3)).toEqual([
      [0, 4, 0, 80, 0, 80, '', 'Hail', 0],
      [1, 0, 2, 0, 66.67, 66.67, '', 'Wind', 5],
      [2, 2, 0, 40, 0, 40, 'KS', '', 0],
    ]);
  });
  it('takes a threshold and wildcards', async () => {
    expect(await engine.rows("Events | evaluate diffpatterns(Damage, 'NO', 'YES', '~', 0.7, '~', '*', int(-1))")).toEqual([[0, 4, 0, 80, 0, 80, '*', 'Hail', 0]]);
  });
  it('of texts: tokens at the same places', async () => {
    const call = 'Events | extend text = strcat("the  ", Type, " in ", State) | evaluate diffpatterns_text(text, Damage == "NO", 2)';
    expect((await engine.rows(call)).slice(0, 2)).toEqual([
      [4, 0, 80, 0, 'the Hail in *'],
      [1, 2, 20, 66.67, 'the Wind in *'],
    ]);
  });
});
