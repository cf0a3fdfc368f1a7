import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestEngine } from './engine';

const engine = new TestEngine();
beforeAll(async () => {
  await engine.open();
  await engine.table('People', 'datatable(name:string, age:long, team:string)["ann", 40, "a", "bob", 30, "a", "cyd", 20, "b"]');
  // eve has no row among the people. ann manages bob, bob manages cyd and eve.
  await engine.table('Reports', 'datatable(who:string, boss:string, since:long)["bob", "ann", 1, "cyd", "bob", 2, "eve", "bob", 3]');
  await engine.table('Ring', 'datatable(s:string, t:string, w:long)["a", "b", 1, "b", "c", 2, "c", "a", 3]');
}, 60_000);
afterAll(() => engine.close());

const people = 'Reports | make-graph who --> boss with People on name';
const ring = 'Ring | make-graph s --> t with_node_id=id';

/** Each line: a query, and its rows in any order. */
function answers(lines: readonly (readonly [string, readonly (readonly unknown[])[]])[]): void {
  for (const [query, expected] of lines) {
    it(query, async () => {
      expect(await engine.sorted(query)).toEqual([...expected].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)));
    });
  }
}

describe('make-graph, graph-to-table', () => {
  answers([
    // A node that only edges name has its identifier and nothing else.
    [`${people} | graph-to-table nodes`, [['ann', 40, 'a'], ['bob', 30, 'a'], ['cyd', 20, 'b'], ['eve', null, '']]],
    [`${people} | graph-to-table edges`, [['bob', 'ann', 1], ['cyd', 'bob', 2], ['eve', 'bob', 3]]],
    [`${ring} | graph-to-table nodes`, [['a'], ['b'], ['c']]],
    // Two tables make one node; the first one wins where both say something.
    ['let More = datatable(nick:string, age:long, city:string)["ann", 99, "Oslo", "zoe", 5, "Rome"]; Reports | make-graph who --> boss with People on name, More on nick | graph-to-table nodes | where name in ("ann", "eve") or nick == "zoe"',
      [['ann', 40, 'a', 'ann', 'Oslo'], ['eve', null, '', 'eve', ''], ['', 5, '', 'zoe', 'Rome']]],
    // Whole numbers and texts are the same node when they read the same.
    ['datatable(a:long, b:string)[1, "2", 2, "1"] | make-graph a --> b with_node_id=id | graph-to-table nodes', [[1], [2]]],
    // Published with the documentation of graph-to-table: the hash of "Alice".
    ['datatable(a:string, b:string)["Alice", "Alice"] | make-graph a --> b | graph-to-table edges with_source_id=S with_target_id=T', [['-3122868243544336885', '-3122868243544336885', 'Alice', 'Alice']]],
    [`${people} | graph-to-table nodes as N with_node_id=Id, edges as E with_source_id=Source; E | join kind=inner N on $left.Source == $right.Id | project who, age`, [['bob', 30], ['cyd', 20], ['eve', null]]],
    [`let G = ${people}; G | graph-match (a)-[e]->(b) where a.name == "bob" project b.name | union (G | graph-to-table nodes | where age == 20 | project b_name = name)`, [['ann'], ['cyd']]],
  ]);
  it('a graph alone is no answer', () => {
    expect(engine.error(ring)).toMatchObject({ kind: 'unsupported', feature: 'a query whose result is a graph' });
  });
});

