import { afterAll, beforeAll, expect, it } from 'vitest';
import { TestEngine } from '../engine';

const engine = new TestEngine();
beforeAll(async () => {
  await engine.open();
  await engine.table(
    'Areas',
    `datatable(area:string, shape:dynamic)[
      "west", dynamic({"type":"Polygon","coordinates":[[[0,0],[2,0],[2,2],[0,2],[0,0]]]}),
      "east", dynamic({"type":"Polygon","coordinates":[[[1,0],[3,0],[3,2],[1,2],[1,0]]]}),
      "none", dynamic({"type":"Polygon"})]`,
  );
  await engine.table('Roads', 'datatable(road:string, way:dynamic)["A1", dynamic({"type":"LineString","coordinates":[[0,0],[4,0]]})]');
  await engine.table('Places', 'datatable(place:string, x:real, y:real)["a", 0.5, 1.0, "b", 1.5, 1.0, "c", 3.1, 1.0, "d", real(null), 1.0]');
}, 60_000);
afterAll(() => engine.close());

it.each<readonly [string, string, readonly (readonly unknown[])[]]>([
  ['geo_polygon_lookup(Areas, shape, x, y)', 'place x y area', [['a', 0.5, 1, 'west'], ['b', 1.5, 1, 'west'], ['b', 1.5, 1, 'east']]],
  ['geo_polygon_lookup(Areas, shape, x, y, 20000) | project place, area', 'place area', [['a', 'west'], ['b', 'west'], ['b', 'east'], ['c', 'east']]],
  ['geo_polygon_lookup(Areas, shape, x, y, return_unmatched = true) | where isempty(area) | project place', 'place', [['c'], ['d']]],
  ['geo_polygon_lookup(Areas, shape, x, y, return_lookup_key = true) | where place == "a" | project area, tostring(shape.type)', 'area shape_type', [['west', 'Polygon']]],
  ['geo_line_lookup(Roads, way, x, y, 112000) | project place, road', 'place road', [['a', 'A1'], ['b', 'A1'], ['c', 'A1']]],
  ['geo_line_lookup(Roads, way, x, y, 1000, true) | project place, road', 'place road', [['a', ''], ['b', ''], ['c', ''], ['d', '']]],
])('Places | evaluate %s', async (call, names, expected) => {
  const query = `Places | evaluate ${call}`;
  expect((await engine.names(query)).join(' ')).toBe(names);
  expect(await engine.sorted(query)).toEqual([...expected].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)));
});
