import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestEngine } from './engine';

const engine = new TestEngine();

beforeAll(async () => {
  await engine.open();
  await engine.table('L', 'datatable(k:string, n:long)["a", 1, "b", 2, "b", 3, "c", 4]');
  await engine.table('R', 'datatable(k:string, n:long, s:string)["b", 10, "x", "c", 11, "y", "c", 12, "z", "d", 13, "w"]');
  await engine.table('Events', 'datatable(TimeGenerated:datetime, User:string, Data:dynamic)[datetime(2024-05-06 01:00), "ann", dynamic({"ip":"10.0.0.1","tags":["a","b"]}), datetime(2024-05-05 01:00), "bob", dynamic({"ip":"10.0.0.2","tags":[]}), datetime(2024-04-01), "ann", dynamic(null)]', 'TimeGenerated');
}, 60_000);
afterAll(() => engine.close());

/** Each line: a query and its rows, in any order. */
function answers(lines: readonly (readonly [string, readonly (readonly unknown[])[]])[]): void {
  for (const [query, expected] of lines) {
    it(query, async () => {
      expect(await engine.sorted(query)).toEqual([...expected].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)));
    });
  }
}

/** Each line: a query and its rows, in this order. */
function ordered(lines: readonly (readonly [string, readonly (readonly unknown[])[]])[]): void {
  for (const [query, expected] of lines) {
    it(query, async () => {
      expect(await engine.rows(query)).toEqual(expected);
    });
  }
}

describe('a value alone', () => {
  answers([
    ['binary_xor(6, 3)', [[5]]],
    ['let f = (x:long) { x * 2 }; f(21)', [[42]]],
  ]);
});

describe('join', () => {
  answers([
    ['L | join kind=inner R on k', [['b', 2, 'b', 10, 'x'], ['b', 3, 'b', 10, 'x'], ['c', 4, 'c', 11, 'y'], ['c', 4, 'c', 12, 'z']]],
    ['L | join R on k | count', [[3]]],
    ['L | join kind=leftouter R on k | where k == "a"', [['a', 1, '', null, '']]],
    ['L | join kind=rightouter R on k | where k1 == "d"', [['', null, 'd', 13, 'w']]],
    ['L | join kind=fullouter R on k | count', [[6]]],
    ['L | join kind=leftanti R on k', [['a', 1]]],
    ['L | join kind=rightanti R on k', [['d', 13, 'w']]],
    ['L | join kind=leftsemi R on k', [['b', 2], ['b', 3], ['c', 4]]],
    ['L | join kind=rightsemi R on k', [['b', 10, 'x'], ['c', 11, 'y'], ['c', 12, 'z']]],
    ['L | join kind=inner R on $left.k == $right.k, $left.n == $right.n', []],
    ['L | join kind=inner (R | project-rename key = k) on $left.k == $right.key | project k, key, n1 | where n1 == 11', [['c', 'c', 11]]],
    ['L | lookup R on k | where k == "a"', [['a', 1, null, '']]],
    ['L | lookup kind=inner R on k | project k, n1', [['b', 10], ['b', 10], ['c', 11], ['c', 12]]],
  ]);
  it('renames the columns of the right side that repeat', async () => {
    expect(await engine.names('L | join R on k')).toEqual(['k', 'n', 'k1', 'n1', 's']);
  });
});

