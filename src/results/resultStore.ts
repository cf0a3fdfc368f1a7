import { type CancellationToken, neverCancelled } from '../common/cancellation';
import { type Page, type ReadPage, type ReadValue, type View, wholeView } from '../common/engineProtocol';
import { HuntError } from '../common/errors';
import type { Column, WireValue } from '../common/kqlTypes';
import type { HoldRows } from '../common/resultFiles';
import type { DerivedColumn, Viewed } from '../common/resultViews';
import { PREVIEW_ROWS } from '../common/savedResult';
import { physicalTypes } from '../engine/physicalTypes';
import { quoteText } from '../engine/render';
import { readPage, readValue } from './pages';
import { previewOf } from './preview';
import { insertRows } from './insertRows';
import type { ResultDatabase } from './resultDatabase';
import { ViewCache } from './viewCache';
import { checkDerived, derivedColumn, type JsonKind, jsonKinds, kindAt, storedColumns, type ViewColumn } from './viewColumns';
import { ViewedResult, type ViewSource } from './viewedResult';
import { viewQuery } from './viewQuery';

/** Results of so many cells are compressed; smaller ones are not worth it. */
const LARGE_CELLS = 500_000;

export interface ResultNames {
  readonly resultId: string;
  readonly notebookId: string;
  readonly columns: readonly Column[];
}

/** A query's rows as they are to be stored. */
export interface NewResult extends ResultNames {
  /** SQL whose columns are `c0`, `c1`, … in the types of `src/engine/catalog.ts`. */
  readonly sql: string;
}

/** A result that is held. */
export interface StoredResult {
  readonly resultId: string;
  readonly columns: readonly Column[];
  readonly rowCount: number;
  /** Names the table in SQL. */
  readonly relation: string;
}

interface Held extends StoredResult {
  readonly notebookId: string;
  /** Kinds of values that derived columns have, by source and path. */
  readonly kinds: Map<string, ReadonlySet<JsonKind>>;
}

/**
 * Holds the rows of results in the query database, and reads them by pages. Rows are stored once, in the query's order, and numbered by it;
 * a sorted or filtered view is a list of these numbers, so that a page costs no more than its rows.
 */
export class ResultStore {
  readonly #database: ResultDatabase;
  readonly #held = new Map<string, Held>();
  readonly #orders = new ViewCache<Int32Array>();
  #databaseMade: Promise<void> | undefined;
  #tables = 0;

  constructor(database: ResultDatabase) {
    this.#database = database;
  }

  /**
   * Runs the query and keeps its rows.
   * @throws HuntError as the database; nothing is kept then.
   */
  async create(made: NewResult, token: CancellationToken): Promise<StoredResult> {
    return this.#keep(made, (relation) => this.#database.run(`CREATE TABLE ${relation} AS ${made.sql}`, token, dropped(relation)), token);
  }

  /**
   * Keeps rows that come from elsewhere.
   * @param fill Inserts the rows, in their order, into an empty table of the columns.
   * @throws whatever `fill` throws; nothing is kept then.
   */
  async fill(made: ResultNames, fill: (relation: string) => Promise<void>, token: CancellationToken): Promise<StoredResult> {
    const columns = made.columns.map(({ type }, index) => `c${index} ${physicalTypes[type]}`);
    const make = async (relation: string): Promise<void> => {
      // SQL knows no table without columns.
      await this.#database.run(`CREATE TABLE ${relation} (${columns.join(', ') || 'c0 BOOLEAN'})`, token, dropped(relation));
      await fill(relation);
    };
    return this.#keep(made, make, token);
  }

  /** Keeps rows as they travel: few, for all are in memory. @throws HuntError `refused` for a value that does not fit its column. */
  async hold(made: HoldRows, token: CancellationToken): Promise<StoredResult> {
    const fill = async (relation: string): Promise<void> => {
      for (const sql of insertRows(relation, made.columns, made.rows)) await this.#database.run(sql, token);
    };
    return this.fill(made, fill, token);
  }

