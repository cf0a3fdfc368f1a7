import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { CancellationSource, neverCancelled } from '../../src/common/cancellation';
import { HuntError } from '../../src/common/errors';
import { kqlTypes } from '../../src/common/kqlTypes';
import type { Catalog, CatalogTable } from '../../src/engine/catalog';
import { Database } from '../../src/engine/database';
import { translateWithData } from '../../src/engine/dataTranslation';
import { SchemaNeeded } from '../../src/engine/plugins/schemaNeeded';
import { physicalTypes } from '../../src/engine/physicalTypes';
import { translate } from '../../src/engine/translate';
import { knownTable, knownTableNames } from '../../src/workspaces/schemas/knownSchemas';
import { SECRET } from './vocabulary';

/** What was found with one input; `undefined` when all is well. */
export interface Finding {
  /** Defects of safety, or SQL that the database refuses (a defect, too, but one that ends in a clear error). */
  readonly severity: 'defect' | 'refusedSql';
  readonly message: string;
}

const NOW = 638_500_000_000_000_000n;
/** Longest that a query of the sample may run before it is cancelled. */
const RUN_MS = 1_500;
const expected: ReadonlySet<string> = new Set(['query', 'unknownName', 'unsupported', 'cellOption']);
const expectedOfRuns: ReadonlySet<string> = new Set([...expected, 'execution', 'cancelled', 'outOfMemory']);

const rows = [
  `('a b', true, 1, 10, 1.5, 638396640000000000, 864000000000, '00000000-0000-0000-0000-000000000001', '{"a":1,"b":[1,2]}')`,
  `('', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)`,
  `('it''s "x" \\ é', false, -1, -10, 'nan', 638396640000000001, -1, '00000000-0000-0000-0000-000000000002', '[1,"x",null]')`,
];
const typed = (['string', 'bool', 'int', 'long', 'real', 'datetime', 'timespan', 'guid', 'dynamic'] as const).map((type, index) => ({ name: 'sbilrdtgj'.charAt(index), type }));
const hostileNames = ['s', 'a"b', "it's", "'; DROP TABLE canary; --", 'a b', '', '\0', 'c0', 'C0', 'é', '{x}', '\\', '*'];

/** The engine with planted tables, one that queries may not see, and an eye on the folder it runs in. */
export class FuzzEngine {
  readonly #database: Database;
  readonly #parser: DuckDBConnection;
  readonly #folder: string;
  readonly #catalog: Catalog;
  readonly #reference: string;

  private constructor(database: Database, parser: DuckDBConnection, folder: string, catalog: Catalog) {
    this.#database = database;
    this.#parser = parser;
    this.#folder = folder;
    this.#catalog = catalog;
    this.#reference = this.#referenceSql();
  }

  /** @param folder of our own; it becomes the working folder, so that relative paths lead there. */
  static async open(folder: string, mentioned: string): Promise<FuzzEngine> {
    const directory = path.join(folder, 'database');
    await mkdir(directory, { recursive: true });
    const database = await Database.open({ directory, memoryLimitMiB: 512, threads: 1, allowedDirectories: [] });
    const run = (sql: string): Promise<void> => database.run(sql, neverCancelled);
    await run(`CREATE TABLE canary AS SELECT '${SECRET}' AS marker, i FROM range(100) r(i)`);
    const tables: CatalogTable[] = [];
    for (const name of ['T', 'U']) {
      await run(`CREATE TABLE planted_${name} (${typed.map(({ type }, index) => `c${index} ${physicalTypes[type]}`).join(', ')})`);
      await run(`INSERT INTO planted_${name} VALUES ${rows.join(', ')}`);
      tables.push({ name, columns: typed, relation: `planted_${name}`, timeColumn: 'd' });
    }
    const hostile = hostileNames.filter((name) => name !== '').map((name, index) => ({ name, type: kqlTypes[index % kqlTypes.length] ?? 'string' }));
    await run(`CREATE TABLE hostile (${hostile.map(({ type }, index) => `c${index} ${physicalTypes[type]}`).join(', ')})`);
    tables.push({ name: 'Hostile', columns: hostile, relation: 'hostile' });
    for (const name of knownTableNames()) {
      const columns = mentioned.includes(name) ? knownTable(name) : undefined;
      if (!columns) continue;
      await run(`CREATE TABLE known_${name} (${columns.map(({ type }, index) => `c${index} ${physicalTypes[type]}`).join(', ')})`);
      tables.push({ name, columns, relation: `known_${name}`, timeColumn: 'TimeGenerated' });
    }
    const functions = [{ name: 'Stored', parameters: '(t:(s:string), n:long = 5)', body: '{ t | take n }' }];
    return new FuzzEngine(database, await (await DuckDBInstance.create(':memory:')).connect(), folder, { tables, functions, watchlists: [] });
  }