describe('summarize', () => {
  answers([
    ['L | summarize count(), sum(n) by k', [['a', 1, 1], ['b', 2, 5], ['c', 1, 4]]],
    ['L | summarize n = max(n), c = dcount(k)', [[4, 3]]],
    ['L | where n > 100 | summarize count(), sum(n), make_set(k), max(n), avg(n)', [[0, 0, '[]', null, 'NaN']]],
    ['L | where n > 100 | summarize count() by k', []],
    ['L | summarize arg_max(n, *) by k', [['a', 1], ['b', 3], ['c', 4]]],
    ['L | summarize arg_min(n, k)', [[1, 'a']]],
    ['L | summarize make_list(n) by k', [['a', '[1]'], ['b', '[2,3]'], ['c', '[4]']]],
    ['L | sort by n desc | summarize make_list(k)', [['["c","b","b","a"]']]],
    ['L | summarize make_set(k)', [['["a","b","c"]']]],
    ['L | summarize countif(n > 1), dcountif(k, n > 1), sumif(n, k == "b")', [[3, 2, 5]]],
    ['L | summarize by k', [['a'], ['b'], ['c']]],
    ['L | distinct k', [['a'], ['b'], ['c']]],
    ['L | summarize c = count() by bin(n, 2)', [[0, 1], [2, 2], [4, 1]]],
    ['L | summarize percentile(n, 50), stdev(n)', [[2, 1.2909944487358056]]],
    ['L | summarize round(avg(n), 1) by k', [['a', 1], ['b', 2.5], ['c', 4]]],
    ['L | summarize take_any(n) by k | count', [[3]]],
    ['datatable(a:long, b:string)[long(null), "x", 1, "y"] | summarize arg_max(a, b)', [[1, 'y']]],
    ['datatable(a:long, b:string)[long(null), "x"] | summarize arg_max(a, b)', [[null, 'x']]],
  ]);
  it('names columns as Kusto does', async () => {
    expect(await engine.names('Events | summarize count(), dcount(User), arg_max(TimeGenerated, User), make_set(Data.ip) by bin(TimeGenerated, 1d), tostring(Data.ip)')).toEqual([
      'TimeGenerated',
      'Data_ip',
      'count_',
      'dcount_User',
      'TimeGenerated1',
      'User',
      'set_Data_ip',
    ]);
  });
});

describe('rows and their order', () => {
  ordered([
    ['L | sort by n', [['c', 4], ['b', 3], ['b', 2], ['a', 1]]],
    ['L | sort by k asc, n desc', [['a', 1], ['b', 3], ['b', 2], ['c', 4]]],
    ['L | top 2 by n', [['c', 4], ['b', 3]]],
    ['L | sort by n asc | extend p = prev(n), i = row_number() | where n > 1 | project n, p, i', [[2, 1, 2], [3, 2, 3], [4, 3, 4]]],
    ['L | sort by n asc | extend c = row_cumsum(n) | project c', [[1], [3], [6], [10]]],
    ['L | sort by n desc | where k != "c" | extend m = n * 2 | take 1 | project m', [[6]]],
    ['datatable(a:long)[1, long(null), 2] | sort by a', [[2], [1], [null]]],
    ['datatable(a:long)[1, long(null), 2] | sort by a asc', [[null], [1], [2]]],
    ['datatable(a:long)[1, long(null), 2] | sort by a asc nulls last', [[1], [2], [null]]],
    ['range x from 1 to 10 step 3', [[1], [4], [7], [10]]],
    ['range t from datetime(2024-01-01) to datetime(2024-01-02) step 12h | count', [[3]]],
    ['L | sort by n asc | mv-expand z = dynamic([1, 2]) to typeof(long) | project n, z | take 3', [[1, 1], [1, 2], [2, 1]]],
  ]);
});

describe('columns', () => {
  ordered([
    ['print a = 1 | extend a = a + 1, b = a', [[2, 1]]],
    ['print a = 1, b = 2 | project-rename c = a | project-away b', [[1]]],
    ['print x_1 = 1, x_2 = 2, y = 3 | project-away x_*', [[3]]],
    ['print x_1 = 1, x_2 = 2, y = 3 | project-keep x_*', [[1, 2]]],
    ['print b = 1, a = 2 | project-reorder a', [[2, 1]]],
    ['print a = 1 | getschema | project ColumnName, ColumnType', [['a', 'long']]],
  ]);
  it('gives computed columns automatic names', async () => {
    expect(await engine.names('Events | project User, Data.ip, strlen(User), 1 + 1')).toEqual(['User', 'Data_ip', 'strlen_User', 'Column1']);
  });
});