describe('graph-match', () => {
  answers([
    [`${people} | graph-match (a)-[e]->(b) where e.since > 1 project a.name, b.name`, [['cyd', 'bob'], ['eve', 'bob']]],
    [`${people} | graph-match (b)<-[e]-(a) where b.age > 35 project a.name, e.since`, [['bob', 1]]],
    [`${people} | graph-match (a)--(b) where b.name == "bob" project a.name`, [['ann'], ['cyd'], ['eve']]],
    [`${people} | graph-match (boss)<-[r*1..2]-(who) where boss.name == "ann" project who.name, path = map(r, who), ages = map(inner_nodes(r), age), n = array_length(r)`,
      [['bob', '["bob"]', '[]', '1'], ['cyd', '["bob","cyd"]', '[30]', '2'], ['eve', '["bob","eve"]', '[30]', '2']]],
    // A property of a repeated edge: its values along the path, and in a condition every one of them.
    [`${people} | graph-match (boss)<-[r*1..2]-(who) where boss.name == "ann" and r.since < 3 project who.name, r.since, sum = strcat(boss.name, r.since)`,
      [['bob', '[1]', '["ann1"]'], ['cyd', '[1,2]', '["ann1","ann2"]']]],
    [`${people} | graph-match (boss)<-[r*1..2]-(who) where any(r, since == 3) project boss.name`, [['ann'], ['bob']]],
    [`${people} | graph-match (boss)<-[r*1..2]-(who) where all(inner_nodes(r), age > 35) project boss.name, who.name`, [['ann', 'bob'], ['bob', 'cyd'], ['bob', 'eve']]],
    // Conditions between the elements of a path and other elements.
    [`${people} | graph-match (chief)<-[r*2..2]-(who) where all(inner_nodes(r), age < chief.age) and any(r, since + 39 == chief.age) project who.name`, [['cyd'], ['eve']]],
    // No edge: both ends are the same node; all() holds and any() does not.
    [`${ring} | graph-match (a)-[e*0..1]->(b) where a.id == "a" and all(e, w < 0) project a.id, b.id, e`, [['a', 'a', '[]']]],
    [`${ring} | graph-match (a)-[e*0..1]->(b) where a.id == "a" and any(e, w > 0) project b.id`, [['b']]],
    [`${people} | graph-match (a)-[e]->(b), (c)-[f]->(b) where a.name == "cyd" project c.name`, [['eve']]],
    [`${people} | graph-match (a)-[e]->(b)-[f]->(c) project a.name, c.name`, [['cyd', 'ann'], ['eve', 'ann']]],
    [`${people} | graph-match (a)-->(b) where node_degree_in(b) == 2 and node_degree_out(b) == 1 project node_id(a), labels(a), n = node_degree_out(a)`, [['cyd', '[]', 1], ['eve', '[]', 1]]],
    [`${people} | graph-match (boss)<-[r*2..2]-(who) project x = set_union(map(inner_nodes(r), node_degree_in()), dynamic([7]))`, [['[2,7]'], ['[2,7]']]],
    [`${people} | graph-match (a)-[e]->(b) where a.name == "bob" project a, e`, [['{"name":"bob","age":30,"team":"a"}', '{"who":"bob","boss":"ann","since":1}']]],
  ]);
  it('what the binder wrongly refuses runs, and wrong names are still told', async () => {
    const way = `${ring} | graph-match (x)-[e*3..3]->(y) where x.id == "a" project`;
    // The binder makes every column dynamic whose expression looks at a path.
    expect(await engine.rows(`${way} way = strcat_array(map(inner_nodes(e), id), "->"), array_length(e)`)).toEqual([['"b->c"', '3']]);
    expect(engine.error(`${way} way = strcat_array(map(inner_nodes(e), absent), "->")`)).toMatchObject({ kind: 'unknownName', name: 'absent' });
    expect(engine.error(`${way} array_length(x)`)).toMatchObject({ kind: 'query' });
  });
  it('parts that share no node are refused', () => {
    expect(engine.error(`${ring} | graph-match (a)-->(b), (c)-->(d) project a.id`)).toMatchObject({ kind: 'query', message: 'The parts of a graph pattern have to share nodes.' });
  });
  it('two paths in one expression are refused', () => {
    expect(engine.error(`${ring} | graph-match (a)-[e*1..2]->(b)-[f*1..2]->(c) project strcat(e.w, f.w)`)).toMatchObject({ kind: 'unsupported', feature: 'two paths in one expression' });
  });
});