  async #keep(made: ResultNames, make: (relation: string) => Promise<void>, token: CancellationToken): Promise<StoredResult> {
    // A database of its own, for only a whole one can be compressed.
    this.#databaseMade ??= this.#database.run("ATTACH IF NOT EXISTS ':memory:' AS results (COMPRESS)", neverCancelled);
    await this.#databaseMade;
    const relation = `results.r${++this.#tables}`;
    const { resultId, notebookId, columns } = made;
    try {
      await make(relation);
      const [row] = await this.#database.rows(`SELECT count(*) FROM ${relation}`, token);
      const held: Held = { resultId, notebookId, columns, relation, rowCount: Number(row?.[0] ?? 0), kinds: new Map() };
      await this.forget([resultId]);
      this.#held.set(resultId, held);
      if (held.rowCount * columns.length >= LARGE_CELLS) this.#compress();
      return held;
    } catch (thrown) {
      await this.#drop(relation);
      throw thrown;
    }
  }

  /**
   * Compresses what is not yet: a large result then takes a fifth of the memory, and texts that repeat are searched once. Nobody waits
   * for it. While other rows are being stored it is refused; the next large result brings it about.
   */
  #compress(): void {
    this.#database.run('CHECKPOINT results', neverCancelled).catch(() => undefined);
  }

  find(resultId: string): StoredResult | undefined {
    return this.#held.get(resultId);
  }

  /** What a notebook saves of a result. */
  async preview(resultId: string, token: CancellationToken): Promise<Page> {
    const page = await this.readPage({ resultId, view: wholeView, offset: 0, count: PREVIEW_ROWS }, token);
    return previewOf(page, this.#need(resultId).columns.length);
  }

  /**
   * A result seen through a view.
   * @throws HuntError `resultGone`; `refused` for filters that do not fit their columns or are no regular expressions.
   */
  async viewed({ resultId, view }: Viewed, token: CancellationToken): Promise<ViewedResult> {
    const held = this.#need(resultId);
    const source: ViewSource = {
      relation: held.relation,
      rowCount: held.rowCount,
      database: this.#database,
      orders: this.#orders,
      guard: (read) => this.#guarded(held, read),
    };
    const derived = await Promise.all((view.derived ?? []).map((column) => this.#derived(held, column, token)));
    await this.#checkPatterns(view, token);
    return new ViewedResult(source, viewQuery(view, [...storedColumns(held.columns), ...derived]));
  }

  /** @throws HuntError as {@link viewed}. */
  async readPage(read: ReadPage, token: CancellationToken): Promise<Page> {
    return readPage(await this.viewed(read, token), read, token);
  }

  /** A value in full. @throws HuntError as {@link viewed}; `notFound` when the view has no such cell. */
  async readValue(read: ReadValue, token: CancellationToken): Promise<WireValue> {
    return readValue(await this.viewed(read, token), read, token);
  }

  /** Drops results; unknown ids are ignored. */
  async forget(resultIds: readonly string[]): Promise<void> {
    for (const resultId of resultIds) {
      const held = this.#held.get(resultId);
      if (!held) continue;
      this.#held.delete(resultId);
      this.#orders.forget(`${held.relation} `);
      await this.#drop(held.relation);
    }
  }

  async forgetNotebook(notebookId: string): Promise<void> {
    await this.forget([...this.#held.values()].filter((held) => held.notebookId === notebookId).map((held) => held.resultId));
  }

  #need(resultId: string): Held {
    const held = this.#held.get(resultId);
    if (!held) throw new HuntError({ kind: 'resultGone', resultId });
    return held;
  }

  async #drop(relation: string): Promise<void> {
    await this.#database.run(dropped(relation), neverCancelled);
  }

  /** What a derived column is depends on all its values, in the view or not: it is the same in every view. */
  async #derived(held: Held, derived: DerivedColumn, token: CancellationToken): Promise<ViewColumn> {
    checkDerived(derived, held.columns);
    const key = JSON.stringify([derived.source, derived.path]);
    const known = held.kinds.get(key);
    if (known) return derivedColumn(derived, known);
    const sql = `SELECT DISTINCT ${kindAt(derived)} FROM ${held.relation}`;
    const found = new Set((await this.#guarded(held, () => this.#database.rows(sql, token))).map(([kind]) => kind));
    const kinds = new Set(jsonKinds.filter((kind) => found.has(kind)));
    held.kinds.set(key, kinds);
    return derivedColumn(derived, kinds);
  }

  /** Said before the rows are read, and as what it is: a filter that cannot be. */
  async #checkPatterns({ columnFilters = [] }: View, token: CancellationToken): Promise<void> {
    for (const filter of columnFilters) {
      if (filter.kind !== 'text' || filter.match !== 'regex') continue;
      try {
        await this.#database.rows(`SELECT regexp_matches('', ${quoteText(filter.text)})`, token);
      } catch (thrown) {
        if (thrown instanceof HuntError && thrown.data.kind === 'cancelled') throw thrown;
        const reason = thrown instanceof Error ? thrown.message.replace(/^.*(?:Error|while it ran|does not parse): /u, '') : '';
        const message = `"${filter.text}" is no regular expression: ${reason} Patterns are written as for KQL's "matches regex" (RE2).`;
        throw new HuntError({ kind: 'refused', message }, { cause: thrown });
      }
    }
  }

  async #guarded<T>(held: Held, read: () => Promise<T>): Promise<T> {
    try {
      return await read();
    } catch (thrown) {
      // Forgotten while it was read.
      if (!this.#held.has(held.resultId)) throw new HuntError({ kind: 'resultGone', resultId: held.resultId }, { cause: thrown });
      throw thrown;
    }
  }
}

const dropped = (relation: string): string => `DROP TABLE IF EXISTS ${relation}`;
