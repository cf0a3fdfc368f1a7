import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestEngine } from './engine';

const engine = new TestEngine();
beforeAll(async () => {
  await engine.open();
  await engine.table('Alpha', 'datatable(a:long, s:string)[1, "x", 2, "y"]');
  await engine.table('Beta', 'datatable(a:string, b:long)["one", 1]');
}, 60_000);
afterAll(() => engine.close());

/** Each line: a query and its rows, in any order, by the documentation's text. */
function answers(lines: readonly (readonly [string, readonly (readonly unknown[])[]])[]): void {
  for (const [query, expected] of lines) {
    it(query, async () => {
      expect(await engine.sorted(query)).toEqual([...expected].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)));
    });
  }
}

describe('union', () => {
  answers([
    // "allows fuzzy resolution of union legs": a leg that does not exist is left out, also with operators behind it.
    ['union isfuzzy=true Alpha, Missing | count', [[2]]],
    ['union isfuzzy=true (Alpha | where a > 1), (Missing | where a > 1) | count', [[1]]],
    // "The union scope can include let statements if attributed with the view keyword."
    ['let V1 = view () { print x = 1 }; let V2 = view () { print x = 2 }; let W = () { print x = 3 }; union V*', [[1], [2]]],
    ['let V1 = view () { print x = 1 }; let V2 = view () { print x = "t" }; union withsource=T V*', [['V1', '', 1], ['V2', 't', null]].map(([t, s, n]) => [t, n, s])],
    ['let V1 = view () { print a = 1 }; search in (V*, Alpha) a == 1 | summarize count() by $table', [['Alpha', 1], ['V1', 1]]],
    // "This column name is suffixed with a '_' followed by the origin column type."
    ['union Alpha, Beta | project a_long, a_string, b', [[1, '', null], [2, '', null], [null, 'one', 1]]],
    ['union kind=inner Alpha, (Alpha | project a) | summarize count(), sum(a)', [[4, 6]]],
    ['union withsource=From Alpha, (Beta | where b > 5) | distinct From', [['Alpha']]],
  ]);
  it('says which leg it left out', () => {
    expect(engine.translate('union isfuzzy=true Alpha, (Missing | take 1)')).toMatchObject({ warnings: expect.arrayContaining(["Failed to resolve entity 'Missing'"]) as unknown });
  });
  it('fails for a leg that does not exist without isfuzzy', () => {
    expect(engine.error('union Alpha, Missing')).toMatchObject({ kind: 'unknownName', name: 'Missing' });
  });
});

describe('project-by-names', () => {
  it('orders by the names that are given; others are ignored', async () => {
    expect(await engine.names('Alpha | project-by-names "s", "nothing", "a"')).toEqual(['s', 'a']);
    expect(await engine.names('Alpha | extend b = 1, ab = 2 | project-by-names "a*", dynamic(["s", "a"])')).toEqual(['a', 'ab', 's']);
    expect(await engine.names('let columns = dynamic(["b"]); Beta | project-by-names columns')).toEqual(['b']);
    expect(await engine.names('Beta | project-by-names column_names_of(Alpha)')).toEqual(['a']);
  });
  answers([['print column_names_of(Alpha)', [['["a","s"]']]]]);
});

describe('fork and facet', () => {
  it('show the first of their tables, and name the others', async () => {
    const forked = engine.translate('Alpha | fork big = (where a > 1) (count)');
    expect(forked).toMatchObject({ columns: [{ name: 'a' }, { name: 's' }], warnings: [expect.stringContaining('Not shown: the table 2')] as unknown });
    expect(await engine.rows('Alpha | fork (where a > 1) (count)')).toEqual([[2, 'y']]);
    expect(await engine.sorted('Alpha | facet by s, a')).toEqual([['x', 1], ['y', 1]]);
    expect(await engine.names('Alpha | facet by s, a with (project a)')).toEqual(['a']);
  });
  it('check all of them', () => {
    expect(engine.error('Alpha | fork (take 1) (reduce by s)')).toMatchObject({ kind: 'unsupported' });
  });
});

describe('pattern', () => {
  const declared = 'declare pattern app = (id:string)[what:string] { ("one").["Logs"] = { Alpha | where a > 1 }; ("two").["Logs"] = { let n = 5; print a = n }; };';
  answers([
    [`${declared} app("one").Logs`, [[2, 'y']]],
    [`${declared} app('two').["Logs"]`, [[5]]],
    [`${declared} union app("one").Logs, app("two").Logs | summarize sum(a)`, [[7]]],
    ['declare pattern place = (name:string) { ("here") = { print 1 }; }; place("here")', [[1]]],
  ]);
  it('names references that are not declared', () => {
    expect(engine.error(`${declared} app("one").Metrics`)).toMatchObject({ kind: 'unknownName', name: 'Metrics' });
  });
});

describe('parse-kv', () => {
  answers([
    [`print t = @'k="a \\"b\\" c" n=5' | parse-kv t as (k:string, n:long) with (pair_delimiter=' ', kv_delimiter='=', quote='"', escape='\\\\') | project k, n`, [['a "b" c', 5]]],
    [`print t = @'k="a\\\\" n=5' | parse-kv t as (k:string, n:long) with (pair_delimiter=' ', kv_delimiter='=', quote='"', escape='\\\\') | project k, n`, [['a\\', 5]]],
  ]);
});

describe('parse kind=regex', () => {
  // "The output isn't what you expected since the default mode is greedy"; the flag U turns that around.
  const text = 'print t = "name=a, x=1, y=2"';
  answers([
    [`${text} | parse kind=regex t with * "name=" name "," * | project name`, [['a, x=1']]],
    [`${text} | parse kind=regex flags=U t with * "name=" name "," * | project name`, [['a']]],
    [`${text} | parse kind=regex flags=i t with * "NAME=" name ", x=" x:long "," * | project name, x`, [['a', 1]]],
  ]);
});
