/** A notebook with ten outputs of the largest size that the service answers with, in the memory that the product gives its engine. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { neverCancelled } from '../../src/common/cancellation';
import { type View, wholeView } from '../../src/common/engineProtocol';
import { Database } from '../../src/engine/database';
import { ResultStore } from '../../src/results/resultStore';
import { type Bench, median } from './bench';
import { generated, most } from './results.bench';

const OUTPUTS = 10;
/** The default of `huntbook.engine.memoryLimit`. */
const MEMORY_MIB = 2048;
const PAGE = 200;

type Ask = (store: ResultStore, run: number) => Promise<unknown>;

const sorted: View = { sort: [{ column: 2, descending: true }], filter: '' };

function page(store: ResultStore, run: number, view: View, offset: number): Promise<unknown> {
  return store.readPage({ resultId: `output${run % OUTPUTS}`, view, offset, count: PAGE }, neverCancelled);
}

async function withOutputs<T>(work: (store: ResultStore) => Promise<T>): Promise<T> {
  const directory = mkdtempSync(path.join(tmpdir(), 'huntbook-bench-'));
  const database = await Database.open({ directory, memoryLimitMiB: MEMORY_MIB, allowedDirectories: [directory] });
  try {
    const store = new ResultStore(database);
    for (let index = 0; index < OUTPUTS; index++) {
      await store.create({ resultId: `output${index}`, notebookId: 'bench', ...generated(most) }, neverCancelled);
    }
    return await work(store);
  } finally {
    database.dispose();
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Each run asks another output than the run before. */
function asked(name: string, budget: number, ask: Ask): Bench {
  const run = (): ReturnType<Bench['run']> =>
    withOutputs(async (store) => {
      let next = 0;
      return { value: await median(OUTPUTS, () => ask(store, next++)) };
    });
  return { name: `results: 10 outputs of 500,000 x 50, ${name}`, unit: 'ms', budget, run };
}

export const benches: readonly Bench[] = [
  asked('far page of another output', 60, (store, run) => page(store, run, wholeView, most.rows - PAGE)),
  asked('first page of another output, sorted', 500, (store, run) => page(store, run, sorted, 0)),
  {
    name: 'results: 10 outputs of 500,000 x 50, memory of the process',
    unit: 'MB',
    budget: 2500,
    run: () => withOutputs(async () => ({ value: Math.round(process.memoryUsage.rss() / 1e6) })),
  },
];
