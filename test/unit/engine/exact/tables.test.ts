import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestEngine } from '../engine';

const engine = new TestEngine();
beforeAll(async () => {
  await engine.open();
  await engine.table('X', 'datatable(k:string, a:long)["a", 1, "b", 2, "b", 3, "c", 4]');
  await engine.table('Y', 'datatable(k:string, b:long)["b", 10, "c", 20, "c", 30, "d", 40]');
  await engine.table('N', 'datatable(k:long, v:string)[1, "one", long(null), "none"]');
  await engine.table('Tags', 'datatable(id:long, tags:dynamic, more:dynamic)[1, dynamic(["p","q"]), dynamic([7]), 2, dynamic([]), dynamic(null), 3, dynamic({"x":1}), dynamic([8,9])]');
}, 60_000);
afterAll(() => engine.close());

type Line = readonly [query: string, rows: readonly (readonly unknown[])[], names?: readonly string[]];

/** Each line: a query, its rows in any order, and the names of its columns where they matter. */
function answers(lines: readonly Line[]): void {
  for (const [query, expected, names] of lines) {
    it(query, async () => {
      expect(await engine.sorted(query)).toEqual([...expected].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)));
      if (names) expect(await engine.names(query)).toEqual(names);
    });
  }
}

/** The published example of the page "join flavors" has these tables; its text gives the rules that stand here. */
describe('join', () => {
  answers([
    // innerunique: "All columns from both tables … all deduplicated rows from the left table that match rows from the right table".
    ['X | join Y on k | summarize count() by k', [['b', 1], ['c', 2]]],
    ['X | join kind=inner Y on k', [['b', 2, 'b', 10], ['b', 3, 'b', 10], ['c', 4, 'c', 20], ['c', 4, 'c', 30]], ['k', 'a', 'k1', 'b']],
    ['X | join kind=leftouter Y on k', [['a', 1, '', null], ['b', 2, 'b', 10], ['b', 3, 'b', 10], ['c', 4, 'c', 20], ['c', 4, 'c', 30]]],
    ['X | join kind=rightouter Y on k', [['b', 2, 'b', 10], ['b', 3, 'b', 10], ['c', 4, 'c', 20], ['c', 4, 'c', 30], ['', null, 'd', 40]]],
    ['X | join kind=fullouter Y on k | summarize count(), countif(isempty(k)), countif(isempty(k1))', [[6, 1, 1]]],
    // "Returns all the records from the left side that don't match"; only one side's columns.
    ['X | join kind=leftanti Y on k', [['a', 1]], ['k', 'a']],
    ['X | join kind=anti Y on k', [['a', 1]], ['k', 'a']],
    ['X | join kind=rightanti Y on k', [['d', 40]], ['k', 'b']],
    ['X | join kind=leftsemi Y on k', [['b', 2], ['b', 3], ['c', 4]], ['k', 'a']],
    ['X | join kind=rightsemi Y on k', [['b', 10], ['c', 20], ['c', 30]], ['k', 'b']],
    // Names on the two sides may differ; each side keeps its own.
    ['X | join kind=inner (Y | project-rename key = k) on $left.k == $right.key | where key == "b"', [['b', 2, 'b', 10], ['b', 3, 'b', 10]], ['k', 'a', 'key', 'b']],
    ['X | join kind=inner (X | where a > 2) on k, a', [['b', 3, 'b', 3], ['c', 4, 'c', 4]], ['k', 'a', 'k1', 'a1']],
    ['X | join kind=inner (X | where a > 2) on $left.k == $right.k and $left.a == $right.a | count', [[2]]],
    // A null equals nothing, not even another null.
    ['N | join kind=inner N on k | project v', [['one']]],
    ['N | join kind=leftanti N on k | project v', [['none']]],
    // lookup: "the columns from the right side … aren't repeated", left outer unless told.
    ['X | lookup Y on k', [['a', 1, null], ['b', 2, 10], ['b', 3, 10], ['c', 4, 20], ['c', 4, 30]], ['k', 'a', 'b']],
    ['X | lookup kind=inner (Y | where b < 15) on k', [['b', 2, 10], ['b', 3, 10]]],
  ]);
  it('is on equal values alone, as in Azure', () => {
    expect(['query', 'unsupported']).toContain(engine.error('X | join kind=inner Y on $left.a < $right.b').kind);
  });
});

