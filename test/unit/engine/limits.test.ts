import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CancellationSource, neverCancelled } from '../../../src/common/cancellation';
import { HuntError, type HuntErrorData } from '../../../src/common/errors';
import type { Catalog } from '../../../src/engine/catalog';
import { Database } from '../../../src/engine/database';
import { translate } from '../../../src/engine/translate';

const MEMORY_MIB = 128;
const ROWS = 1_500_000;

const directory = mkdtempSync(join(tmpdir(), 'huntbook-limits-'));
const columns = [
  { name: 'n', type: 'long' },
  { name: 'text', type: 'string' },
  { name: 'd', type: 'dynamic' },
] as const;
const catalog: Catalog = {
  tables: [
    { name: 'Events', columns, relation: 'events' },
    { name: 'Few', columns, relation: 'few' },
  ],
  functions: [],
  watchlists: [],
};
let database: Database;

/** Events take more than the memory: each row has some 70 characters of its own. */
beforeAll(async () => {
  database = await Database.open({ directory, memoryLimitMiB: MEMORY_MIB, threads: 2, allowedDirectories: [] });
  const row = `i AS c0, md5(CAST(i AS VARCHAR)) || md5(CAST(i + 1 AS VARCHAR)) AS c1, CAST('{"a":' || i % 100 || '}' AS JSON) AS c2`;
  await database.run(`CREATE TABLE events AS SELECT ${row} FROM range(${ROWS}) r(i)`, neverCancelled);
  await database.run(`CREATE TABLE few AS FROM events LIMIT 10`, neverCancelled);
});
afterAll(() => {
  database.dispose();
  rmSync(directory, { recursive: true, force: true });
});

function sqlOf(text: string): string {
  const made = translate({ text, definitions: [], catalog, now: 0n });
  if (made.kind !== 'query') throw new Error('no query');
  return made.sql;
}

async function errorOf(work: Promise<unknown>): Promise<HuntErrorData> {
  try {
    await work;
  } catch (thrown) {
    if (thrown instanceof HuntError) return thrown.data;
    throw thrown;
  }
  throw new Error('no error');
}

async function expectAlive(): Promise<void> {
  expect(await database.rows(sqlOf('Few | count'), neverCancelled)).toEqual([[10n]]);
}

describe('Memory', () => {
  it.each([
    ['sort', 'Events | sort by text asc | extend i = row_number() | where i in (1, 1500000) | summarize count()', 2n],
    ['join', 'Events | join kind=inner (Events | project n, other = text) on n | summarize countif(text == other)', BigInt(ROWS)],
    ['summarize with a large state', 'Events | summarize count() by text | summarize sum(count_)', BigInt(ROWS)],
    ['arg_max(*)', 'Events | summarize arg_max(n, *) by text | summarize count()', BigInt(ROWS)],
    ['distinct', 'Events | distinct text, n | count', BigInt(ROWS)],
    ['make_list', 'Events | where n % 10 == 0 | summarize l = make_list(n) by k = n % 997 | summarize sum(array_length(l))', BigInt(ROWS / 10)],
  ])('%s spills to disk and succeeds', async (_, query, expected) => {
    expect(await database.rows(sqlOf(query), neverCancelled)).toEqual([[expected]]);
  });

  it.each([
    ['one list of all', 'Events | summarize make_list(text)'],
    ['a list of bags', 'Events | summarize make_list(bag_pack("a", text, "b", d))'],
  ])('beyond it %s ends in a clear error, and the engine lives on', async (_, query) => {
    const error = await errorOf(database.run(`CREATE TABLE beyond AS ${sqlOf(query)}`, neverCancelled));
    expect(error).toEqual({ kind: 'outOfMemory', limitMiB: MEMORY_MIB });
    expect(new HuntError(error).message).toContain(`${MEMORY_MIB} MiB`);
    await expectAlive();
  });
});

