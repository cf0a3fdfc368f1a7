/** The result store and the engine that fills it, in this process, over a real database. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { neverCancelled } from '../../src/common/cancellation';
import { type View, wholeView } from '../../src/common/engineProtocol';
import type { Column } from '../../src/common/kqlTypes';
import { Database } from '../../src/engine/database';
import { ResultStore } from '../../src/results/resultStore';
import { Engine } from '../../src/workspaces/engine';
import { type Bench, type Measurement, median } from './bench';

interface Size {
  readonly rows: number;
  readonly columns: number;
}

const many: Size = { rows: 50_000, columns: 30 };
const most: Size = { rows: 500_000, columns: 50 };
const PAGE = 200;

const FIRST = `SELECT * FROM results.r1 LIMIT ${PAGE} OFFSET 100`;
const SORTED = `SELECT * FROM results.r1 ORDER BY c2 LIMIT ${PAGE} OFFSET 100`;
const FILTERED = `SELECT count(*) FROM results.r1 WHERE concat_ws(' ', *COLUMNS(*)) ILIKE '%user-4%'`;

/** Log-like rows: of five columns one is a time, one a number, three are text. */
function generated({ rows, columns }: Size): { readonly sql: string; readonly columns: readonly Column[] } {
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

async function withDatabase<T>(work: (database: Database) => Promise<T>): Promise<T> {
  const directory = mkdtempSync(path.join(tmpdir(), 'huntbook-bench-'));
  const database = await Database.open({ directory, memoryLimitMiB: 4096, allowedDirectories: [] });
  try {
    return await work(database);
  } finally {
    database.dispose();
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Time of one page of a stored result, against hand-written SQL over the table `results.r1`. */
function page(size: Size, view: (run: number) => View, plain: string): Promise<Measurement> {
  return withDatabase(async (database) => {
    const store = new ResultStore(database);
    await store.create({ resultId: 'bench', notebookId: 'bench', ...generated(size) }, neverCancelled);
    let run = 0;
    const value = await median(5, () => store.readPage({ resultId: 'bench', view: view(run++), offset: 100, count: PAGE }, neverCancelled));
    const baseline = await median(5, () => database.rows(plain, neverCancelled));
    return { value, baseline };
  });
}

const byText = (run: number): View => ({ sort: [{ column: 2 + (run % 3), descending: false }], filter: '' });
const sameSort = (): View => byText(0);
/** A new text each time, so that no view is found ready. */
const byFilter = (run: number): View => ({ sort: [], filter: `user-4${run}` });

function pages(size: Size, budgets: readonly [number, number, number, number]): readonly Bench[] {
  const name = `results: ${size.rows.toLocaleString('en-US')} x ${size.columns}`;
  return [
    { name: `${name}, page as stored`, unit: 'ms', budget: budgets[0], run: () => page(size, () => wholeView, FIRST) },
    { name: `${name}, page of a known sort`, unit: 'ms', budget: budgets[1], run: () => page(size, sameSort, SORTED) },
    { name: `${name}, first page of a new sort by text`, unit: 'ms', budget: budgets[2], run: () => page(size, byText, SORTED) },
    { name: `${name}, first page of a new filter`, unit: 'ms', budget: budgets[3], run: () => page(size, byFilter, FILTERED) },
  ];
}

/** A whole query of 50,000 rows, from its text to the answer with its preview; against the same table made by hand-written SQL. */
async function wholeQuery(): Promise<Measurement> {
  const storagePath = mkdtempSync(path.join(tmpdir(), 'huntbook-bench-'));
  const engine = await Engine.open({ storagePath });
  try {
    const { handlers } = engine;
    const quiet = (): void => undefined;
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

export const benches: readonly Bench[] = [
  ...pages(many, [50, 50, 150, 150]),
  ...pages(most, [100, 150, 1500, 1500]),
  { name: 'results: a query of 50,000 rows, text to preview', unit: 'ms', budget: 1500, run: wholeQuery },
];
