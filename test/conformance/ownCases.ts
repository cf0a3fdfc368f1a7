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
  {
    // in: "a null in the list" equals nothing; !in keeps every row that is not in the list.
    id: 'null-in-a-list',
    query: 'print a = 1 in (int(null), 2), b = 1 !in (int(null), 2), c = int(null) in (int(null))',
    expected: '|a|b|c|\n|-|-|-|\n|false|true|false|',
    deterministic: true,
  },
  {
    // "The modulo of two numbers always returns in Kusto a small non-negative number", of reals as well.
    id: 'modulo-is-not-negative',
    query: 'print -14 % 12, 14 % -12, -7.5 % 2',
    expected: '|print_0|print_1|print_2|\n|-|-|-|\n|10|2|0.5|',
    deterministic: true,
  },
  {
    // RFC 822, RFC 850 and "sortable" spellings of the datetime page.
    id: 'datetime-spellings',
    query: 'print todatetime("Sat, 8 Nov 14 15:05:02 GMT"), todatetime("Saturday, 08-Nov-14 15:05:02 GMT"), datetime(2014-11-08 15:05:25 GMT)',
    expected: '|print_0|print_1|print_2|\n|-|-|-|\n|2014-11-08 15:05:02|2014-11-08 15:05:02|2014-11-08 15:05:25|',
    deterministic: true,
  },
  {
    // "null is returned for every array that differs in length from the first one."
    id: 'sorting-arrays-of-other-lengths',
    query: 'print array_sort_asc(dynamic([2, 1]), dynamic(["b", "a"]), dynamic([1])) | project array0_sorted, array1_sorted, isnull(array2_sorted)',
    expected: '|array0_sorted|array1_sorted|Column1|\n|-|-|-|\n|[1,2]|["a","b"]|true|',
    deterministic: true,
  },
  {
    // "The deprecated version has a default maxSize limit of 128."
    id: 'old-names-keep-128',
    query: 'range x from 1 to 300 step 1 | summarize a = array_length(makelist(x)), b = array_length(make_list(x))',
    expected: '|a|b|\n|-|-|\n|128|300|',
    deterministic: true,
  },
  {
    // rank_tdigest: "count of members of S that are smaller or equal to v"; percentiles are nearest ranks.
    id: 'digests',
    query: 'range x from 1 to 1000 step 1 | summarize t = tdigest(x) by x % 7 | summarize t = tdigest_merge(t) | project rank_tdigest(t, 685), percentile_tdigest(t, 50, typeof(long))',
    expected: '|Column1|percentile_tdigest_t|\n|-|-|\n|685|500|',
    deterministic: true,
  },
  {
    // A session ends "if the value equals or exceeds the previous session value plus MaxDistanceFromFirst".
    id: 'sessions-of-a-longest-time',
    query: 'range i from 0 to 4 step 1 | extend t = datetime(2024-01-01) + i * 5m | serialize s = row_window_session(t, 10m, 6m) | summarize count() by s | order by s asc',
    expected: '|s|count_|\n|-|-|\n|2024-01-01 00:00:00|2|\n|2024-01-01 00:10:00|2|\n|2024-01-01 00:20:00|1|',
    deterministic: true,
  },
  {
    // "Takes the first 32 characters, ignoring properly located hyphens; the rest of the string is ignored."
    id: 'toguid-ignores-the-rest',
    query: 'print toguid("0123456789ab-cdef-0123-456789abcdef and more")',
    expected: '|print_0|\n|-|\n|01234567-89ab-cdef-0123-456789abcdef|',
    deterministic: true,
  },
];