describe('union', () => {
  answers([
    ['union L, R | count', [[8]]],
    ['L | union (R | project k) | where isnull(n) | count', [[4]]],
    ['union withsource=T L, R | summarize count() by T', [['L', 4], ['R', 4]]],
    ['union isfuzzy=true L, Missing | count', [[4]]],
    ['union kind=inner L, (R | project k) | where k == "d"', [['d']]],
    ['union (print x = 1), (print x = "s") | project x_long, x_string', [[1, ''], [null, 's']]],
  ]);
});

describe('mv-expand and mv-apply', () => {
  answers([
    ['Events | mv-expand tag = Data.tags | project User, tostring(tag)', [['ann', 'a'], ['ann', 'b'], ['ann', '']]],
    ['print a = dynamic([1, 2]), b = dynamic(["x"]) | mv-expand a to typeof(long), b to typeof(string)', [[1, 'x'], [2, '']]],
    ['print d = dynamic({"a": 1, "b": 2}) | mv-expand d', [['{"a":1}'], ['{"b":2}']]],
    ['print d = dynamic({"a": 1}) | mv-expand kind=array d', [['["a",1]']]],
    ['print d = dynamic([5, 6]) | mv-expand with_itemindex=i d to typeof(long)', [[5, 0], [6, 1]]],
    ['print d = dynamic([3, 1, 2]) | mv-apply d to typeof(long) on (summarize m = max(d), c = count())', [[3, 3]]],
    ['datatable(k:string, d:dynamic)["a", dynamic([3, 1]), "b", dynamic([7])] | mv-apply d to typeof(long) on (top 1 by d) | project k, d', [['a', 3], ['b', 7]]],
    ['datatable(k:string, d:dynamic)["a", dynamic([3, 1])] | mv-apply d to typeof(long) on (where d > 1 | extend e = d + 1) | project k, e', [['a', 4]]],
  ]);
});

describe('parse', () => {
  answers([
    ['print s = "user=ann port=22 x" | parse s with "user=" user " port=" port:long " " * | project user, port', [['ann', 22]]],
    ['print s = "nothing" | parse s with "user=" user " port=" port:long | project user, port', [['', null]]],
    ['print s = "user=ann port=no" | parse s with "user=" user " port=" port:long | project user, port', [['', null]]],
    ['print s = "user=ann port=no" | parse kind=relaxed s with "user=" user " port=" port:long | project user, port', [['ann', null]]],
    ['print s = "a1b22c" | parse kind=regex s with "a" x:long "b" y:long "c" | project x, y', [[1, 22]]],
    ['datatable(s:string)["k=1", "z"] | parse-where s with "k=" v:long | project v', [[1]]],
    ['print s = "a=1, b=two" | parse-kv s as (a:long, b:string) with (pair_delimiter=",", kv_delimiter="=") | project a, b', [[1, 'two']]],
  ]);
});

