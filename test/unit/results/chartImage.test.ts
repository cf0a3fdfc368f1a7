import { afterAll, beforeAll, expect, it } from 'vitest';
import { neverCancelled } from '../../../src/common/cancellation';
import type { Column, WireRow } from '../../../src/common/kqlTypes';
import { chartImage } from '../../../src/results/chartImage';
import { keepRows, type OpenStore, openStore } from './openStore';

let open: OpenStore;

beforeAll(async () => {
  open = await openStore();
});

afterAll(() => open.close());

const columns: readonly Column[] = [
  { name: 'Time', type: 'datetime' },
  { name: 'Host', type: 'string' },
  { name: 'Count', type: 'long' },
];

async function image(rows: readonly WireRow[], visualization: string): Promise<string | undefined> {
  const resultId = `result-${visualization}-${rows.length}`;
  await keepRows(open, { resultId, columns, rows });
  const render = { visualization, properties: {} };
  return chartImage(open.store, { resultId, columns, rows: rows.slice(0, 100), visualization: render }, neverCancelled);
}

function hours(count: number, hosts: number): readonly WireRow[] {
  return Array.from({ length: count }, (_, at): WireRow => [
    new Date(Date.UTC(2026, 0, 1) + Math.floor(at / hosts) * 3_600_000).toISOString(),
    `<host-${at % hosts}>`,
    (at * 7919) % 1000,
  ]);
}

it('draws what render asks for, with names as text', async () => {
  const svg = await image(hours(200, 2), 'timechart');
  expect(svg).toMatch(/^<svg /);
  expect(svg).toContain('&lt;host-1&gt;');
  expect(svg).not.toMatch(/<script|<host/);
});

it('stays small, whatever the rows are', async () => {
  for (const kind of ['timechart', 'scatterchart', 'columnchart', 'areachart']) {
    const svg = await image(hours(20_000, 40), kind);
    if (svg !== undefined) expect(JSON.stringify(svg).length).toBeLessThanOrEqual(40_000);
  }
  expect(await image(hours(20_001, 40), 'timechart')).toBeDefined();
});

it('draws nothing where there is nothing to draw', async () => {
  expect(await image(hours(10, 1), 'card')).toBeUndefined();
  expect(await image(hours(11, 1), 'nosuchchart')).toBeUndefined();
  expect(await image([], 'ladderchart')).toBeUndefined();
});