  /** Translates an input and looks at the SQL. */
  async translate(text: string): Promise<Finding | undefined> {
    let sql: string;
    try {
      const translation = translate({ text, definitions: [], catalog: this.#catalog, now: NOW });
      if (translation.kind !== 'query') return undefined;
      ({ sql } = translation);
    } catch (thrown) {
      return thrown instanceof SchemaNeeded ? undefined : finding(thrown, expected);
    }
    try {
      // As a sub-select it can be nothing but a query, and one that closes the bracket before it is several statements, or none.
      const { count } = await this.#parser.extractStatements(`SELECT * FROM (${sql})`);
      return count === 1 ? undefined : { severity: 'defect', message: `the SQL is ${count} statements: ${sql.slice(0, 500)}` };
    } catch (thrown) {
      const message = String(thrown).split('\n')[0] ?? '';
      // The engine tells people of this one.
      return message.includes('Max expression depth') ? undefined : { severity: 'refusedSql', message: `the SQL does not parse: ${message}` };
    }
  }

  /** Runs an input, if it translates; what runs too long is cancelled. */
  async run(text: string): Promise<Finding | undefined> {
    const source = new CancellationSource();
    const timer = setTimeout(() => source.cancel(), RUN_MS);
    try {
      const input = { text, definitions: [], catalog: this.#catalog, now: NOW };
      const translation = await translateWithData(input, (sql) => this.#database.rows(sql, source.token));
      if (translation.kind !== 'query' || translation.columns.length === 0) return undefined;
      const columns = translation.columns.map((_, index) => `CAST(c${index} AS VARCHAR)`);
      const answer = await this.#database.rows(`SELECT ${columns.join(', ')} FROM (${translation.sql}) LIMIT 1000`, source.token);
      if (!text.includes(SECRET) && answer.some((row) => row.some((value) => typeof value === 'string' && value.includes(SECRET)))) {
        return { severity: 'defect', message: 'the answer holds what the query may not see' };
      }
      return undefined;
    } catch (thrown) {
      return finding(thrown, expectedOfRuns);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Whether everything that was planted is still there, and nothing else: after any number of inputs. */
  async verify(): Promise<Finding | undefined> {
    const [[count, different] = []] = await this.#database.rows(`SELECT count(*)::INTEGER, count(DISTINCT marker)::INTEGER FROM canary WHERE marker = '${SECRET}'`, neverCancelled);
    if (count !== 100 || different !== 1) return { severity: 'defect', message: `the planted table has changed: ${String(count)} rows` };
    const [[external] = []] = await this.#database.rows(`SELECT current_setting('enable_external_access')`, neverCancelled);
    if (String(external) !== 'false') return { severity: 'defect', message: 'the database is unlocked' };
    const [[relations] = []] = await this.#database.rows(`SELECT count(*)::INTEGER FROM duckdb_tables()`, neverCancelled);
    if (relations !== this.#catalog.tables.length + 1) return { severity: 'defect', message: `there are ${String(relations)} tables` };
    const files = (await readdir(this.#folder)).filter((name) => name !== 'database');
    if (files.length > 0) return { severity: 'defect', message: `a file was written: ${files.join(', ')}` };
    const inside = (await readdir(path.join(this.#folder, 'database'))).filter((name) => name !== 'tmp');
    if (inside.length > 0) return { severity: 'defect', message: `a file was written: ${inside.join(', ')}` };
    if (this.#referenceSql() !== this.#reference) return { severity: 'defect', message: 'an ordinary query is translated differently than before' };
    return undefined;
  }

  dispose(): void {
    this.#database.dispose();
    this.#parser.closeSync();
  }

  #referenceSql(): string {
    const text = [
      'let recent = T | where s has "x" and l > 5;',
      'recent | join kind=inner (U | summarize arg_max(d, *) by s) on s | extend k = strcat(s, tostring(j.a)) | top 5 by l',
    ].join('\n');
    const translation = translate({ text, definitions: [], catalog: this.#catalog, now: NOW });
    return translation.kind === 'query' ? translation.sql : '';
  }
}

function finding(thrown: unknown, kinds: ReadonlySet<string>): Finding | undefined {
  if (!(thrown instanceof HuntError)) return { severity: 'defect', message: `not a HuntError: ${describe(thrown)}` };
  if (!kinds.has(thrown.data.kind)) return { severity: 'defect', message: `${thrown.data.kind}: ${thrown.message}\n${describe(thrown.cause)}` };
  // A pattern that the database cannot read is told as such.
  if (thrown.data.kind === 'query') return undefined;
  const cause = thrown.cause instanceof Error ? thrown.cause.message : '';
  if (/^(?:INTERNAL|FATAL)/u.test(cause)) return { severity: 'defect', message: cause.split('\n')[0] ?? '' };
  if (/^(?:Binder|Parser|Catalog|Syntax) Error/u.test(cause)) return { severity: 'refusedSql', message: cause.split('\n')[0] ?? '' };
  return undefined;
}

function describe(thrown: unknown): string {
  return thrown instanceof Error ? (thrown.stack ?? thrown.message).split('\n').slice(0, 6).join('\n') : String(thrown);
}