describe('let, functions, sub-queries', () => {
  answers([
    ['let n = 2; L | where n == 2 | project k', [['b']]],
    ['let f = (x:long, y:long = 10) { x + y }; print f(1), f(1, 2)', [[11, 3]]],
    ['let f = (t:(n:long), m:long) { t | where n >= m | count }; f(L, 3)', [[2]]],
    ['let T = L | where n > 1; T | join kind=inner T on n | count', [[3]]],
    ['let T = materialize(L | where n > 1); union T, T | count', [[6]]],
    ['let m = toscalar(L | summarize max(n)); L | where n == m | project k', [['c']]],
    ['L | where k in (R | project k) | project n', [[2], [3], [4]]],
    ['L | where k !in ((R | project k)) | project n', [[1]]],
    ['let users = dynamic(["A"]); L | where k in~ (users) | project n', [[1]]],
    ['let ks = toscalar(L | summarize make_set(k)); print "b" in (ks)', [[true]]],
    ['L | where k has_any (R | project k) | count', [[3]]],
    ['let f = () { L | where n == 1 }; f | project k', [['a']]],
  ]);

  it('runs the functions of a workspace', async () => {
    engine.functions([{ name: 'Big', parameters: '(least:long = 3)', body: 'L | where n >= least' }]);
    expect(await engine.rows('Big(4) | project k')).toEqual([['c']]);
    expect(await engine.rows('Big | count')).toEqual([[2]]);
    engine.functions([]);
  });

  it('uses definitions of earlier cells, the last of a name', async () => {
    const definitions = [
      { cell: 1, text: 'let lo = 3; let big = L | where n >= lo;' },
      { cell: 2, text: 'let lo = 4;' },
    ];
    expect(await engine.rows('big | count', { definitions })).toEqual([[1]]);
  });

  it('tells the names of a cell of definitions', () => {
    expect(engine.translate('//| name: x\nlet a = 1; let b = L;')).toEqual({ kind: 'definitions', names: ['a', 'b'] });
    expect(engine.translate('// nothing')).toEqual({ kind: 'definitions', names: [] });
  });
});

describe('time span', () => {
  it('restricts the time column of each table', async () => {
    expect(await engine.rows('Events | count', { timespan: 'P1D' })).toEqual([[1]]);
    expect(await engine.rows('//| timespan: P7D\nEvents | count')).toEqual([[2]]);
    expect(await engine.rows('Events | count', { timespan: '2024-03-01/2024-05-01' })).toEqual([[1]]);
  });
});

describe('errors', () => {
  it('names an unknown column, the nearest names and the place', () => {
    expect(engine.error('//| name: x\nL\n| where nn == 1')).toMatchObject({ kind: 'unknownName', what: 'column', name: 'nn', nearest: ['n'], span: { line: 3, column: 9, length: 2 } });
  });
  it('names an unknown table', () => {
    expect(engine.error('Event | count')).toMatchObject({ kind: 'unknownName', what: 'table', name: 'Event', nearest: ['Events'] });
  });
  it('names an unknown function', () => {
    expect(engine.error('print tostrin(1)')).toMatchObject({ kind: 'unknownName', what: 'function', nearest: expect.arrayContaining(['tostring']) });
  });
  it('tells where grammar ends', () => {
    expect(engine.error('L | where')).toMatchObject({ kind: 'query', span: { line: 1 } });
  });
  it('refuses what it does not do, with the place', () => {
    expect(engine.error('L\n| extend x = cursor_current()')).toMatchObject({ kind: 'unsupported', feature: 'the function cursor_current()', span: { line: 2, column: 14 } });
  });
  it('points an error of an earlier cell at that cell', () => {
    expect(engine.error('print a', { definitions: [{ cell: 3, text: 'let a = nope(1);' }] })).toMatchObject({ kind: 'query', message: expect.stringContaining('cell 3') });
  });
  it('refuses nesting that nobody writes', () => {
    expect(engine.error(`print ${'('.repeat(5000)}1${')'.repeat(5000)}`)).toMatchObject({ kind: 'query' });
  });
  it('takes quotes, NUL and Unicode as text', async () => {
    expect(await engine.rows(`print x = "'; DROP TABLE t0; --" | where x has "drop"`)).toEqual([["'; DROP TABLE t0; --"]]);
    expect(await engine.value(`strlen("a\\0b")`)).toBe(3);
    expect(await engine.value(`'🦊"'`)).toBe('🦊"');
  });
});

describe('render', () => {
  it('is told beside the rows', () => {
    expect(engine.translate('L | render timechart with (title="T", ycolumns=n)')).toMatchObject({ visualization: { visualization: 'timechart', title: 'T', properties: { yColumns: ['n'] } } });
  });
});