/** Cancels a statement some time after it began. How soon that is answered is a matter for the bench of cancelling. */
async function cancelled(sql: string, afterMs: number): Promise<HuntErrorData> {
  const source = new CancellationSource();
  const timer = setTimeout(() => {
    source.cancel();
  }, afterMs);
  const error = await errorOf(database.run(sql, source.token, 'DROP TABLE IF EXISTS late'));
  clearTimeout(timer);
  return error;
}

const nested = (depth: number): string => 'Few | join kind=inner ('.repeat(depth) + 'Few' + ') on n'.repeat(depth);

describe('Cancelling', () => {
  it.each([
    ['a long scan', 'range a from 1 to 3000000000 step 1 | where a % 7 == 3 | summarize sum(a)'],
    ['a join', 'Events | extend k = n % 3 | join kind=inner (Events | extend k = n % 3) on k | summarize count()'],
    ['a sort', 'Events | union Events, Events, Events | sort by text asc, n desc | extend i = row_number() | summarize sum(i)'],
    ['routines', 'Events | extend h = hash_xxhash64(text), p = parse_xml(strcat("<a>", text, "</a>")) | summarize dcount(tostring(p)), max(h)'],
    ['planning', nested(55)],
  ])('%s', async (_, query) => {
    expect(await cancelled(`CREATE TABLE late AS ${sqlOf(query)}`, 120)).toEqual({ kind: 'cancelled' });
    await expectAlive();
  });

  it('nothing is left of a statement that succeeds after it was given up', async () => {
    await cancelled(`CREATE TABLE late AS ${sqlOf(nested(45))}`, 50);
    // It cannot be interrupted before it is planned; then it is, or it undoes what it did.
    const left = `SELECT count(*)::INTEGER FROM duckdb_tables() WHERE table_name = 'late'`;
    await expect.poll(async () => database.rows(left, neverCancelled), { timeout: 60_000 }).toEqual([[0]]);
    await expectAlive();
  });
});

describe('Absurd queries end in a clear error', () => {
  const many = (count: number, item: (index: number) => string, separator: string): string =>
    Array.from({ length: count }, (__, index) => item(index)).join(separator);
  it.each([
    ['300 joins', `Few${' | join kind=inner (Few) on n'.repeat(300)}`, /so many operators/u],
    ['15 nested summarize', `Few${' | summarize by n, text'.repeat(15)}`, /more than 14 summarize/u],
    ['functions that double', `let f0 = (x:long) { x };\n${many(12, (i) => `let f${i + 1} = (x:long) { f${i}(x) + f${i}(x) };`, '\n')}\nprint f12(1)`, /more than 2000 calls/u],
    ['100 brackets', `print x = ${'('.repeat(100)}1${')'.repeat(100)}`, /nested too deeply/u],
    ['case of 501 arms', `Few | extend x = case(${many(501, (i) => `n == ${i}, ${i}`, ', ')}, -1)`, /case\(\) with more than 500 arms/u],
  ])('%s', async (_, query, message) => {
    const error = await errorOf((async () => database.rows(sqlOf(query), neverCancelled))());
    expect(new HuntError(error).message).toMatch(message);
    await expectAlive();
  });

  it('what is large but sane runs', async () => {
    const arms = many(300, (i) => `n == ${i}, "r${i}"`, ', ');
    expect(await database.rows(sqlOf(`Few | extend x = case(${arms}, "other") | where x == "r3" | count`), neverCancelled)).toEqual([[1n]]);
    expect(await database.rows(sqlOf(`print x = 1${' + 1'.repeat(400)}`), neverCancelled)).toEqual([[401n]]);
    expect(await database.rows(sqlOf(`Few${' | join kind=leftsemi (Few) on n'.repeat(30)} | count`), neverCancelled)).toEqual([[10n]]);
    expect(await database.rows(sqlOf(`Few${' | summarize count() by n, text | project n, text'.repeat(7)} | count`), neverCancelled)).toEqual([[10n]]);
  });
});
