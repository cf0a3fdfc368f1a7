/** How soon a cancelled query is answered, whatever DuckDB is at: budget 200 ms. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CancellationSource, neverCancelled } from '../../src/common/cancellation';
import type { Catalog } from '../../src/engine/catalog';
import { Database } from '../../src/engine/database';
import { translate } from '../../src/engine/translate';
import type { Bench } from './bench';

const BUDGET_MS = 200;
const RUNS = 5;
const AFTER_MS = 100;
const ROWS = 2_000_000;

const columns = [
  { name: 'n', type: 'long' },
  { name: 'text', type: 'string' },
] as const;
const catalog: Catalog = { tables: [{ name: 'Events', columns, relation: 'events' }], functions: [], watchlists: [] };

const cases: Readonly<Record<string, string>> = {
  scan: 'range a from 1 to 3000000000 step 1 | where a % 7 == 3 | summarize sum(a)',
  join: 'Events | extend k = n % 3 | join kind=inner (Events | extend k = n % 3) on k | summarize count()',
  sort: 'union Events, Events, Events | sort by text asc, n desc | extend i = row_number() | summarize sum(i)',
  'JavaScript routine': 'Events | summarize dcount(tostring(parse_xml(strcat("<a>", text, "</a>"))))',
  planning: 'Events | join kind=inner ('.repeat(60) + 'Events' + ') on n'.repeat(60),
};

/** The longest of several runs, each cancelled while it is at work. */
async function longest(query: string): Promise<number> {
  const directory = mkdtempSync(path.join(tmpdir(), 'huntbook-bench-'));
  const database = await Database.open({ directory, memoryLimitMiB: 2048, allowedDirectories: [] });
  try {
    await database.run(`CREATE TABLE events AS SELECT i AS c0, md5(CAST(i AS VARCHAR)) AS c1 FROM range(${ROWS}) r(i)`, neverCancelled);
    const translation = translate({ text: query, definitions: [], catalog, now: 0n });
    if (translation.kind !== 'query') throw new Error('no query');
    let most = 0;
    for (let run = 0; run < RUNS; run++) most = Math.max(most, await answered(database, `CREATE TABLE late AS ${translation.sql}`));
    return most;
  } finally {
    database.dispose();
    rmSync(directory, { recursive: true, force: true });
  }
}

async function answered(database: Database, sql: string): Promise<number> {
  const source = new CancellationSource();
  let asked = Number.NaN;
  setTimeout(() => {
    asked = performance.now();
    source.cancel();
  }, AFTER_MS);
  await database.run(sql, source.token, 'DROP TABLE IF EXISTS late').then(
    () => Promise.reject(new Error('it was not cancelled')),
    () => undefined,
  );
  return performance.now() - asked;
}

export const benches: readonly Bench[] = Object.entries(cases).map(([name, query]) => ({
  name: `cancel: ${name}`,
  unit: 'ms',
  budget: BUDGET_MS,
  run: async () => ({ value: await longest(query) }),
}));
