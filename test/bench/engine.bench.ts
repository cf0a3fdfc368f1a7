/** Translated KQL against hand-written SQL over ten million events: the same database, alternating, the answers compared. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { neverCancelled } from '../../src/common/cancellation';
import { Database } from '../../src/engine/database';
import { translate } from '../../src/engine/translate';
import type { Bench, Measurement } from './bench';
import { DATABASE, eventsFile, NOW, tables } from './engineData';
import { type Shape, shapes } from './engineShapes';

const RUNS = 7;
const MOST_RATIO = 1.5;
const MEDIAN_RATIO = 1.15;
const catalog = { tables, functions: [], watchlists: [] };
const views = ['sign_ins', 'processes'];

const cache = path.resolve('out/cache');
const ratios: number[] = [];
let opened: Promise<Database> | undefined;

async function open(): Promise<Database> {
  const file = await eventsFile(cache);
  const directory = mkdtempSync(path.join(tmpdir(), 'huntbook-bench-'));
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
  const database = await Database.open({ directory, memoryLimitMiB: 2048, allowedDirectories: [cache] });
  await database.attach(file, DATABASE);
  for (const [index, { columns, relation }] of tables.entries()) {
    const named = columns.map(({ name }, column) => `c${column} AS "${name}"`);
    await database.run(`CREATE VIEW ${views[index] ?? ''} AS SELECT ${named.join(', ')} FROM ${relation}`, neverCancelled);
  }
  return database;
}

/** Both queries fill a table, as a cell's do: `KQL | …` becomes `translated`, the hand-written one `written`. */
async function compared(shape: Shape): Promise<Measurement> {
  const database = await (opened ??= open());
  const translation = translate({ text: shape.kql, definitions: [], catalog, now: NOW });
  if (translation.kind !== 'query') throw new Error('no query');
  const names = translation.columns.map((_, index) => `c${index}`);
  const fill = async (table: string, sql: string): Promise<number> => {
    const started = performance.now();
    await database.run(`CREATE OR REPLACE TABLE ${table} AS ${sql}`, neverCancelled);
    return performance.now() - started;
  };
  const translated = (): Promise<number> => fill('translated', translation.sql);
  const written = (): Promise<number> => fill('written', `SELECT * FROM (${shape.sql}) written(${names.join(', ')})`);
  await translated();
  await written();
  await requireEqual(database, shape.compare ?? names.join(', '));
  const times: { value: number; baseline: number }[] = [];
  for (let run = 0; run < RUNS; run++) {
    // Whoever comes second finds a warmer machine.
    if (run % 2 === 0) times.push({ value: await translated(), baseline: await written() });
    else {
      const baseline = await written();
      times.push({ value: await translated(), baseline });
    }
  }
  times.sort((a, b) => a.value / a.baseline - b.value / b.baseline);
  const middle = times[Math.floor(RUNS / 2)] ?? { value: Number.NaN, baseline: Number.NaN };
  ratios.push(middle.value / middle.baseline);
  return middle;
}

async function requireEqual(database: Database, columns: string): Promise<void> {
  const count = async (sql: string): Promise<number> => Number((await database.rows(`SELECT count(*) FROM (${sql})`, neverCancelled))[0]?.[0]);
  const side = (table: string): string => `SELECT ${columns} FROM ${table}`;
  const total = await count('FROM translated');
  const missing = await count(`${side('written')} EXCEPT ALL ${side('translated')}`);
  const extra = await count(`${side('translated')} EXCEPT ALL ${side('written')}`);
  if (total === 0 || missing > 0 || extra > 0) throw new Error(`The answers differ: of ${total} rows ${extra} are extra, ${missing} are missing.`);
}

function middle(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** The ratio counts; its two times are shown beside it. */
export const benches: readonly Bench[] = [
  ...shapes.map((shape): Bench => ({ name: `engine: ${shape.name}`, unit: 'ms', ratioBudget: MOST_RATIO, run: () => compared(shape) })),
  { name: 'engine: median of all ratios', unit: '×', budget: MEDIAN_RATIO, run: () => Promise.resolve({ value: middle(ratios) }) },
  { name: 'engine: largest ratio', unit: '×', budget: MOST_RATIO, run: () => Promise.resolve({ value: Math.max(...ratios) }) },
];
