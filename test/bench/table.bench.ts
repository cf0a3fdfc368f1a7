/** The table renderer in Chromium, on a page like the notebook's, with a host in the page that makes rows on demand. */
import type { CDPSession, Page } from 'playwright-core';
import { RendererHarness } from '../renderer/rendererHarness';
import type { Bench, Measurement } from './bench';

interface Size {
  readonly rows: number;
  readonly columns: number;
}

const many: Size = { rows: 50_000, columns: 12 };
const most: Size = { rows: 500_000, columns: 50 };

async function withPage<T>(work: (page: Page) => Promise<T>): Promise<T> {
  const harness = await RendererHarness.start();
  try {
    const { page } = await harness.open({ viewport: { width: 1200, height: 800 } });
    return await work(page);
  } finally {
    await harness.stop();
  }
}

/** Shows a result whose rows are live, and waits for the answer of the host. */
async function show(page: Page, size: Size): Promise<void> {
  await page.evaluate((spec) => {
    window.hunt.render({ id: 'bench', table: { kind: 'events', ...spec } });
  }, size);
  await page.waitForSelector(`[aria-rowcount="${size.rows + 1}"]`);
}

function middle(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** From the output item to its rows on screen. */
function firstPage(size: Size): Promise<Measurement> {
  return withPage(async (page) => {
    const times: number[] = [];
    for (let run = 0; run < 8; run += 1) {
      const id = `run${run}`;
      times.push(
        await page.evaluate(
          ({ spec, output }) =>
            new Promise<number>((resolve) => {
              const start = performance.now();
              window.hunt.render({ id: output, table: { kind: 'events', ...spec } });
              requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - start)));
            }),
          { spec: size, output: id },
        ),
      );
      await page.evaluate((output) => {
        window.hunt.dispose(output);
        document.getElementById(output)?.remove();
      }, id);
    }
    return { value: middle(times.slice(1)) };
  });
}

/** The 95th percentile of the time between frames while scrolling; baseline: a page scrolled with nothing on it. */
function scrolling(size: Size): Promise<Measurement> {
  return withPage(async (page) => {
    await page.evaluate(() => {
      const bare = document.createElement('div');
      bare.id = 'bare';
      bare.style.cssText = 'height: 300px; overflow: auto';
      const tall = document.createElement('div');
      tall.style.height = '1000000px';
      bare.append(tall);
      document.body.append(bare);
    });
    const baseline = await frameTimes(page, '#bare');
    await page.evaluate(() => document.getElementById('bare')?.remove());
    await show(page, size);
    return { value: await frameTimes(page, '.hb-grid'), baseline };
  });
}

function frameTimes(page: Page, selector: string): Promise<number> {
  return page.evaluate(
    (target) =>
      new Promise<number>((resolve) => {
        const element = document.querySelector(target);
        const frames: number[] = [];
        let last = 0;
        const step = (now: number): void => {
          if (last !== 0) frames.push(now - last);
          last = now;
          element?.scrollBy(7, 311);
          if (frames.length < 240) requestAnimationFrame(step);
          else resolve(frames.sort((a, b) => a - b)[Math.floor(frames.length * 0.95)] ?? Number.NaN);
        };
        requestAnimationFrame(step);
      }),
    selector,
  );
}

/** From a jump to a far row until its values are on screen. */
function farJump(size: Size): Promise<Measurement> {
  return withPage(async (page) => {
    await show(page, size);
    const times: number[] = [];
    for (let jump = 1; jump <= 12; jump += 1) {
      const row = Math.floor((size.rows * ((jump * 7) % 13)) / 13);
      times.push(
        await page.evaluate(
          (target) =>
            new Promise<number>((resolve) => {
              const start = performance.now();
              document.querySelector('.hb-grid')?.scrollTo(0, target * 24);
              const look = (): void => {
                const cell = document.querySelector(`[aria-rowindex="${target + 3}"] > [aria-colindex="2"]`);
                if (cell && !cell.classList.contains('hb-loading')) resolve(performance.now() - start);
                else requestAnimationFrame(look);
              };
              requestAnimationFrame(look);
            }),
          row,
        ),
      );
    }
    return { value: middle(times) };
  });
}

/** From the click on a header to sorted rows on screen, with a host that has the order ready: the renderer's share. */
function sortRoundTrip(size: Size): Promise<Measurement> {
  return withPage(async (page) => {
    await show(page, size);
    const times: number[] = [];
    for (let click = 0; click < 12; click += 1) {
      times.push(
        await page.evaluate(
          () =>
            new Promise<number>((resolve) => {
              const header = document.querySelector<HTMLElement>('.hb-headcell[aria-colindex="4"]');
              const before = header?.getAttribute('aria-sort');
              const start = performance.now();
              header?.click();
              const look = (): void => {
                if (header?.getAttribute('aria-sort') === before) requestAnimationFrame(look);
                else resolve(performance.now() - start);
              };
              requestAnimationFrame(look);
            }),
        ),
      );
    }
    // The first three clicks make the host sort.
    return { value: middle(times.slice(3)) };
  });
}

/** JavaScript heap above that of the empty page after 120 far pages were looked at. */
function memory(size: Size): Promise<Measurement> {
  return withPage(async (page) => {
    const session = await page.context().newCDPSession(page);
    const before = await heapMegabytes(session);
    await show(page, size);
    for (let jump = 0; jump < 120; jump += 1) {
      await page.evaluate(
        (top) =>
          new Promise<void>((resolve) => {
            document.querySelector('.hb-grid')?.scrollTo(0, top);
            requestAnimationFrame(() => setTimeout(resolve, 10));
          }),
        Math.floor((size.rows * 24 * jump) / 120),
      );
    }
    return { value: (await heapMegabytes(session)) - before };
  });
}

async function heapMegabytes(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return usedSize / 1024 / 1024;
}

const name = (what: string, { rows, columns }: Size): string => `table: ${what}, ${rows.toLocaleString('en-US')} × ${columns}`;

export const benches: readonly Bench[] = [
  { name: name('first page on screen', most), unit: 'ms', budget: 150, run: () => firstPage(most) },
  { name: name('scrolling, time between frames, p95', many), unit: 'ms', budget: 17, run: () => scrolling(many) },
  { name: name('scrolling, time between frames, p95', most), unit: 'ms', budget: 17, run: () => scrolling(most) },
  { name: name('far jump', most), unit: 'ms', budget: 60, run: () => farJump(most) },
  { name: name('sort, the renderer’s share', many), unit: 'ms', budget: 250, run: () => sortRoundTrip(many) },
  { name: name('sort, the renderer’s share', most), unit: 'ms', budget: 250, run: () => sortRoundTrip(most) },
  { name: name('heap after 120 far jumps', most), unit: 'MB', budget: 60, run: () => memory(most) },
];
