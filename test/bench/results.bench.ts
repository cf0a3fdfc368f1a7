/** The result store and the engine that fills it, in this process, over a real database. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { neverCancelled } from '../../src/common/cancellation';
import { type View, wholeView } from '../../src/common/engineProtocol';
import type { Column } from '../../src/common/kqlTypes';
import { Database } from '../../src/engine/database';
import type { ExportFormat } from '../../src/common/resultFiles';
import { resultAnswers } from '../../src/results/resultAnswers';
import { ResultStore } from '../../src/results/resultStore';
import { Engine } from '../../src/workspaces/engine';
import { type Bench, type Measurement, median } from './bench';

export interface Size {
  readonly rows: number;
  readonly columns: number;
}

const many: Size = { rows: 50_000, columns: 30 };
export const most: Size = { rows: 500_000, columns: 50 };
const PAGE = 200;

/** Log-like rows: of five columns one is a time, one a number, three are text. */
export function generated({ rows, columns }: Size): { readonly sql: string; readonly columns: readonly Column[] } {
  const made = Array.from({ length: columns }, (_column, index): { readonly type: Column['type']; readonly sql: string } => {
    if (index % 5 === 0) return { type: 'datetime', sql: `(638500000000000000 + i * ${7919 + index})::BIGINT` };
    if (index % 5 === 1) return { type: 'long', sql: `(hash(i + ${index}) % 1000)::BIGINT` };
    return { type: 'string', sql: `'User-' || hash(i * ${index}) % 5000 || '@contoso.com'` };
  });
  return {
    sql: `SELECT ${made.map(({ sql }, index) => `${sql} AS c${index}`).join(', ')} FROM range(${rows}) t(i)`,
    columns: made.map(({ type }, index) => ({ name: `column${index}`, type })),
  };
}

async function withDatabase<T>(work: (database: Database, directory: string) => Promise<T>): Promise<T> {
  const directory = mkdtempSync(path.join(tmpdir(), 'huntbook-bench-'));
  const database = await Database.open({ directory, memoryLimitMiB: 4096, allowedDirectories: [directory] });
  try {
    return await work(database, directory);
  } finally {
    database.dispose();
    rmSync(directory, { recursive: true, force: true });
  }
}

interface Held {
  readonly database: Database;
  readonly store: ResultStore;
  readonly answers: ReturnType<typeof resultAnswers>;
}

interface Question {
  readonly name: string;
  readonly budgets: readonly [number, number];
  /** Asked anew each time, so that nothing is found ready. */
  readonly ask: (held: Held, run: number, size: Size) => Promise<unknown>;
  /** The same by hand-written SQL over the same rows in an ordinary table `plain`. */
  readonly plain: (size: Size) => string;
}

const quiet = (): void => undefined;
const bench = { resultId: 'bench', view: wholeView };
const page = (store: ResultStore, view: View, offset: number): Promise<unknown> =>
  store.readPage({ resultId: 'bench', view, offset, count: PAGE }, neverCancelled);
const byText = (run: number): View => ({ sort: [{ column: 2 + (run % 3), descending: run % 2 === 1 }], filter: '' });

const questions: readonly Question[] = [
  {
    name: 'far page as stored',
    budgets: [50, 60],
    ask: ({ store }, run, { rows }) => page(store, wholeView, rows - PAGE * (run + 2)),
    plain: ({ rows }) => `SELECT * FROM plain LIMIT ${PAGE} OFFSET ${rows - PAGE * 2}`,
  },
  {
    name: 'far page of a known sort',
    budgets: [50, 60],
    ask: ({ store }, run, { rows }) => page(store, byText(0), rows - PAGE * (run + 2)),
    plain: ({ rows }) => `SELECT * FROM plain ORDER BY c2 LIMIT ${PAGE} OFFSET ${rows - PAGE * 2}`,
  },
  {
    name: 'first page of a new sort by text',
    budgets: [150, 250],
    ask: ({ store }, run) => page(store, byText(run), 0),
    plain: () => `SELECT * FROM plain ORDER BY c2 LIMIT ${PAGE}`,
  },
  {
    name: 'first page of a new text filter over all columns',
    budgets: [150, 150],
    ask: ({ store }, run) => page(store, { sort: [], filter: `user-4${run}` }, 0),
    plain: () => `SELECT count(*) FROM plain WHERE concat_ws(' ', *COLUMNS(*)) ILIKE '%user-4%'`,
  },
  {
    name: 'groups by text with a sum',
    budgets: [100, 150],
    ask: ({ answers }, run) => {
      const wish = { aggregates: [{ column: 1, kind: 'sum' as const }], orderBy: 'count' as const, descending: true, offset: 0, count: PAGE };
      return answers.readGroups({ ...bench, by: 2 + (run % 3), ...wish }, neverCancelled, quiet);
    },
    plain: () => `SELECT c2, count(*) n, sum(c1) FROM plain GROUP BY c2 ORDER BY n DESC LIMIT ${PAGE}`,
  },
  {
    name: 'counts of values that contain a text',
    budgets: [100, 150],
    ask: ({ answers }, run) => answers.readValueCounts({ ...bench, column: 2 + (run % 3), contains: '42', limit: PAGE }, neverCancelled, quiet),
    plain: () => `SELECT c2, count(*) n FROM plain WHERE c2 ILIKE '%42%' GROUP BY c2 ORDER BY n DESC LIMIT ${PAGE}`,
  },
  {
    name: 'statistics of a datetime column',
    budgets: [100, 250],
    ask: ({ answers }, run) => answers.readColumnStatistics({ ...bench, column: (run % 3) * 5 }, neverCancelled, quiet),
    plain: () => 'SELECT min(c0), max(c0), count(DISTINCT c0) FROM plain',
  },
  {
    name: 'next hit of a new search over all columns',
    budgets: [200, 500],
    ask: ({ answers }, run, { columns }) => {
      const wish = { from: { row: 0, column: -1 }, backwards: false, columns: Array.from({ length: columns }, (_column, index) => index) };
      return answers.findInView({ ...bench, text: `r-4${run}`, ...wish }, neverCancelled, quiet);
    },
    plain: () => `SELECT count(*) FROM plain WHERE concat_ws(' ', *COLUMNS(*)) ILIKE '%r-4%'`,
  },
];