describe('cycles', () => {
  answers([
    // a → b → c → a is a cycle without a repeated edge; longer ways repeat one.
    [`${ring} | graph-match (x)-[e*1..4]->(y) where x.id == "a" project y.id, array_length(e)`, [['b', '1'], ['c', '2'], ['a', '3']]],
    [`${ring} | graph-match cycles=none (x)-[e*1..4]->(y) where x.id == "a" project y.id`, [['b'], ['c']]],
    [`${ring} | graph-match cycles=all (x)-[e*1..4]->(y) where x.id == "a" project array_length(e)`, [['1'], ['2'], ['3'], ['4']]],
    [`${ring} | graph-match (x)-->(y)-->(z)-->(x) project x.id`, [['a'], ['b'], ['c']]],
    [`${ring} | graph-match cycles=none (x)-->(y)-->(z)-->(x) project x.id`, []],
    // The same edge there and back.
    [`${ring} | graph-match (x)--(y)--(z) where x.id == "a" and y.id == "b" project z.id`, [['c']]],
    [`${ring} | graph-match cycles=all (x)--(y)--(z) where x.id == "a" and y.id == "b" project z.id`, [['a'], ['c']]],
  ]);
});

describe('graph-shortest-paths', () => {
  const streets = 'datatable(s:string, t:string)["a", "b", "b", "d", "a", "c", "c", "d", "d", "e", "a", "f", "f", "g", "g", "d"] | make-graph s --> t with_node_id=id';
  answers([
    [`${streets} | graph-shortest-paths output=all (x)-[e*1..5]->(y) where x.id == "a" and y.id == "e" project map(e, t)`, [['["b","d","e"]'], ['["c","d","e"]']]],
    [`${streets} | graph-shortest-paths (x)-[e*1..5]->(y) where x.id == "a" project y.id, array_length(e)`, [['b', '1'], ['c', '1'], ['d', '2'], ['e', '3'], ['f', '1'], ['g', '2']]],
    // A condition can make a longer way the shortest one.
    [`${streets} | graph-shortest-paths (x)-[e*1..5]->(y) where x.id == "a" and y.id == "d" and any(e, t == "g") project map(e, t)`, [['["f","g","d"]']]],
    [`${streets} | graph-shortest-paths (x)-[e*1..5]->(y) where x.id == "a" and y.id == "d" and all(inner_nodes(e), id !in ("b", "c")) project map(e, t)`, [['["f","g","d"]']]],
    // With an edge before the path, the whole length counts.
    [`${streets} | graph-shortest-paths (x)-[f]->(y)-[e*1..5]->(z) where x.id == "a" and z.id == "d" project array_length(e)`, [['1']]],
  ]);
  it('takes a path', () => {
    expect(engine.error(`${streets} | graph-shortest-paths (x)-->(y) project x.id`)).toMatchObject({ kind: 'query' });
  });
});

describe('graph-mark-components', () => {
  const islands = 'datatable(s:string, t:string)["a", "b", "b", "a", "b", "c", "x", "y"] | make-graph s --> t with_node_id=id';
  answers([
    [`${islands} | graph-mark-components | graph-to-table nodes`, [['a', 0], ['b', 0], ['c', 0], ['x', 1], ['y', 1]]],
    [`${islands} | graph-mark-components kind=strong with_component_id=c | graph-to-table nodes`, [['a', 0], ['b', 0], ['c', 1], ['x', 2], ['y', 3]]],
    [`${islands} | graph-mark-components | graph-match (p)-->(q) where p.ComponentId == 1 project p.id, q.id`, [['x', 'y']]],
  ]);
});

describe('partitioned-by', () => {
  const parts = 'let N = datatable(id:string, p:string)["a", "1", "b", "1", "a", "2", "c", "2"]; datatable(s:string, t:string, p:string)["a", "b", "1", "b", "a", "2", "a", "c", "2"]';
  answers([
    // In partition 1 nothing leads from b to a, and nothing from a to c.
    [`${parts} | make-graph s --> t with N on id partitioned-by p (graph-match (x)-[e*1..3]->(y) project x.id, y.id, x.p)`, [['a', 'b', '1'], ['a', 'c', '2'], ['b', 'a', ''], ['b', 'c', '']]],
    [`${parts} | make-graph s --> t with N on id partitioned-by p (graph-match (x)-->(y) project x.id | take 1) | count`, [[2]]],
  ]);
});
