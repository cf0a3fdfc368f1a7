/** Aggregates: order, limits, exactness. */
import { describe, expect, it } from 'vitest';
import type { WireValue } from '../../../../src/common/kqlTypes';
import { openEngine } from './expressions';

const engine = openEngine();

/** Each line: aggregates over the rows, and their values. */
function summaries(title: string, rows: string, lines: readonly (readonly [aggregates: string, expected: readonly WireValue[]])[]): void {
  describe(title, () => {
    it.each(lines)('%s', async (aggregates, expected) => {
      expect(await engine.rows(`${rows} | summarize ${aggregates}`)).toEqual([[...expected]]);
    });
  });
}

summaries('collections keep the order of the rows', 'datatable(n:long, s:string)[3, "c", 1, "a", 3, "", 2, "a"]', [
  ['make_list(n)', ['[3,1,3,2]']],
  ['make_set(n)', ['[3,1,2]']],
  ['make_list(s)', ['["c","a","","a"]']],
  ['make_set(s)', ['["c","a",""]']],
  ['make_list(n, 2)', ['[3,1]']],
  ['make_set(n, 2)', ['[3,1]']],
  ['make_list_if(n, n > 1)', ['[3,3,2]']],
  ['make_set_if(n, n > 1)', ['[3,2]']],
  ['make_list_if(n, n > 1, 2)', ['[3,3]']],
  ['make_bag(bag_pack(s, n))', ['{"c":3,"a":1,"":3}']],
]);

// "The deprecated version has a default maxSize limit of 128."
summaries('limits', 'range x from 1 to 300 step 1', [
  ['array_length(make_list(x)), array_length(makelist(x)), array_length(make_list(x, 7))', [300, 128, 7]],
  ['array_length(make_set(x)), array_length(makeset(x)), array_length(make_set(x, 7))', [300, 128, 7]],
  ['array_length(bag_keys(make_bag(bag_pack(tostring(x), x), 5))), array_length(bag_keys(make_dictionary(bag_pack(tostring(x), x))))', [5, 128]],
]);

summaries('sorted rows give sorted lists', 'datatable(n:long)[3, 1, 2] | sort by n desc', [['make_list(n)', ['[3,2,1]']]]);

summaries('nulls', 'datatable(n:long, d:dynamic)[1, dynamic([1,2]), long(null), dynamic(null), 2, dynamic([2,3])]', [
  ['make_list(n)', ['[1,2]']],
  ['make_list_with_nulls(n)', ['[1,null,2]']],
  // "If the input is an array, its elements are taken": a set of arrays is the set of their elements.
  ['make_set(d)', ['[1,2,3]']],
  ['count(), countif(isnull(n)), dcount(n), count_distinct(n)', [3, 1, 2, 2]],
]);

// "The smallest value in the list such that P percent of the data is less or equal": nearest rank; the 0th is the smallest.
summaries('percentiles', 'range x from 1 to 10 step 1', [
  ['percentile(x, 50)', [5]],
  ['percentiles(x, 0, 1, 10, 11, 95, 100)', [1, 1, 1, 2, 10, 10]],
  ['percentiles_array(x, 25, 75)', ['[3,8]']],
  ['percentiles_array(x, dynamic([25, 75]))', ['[3,8]']],
  ['percentile(x / 4.0, 50)', [1.25]],
  ['percentile(datetime(2024-01-01) + x * 1d, 50)', ['2024-01-06T00:00:00.0000000Z']],
]);

// The documentation's example: 8 requests of 10 ms, 6 of 20, 3 of 30, 1 of 40.
summaries('weighted percentiles', 'datatable(weight:long, x:long)[8, 10, 6, 20, 3, 30, 1, 40]', [
  ['percentilesw(x, weight, 50, 75, 99.9)', [20, 20, 40]],
  ['percentilew(x, weight, 40)', [10]],
  ['percentilesw_array(x, weight, dynamic([50, 75, 99.9]))', ['[20,20,40]']],
]);

summaries('spread', 'datatable(x:real, y:real)[1.0, 14.0, 2.0, 10.0, 3.0, 17.0, 4.0, 20.0, 5.0, 50.0]', [
  ['variance(x), variancep(x)', [2.5, 2]],
  ['covariance(x, y), covariancep(x, y)', [20.5, 16.4]],
  ['covarianceif(x, y, x < 4), covariancepif(x, y, x < 4)', [1.5, 1]],
  ['round(stdevif(x, x < 4), 9)', [1]],
]);

