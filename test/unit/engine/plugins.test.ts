import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestEngine } from './engine';

const engine = new TestEngine();
beforeAll(async () => {
  await engine.open();
  await engine.table('Bags', 'datatable(id:long, bag:dynamic)[1, dynamic({"name":"a","n":1}), 2, dynamic({"name":"b","x y":[1]}), 3, dynamic(null)]');
  await engine.table('Cells', 'datatable(k:string, p:string, n:long)["a","x",1,"a","y",2,"b","x",3,"b","x",4]');
}, 60_000);
afterAll(() => engine.close());

/** Each line: a query, its columns, and its rows in any order. */
function answers(lines: readonly (readonly [string, string, readonly (readonly unknown[])[]])[]): void {
  for (const [query, names, expected] of lines) {
    it(query, async () => {
      expect((await engine.names(query)).join(' ')).toBe(names);
      expect(await engine.sorted(query)).toEqual([...expected].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)));
    });
  }
}

describe('bag_unpack', () => {
  answers([
    ['Bags | evaluate bag_unpack(bag)', 'id n name x y', [[1, 1, 'a', null], [2, null, 'b', '[1]'], [3, null, '', null]]],
    ['Bags | evaluate bag_unpack(bag, "p_") | project p_name | where isnotempty(p_name)', 'p_name', [['a'], ['b']]],
    ['Bags | evaluate bag_unpack(bag) : (*, name:string)', 'id name', [[1, 'a'], [2, 'b'], [3, '']]],
    ["Bags | evaluate bag_unpack(bag, ignoredProperties = dynamic(['n', 'x y'])) | where id == 1", 'id name', [[1, 'a']]],
    ["Bags | evaluate bag_unpack(bag, 'p_', 'error', dynamic(['n', 'x y'])) | where id == 1", 'id p_name', [[1, 'a']]],
    ["Bags | extend n = 7 | evaluate bag_unpack(bag, columnsConflict = 'keep_source') | where id == 1 | project n", 'n', [[7]]],
    ["Bags | extend n = 7 | evaluate bag_unpack(bag, columnsConflict = 'replace_source') | project id, n", 'id n', [[1, 1], [2, null], [3, null]]],
    ['let T = Bags | evaluate bag_unpack(bag); T | where n == 1 | project id', 'id', [[1]]],
    // Names that a query takes from no rows at all are nulls.
    ['Bags | where id > 9 | evaluate bag_unpack(bag) | where Anything == "x" | summarize count() by Other', 'Other count_', []],
  ]);
  it('refuses a slot with the name of a column', async () => {
    await expect(engine.rows('Bags | extend name = "z" | evaluate bag_unpack(bag)')).rejects.toThrow("two columns named 'name'");
  });
  it('tells places as if the schema stood in the query', () => {
    return expect(engine.rows('Bags | evaluate bag_unpack(bag) | where missing == 1')).rejects.toThrow('column 41');
  });
});

describe('pivot, narrow', () => {
  answers([
    ['Cells | evaluate pivot(p, sum(n))', 'k x y', [['a', 1, 2], ['b', 7, 0]]],
    ['Cells | evaluate pivot(p, count(), k)', 'k x y', [['a', 1, 1], ['b', 2, 0]]],
    ['Cells | evaluate pivot(p, sum(n)) : (k:string, x:long)', 'k x', [['a', 1], ['b', 7]]],
    ['print a = 1, b = "x" | evaluate narrow()', 'Row Column Value', [[0, 'a', '1'], [0, 'b', 'x']]],
  ]);
});

describe('lookups', () => {
  const ranges = 'let R = datatable(net:string, who:string)["10.0.0.0/8", "ours", "10.1.0.0/16", "lab", "bad", "?"];';
  const hosts = 'let H = datatable(ip:string)["10.1.2.3", "10.2.0.1", "8.8.8.8"];';
  answers([
    [`${ranges} ${hosts} H | evaluate ipv4_lookup(R, ip, net)`, 'ip net who', [['10.1.2.3', '10.0.0.0/8', 'ours'], ['10.1.2.3', '10.1.0.0/16', 'lab'], ['10.2.0.1', '10.0.0.0/8', 'ours']]],
    [`${ranges} ${hosts} H | evaluate ipv4_lookup(R, ip, net, return_unmatched = true) | where isempty(net)`, 'ip net who', [['8.8.8.8', '', '']]],
  ]);
});

it('activity_counts_metrics counts ids that were never seen before', async () => {
  const rows = 'datatable(u:string, t:datetime)["a", datetime(2024-01-01), "b", datetime(2024-01-01 05:00), "a", datetime(2024-01-02), "c", datetime(2024-01-02)]';
  expect(await engine.sorted(`${rows} | evaluate activity_counts_metrics(u, t, datetime(2024-01-01), datetime(2024-01-03), 1d)`)).toEqual([
    ['2024-01-01T00:00:00.0000000Z', 2, 2, 2, 2],
    ['2024-01-02T00:00:00.0000000Z', 2, 2, 1, 3],
  ]);
});

it('an unknown plugin is named', () => {
  expect(engine.error('Cells | evaluate identity()')).toMatchObject({ kind: 'unsupported', feature: 'the plugin identity' });
});
