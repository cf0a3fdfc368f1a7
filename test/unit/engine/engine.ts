import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { neverCancelled } from '../../../src/common/cancellation';
import { HuntError, type HuntErrorData } from '../../../src/common/errors';
import { type Column, type WireValue } from '../../../src/common/kqlTypes';
import type { Catalog, CatalogTable } from '../../../src/engine/catalog';
import { translateWithData } from '../../../src/engine/dataTranslation';
import { Database, type DatabaseOptions } from '../../../src/engine/database';
import { physicalTypes } from '../../../src/engine/physicalTypes';
import { translate, type Translation, type TranslateInput } from '../../../src/engine/translate';
import { toWire, wireExpression } from '../../../src/engine/wire';
import { parseDatetime } from '../../../src/engine/datetimeText';

/** What `now()` is in these tests. */
export const NOW = parseDatetime('2024-05-06T07:08:09.1234567Z') ?? 0n;

/** An engine for tests: real DuckDB, tables made from KQL. */
export class TestEngine {
  readonly #directory = mkdtempSync(join(tmpdir(), 'huntbook-engine-'));
  readonly #tables: CatalogTable[] = [];
  readonly #files: Partial<Pick<DatabaseOptions, 'allowedDirectories' | 'allowedFiles'>>;
  #database: Database | undefined;
  #catalog: Catalog = { tables: [], functions: [], watchlists: [] };

  /** @param files What queries may read. */
  constructor(files: Partial<Pick<DatabaseOptions, 'allowedDirectories' | 'allowedFiles'>> = {}) {
    this.#files = files;
  }

  async open(): Promise<this> {
    const options = { directory: this.#directory, memoryLimitMiB: 512, threads: 1, allowedDirectories: [], ...this.#files };
    this.#database = await Database.open(options);
    return this;
  }

  get database(): Database {
    if (!this.#database) throw new Error('not open');
    return this.#database;
  }

  close(): void {
    this.#database?.dispose();
    rmSync(this.#directory, { recursive: true, force: true });
  }

  /** Makes a table of a query's answer. */
  async table(name: string, query: string, timeColumn?: string): Promise<void> {
    const made = this.translate(query);
    if (made.kind !== 'query') throw new Error('no query');
    const relation = `t${this.#tables.length}`;
    const types = made.columns.map(({ type }, index) => `CAST(c${index} AS ${physicalTypes[type]}) AS c${index}`);
    await this.database.run(`CREATE TABLE ${relation} AS SELECT ${types.join(', ')} FROM (${made.sql})`, neverCancelled);
    this.#tables.push({ name, columns: made.columns, relation, timeColumn });
    this.#catalog = { ...this.#catalog, tables: [...this.#tables] };
  }

  /** Adds functions of the workspace. */
  functions(functions: Catalog['functions']): void {
    this.#catalog = { ...this.#catalog, functions };
  }

  translate(text: string, more: Partial<TranslateInput> = {}): Translation {
    return translate({ text, definitions: [], catalog: this.#catalog, now: NOW, ...more });
  }

  /** Columns and rows of the answer. */
  async answer(text: string, more: Partial<TranslateInput> = {}): Promise<{ columns: readonly Column[]; rows: WireValue[][] }> {
    const input = { text, definitions: [], catalog: this.#catalog, now: NOW, ...more };
    const made = await translateWithData(input, (sql) => this.database.rows(sql, neverCancelled));
    if (made.kind !== 'query') throw new Error('no query');
    const list = made.columns.map(({ type }, index) => wireExpression(`c${index}`, type)).join(', ');
    const rows = await this.database.rows(`SELECT ${list} FROM (${made.sql})`, neverCancelled);
    return { columns: made.columns, rows: rows.map((row) => row.map((value, index) => toWire(value, made.columns[index]?.type ?? 'string'))) };
  }

  async rows(text: string, more: Partial<TranslateInput> = {}): Promise<WireValue[][]> {
    return (await this.answer(text, more)).rows;
  }

  /** Rows in an order of our own, for queries that give none. */
  async sorted(text: string): Promise<WireValue[][]> {
    return (await this.rows(text)).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  }

  /** The value of one expression. */
  async value(expression: string): Promise<WireValue> {
    const [row] = await this.rows(`print ${expression}`);
    return row?.[0] ?? null;
  }

  async names(text: string): Promise<string[]> {
    return (await this.answer(text)).columns.map(({ name }) => name);
  }

  /** The error that translating ends in. */
  error(text: string, more: Partial<TranslateInput> = {}): HuntErrorData {
    try {
      this.translate(text, more);
    } catch (thrown) {
      if (thrown instanceof HuntError) return thrown.data;
      throw thrown;
    }
    throw new Error('no error');
  }
}