describe('sketches', () => {
  it('count exactly, and merge', async () => {
    const parts = 'range x from 1 to 30 step 1 | summarize h = hll(x) by x % 3';
    expect(await engine.rows(`${parts} | summarize m = hll_merge(h) | project dcount_hll(m)`)).toEqual([[30]]);
    expect(await engine.rows('range x from 1 to 10 step 1 | summarize a = hll(x), b = hll(x + 5), c = hll_if(x, x > 8) | project dcount_hll(hll_merge(a, b)), dcount_hll(c)')).toEqual([[15, 2]]);
  });
  it('hold percentiles and ranks', async () => {
    const digest = 'range x from 1 to 1000 step 1 | summarize t = tdigest(x)';
    expect(await engine.rows(`${digest} | project rank_tdigest(t, 685), percentrank_tdigest(t, 250), percentile_tdigest(t, 99, typeof(long))`)).toEqual([[685, 25, 990]]);
    const parts = 'range x from 1 to 100 step 1 | summarize t = tdigest(x) by x % 7 | summarize m = tdigest_merge(t)';
    expect(await engine.rows(`${parts} | project percentiles_array_tdigest(m, 1, 50, 100)`)).toEqual([['[1,50,100]']]);
  });
  it('keep the order of their type', async () => {
    const times = 'datatable(s:timespan)[2d, 12h, 1tick] | summarize t = tdigest(s) | project percentile_tdigest(t, 100, typeof(timespan)), percentile_tdigest(t, 1, typeof(timespan))';
    expect(await engine.rows(times)).toEqual([['2.00:00:00', '00:00:00.0000001']]);
    expect(await engine.rows('datatable(n:long)[9, 10, -1] | summarize t = tdigest(n) | project percentile_tdigest(t, 100, typeof(long))')).toEqual([[10]]);
  });
});

describe('buildschema()', () => {
  it('is the documentation’s example', async () => {
    const rows = 'datatable(v:dynamic)[dynamic({"x":1, "y":3.5}), dynamic({"x":"somevalue", "z":[1, 2, 3]}), dynamic({"y":{"w":"zzz"}, "t":["aa", "bb"], "z":["foo"]})]';
    const [[schema] = []] = await engine.rows(`${rows} | summarize buildschema(v)`);
    expect(JSON.parse(String(schema))).toEqual({
      x: ['long', 'string'],
      y: ['double', { w: 'string' }],
      z: { '`indexer`': ['long', 'string'] },
      t: { '`indexer`': 'string' },
    });
  });
});

describe('keys', () => {
  it('may look at neighbouring rows', async () => {
    const rows = 'datatable(n:long)[5, 5, 7] | sort by n asc';
    expect(await engine.sorted(`${rows} | summarize count(), sum(n) by place = row_number(), changed = n != prev(n)`)).toEqual([
      [1, true, 1, 5],
      [2, false, 1, 5],
      [3, true, 1, 7],
    ]);
  });
});

describe('what concerns the query', () => {
  it('bin_auto() bins as the query says', async () => {
    const query = 'set query_bin_auto_size = 1h; set query_bin_auto_at = datetime(2017-01-01 00:05); range t from datetime(2017-01-01 00:05) to datetime(2017-01-01 02:00) step 1m';
    expect(await engine.sorted(`${query} | summarize count() by bin_auto(t)`)).toEqual([['2017-01-01T00:05:00.0000000Z', 60], ['2017-01-01T01:05:00.0000000Z', 56]]);
    expect(engine.error('print bin_auto(5)').kind).toBe('query');
  });
  it('assert() ends the query with its message', async () => {
    expect(await engine.rows('print x = 1 | where assert(1 < 2, "no")')).toEqual([[1]]);
    expect(engine.error('let b = false; print x = 1 | where b | where assert(b, "never")').kind).toBe('query');
    await expect(engine.rows('print x = 1 | where assert(1 > tolong("2"), "never")')).rejects.toMatchObject({ data: { message: expect.stringContaining("'never'") as string } });
    expect(engine.error('print x = 1 | where assert(x > 0, "no constant")').kind).toBe('query');
  });
  it('estimate_data_size() counts bytes', async () => {
    expect(await engine.rows('print n = 1, s = "abc" | project estimate_data_size(*), estimate_data_size(s)')).toEqual([[11, 3]]);
    expect(engine.error('print d = dynamic({}) | project estimate_data_size(d)').kind).toBe('unsupported');
  });
  it('functions without a meaning here say why', () => {
    expect(engine.error('print current_principal()')).toMatchObject({ kind: 'unsupported', advice: 'Nobody is signed in to a local workspace.' });
  });
});
