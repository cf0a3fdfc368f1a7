/** Charts of a result: drawn in Chromium as on a notebook's page, and their points read from the store. */
import type { Page } from 'playwright-core';
import { neverCancelled } from '../../src/common/cancellation';
import { type ReadChart, wholeView } from '../../src/common/resultViews';
import { readChart } from '../../src/results/chartData';
import { RendererHarness } from '../renderer/rendererHarness';
import { openStore } from '../unit/results/openStore';
import { type Bench, type Measurement, median } from './bench';

const points = 10_000;
const rows = 500_000;

/**
 * From the output item to the line on screen. Baseline: as many points as one path of plain SVG, on the same page in the same run.
 */
async function drawn(): Promise<Measurement> {
  const harness = await RendererHarness.start();
  try {
    const { page } = await harness.open({ viewport: { width: 1200, height: 800 } });
    // The bundle is loaded once a notebook.
    await lineChart(page, 'first');
    const times: number[] = [];
    const plain: number[] = [];
    for (let run = 0; run < 9; run += 1) {
      times.push(await lineChart(page, `run${run}`));
      plain.push(await plainPath(page));
    }
    return { value: middle(times), baseline: middle(plain) };
  } finally {
    await harness.stop();
  }
}

function lineChart(page: Page, id: string): Promise<number> {
  return page.evaluate(
    ({ output, count }) => {
      const list = Array.from({ length: count }, (_, index) => index);
      const times = JSON.stringify(list.map((index) => new Date(1_700_000_000_000 + index * 60_000).toISOString()));
      const values = JSON.stringify(list.map((index) => Math.round(1000 * Math.sin(index / 50)) + ((index * 7919) % 211)));
      const columns = [
        { name: 'TimeGenerated', type: 'dynamic' },
        { name: 'Count', type: 'dynamic' },
      ] as const;
      const start = performance.now();
      window.hunt.render({ id: output, table: { kind: 'rows', columns, rows: [[times, values]] }, visualization: { visualization: 'timechart', properties: {} } });
      return new Promise<number>((resolve) => {
        const look = (): void => {
          const path = document.querySelector(`#${output} .hb-drawing path[fill="none"][stroke-width="1.5"]`);
          if (!path) requestAnimationFrame(look);
          else {
            const taken = performance.now() - start;
            window.hunt.dispose(output);
            document.getElementById(output)?.remove();
            resolve(taken);
          }
        };
        look();
      });
    },
    { output: id, count: points },
  );
}

function plainPath(page: Page): Promise<number> {
  return page.evaluate((count) => {
    const start = performance.now();
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    path.setAttribute('d', Array.from({ length: count }, (_, index) => `${index === 0 ? 'M' : 'L'}${index / 10} ${150 + 100 * Math.sin(index / 50)}`).join(''));
    svg.append(path);
    document.body.append(svg);
    svg.getBoundingClientRect();
    return new Promise<number>((resolve) => {
      requestAnimationFrame(() => {
        svg.remove();
        resolve(performance.now() - start);
      });
    });
  }, points);
}

function middle(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** The points of a chart of many rows. Baseline: the count of the same groups alone. */
async function read(wish: Partial<ReadChart>, groups: string): Promise<Measurement> {
  const open = await openStore();
  try {
    const sql = `SELECT 638500000000000000 + i * 12345678 AS c0, 'account' || (i % 10) AS c1, (i * 7919) % 1000 AS c2 FROM range(${rows}) r(i)`;
    const columns = [
      { name: 'TimeGenerated', type: 'datetime' },
      { name: 'Account', type: 'string' },
      { name: 'Bytes', type: 'long' },
    ] as const;
    const { relation } = await open.store.create({ resultId: 'r', notebookId: 'n', columns, sql }, neverCancelled);
    const question = { resultId: 'r', view: wholeView, x: 0, y: [2], series: [1], aggregate: 'none', maxPoints: 5000, maxSeries: 50, ...wish } as const;
    const work = async (): Promise<unknown> => readChart(await open.store.viewed(question, neverCancelled), question, neverCancelled);
    const plain = (): Promise<unknown> => open.database.rows(`SELECT ${groups}, count(*) FROM ${relation} GROUP BY ALL`, neverCancelled);
    return { value: await median(7, work), baseline: await median(7, plain) };
  } finally {
    await open.close();
  }
}

export const benches: readonly Bench[] = [
  { name: 'chart: line of 10,000 points on screen', unit: 'ms', budget: 100, run: drawn },
  { name: 'chart: points of 500,000 rows, 10 lines', unit: 'ms', budget: 250, run: () => read({}, 'c0 // 36000000000, c1') },
  {
    name: 'chart: 500,000 rows counted by time',
    unit: 'ms',
    budget: 150,
    run: () => read({ y: [], series: [], aggregate: 'count', maxBins: 120 }, 'c0 // 36000000000'),
  },
];
