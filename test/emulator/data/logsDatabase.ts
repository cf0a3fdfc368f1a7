import { type CancellationToken, neverCancelled } from '../../../src/common/cancellation';
import type { Visualization } from '../../../src/common/engineProtocol';
import { HuntError } from '../../../src/common/errors';
import { type Column, TICKS_PER_MILLISECOND, UNIX_EPOCH_TICKS } from '../../../src/common/kqlTypes';
import type { Catalog, CatalogTable } from '../../../src/engine/catalog';
import { Database, quoteName } from '../../../src/engine/database';
import { translateWithData } from '../../../src/engine/dataTranslation';
import { openSample, type SampleWorkspace } from '../../../src/workspaces/sample/sampleWorkspace';
import type { Clock } from '../http/clock';
import type { JsonObject } from '../http/messages';
import { rowsText } from './rowsJson';

/** The rows of an answered query, kept until they are dropped. */
export interface Answer {
  readonly columns: readonly Column[];
  readonly relation: string;
  readonly rowCount: number;
  readonly visualization: Visualization | undefined;
  readonly usedTables: readonly CatalogTable[];
  readonly seconds: number;
}

export const emptyCatalog: Catalog = { tables: [], functions: [], watchlists: [] };

/** The data of all workspaces in one database of the local engine. */
export class LogsDatabase {
  readonly #database: Database;
  readonly #clock: Clock;
  #relations = 0;

  private constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  /**
   * @param folder Of its own, for what does not fit in memory.
   * @param sampleFolder Where the sample workspace's file is kept between runs.
   */
  static async open(folder: string, sampleFolder: string, clock: Clock): Promise<LogsDatabase> {
    const database = await Database.open({ directory: folder, memoryLimitMiB: 1024, threads: 2, allowedDirectories: [sampleFolder] });
    const opened = new LogsDatabase(database, clock);
    await database.run('CREATE SCHEMA emulated', neverCancelled);
    return opened;
  }

  /** The sample workspace "Contoso", with tables to be named in a catalog. */
  async openSample(folder: string): Promise<SampleWorkspace> {
    const sample = await openSample({ directory: folder, now: this.#clock.date() });
    await this.#database.attach(sample.databaseFile, 'sample');
    const attached = <T extends { readonly relation: string }>(table: T): T => ({ ...table, relation: `${quoteName('sample')}.${table.relation}` });
    return { ...sample, tables: sample.tables.map(attached), watchlists: sample.watchlists.map(attached) };
  }

  /** Keeps the answer of a query as a table. */
  async define(name: string, kql: string, catalog: Catalog): Promise<CatalogTable> {
    const { columns, relation } = await this.answer(kql, catalog, undefined, neverCancelled);
    const timeColumn = columns.find((column) => column.name === 'TimeGenerated' && column.type === 'datetime')?.name;
    return { name, columns, relation, timeColumn };
  }

  /** Runs a query. @throws HuntError as the engine does. */
  async answer(text: string, catalog: Catalog, timespan: string | undefined, token: CancellationToken): Promise<Answer> {
    const started = performance.now();
    const now = BigInt(this.#clock.now()) * TICKS_PER_MILLISECOND + UNIX_EPOCH_TICKS;
    const input = { text, definitions: [], catalog, now, timespan };
    const translation = await translateWithData(input, (sql) => this.#database.rows(sql, token));
    if (translation.kind === 'definitions') {
      throw new HuntError({ kind: 'query', code: 'SEM0001', message: 'The query holds no tabular expression.' });
    }
    const { sql, columns, visualization, usedTables } = translation;
    const relation = `emulated.r${++this.#relations}`;
    await this.#database.run(`CREATE TABLE ${relation} AS ${sql}`, token);
    const [row] = await this.#database.rows(`SELECT count(*) FROM ${relation}`, token);
    const seconds = (performance.now() - started) / 1000;
    return { columns, relation, rowCount: Number(row?.[0] ?? 0), visualization, usedTables, seconds };
  }

  /** Rows of an answer as JSON texts; joined to one text unless they are wanted each by itself. */
  async rows(answer: Answer, from: number, to: number, joined: boolean): Promise<readonly string[]> {
    const rows = await this.#database.rows(rowsText(answer.relation, answer.columns, from, to, joined), neverCancelled);
    return rows.map(([text]) => (typeof text === 'string' ? text : ''));
  }

  /** The rows of a small table as objects, with values as they travel. */
  async objects(table: CatalogTable): Promise<readonly JsonObject[]> {
    const [row] = await this.#database.rows(rowsText(table.relation, table.columns, 0, Number.MAX_SAFE_INTEGER, true), neverCancelled);
    const text = row?.[0];
    const rows = JSON.parse(`[${typeof text === 'string' ? text : ''}]`) as readonly (readonly unknown[])[];
    return rows.map((values) => Object.fromEntries(table.columns.map(({ name }, index) => [name, values[index]])));
  }

  async drop(relation: string): Promise<void> {
    await this.#database.run(`DROP TABLE IF EXISTS ${relation}`, neverCancelled);
  }

  dispose(): void {
    this.#database.dispose();
  }
}
