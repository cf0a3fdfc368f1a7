/**
 * Null and empty. https://learn.microsoft.com/kusto/query/scalar-data-types/null-values: equality of a null and a value is false,
 * inequality true, of two nulls null; other binary operations give null; "the string data type doesn't support null values".
 */
import { describe, expect, it } from 'vitest';
import { openEngine, values } from './expressions';

const engine = openEngine();

values(engine, 'equality with a null', [
  ['int(null) == 1', false],
  ['1 == int(null)', false],
  ['int(null) != 1', true],
  ['real(null) == real(null)', null],
  ['datetime(null) != datetime(null)', null],
  ['timespan(null) == 1d', false],
  ['guid(null) == guid(74be27de-1e4e-49d9-b579-fe0b331d3642)', false],
  ['bool(null) == true', false],
  ['bool(null) != true', true],
  ['dynamic(null) == 1', false],
  ['dynamic({"a":1}).b == "x"', false],
  ['dynamic({"a":1}).b != "x"', true],
]);

values(engine, 'other operations on a null', [
  ['int(null) + 1', null],
  ['long(null) * 0', null],
  ['real(null) < 1.0', null],
  ['datetime(null) > datetime(2024-01-01)', null],
  ['datetime(null) + 1d', null],
  ['-timespan(null)', null],
  ['long(null) between (1 .. 2)', null],
  ['not(bool(null))', null],
  // Logic has three values: what is not known counts only when it matters.
  ['bool(null) and false', false],
  ['bool(null) or true', true],
  ['bool(null) and true', null],
  ['bool(null) or false', null],
  ['iff(bool(null), "yes", "no")', 'no'],
  ['case(bool(null), 1, 2)', 2],
]);

values(engine, 'lists', [
  // A null is in no list, not even in one that holds a null.
  ['int(null) in (1, 2)', false],
  ['int(null) !in (1, 2)', true],
  ['1 in (int(null), 1)', true],
  ['1 in (int(null), 2)', false],
  ['1 !in (int(null), 2)', true],
  ['"" in ("", "a")', true],
  ['tostring(dynamic({"a":1}).b) in ("")', true],
  ['"A" in~ ("a")', true],
  ['"A" !in~ ("a")', false],
  ['5 in (dynamic([1, 5]))', true],
  ['"b" in (dynamic(["a", "b"]), "c")', true],
  ['"x" in (dynamic([]))', false],
]);

values(engine, 'text of nothing', [
  ['tostring(int(null))', ''],
  ['tostring(datetime(null))', ''],
  ['tostring(dynamic(null))', ''],
  ['strcat("<", tostring(real(null)), ">")', '<>'],
  ['strlen(tostring(long(null)))', 0],
  ['isnull(tostring(long(null)))', false],
  ['isempty(tostring(long(null)))', true],
  ['isempty(" ")', false],
  ['isempty(long(null))', true],
  ['isnotempty("")', false],
  ['coalesce(int(null), int(null), 3)', 3],
  ['coalesce("", "b", "c")', 'b'],
  ['isnull(coalesce(int(null), int(null)))', true],
]);

values(engine, 'what does not convert is null', [
  ['toint("12a")', null],
  ['toint(2147483648)', null],
  ['tolong("")', null],
  ['tolong(9.9e18)', null],
  ['toreal("1,5")', null],
  ['tobool("yes")', null],
  ['todatetime("2024-13-01")', null],
  ['totimespan("soon")', null],
  ['toguid("x")', null],
  // "Takes the first 32 characters, ignoring properly located hyphens; the rest of the string is ignored."
  ['toguid("0123456789ab-cdef-0123-456789abcdef and more")', '01234567-89ab-cdef-0123-456789abcdef'],
  ['toguid("{74be27de-1e4e-49d9-b579-fe0b331d3642}")', null],
  ['todecimal("abc")', null],
  ['toint(dynamic({"a":1}))', null],
  ['tolong(dynamic("7"))', 7],
]);

values(engine, 'the greatest and least of what there is', [
  ['max_of(1, int(null), 3)', 3],
  ['min_of(datetime(null), datetime(2020-01-01))', '2020-01-01T00:00:00.0000000Z'],
  ['max_of(int(null), int(null))', null],
]);

describe('conditions', () => {
  it('keep only what is true', async () => {
    const rows = 'datatable(n:long)[1, long(null), 3] | where';
    expect(await engine.rows(`${rows} n > 1`)).toEqual([[3]]);
    expect(await engine.rows(`${rows} not(n > 1)`)).toEqual([[1]]);
    expect(await engine.rows(`${rows} n != 1 | count`)).toEqual([[2]]);
    expect(await engine.rows(`${rows} not(n == 1) | count`)).toEqual([[2]]);
  });
  it('leave nulls out of aggregates', async () => {
    const summary = 'summarize count(), sum(n), avg(n), min(n), dcount(n), make_list(n), make_set(n), percentile(n, 50), countif(n > 1)';
    expect(await engine.rows(`datatable(n:long)[1, long(null), 3, 3] | ${summary}`)).toEqual([[4, 7, 7 / 3, 1, 2, '[1,3,3]', '[1,3]', 3, 2]]);
  });
  it('have the documented defaults over no rows', async () => {
    // "Default values of aggregations": 0 for counts, sums, variances; [] for collections; null for all others, and avg is NaN.
    const summary = 'count(), dcount(n), sum(n), stdev(n), variance(n), make_list(n), make_set(n), max(n), percentile(n, 50), covariance(n, n), hll(n), tdigest(n), avg(n)';
    expect(await engine.rows(`datatable(n:long)[] | summarize ${summary}`)).toEqual([[0, 0, 0, 0, 0, '[]', '[]', null, null, null, null, null, 'NaN']]);
  });
});
