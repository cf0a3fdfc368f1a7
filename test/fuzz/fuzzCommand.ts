/**
 * `npm run fuzz -- [--inputs N] [--seed S] [--threads T] [--json OUT]`: random and hostile inputs against the engine. Whatever they are,
 * each ends in time, in an answer or a clear error; nothing planted changes and no file is written. Ends with 1 when that does not hold.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import type { FuzzMessage, FuzzTask } from './fuzzWorker';
import { extremeInputs, inputAt } from './inputs';
import { realQueries } from './realQueries';

/** An input that takes longer counts as a hang. The largest ones need seconds on a busy machine. */
const HANG_MS = 60_000;
/** The main thread of a process has about this much stack; a thread's default is more. */
const STACK_MB = 1;
const TERMINATION_MS = 2_000;

const { values } = parseArgs({ options: { inputs: { type: 'string' }, seed: { type: 'string' }, threads: { type: 'string' }, json: { type: 'string' }, 'no-extremes': { type: 'boolean' } } });
const total = Number(values.inputs ?? 200_000);
const seed = Number(values.seed ?? 1);
const threads = Number(values.threads ?? 2);
const output = values.json === undefined ? undefined : path.resolve(values.json);
const seeds = realQueries(path.resolve(import.meta.dirname, '../..'));
const extremes = extremeInputs();
const first = values['no-extremes'] ? 0 : -extremes.length;

interface Found {
  readonly severity: 'defect' | 'refusedSql';
  readonly message: string;
  readonly index: number;
  readonly text: string;
  count: number;
}
const found = new Map<string, Found>();
const counters: SharedArrayBuffer[] = [];
const watched = mkdtempSync(path.join(tmpdir(), 'huntbook-fuzz-'));
const worked = path.join(watched, 'cwd');
mkdirSync(worked);
process.chdir(worked);

const started = performance.now();
const reporter = setInterval(() => {
  const done = counters.reduce((sum, buffer) => sum + (new Int32Array(buffer)[1] ?? 0), 0);
  process.stderr.write(`${done} inputs, ${found.size} findings, ${((performance.now() - started) / 1000).toFixed(0)} s\n`);
}, 30_000);
await Promise.all(Array.from({ length: threads }, (_, thread) => share(thread)));
clearInterval(reporter);
process.chdir(tmpdir());
rmSync(watched, { recursive: true, force: true });

const done = counters.reduce((sum, buffer) => sum + (new Int32Array(buffer)[1] ?? 0), 0);
const findings = [...found.values()].sort((a, b) => b.count - a.count);
const defects = findings.filter(({ severity }) => severity === 'defect');
for (const { severity, message, index, text, count } of findings) {
  const shown = text.length > 600 ? `${text.slice(0, 300)} … ${text.slice(-100)} (${text.length} characters)` : text;
  process.stdout.write(`${severity === 'defect' ? 'DEFECT' : 'refused by the database'} ×${count}: ${message}\n  input ${index}: ${JSON.stringify(shown)}\n`);
}
if (output !== undefined) writeFileSync(output, `${JSON.stringify(findings, undefined, 1)}\n`);
const refused = findings.length - defects.length;
process.stdout.write(`${done} inputs of seed ${seed} in ${((performance.now() - started) / 1000).toFixed(0)} s: ${defects.length} defects, ${refused} kinds of SQL that the database refused\n`);
process.exit(defects.length === 0 ? 0 : 1);

/** One thread's inputs; a thread that hangs is ended and another goes on behind that input. */
async function share(thread: number): Promise<void> {
  let next: number | undefined = first + thread;
  for (let generation = 0; next !== undefined; generation++) next = await work(thread, generation, next);
}

function work(thread: number, generation: number, from: number): Promise<number | undefined> {
  const progress = new SharedArrayBuffer(8);
  counters.push(progress);
  const cells = new Int32Array(progress);
  Atomics.store(cells, 0, from);
  const folder = path.join(watched, `thread${thread}-${generation}`);
  mkdirSync(folder);
  const task: FuzzTask = { folder, seed, first: from, step: threads, end: total, realQueries: seeds, progress };
  return new Promise((resolve) => {
    const worker = new Worker(path.join(import.meta.dirname, 'fuzzWorker.mjs'), { workerData: task, resourceLimits: { stackSizeMb: STACK_MB } });
    let ended = false;
    let last = from;
    let since = performance.now();
    const end = (nextIndex: number | undefined): void => {
      if (ended) return;
      ended = true;
      clearInterval(watch);
      // A thread that is stuck in the database's own code cannot be ended; it is left behind.
      setTimeout(() => resolve(nextIndex), TERMINATION_MS);
      void worker.terminate().then(() => resolve(nextIndex));
    };
    const fail = (message: string): void => {
      const index = Atomics.load(cells, 0);
      note('defect', message, index, textOf(index));
      end(index + threads);
    };
    const watch = setInterval(() => {
      const index = Atomics.load(cells, 0);
      if (index !== last) {
        last = index;
        since = performance.now();
      } else if (performance.now() - since > HANG_MS) fail(`hang: more than ${HANG_MS / 1000} s`);
    }, 250);
    worker.on('message', (message: FuzzMessage) => {
      if (message.kind === 'done') end(undefined);
      else if (message.kind === 'finding') note(message.finding.severity, message.finding.message, message.index, message.input.text);
      else process.stderr.write(`slow: input ${message.index} took ${message.ms.toFixed(0)} ms (${message.input.kind}, ${message.input.text.length} characters): ${JSON.stringify(message.input.text.slice(0, 80))}\n`);
    });
    worker.on('error', (error) => {
      fail(`the thread ended: ${error.stack ?? String(error)}`);
    });
    worker.on('exit', () => {
      if (!ended) fail('the thread ended');
    });
  });
}

function note(severity: Found['severity'], message: string, index: number, text: string): void {
  // Findings that differ in names and numbers alone are one kind.
  const key = message.split('\n')[0]?.replaceAll(/"[^"]*"|'[^']*'|\d+/gu, '…').slice(0, 120) ?? '';
  const known = found.get(key);
  if (known) known.count++;
  else {
    found.set(key, { severity, message, index, text, count: 1 });
    process.stderr.write(`${severity}: ${message.slice(0, 300)}\n  input ${index}: ${JSON.stringify(text.slice(0, 200))}\n`);
  }
}

function textOf(index: number): string {
  return (index < 0 ? extremes[index + extremes.length] : inputAt(seed, index, seeds))?.text ?? '';
}
