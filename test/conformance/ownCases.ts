import type { PublishedCase } from './run';

/** Cases of our own, in the form of published ones; expected values follow from the documentation's text, as each remark says. */
export const ownCases: readonly PublishedCase[] = [
  {
    // "Applying the equality operator to a null value and a non-null value yields bool(false)", inequality true; two nulls: null.
    id: 'null-comparison',
    query: 'print a = int(null) == 1, b = int(null) != 1, c = isnull(int(null) == int(null)), d = isnull(int(null) < 1)',
    expected: '|a|b|c|d|\n|-|-|-|-|\n|false|true|true|true|',
    deterministic: true,
  },
  {
    // "The string data type doesn't support null values": what an outer join misses is empty.
    id: 'strings-are-never-null',
    query: 'datatable(k:long)[1] | join kind=leftouter (datatable(k:long, s:string, n:long)[2, "x", 3]) on k | project s = isempty(s), isnull(s), isnull(n)',
    expected: '|s|Column1|Column2|\n|-|-|-|\n|true|false|true|',
    deterministic: true,
  },
  {
    // has: "Right-hand-side (RHS) is a whole term in left-hand-side (LHS)"; terms are runs of alphanumeric characters.
    id: 'has-is-a-term-match',
    query: 'datatable(s:string)["North America", "NorthAmerica", "north-america", "america_north", "AMERICAN"] | where s has "america" | order by s asc',
    expected: '|s|\n|-|\n|North America|\n|america_north|\n|north-america|',
    deterministic: true,
  },
  {
    // Default kind innerunique: "rows from the left side are deduplicated by the key".
    id: 'join-default-kind',
    query: 'datatable(k:long)[1, 1] | join (datatable(k:long, v:string)[1, "a", 1, "b"]) on k | summarize count(), make_set(v)',
    expected: '|count_|set_v|\n|-|-|\n|2|["a","b"]|',
    deterministic: true,
  },
  {
    // "When the input of summarize operator is empty … with no by clause the result is the default value of the aggregates".
    id: 'summarize-of-nothing',
    query: 'datatable(x:long)[] | summarize count(), sum(x), max(x), make_list(x), dcount(x), avg(x)',
    expected: '|count_|sum_x|max_x|list_x|dcount_x|avg_x|\n|-|-|-|-|-|-|\n|0|0||[]|0|NaN|',
    deterministic: true,
  },
  {
    id: 'summarize-of-nothing-by-key',
    query: 'datatable(x:long)[] | summarize count() by x',
    expected: '|x|count_|\n|-|-|',
    deterministic: true,
  },
  {
    // Nulls: "by default last in descending order, first in ascending".
    id: 'sort-nulls',
    query: 'datatable(x:long)[2, long(null), 1] | sort by x asc | extend i = row_number() | sort by x desc | project x, i',
    expected: '|x|i|\n|-|-|\n|2|3|\n|1|2|\n||1|',
    deterministic: true,
  },
  {
    // bin: "rounds values down to an integer multiple of a given bin size", for negative values, too.
    id: 'bin-rounds-down',
    query: 'print bin(-7, 5), bin(4.7, 0.5), bin(datetime(2024-05-08 13:45), 1d), bin(-36h, 1d)',
    expected: '|print_0|print_1|print_2|print_3|\n|-|-|-|-|\n|-10|4.5|2024-05-08 00:00:00.0000000|-2.00:00:00|',
    deterministic: true,
  },
  {
    // One now() for a whole query.
    id: 'one-now',
    query: 'print a = now() | extend b = now(), c = ago(0s) | project a == b and b == c',
    expected: '|Column1|\n|-|\n|true|',
    deterministic: true,
  },
  {
    // Ticks of 100 nanoseconds survive arithmetic.
    id: 'ticks',
    query: 'print datetime(2024-05-08 00:00:00.1234567) + 1tick, datetime(2024-05-08 00:00:00.0000001) - datetime(2024-05-08)',
    expected: '|print_0|print_1|\n|-|-|\n|2024-05-08 00:00:00.1234568|00:00:00.0000001|',
    deterministic: true,
  },
  {
    // Columns of the same name and different types get the type as a suffix.
    id: 'union-type-conflict',
    query: 'union (print x = 1), (print x = "a") | order by x_long asc | project x_string',
    expected: '|x_string|\n|-|\n|a|\n||',
    deterministic: true,
  },
  {
    // arg_max: the row of the extreme value, its columns together.
    id: 'arg-max-keeps-rows-together',
    query: 'datatable(k:string, t:long, a:string, b:string)["x", 1, "old", "old", "x", 2, "new", "new", "y", 5, "only", "only"] | summarize arg_max(t, *) by k | order by k asc',
    expected: '|k|t|a|b|\n|-|-|-|-|\n|x|2|new|new|\n|y|5|only|only|',
    deterministic: true,
  },
];
