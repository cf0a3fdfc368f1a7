/** Graph operators against plain searches, on small graphs by chance. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestEngine } from '../engine';

const engine = new TestEngine();
beforeAll(() => engine.open(), 60_000);
afterAll(() => {
  engine.close();
});

interface Edge {
  readonly number: number;
  readonly source: number;
  readonly target: number;
}

interface Walk {
  readonly nodes: readonly number[];
  readonly edges: readonly number[];
}

type Cycles = 'all' | 'unique_edges' | 'none';

const graphs = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 4 })), { minLength: 1, maxLength: 7 })
  .map((pairs) => pairs.map(([source, target], number): Edge => ({ number, source, target })));
const cycleModes = fc.constantFrom<Cycles>('all', 'unique_edges', 'none');

const madeOf = (edges: readonly Edge[]): string =>
  `datatable(n:long, s:long, t:long)[${edges.flatMap(({ number, source, target }) => [number, source, target]).join(', ')}] | make-graph s --> t with_node_id=id`;

/** Every walk of at most `most` edges. */
function walks(edges: readonly Edge[], most: number, cycles: Cycles, undirected: boolean): Walk[] {
  const steps = edges.flatMap(({ number, source, target }) => [
    { number, from: source, to: target },
    ...(undirected && source !== target ? [{ number, from: target, to: source }] : []),
  ]);
  const found: Walk[] = [];
  const extend = (walk: Walk): void => {
    found.push(walk);
    if (walk.edges.length === most) return;
    for (const { number, from, to } of steps) {
      if (from !== walk.nodes.at(-1)) continue;
      if (cycles !== 'all' && walk.edges.includes(number)) continue;
      if (cycles === 'none' && walk.nodes.includes(to)) continue;
      extend({ nodes: [...walk.nodes, to], edges: [...walk.edges, number] });
    }
  };
  for (const node of new Set(edges.flatMap(({ source, target }) => [source, target]))) extend({ nodes: [node], edges: [] });
  return found;
}

const bag = (rows: readonly (readonly unknown[])[]): string[] => rows.map((row) => JSON.stringify(row)).sort();
const ends = ({ nodes }: Walk): [number | undefined, number | undefined] => [nodes[0], nodes.at(-1)];

describe('On any graph', { timeout: 120_000 }, () => {
  it('a repeated edge finds every walk, whichever way it is written', async () => {
    await fc.assert(
      fc.asyncProperty(graphs, cycleModes, fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 2 }), fc.constantFrom('-->', '<--', '--'), async (edges, cycles, min, more, arrow) => {
        const [open, close] = arrow === '-->' ? ['-[', ']->'] : arrow === '<--' ? ['<-[', ']-'] : ['-[', ']-'];
        const query = `${madeOf(edges)} | graph-match cycles=${cycles} (a)${open}e*${min}..${min + more}${close}(b) project a.id, b.id, map(e, n), map(inner_nodes(e), id)`;
        const expected = walks(edges, min + more, cycles, arrow === '--')
          .filter((walk) => walk.edges.length >= min)
          .map((walk) => (arrow === '<--' ? { nodes: [...walk.nodes].reverse(), edges: [...walk.edges].reverse() } : walk))
          .map((walk) => [...ends(walk), JSON.stringify(walk.edges), JSON.stringify(walk.nodes.slice(1, -1))]);
        expect(bag(await engine.rows(query)), query).toEqual(bag(expected));
      }),
      { numRuns: 60, seed: 1 },
    );
  });

  it('single edges and paths of length one are the same', async () => {
    await fc.assert(
      fc.asyncProperty(graphs, cycleModes, async (edges, cycles) => {
        const match = (pattern: string): string => `${madeOf(edges)} | graph-match cycles=${cycles} ${pattern} project a.id, b.id, c.id`;
        expect(bag(await engine.rows(match('(a)-[e]->(b)--(c)')))).toEqual(bag(await engine.rows(match('(c)-[f*1..1]-(b)<-[e*1..1]-(a)'))));
      }),
      { numRuns: 30, seed: 2 },
    );
  });

  it('shortest paths are the shortest walks', async () => {
    await fc.assert(
      fc.asyncProperty(graphs, fc.boolean(), fc.boolean(), async (edges, undirected, conditional) => {
        // The condition on the whole match takes the way that cuts no branch off.
        const query = `${madeOf(edges)} | graph-shortest-paths output=all (a)-[e*1..4]-${undirected ? '' : '>'}(b) where ${conditional ? 'array_length(e) > 0' : 'true'} project a.id, b.id, map(e, n)`;
        const all = walks(edges, 4, 'unique_edges', undirected).filter((walk) => walk.edges.length > 0);
        const same = (one: Walk, other: Walk): boolean => ends(one).join() === ends(other).join();
        const shortest = all.filter((walk) => all.every((other) => !same(walk, other) || other.edges.length >= walk.edges.length));
        expect(bag(await engine.rows(query)), query).toEqual(bag(shortest.map((walk) => [...ends(walk), JSON.stringify(walk.edges)])));
        const any = await engine.rows(query.replace('output=all ', ''));
        expect(bag(any.map((row) => row.slice(0, 2)))).toEqual([...new Set(bag(shortest.map(ends)))].sort());
      }),
      { numRuns: 40, seed: 3 },
    );
  });

  it('components are what ways connect', async () => {
    await fc.assert(
      fc.asyncProperty(graphs, fc.constantFrom('weak', 'strong'), async (edges, kind) => {
        const rows = await engine.rows(`${madeOf(edges)} | graph-mark-components kind=${kind} | graph-to-table nodes`);
        const reaches = new Set(walks(edges, 5, 'none', kind === 'weak').map((walk) => ends(walk).join()));
        for (const [a, one] of rows) {
          for (const [b, other] of rows) {
            expect(one === other, `${String(a)} and ${String(b)}`).toBe(reaches.has(`${String(a)},${String(b)}`) && reaches.has(`${String(b)},${String(a)}`));
          }
        }
        const numbers = [...new Set(rows.map(([, component]) => Number(component)))].sort();
        expect(numbers).toEqual(numbers.map((_, index) => index));
      }),
      { numRuns: 30, seed: 4 },
    );
  });
});
