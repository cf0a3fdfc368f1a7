import { existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { neverCancelled } from '../../../src/common/cancellation';
import { HuntError, type HuntErrorData } from '../../../src/common/errors';
import type { Catalog } from '../../../src/engine/catalog';
import { Database } from '../../../src/engine/database';
import { translateWithData } from '../../../src/engine/dataTranslation';
import { AllowedFiles } from '../../../src/engine/externalFiles';

const SECRET = 'canary-0b5e1d';
const root = realpathSync(mkdtempSync(join(tmpdir(), 'huntbook-safety-')));
const allowed = join(root, 'allowed');
const outside = join(root, 'outside');
const hostile = `'"; DROP TABLE canary; --`;
const columns = [
  { name: 's', type: 'string' },
  { name: hostile, type: 'string' },
  { name: 'j', type: 'dynamic' },
  { name: 'd', type: 'datetime' },
] as const;
const catalog: Catalog = {
  tables: [
    { name: 'T', columns, relation: 'planted' },
    { name: hostile, columns, relation: 'planted' },
  ],
  functions: [{ name: 'Stored', parameters: '(x:string)', body: '{ T | where s == x }' }],
  watchlists: [{ name: hostile, columns, relation: 'planted' }],
};
let database: Database;
let parser: DuckDBInstance;

beforeAll(async () => {
  for (const folder of [allowed, outside]) mkdirSync(folder);
  writeFileSync(join(allowed, 'list.csv'), 'a,b\n1,2\n');
  writeFileSync(join(allowed, 'two[12].csv'), 'x\n');
  writeFileSync(join(allowed, 'two1.csv'), `${SECRET}\n`);
  writeFileSync(join(outside, 'secret.csv'), `${SECRET}\n`);
  database = await Database.open({ directory: join(root, 'database'), memoryLimitMiB: 256, threads: 1, allowedDirectories: [allowed] });
  await database.run(`CREATE TABLE canary AS SELECT '${SECRET}' AS marker`, neverCancelled);
  await database.run(`CREATE TABLE planted AS SELECT 'a' AS c0, 'b' AS c1, CAST('{}' AS JSON) AS c2, 638396640000000000 AS c3`, neverCancelled);
  parser = await DuckDBInstance.create(':memory:');
});
afterAll(() => {
  database.dispose();
  parser.closeSync();
  rmSync(root, { recursive: true, force: true });
});

/** Runs a query; its SQL must be one SELECT that reads nothing but what was planted, by the database's own plan. */
async function answer(text: string): Promise<readonly (readonly unknown[])[]> {
  const external = new AllowedFiles([join(allowed, 'list.csv'), join(allowed, 'two[12].csv')]);
  const input = { text, definitions: [], catalog, now: 638_396_640_000_000_000n, external };
  const made = await translateWithData(input, (sql) => database.rows(sql, neverCancelled));
  if (made.kind !== 'query') return [];
  const connection = await parser.connect();
  const statements = await connection.extractStatements(made.sql);
  expect(statements.count).toBe(1);
  connection.closeSync();
  const [[, plan] = []] = await database.rows(`EXPLAIN (FORMAT JSON) ${made.sql}`, neverCancelled);
  const steps = stepsOf(JSON.parse(String(plan)) as readonly PlanStep[]);
  const tables = steps.flatMap(({ extra_info: info }) => info?.Table ?? []);
  expect(tables.filter((table) => table !== 'memory.main.planted')).toEqual([]);
  const names = steps.map(({ name }) => name.trim());
  const reads = names.filter((name) => /READ|GLOB|DUCKDB|PRAGMA|COPY|ATTACH|INSERT|DELETE|UPDATE|CREATE|DROP/u.test(name));
  expect(reads.filter((name) => !(text.startsWith('externaldata') && /^READ_(?:CSV|JSON)/u.test(name)))).toEqual([]);
  return database.rows(made.sql, neverCancelled);
}

/** A step of DuckDB's plan in JSON. */
interface PlanStep {
  readonly name: string;
  readonly children: readonly PlanStep[];
  readonly extra_info?: { readonly Table?: string };
}

const stepsOf = (steps: readonly PlanStep[]): PlanStep[] => steps.flatMap((step) => [step, ...stepsOf(step.children)]);

async function outcome(text: string): Promise<string> {
  try {
    return JSON.stringify(await answer(text), (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
  } catch (thrown) {
    if (thrown instanceof HuntError && thrown.data.kind !== 'internal') return thrown.message;
    throw thrown;
  }
}

async function expectUntouched(): Promise<void> {
  expect(await database.rows('SELECT marker FROM canary', neverCancelled)).toEqual([[SECRET]]);
  expect(await database.rows(`SELECT current_setting('enable_external_access'), current_setting('lock_configuration')`, neverCancelled)).toEqual([
    [false, true],
  ]);
  expect(await database.rows(`SELECT count(*)::INTEGER FROM duckdb_databases() WHERE NOT internal`, neverCancelled)).toEqual([[1]]);
  expect(readdirSync(outside)).toEqual(['secret.csv']);
  expect(existsSync('stolen.csv')).toBe(false);
}

/** What somebody would want to run. */
const payloads: readonly string[] = [
  `'; DROP TABLE canary; --`,
  `') UNION ALL SELECT marker FROM canary --`,
  `' || (SELECT marker FROM canary) || '`,
  `"; COPY canary TO 'stolen.csv'; --`,
  `\\'; ATTACH 'stolen.duckdb'; --`,
  `$$; SET enable_external_access = true; $$`,
  `x'\0'; INSTALL httpfs; LOAD httpfs; --`,
  `*/ SELECT content FROM read_text('${join(outside, 'secret.csv')}') /*`,
];

/** Each place of a query whose text reaches the SQL. */
const places: Readonly<Record<string, (payload: string) => string>> = {
  'a literal': (payload) => `T | extend x = ${quoted(payload)} | where x != ${quoted(payload)}`,
  'a verbatim literal': (payload) => `T | where s != @'${payload.replaceAll("'", "''")}'`,
  'the name of a column': (payload) => `T | extend [${quoted(payload)}] = 1 | project-away s | sort by [${quoted(payload)}]`,
  'the name of a let': (payload) => `let [${quoted(payload)}] = 1; print [${quoted(payload)}]`,
  'the name of an as': (payload) => `T | as [${quoted(payload)}] | join [${quoted(payload)}] on s`,
  'the name of a table': (payload) => `[${quoted(payload)}]`,
  'withsource': (payload) => `union withsource=[${quoted(payload)}] T, T`,
  'a watchlist': (payload) => `_GetWatchlist(${quoted(payload)})`,
  'a table by name': (payload) => `table(${quoted(payload)})`,
  'terms': (payload) => `T | where s has ${quoted(payload)} or s has_any (${quoted(payload)}, "b") or s contains ${quoted(payload)} or s in~ (${quoted(payload)})`,
  'many members': (payload) => `T | where tolower(s) in (${Array.from({ length: 20 }, (_, index) => quoted(payload + String(index))).join(', ')})`,
  'a regular expression': (payload) => `T | extend x = extract(${quoted(payload)}, 0, s), y = replace_regex(s, ${quoted(payload)}, ${quoted(payload)})`,
  'a path': (payload) => `T | extend x = j[${quoted(payload)}], y = j.a[${quoted(payload)}].b, z = extract_json(${quoted(`$.${payload}`)}, tostring(j))`,
  'a delimiter': (payload) => `T | parse s with a ${quoted(payload)} b | extend c = split(s, ${quoted(payload)})[0]`,
  'parse-kv': (payload) => `T | parse-kv s as (a:string) with (pair_delimiter=${quoted(payload)}, kv_delimiter=${quoted(payload)}, quote=${quoted(payload)})`,
  'a format': (payload) => `T | extend x = format_datetime(d, ${quoted(payload)})`,
  'a time zone': (payload) => `T | extend x = datetime_utc_to_local(d, ${quoted(payload)})`,
  'a unit': (payload) => `T | extend x = datetime_add(${quoted(payload)}, 1, d)`,
  'a dynamic': (payload) => `T | extend x = dynamic({${JSON.stringify(payload)}: ${JSON.stringify(payload)}}) | evaluate bag_unpack(x)`,
  'a pivot': (payload) => `T | extend p = ${quoted(payload)} | evaluate pivot(p, count(), s)`,
  'a datatable': (payload) => `datatable([${quoted(payload)}]:string)[${quoted(payload)}]`,
  'ranges of addresses': (payload) => `T | where ipv4_is_in_range(s, ${quoted(payload)}) or has_ipv4(s, ${quoted(payload)})`,
  'an argument of a stored function': (payload) => `Stored(${quoted(payload)})`,
  'externaldata': (payload) => `externaldata(a:string)[${quoted(payload)}]`,
  'a mapping of externaldata': (payload) =>
    `externaldata(a:string)[${quoted(join(allowed, 'list.csv'))}] with (format="csv", ingestionMapping=${quoted(JSON.stringify([{ Column: 'a', Properties: { Path: payload } }]))})`,
  'a mapping into JSON': (payload) =>
    `externaldata(a:string)[${quoted(join(allowed, 'list.csv'))}] with (format="json", ingestionMapping=${quoted(JSON.stringify([{ Column: 'a', Properties: { Path: payload } }]))})`,
};

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\0', '\\0')}'`;
}

describe('No text of a query becomes SQL', () => {
  it.each(Object.entries(places))('%s', async (_, place) => {
    for (const payload of payloads) expect(await outcome(place(payload))).not.toContain(SECRET);
    await expectUntouched();
  });

  it('names of the workspace that look like SQL are names', async () => {
    expect(await answer(`[${quoted(hostile)}] | project [${quoted(hostile)}]`)).toEqual([['b']]);
    expect(await answer(`_GetWatchlist(${quoted(hostile)}) | project [${quoted(hostile)}]`)).toEqual([['b']]);
  });
});

describe('A query reaches nothing outside', () => {
  it.each([
    ["read_text('/etc/hostname')"],
    ["print x = read_csv('x.csv')"],
    ["print x = getenv('HOME')"],
    ["print x = current_setting('temp_directory')"],
    ['canary'],
    ['duckdb_settings'],
    ['information_schema.tables'],
    ["evaluate http_request('http://127.0.0.1:1/')"],
    ["evaluate sql_request('x', 'SELECT 1')"],
    ["T | evaluate python(typeof(*), 'x')"],
    ["cluster('x').database('y').T"],
    ["externaldata(a:string)['https://127.0.0.1/x.csv']"],
    [`externaldata(a:string)[${quoted(join(outside, 'secret.csv'))}]`],
    [`externaldata(a:string)[${quoted(join(allowed, '..', 'outside', 'secret.csv'))}]`],
    [`externaldata(a:string)[${quoted(join(outside, '*.csv'))}]`],
    [`externaldata(a:string)[${quoted(join(allowed, 'two[12].csv'))}]`],
    ['.show tables'],
    ['.set-or-append stolen <| T'],
  ])('%s', async (text) => {
    expect(await outcome(text)).not.toContain(SECRET);
    await expect(answer(text)).rejects.toThrow(HuntError);
    await expectUntouched();
  });

  it('an allowed file can be read', async () => {
    expect(await answer(`externaldata(a:string, b:long)[${quoted(join(allowed, 'list.csv'))}] with (ignoreFirstRecord=true)`)).toEqual([['1', 2n]]);
  });
});

describe('Were there a hole, the database would hold', () => {
  it.each([
    [`COPY canary TO '${join(outside, 'stolen.csv')}'`],
    [`SELECT * FROM read_text('${join(outside, 'secret.csv')}')`],
    [`SELECT * FROM glob('${outside}/*')`],
    [`SELECT * FROM '${join(outside, 'secret.csv')}'`],
    [`ATTACH '${join(outside, 'stolen.duckdb')}'`],
    [`EXPORT DATABASE '${outside}'`],
    ['INSTALL httpfs'],
    ['LOAD httpfs'],
    [`SELECT * FROM read_csv('http://127.0.0.1:1/x.csv')`],
    ['SET enable_external_access = true'],
    [`SET allowed_directories = ['/']`],
    [`SET memory_limit = '64GB'`],
    ['RESET lock_configuration'],
    [`PRAGMA temp_directory = '${outside}'`],
  ])('%s', async (sql) => {
    const error = await database.run(sql, neverCancelled).then(() => undefined, (thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(HuntError);
    expect((error as HuntError).data.kind satisfies HuntErrorData['kind']).not.toBe('internal');
    await expectUntouched();
  });
});
