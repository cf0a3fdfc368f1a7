/** Our grid beside those of others, on the same rows and in the same run: the baseline is the best of them. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import { launchBrowser } from '../../scripts/lib/browser.mjs';
import { root } from '../../scripts/lib/paths.mjs';
import { installPeers } from '../../scripts/lib/peers.mjs';
import type { Bench, Measurement } from './bench';

const ROWS = 500_000;
const COLUMNS = 50;
const own = 'huntbook';
const peers = ['regularTable', 'slickGrid', 'agGrid'] as const;
type GridName = typeof own | (typeof peers)[number];

const styles: Readonly<Partial<Record<GridName, string>>> = {
  regularTable: 'regular-table/dist/css/material.css',
  slickGrid: 'slickgrid/dist/styles/css/slick.grid.css',
};

interface Figures {
  readonly firstPage: number;
  readonly scroll: number;
  readonly jump: number;
  readonly heap: number;
}

let measured: Promise<ReadonlyMap<GridName, Figures>> | undefined;

/** All grids, once a run, whichever figures are asked for. */
function figures(): Promise<ReadonlyMap<GridName, Figures>> {
  measured ??= measureAll();
  return measured;
}

async function measureAll(): Promise<ReadonlyMap<GridName, Figures>> {
  const modules = await installPeers();
  const browser = await launchBrowser();
  const found = new Map<GridName, Figures>();
  try {
    for (const name of [own, ...peers] as const) {
      const served = await servePage(name, modules);
      try {
        const page = await browser.newPage({ viewport: { width: 1200, height: 800 } });
        page.setDefaultTimeout(60_000);
        found.set(name, await measure(page, served.address));
        process.stderr.write(`  ${name}: ${JSON.stringify(found.get(name))}\n`);
        await page.close();
      } finally {
        served.close();
      }
    }
  } finally {
    await browser.close();
  }
  return found;
}

async function measure(page: Page, address: string): Promise<Figures> {
  const session = await page.context().newCDPSession(page);
  const heap = async (): Promise<number> => {
    await session.send('HeapProfiler.collectGarbage');
    return (await session.send('Runtime.getHeapUsage')).usedSize / 1024 / 1024;
  };
  await page.goto(`${address}/empty`);
  const empty = await heap();
  const firsts: number[] = [];
  for (let run = 0; run < 7; run += 1) {
    await page.goto(address);
    await page.waitForFunction(() => 'peer' in window);
    firsts.push(await page.evaluate(() => window.peer.firstPage()));
  }
  const jumps: number[] = [];
  for (let run = 1; run <= 12; run += 1) {
    const row = Math.floor((ROWS * ((run * 7) % 13)) / 13);
    jumps.push(await page.evaluate((target) => window.peer.jump(target), row));
  }
  const frames = await page.evaluate(() => window.peer.scroll(240));
  const timed = { firstPage: percentile(firsts.slice(1), 0.5), scroll: percentile(frames, 0.95), jump: percentile(jumps, 0.5) };
  return { ...timed, heap: (await heap()) - empty };
}

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

async function servePage(name: GridName, modules: string): Promise<{ readonly address: string; close(): void }> {
  const folder = path.join(root, 'test/bench/peers');
  const style = styles[name];
  const imports = [...(style === undefined ? [] : [`import '${style}';`]), `import { grid } from './${name}';`, "import { drive } from './page';"];
  const contents = [...imports, `drive(grid, ${ROWS}, ${COLUMNS});`].join('\n');
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: folder, loader: 'ts' },
    nodePaths: [modules],
    outdir: '/',
    entryNames: 'page',
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    // Our renderer takes its style sheets as text; those of the others are linked.
    loader: { '.css': name === own ? 'text' : 'css' },
    logLevel: 'error',
  });
  const output = (ending: string): string => outputFiles.find((file) => file.path.endsWith(ending))?.text ?? '';
  const html = '<!DOCTYPE html><html><head><meta charset="utf-8"><link rel="stylesheet" href="/page.css"><script type="module" src="/page.js"></script></head><body></body></html>';
  const files: Readonly<Record<string, readonly [string, string]>> = {
    '/': ['text/html', html],
    '/empty': ['text/html', '<!DOCTYPE html><html><body></body></html>'],
    '/page.js': ['text/javascript', output('.js')],
    '/page.css': ['text/css', output('.css')],
  };
  const server = createServer((request, response) => {
    const [type, text] = files[request.url ?? '/'] ?? ['text/plain', ''];
    response.writeHead(200, { 'content-type': `${type}; charset=utf-8` });
    response.end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => void server.close() };
}

async function compared(figure: keyof Figures): Promise<Measurement> {
  const found = await figures();
  const best = Math.min(...peers.map((name) => found.get(name)?.[figure] ?? Infinity));
  return { value: found.get(own)?.[figure] ?? Number.NaN, baseline: best };
}

const size = `${ROWS.toLocaleString('en-US')} × ${COLUMNS}`;

export const benches: readonly Bench[] = [
  { name: `peers: first page, ${size}, beside the best of three grids`, unit: 'ms', budget: 150, run: () => compared('firstPage') },
  { name: `peers: scrolling, time between frames, p95, ${size}`, unit: 'ms', budget: 17, run: () => compared('scroll') },
  { name: `peers: far jump, ${size}`, unit: 'ms', budget: 60, run: () => compared('jump') },
  { name: `peers: heap above an empty page after far jumps, ${size}`, unit: 'MB', budget: 60, run: () => compared('heap') },
];
