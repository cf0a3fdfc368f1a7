/**
 * A large answer of Log Analytics, from the wire into the result store: 500,000 rows in about 100 MB of JSON over TLS. The service is a
 * process of its own that has the body ready, and the engine runs in a third, so that time and memory are the engine's alone.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bundleForNode } from '../../scripts/lib/nodeBundle.mjs';
import type { Bench, Measurement } from './bench';
import type { LargeAnswerReport } from './azure/largeAnswerClient';
import type { ServiceReady } from './azure/largeAnswerService';

const ROWS = 500_000;

let measured: Promise<LargeAnswerReport> | undefined;

/** Measured once for all figures. */
function report(): Promise<LargeAnswerReport> {
  measured ??= measure();
  return measured;
}

async function measure(): Promise<LargeAnswerReport> {
  const folder = mkdtempSync(path.join(tmpdir(), 'huntbook-bench-azure-'));
  const [service = '', client = ''] = await bundleForNode(['test/bench/azure/largeAnswerService.ts', 'test/bench/azure/largeAnswerClient.ts'], {
    outdir: 'out/bench/azure',
  });
  const running: ChildProcess[] = [];
  try {
    const serving = fork(service, [String(ROWS), folder]);
    running.push(serving);
    const [ready] = (await once(serving, 'message')) as [ServiceReady];
    const asking = fork(client, [ready.url, ready.caFile, folder], { env: { ...process.env, NODE_EXTRA_CA_CERTS: ready.caFile } });
    running.push(asking);
    const [answer] = (await once(asking, 'message')) as [LargeAnswerReport];
    return answer;
  } finally {
    for (const child of running) child.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function figure(read: (report: LargeAnswerReport) => Measurement): Promise<Measurement> {
  return read(await report());
}

const name = `azure: ${ROWS.toLocaleString('en-US')} rows over TLS`;

export const benches: readonly Bench[] = [
  {
    name: `${name}, last byte to first page, beside JSON.parse of the body`,
    unit: 'ms',
    ratioBudget: 2.5,
    run: () => figure(({ lastByteToPageMs, parseMs }) => ({ value: lastByteToPageMs, baseline: parseMs })),
  },
  {
    name: `${name}, peak memory of the engine process, beside the body`,
    unit: 'MB',
    ratioBudget: 6,
    run: () => figure(({ peakBytes, bodyBytes }) => ({ value: peakBytes / 1e6, baseline: bodyBytes / 1e6 })),
  },
  {
    name: `${name}, request to first page, beside reading the body and JSON.parse`,
    unit: 'ms',
    run: () => figure(({ requestToPageMs, readAndParseMs }) => ({ value: requestToPageMs, baseline: readAndParseMs })),
  },
  {
    name: `${name}, longest stop of the engine's event loop`,
    unit: 'ms',
    run: () => figure(({ longestStopMs }) => ({ value: longestStopMs })),
  },
];
