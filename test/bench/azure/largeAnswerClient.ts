/** Asks the service as the engine process does, and measures itself. */
import { readFileSync } from 'node:fs';
import { get } from 'node:https';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { AzureConnection } from '../../../src/common/azure';
import { neverCancelled } from '../../../src/common/cancellation';
import { wholeView } from '../../../src/common/engineProtocol';
import { type ByteWatch, watchBytes } from './byteWatch';
import { Engine } from '../../../src/workspaces/engine';

export interface LargeAnswerReport {
  readonly bodyBytes: number;
  readonly parseMs: number;
  readonly readAndParseMs: number;
  readonly lastByteToPageMs: number;
  readonly requestToPageMs: number;
  /** Of the whole process: code, database, stored rows. */
  readonly peakBytes: number;
  readonly longestStopMs: number;
}

const PAGE = 200;

async function readBody(url: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    get(url, (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('end', () => resolve(Buffer.concat(pieces)));
    }).on('error', reject);
  });
}

/** The most memory this process has had, as the system counts it. */
function peakMemory(): number {
  return process.resourceUsage().maxRSS * 1024;
}

async function main(): Promise<void> {
  const [, , url = '', caFile = '', folder = ''] = process.argv;
  const host = { call: async () => Promise.resolve({ token: 'bench', expiresOn: Date.now() + 3_600_000 } as never) };
  const engine = await Engine.open({
    storagePath: path.join(folder, 'storage'),
    host,
    azure: { ca: readFileSync(caFile, 'utf8') },
  });
  const { handlers } = engine;
  const quiet = (): void => undefined;
  const scope = 'https://api.loganalytics.io/.default';
  const addresses = { authority: url, resourceManager: url, logAnalytics: url, portal: url };
  const connection: AzureConnection = {
    endpoints: { ...addresses, resourceManagerScope: scope, logAnalyticsScope: scope },
    credential: 'vscode',
  };
  const customerId = '00000000-0000-4000-8000-000000000000';
  const { id: workspaceId } = await handlers.connect(
    { kind: 'logAnalytics', workspace: { customerId, name: 'bench', hasSentinel: true }, connection },
    neverCancelled,
    quiet,
  );
  const query = { workspaceId, notebookId: 'bench', definitions: [], results: [] };
  // Loads the language, which is not what is measured.
  await handlers.runQuery({ ...query, text: 'let a = 1;', resultId: 'warm' }, neverCancelled, quiet);

  const watch: ByteWatch = watchBytes();
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const started = performance.now();
  await handlers.runQuery({ ...query, text: 'SecurityEvent', resultId: 'large' }, neverCancelled, quiet);
  await handlers.readPage({ resultId: 'large', view: wholeView, offset: 0, count: PAGE }, neverCancelled, quiet);
  const painted = performance.now();
  delay.disable();
  const peakBytes = peakMemory();
  const lastByteToPageMs = painted - watch.lastByteAt();
  await handlers.forget({ notebookId: 'bench' }, neverCancelled, quiet);

  const reading = performance.now();
  const body = await readBody(`${url}/v1/workspaces/${customerId}/query`);
  const text = body.toString('utf8');
  const parsing = performance.now();
  JSON.parse(text);
  const parsed = performance.now();
  engine.dispose();
  process.send?.({
    bodyBytes: body.length,
    parseMs: parsed - parsing,
    readAndParseMs: parsed - reading,
    lastByteToPageMs,
    requestToPageMs: painted - started,
    peakBytes,
    longestStopMs: delay.max / 1e6,
  } satisfies LargeAnswerReport);
}

void main();
