/** A thread of `npm run fuzz`: works through its share of the inputs and says where it is, so that a hang can be told from work. */
import { parentPort, workerData } from 'node:worker_threads';
import { type Finding, FuzzEngine } from './fuzzEngine';
import { extremeInputs, type FuzzInput, inputAt } from './inputs';

export interface FuzzTask {
  readonly folder: string;
  readonly seed: number;
  /** Numbers of inputs: `first`, `first + step`, … below `end`. The extreme ones have the numbers below zero. */
  readonly first: number;
  readonly step: number;
  readonly end: number;
  readonly realQueries: readonly string[];
  /** Two cells: the number of the current input, and how many are done. */
  readonly progress: SharedArrayBuffer;
}

export type FuzzMessage =
  | { readonly kind: 'finding'; readonly index: number; readonly input: FuzzInput; readonly finding: Finding }
  | { readonly kind: 'slow'; readonly index: number; readonly input: FuzzInput; readonly ms: number }
  | { readonly kind: 'done' };

/** One in so many inputs is run, not only translated. */
const RUN_EVERY = 20;
const VERIFY_EVERY = 500;
const SLOW_MS = 2_000;

const task = workerData as FuzzTask;
const progress = new Int32Array(task.progress);
const port = parentPort;
if (!port) throw new Error('runs as a thread');
const tell = (message: FuzzMessage): void => port.postMessage(message);

const engine = await FuzzEngine.open(task.folder, task.realQueries.join('\n'));
const extremes = extremeInputs();
let done = 0;
for (let index = task.first; index < task.end; index += task.step) {
  const input = index < 0 ? extremes[index + extremes.length] : inputAt(task.seed, index, task.realQueries);
  if (!input) continue;
  Atomics.store(progress, 0, index);
  const started = performance.now();
  const finding = await engine.translate(input.text);
  const ms = performance.now() - started;
  if (finding) tell({ kind: 'finding', index, input, finding });
  if (ms > SLOW_MS) tell({ kind: 'slow', index, input, ms });
  // The extreme ones are translated alone: the database plans what is nested hundreds deep, but takes its time.
  if (index >= 0 && index % RUN_EVERY === 0) {
    const ran = await engine.run(input.text);
    if (ran) tell({ kind: 'finding', index, input, finding: ran });
  }
  done++;
  Atomics.add(progress, 1, 1);
  if (done % VERIFY_EVERY === 0) {
    const changed = await engine.verify();
    if (changed) tell({ kind: 'finding', index, input, finding: changed });
  }
}
const changed = await engine.verify();
if (changed) tell({ kind: 'finding', index: task.end, input: { kind: 'query', text: '' }, finding: changed });
engine.dispose();
tell({ kind: 'done' });
