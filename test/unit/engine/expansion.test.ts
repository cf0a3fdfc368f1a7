import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copies, expandedSize } from '../../../src/engine/expansion';
import { literal, sql } from '../../../src/engine/expression';
import { TestEngine } from './engine';

const engine = new TestEngine();
beforeAll(() => engine.open(), 60_000);
afterAll(() => engine.close());

describe('an expression of nested macros', () => {
  it('is as large as its copies', () => {
    const plain = sql('real')`abs(${literal('real', 1)})`;
    expect([copies(plain), expandedSize(plain)]).toEqual([1, 2]);
    const once = sql('string')`kql.real_text(${plain})`;
    const twice = sql('string')`kql.real_text(${once})`;
    expect(copies(once)).toBeGreaterThan(4);
    expect(expandedSize(twice)).toBeGreaterThan(copies(once) * expandedSize(once));
  });

  it('of many small parts is left as it is', async () => {
    const list = Array.from({ length: 60 }, (_, index) => index).join(', ');
    expect(await engine.rows(`print jaccard_index(pack_array(${list}), pack_array(${list}))`)).toEqual([['1.0']]);
  });

  it('answers, however deep: conversions around conversions of the row before', { timeout: 60_000 }, async () => {
    const rows = await engine.rows(`
      datatable(g:dynamic)[dynamic({"latitude":60.0,"longitude":10.0}), dynamic({"latitude":60.0,"longitude":10.0}), dynamic({"latitude":61.0,"longitude":10.0})]
      | extend lat = tostring(parse_json(tostring(g)).latitude), lon = tostring(parse_json(tostring(g)).longitude)
      | serialize
      | extend before = prev(lat), beforeLon = prev(lon)
      | extend d = iif(isnotempty(before), tostring(round(geo_distance_2points(todouble(lon), todouble(lat), todouble(beforeLon), todouble(before)) / 1609.344, 2)), "first")
      | project d`);
    // A degree of latitude is 69.09 miles on the sphere that Kusto measures on.
    expect(rows).toEqual([['first'], ['0'], ['69.09']]);
  });
});
