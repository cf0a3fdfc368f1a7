import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestEngine } from './engine';

const engine = new TestEngine();
beforeAll(async () => {
  await engine.open();
  await engine.table('Hosts', 'datatable(host:string, n:long, more:dynamic)["web one", 1, dynamic({"os":"linux"}), "webserver", 2, dynamic(null), "db", 445, dynamic(["WEB"])]');
  await engine.table('Users', 'datatable(user:string, n:long)["ann web", 1, "bob", 7]');
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

describe('search', () => {
  answers([
    ['Hosts | search "web" | project n', [[1], [445]]],
    ['Hosts | search "web*" | project n', [[1], [2], [445]]],
    ['Hosts | search "*server" | project n', [[2]]],
    ['Hosts | search "w*ne" | project n', [[1]]],
    ['Hosts | search host:"web" and n == 1 | project n', [[1]]],
    ['Hosts | search "445" | project host', [['db']]],
    ['Hosts | search kind=case_sensitive "WEB" | project n', [[445]]],
    ['search in (Hosts, Users) "web" | project $table, n', [['Hosts', 1], ['Hosts', 445], ['Users', 1]]],
    ['search "web" and user == "ann web" | project user', [['ann web']]],
    ['Hosts | where * has "linux" | project n', [[1]]],
    ['find in (Hosts, Users) where n == 1 project n', [['Hosts', 1], ['Users', 1]]],
  ]);
});

describe('choosing rows', () => {
  const sales = 'datatable(k:string, p:string, n:long)["a","x",1,"a","y",5,"b","x",3,"c","x",2]';
  answers([
    [`${sales} | partition by k (top 1 by n) | project k, n`, [['a', 5], ['b', 3], ['c', 2]]],
    [`${sales} | top-hitters 1 of k by n`, [['a', 6]]],
    [`${sales} | top-nested 2 of k by sum(n), top-nested 1 of p by max(n)`, [['a', 6, 'y', 5], ['b', 3, 'x', 3]]],
    [`${sales} | top-nested 1 of k with others = "rest" by sum(n)`, [['a', 6], ['rest', 5]]],
    [`${sales} | sample 3 | count`, [[3]]],
    [`${sales} | sample-distinct 9 of p`, [['x'], ['y']]],
  ]);
});