describe('summarize', () => {
  answers([
    // "When the input of summarize operator is empty … no by clause: the default values of the aggregates"; with by: an empty table.
    ['X | where a > 9 | summarize count(), dcount(k), sum(a), min(a), max(a), make_list(a), make_set(k), take_any(k), arg_max(a, k)', [[0, 0, 0, null, null, '[]', '[]', '', null, '']]],
    ['X | where a > 9 | summarize count() by k', []],
    ['X | where a > 9 | summarize by k', []],
    ['X | summarize total = sum(a), avg(a) by initial = substring(k, 0, 1) | where initial == "b"', [['b', 5, 2.5]], ['initial', 'total', 'avg_a']],
    ['X | summarize n = count() by bin(a, 2) | order by a asc', [[0, 1], [2, 2], [4, 1]], ['a', 'n']],
    ['X | summarize countif(a > 1), sumif(a, k == "b"), dcountif(k, a > 1)', [[3, 5, 2]]],
  ]);
});

describe('mv-expand', () => {
  answers([
    // "Arrays of length zero aren't expanded: they give no row"; a null stays a row; a bag is expanded into bags of one property.
    ['Tags | mv-expand tags | project id, tags', [[1, '"p"'], [1, '"q"'], [3, '{"x":1}']]],
    ['Tags | mv-expand more to typeof(long) | project id, more', [[1, 7], [2, null], [3, 8], [3, 9]]],
    // "If there are multiple arrays, the expanded row count is the longest; missing values are null."
    ['Tags | where id == 1 | mv-expand tags, more | project tags, more', [['"p"', '7'], ['"q"', null]]],
    ['Tags | where id == 1 | mv-expand with_itemindex=i tags | project i, tags', [[0, '"p"'], [1, '"q"']]],
    ['Tags | mv-expand tags limit 1 | project id', [[1], [3]]],
    ['Tags | where id == 3 | mv-expand kind=array tags | project tags', [['["x",1]']]],
    ['Tags | where id == 1 | mv-expand t = tags | project tags, t', [['["p","q"]', '"p"'], ['["p","q"]', '"q"']]],
  ]);
});

describe('mv-apply', () => {
  answers([
    ['Tags | mv-apply m = more to typeof(long) on (summarize top = max(m)) | project id, top', [[1, 7], [2, null], [3, 9]]],
    ['Tags | where id == 3 | mv-apply m = more to typeof(long) on (top 1 by m desc) | project m', [[9]]],
    ['Tags | mv-apply m = more to typeof(long) on (where m > 7) | project id, m', [[3, 8], [3, 9]]],
    // One inside another: each inner table belongs to one element of the outer.
    ['print a = dynamic([[1,2],[3]]) | mv-apply b = a on (mv-apply c = b to typeof(long) on (summarize s = sum(c)) | project s)', [['[[1,2],[3]]', 3], ['[[1,2],[3]]', 3]], ['a', 's']],
    ['print a = dynamic([[1,2],[3]]) | mv-apply b = a on (mv-apply c = b to typeof(long) on (where c > 1) | summarize m = max(c)) | project m', [[3]]],
  ]);
});

describe('partition', () => {
  answers([
    ['X | partition by k (top 1 by a desc) | project k, a', [['a', 1], ['b', 3], ['c', 4]]],
    ['X | partition hint.strategy=native by k (summarize n = count()) | summarize sum(n)', [[4]]],
    ['X | partition hint.strategy=legacy by k (count)', [[1], [1], [2]]],
    ['X | partition by k (sort by a desc | extend i = row_number() | where i == 1) | project a', [[1], [3], [4]]],
  ]);
});

describe('search and find', () => {
  answers([
    ['search in (X, Y) k == "b" | summarize count() by $table', [['X', 2], ['Y', 1]]],
    ['search in (X, Y) k:"d" | project $table, b', [['Y', 40]]],
    ['find in (X, Y) where k == "b" project k, a, b', [['X', 'b', 2, null], ['X', 'b', 3, null], ['Y', 'b', null, 10]], ['source_', 'k', 'a', 'b']],
    ['find withsource=From in (X, Y) where k == "d" project b', [['Y', 40]], ['From', 'b']],
    ['find in (X, Y) where k == "d"', [['Y', 'd', '{"b":40}']], ['source_', 'k', 'pack_']],
  ]);
});
