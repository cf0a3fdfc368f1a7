import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { detectPeriods } from '../../../src/engine/routines/seriesDecomposition';
import { fitLine } from '../../../src/engine/routines/seriesLines';
import { percentile, readSeries } from '../../../src/engine/routines/seriesValues';
import { TestEngine } from './engine';

const engine = new TestEngine();
beforeAll(async () => {
  await engine.open();
  // Loads the language, which takes longer than a test may.
  await engine.value('1');
}, 60_000);
afterAll(() => engine.close());

/** Each line: an expression and its value as text. */
function values(lines: readonly (readonly [string, unknown])[]): void {
  for (const [expression, expected] of lines) {
    it(expression, async () => {
      expect(await engine.value(`tostring(${expression})`)).toBe(expected);
    });
  }
}

describe('elements', () => {
  values([
    ['series_add(dynamic([1,2,4]), dynamic([4,2,1]))', '[5,4,5]'],
    ['series_divide(dynamic([1,2]), dynamic([4,2]))', '[0.25,1.0]'],
    ['series_multiply(10, dynamic([1,0,-1]))', '[10,0,-10]'],
    ['series_subtract(dynamic([1,2]), dynamic([1]))', '[0,null]'],
    ['series_greater(dynamic([1,2,4]), dynamic([4,2,1]))', '[false,false,true]'],
    ['series_abs(dynamic([-6.5,0,8]))', '[6.5,0,8]'],
    ['series_sum(dynamic([1,2,3,4]))', '10'],
    ['series_dot_product(dynamic([1,2,4]), dynamic([4,2,1]))', '12'],
    ['series_fill_forward(dynamic([null,1,null,2]))', '[null,1,1,2]'],
    ['series_fill_backward(dynamic([null,1,null,2,null]))', '[1,1,2,2,null]'],
    ['series_fill_const(dynamic([1,null]), 0.0)', '[1,0.0]'],
    ['series_fill_linear(dynamic([null,1.0,null,2.0,null]))', '[1.0,1.0,1.5,2.0,2.0]'],
    ['series_fill_linear(dynamic([0,9,0,2]), 9)', '[0,0,0,2]'],
    ['series_fir(dynamic([0,0,3,0,0]), dynamic([1,1,1]), true, true)', '[0.0,1.0,1.0,1.0,0.0]'],
    ['series_iir(dynamic([1,2,3]), dynamic([1]), dynamic([1,-1]))', '[1.0,3.0,6.0]'],
    // The 10th percentile is 2, the 90th 10: 1 lies 1/8 of their distance below, 50 lies 5 of them above.
    ['series_outliers(dynamic([1,2,3,4,5,6,7,8,9,10,50]))', '[-0.125,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,5.0]'],
  ]);
});

describe('functions with several results', () => {
  it('names the columns that the query names, and keeps the names of the rest', async () => {
    expect(await engine.names('print y = dynamic([2,5,6]) | extend (r, s) = series_fit_line(y)')).toEqual([
      ...['y', 'r', 's'],
      ...['variance', 'rvariance', 'interception', 'line_fit'].map((name) => `series_fit_line_y_${name}`),
    ]);
  });
  it('marks what sticks out of the baseline', async () => {
    // Without season and trend the baseline is the mean; only the last point is beyond 1.5 ranges of the 10th to the 90th percentile.
    const [row] = await engine.rows('print y = dynamic([1,2,1,2,1,2,1,2,1,2,1,40]) | project (flag, score, base) = series_decompose_anomalies(y, 1.5, 0, "avg")');
    expect(JSON.parse(String(row?.[0]))).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
  });
  it('takes the median of a phase as its season', async () => {
    expect(await engine.value('tostring(series_seasonal(dynamic([1,3,5,1,3,5,2,4,6]), 3))')).toBe('[1.0,3.0,5.0,1.0,3.0,5.0,1.0,3.0,5.0]');
  });
});

describe('make-series', () => {
  const rows = 'datatable(t:datetime, k:string, n:long)[datetime(2024-01-01), "a", 1, datetime(2024-01-03 05:00), "a", 2, datetime(2024-01-02), "b", 5]';
  it('fills bins without rows', async () => {
    expect(await engine.sorted(`${rows} | make-series s = sum(n) default = -1 on t from datetime(2024-01-01) to datetime(2024-01-04) step 1d by k | project k, s`)).toEqual([
      ['a', '[1,-1,2]'],
      ['b', '[-1,5,-1]'],
    ]);
  });
  it('runs from the first to the last bin with rows when nothing else is said', async () => {
    expect(await engine.rows(`${rows} | make-series c = count() on t step 1d by k | where k == "a" | project c, tostring(t[0]), array_length(t)`)).toEqual([['[1,0,1]', '2024-01-01T00:00:00.0000000Z', 3]]);
  });
  it('is empty over nothing, unless kind=nonempty', async () => {
    const series = 'count() on t from datetime(2024-01-01) to datetime(2024-01-03) step 1d | project count_';
    expect(await engine.rows(`${rows} | where k == "z" | make-series ${series}`)).toEqual([]);
    expect(await engine.rows(`${rows} | where k == "z" | make-series kind=nonempty ${series}`)).toEqual([['[0,0]']]);
  });
});

describe('mathematics', () => {
  it('fits a line', () => {
    expect(fitLine([1, 3, 5])).toMatchObject({ slope: 2, interception: 1, rsquare: 1, rvariance: 0 });
  });
  it('interpolates percentiles', () => {
    expect(percentile([1, 2, 3, 4], 50)).toBe(2.5);
  });
  it('finds the period of a wave', () => {
    const wave = Array.from({ length: 96 }, (_, hour) => Math.sin((hour / 12) * Math.PI));
    expect(detectPeriods(wave, 4, 48, 1)).toMatchObject([{ period: 24 }]);
  });
  it('finds none in a constant', () => {
    expect(detectPeriods(Array.from({ length: 50 }, () => 3), 4, 25, 2)).toEqual([]);
  });
  it('knows whole numbers from reals', () => {
    expect(readSeries('[1, 1.0, null, "x"]')?.map(({ isWhole }) => isWhole)).toEqual([true, false, false, false]);
    expect(readSeries('{"a":1}')).toBeUndefined();
  });
});