function measured(question: Question, size: Size): () => Promise<Measurement> {
  return () =>
    withDatabase(async (database) => {
      const store = new ResultStore(database);
      const answers = resultAnswers(store, { database, folder: tmpdir() });
      await store.create({ resultId: 'bench', notebookId: 'bench', ...generated(size) }, neverCancelled);
      await database.run('CREATE TABLE plain AS FROM results.r1', neverCancelled);
      await compressed(database);
      let run = 0;
      const value = await median(5, () => question.ask({ database, store, answers }, run++, size));
      const baseline = await median(5, () => database.rows(question.plain(size), neverCancelled));
      return { value, baseline };
    });
}

/** The store compresses large results by itself, beside other work; figures are of what people see most of the time: after it. */
async function compressed(database: Database): Promise<void> {
  for (;;) {
    try {
      await database.run('CHECKPOINT results', neverCancelled);
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

function asked(size: Size, budget: 0 | 1): readonly Bench[] {
  const name = `results: ${size.rows.toLocaleString('en-US')} x ${size.columns}`;
  return questions.map((question) => ({
    name: `${name}, ${question.name}`,
    unit: 'ms',
    budget: question.budgets[budget],
    run: measured(question, size),
  }));
}

/** A whole query of 50,000 rows, from its text to the answer with its preview; against the same table made by hand-written SQL. */
async function wholeQuery(): Promise<Measurement> {
  const storagePath = mkdtempSync(path.join(tmpdir(), 'huntbook-bench-'));
  const engine = await Engine.open({ storagePath });
  try {
    const { handlers } = engine;
    const { id } = await handlers.connect({ kind: 'sample' }, neverCancelled, quiet);
    let run = 0;
    const text = 'DeviceNetworkEvents | sort by TimeGenerated desc | take 50000';
    const query = { workspaceId: id, notebookId: 'bench', text, definitions: [], results: [] };
    const value = await median(3, () => handlers.runQuery({ ...query, resultId: `bench-${run++}` }, neverCancelled, quiet));
    return { value };
  } finally {
    engine.dispose();
    rmSync(storagePath, { recursive: true, force: true });
  }
}

/** All of 500,000 x 50 to a file. */
function exported(format: ExportFormat): () => Promise<Measurement> {
  return () =>
    withDatabase(async (database, directory) => {
      const store = new ResultStore(database);
      const answers = resultAnswers(store, { database, folder: directory });
      await store.create({ resultId: 'bench', notebookId: 'bench', ...generated(most) }, neverCancelled);
      await compressed(database);
      const file = path.join(directory, 'export');
      const started = performance.now();
      await answers.exportResult({ ...bench, format, path: file }, neverCancelled, quiet);
      const value = performance.now() - started;
      rmSync(file);
      const again = performance.now();
      await database.run(`COPY results.r1 TO '${file}' (FORMAT ${format === 'parquet' ? 'PARQUET' : 'CSV'})`, neverCancelled);
      return { value, baseline: performance.now() - again };
    });
}

export const benches: readonly Bench[] = [
  ...asked(many, 0),
  ...asked(most, 1),
  ...(['csv', 'jsonl', 'parquet', 'xlsx'] as const).map((format): Bench => {
    return { name: `results: 500,000 x 50 exported as ${format}`, unit: 'ms', run: exported(format) };
  }),
  { name: 'results: a query of 50,000 rows, text to preview', unit: 'ms', budget: 1500, run: wholeQuery },
];
