import { type CancellationToken, neverCancelled } from '../common/cancellation';
import { type Cut, MAX_CELL_CHARS, type Page, type ReadPage, type ReadValue, type View, wholeView } from '../common/engineProtocol';
import { HuntError } from '../common/errors';
import type { Column, WireRow, WireValue } from '../common/kqlTypes';
import { PREVIEW_ROWS } from '../common/savedResult';
import { physicalTypes } from '../engine/physicalTypes';
import { toWire, wireExpression } from '../engine/wire';
import { canBeLong, cutRows } from './cellCut';
import { previewOf } from './preview';
import type { ResultDatabase } from './resultDatabase';
import { searchCondition } from './searchText';
import { viewOrder } from './viewOrder';

/** Most rows that a page holds, whatever is asked for. */
export const MAX_PAGE_ROWS = 5_000;
/** Sorted or filtered views that a result keeps; the least recently used goes first. */
const VIEWS_PER_RESULT = 4;

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
  /** Row numbers in the order of the view, by the view's key. */
  readonly views: Map<string, Promise<Int32Array>>;
}

/**
 * Holds the rows of results in the query database, and reads them by pages. Rows are stored once, in the query's order, and numbered by it;
 * a sorted or filtered view is a list of these numbers, so that a page costs no more than its rows.
 */
export class ResultStore {
  readonly #database: ResultDatabase;
  readonly #held = new Map<string, Held>();
  #schemaMade: Promise<void> | undefined;
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

  async #keep(made: ResultNames, make: (relation: string) => Promise<void>, token: CancellationToken): Promise<StoredResult> {
    this.#schemaMade ??= this.#database.run('CREATE SCHEMA IF NOT EXISTS results', neverCancelled);
    await this.#schemaMade;
    const relation = `results.r${++this.#tables}`;
    const { resultId, notebookId, columns } = made;
    try {
      await make(relation);
      const [row] = await this.#database.rows(`SELECT count(*) FROM ${relation}`, token);
      const held: Held = { resultId, notebookId, columns, relation, rowCount: Number(row?.[0] ?? 0), views: new Map() };
      await this.forget([resultId]);
      this.#held.set(resultId, held);
      return held;
    } catch (thrown) {
      await this.#drop(relation);
      throw thrown;
    }
  }

  find(resultId: string): StoredResult | undefined {
    return this.#held.get(resultId);
  }

  /** What a notebook saves of a result. */
  async preview(resultId: string, token: CancellationToken): Promise<Page> {
    const page = await this.readPage({ resultId, view: wholeView, offset: 0, count: PREVIEW_ROWS }, token);
    return previewOf(page, this.#need(resultId).columns.length);
  }

  /** @throws HuntError `resultGone`. */
  async readPage(read: ReadPage, token: CancellationToken): Promise<Page> {
    const held = this.#need(read.resultId);
    const offset = Math.max(0, Math.trunc(read.offset));
    const count = Math.max(0, Math.min(MAX_PAGE_ROWS, Math.trunc(read.count)));
    const view = isWhole(read.view) ? undefined : await this.#view(held, read.view, token);
    const total = view?.length ?? held.rowCount;
    const end = Math.min(total, offset + count);
    if (offset >= end) return { offset, rows: [], total, cuts: [] };
    const page = view ? await this.#rowsAt(held, view.subarray(offset, end), token) : await this.#rowsBetween(held, offset, end, token);
    return { offset, total, ...(await this.#cut(held, page, token)) };
  }

  /** A value in full. @throws HuntError `resultGone`. */
  async readValue(read: ReadValue, token: CancellationToken): Promise<WireValue> {
    const held = this.#need(read.resultId);
    const column = held.columns[read.column];
    const row = isWhole(read.view) ? read.row : (await this.#view(held, read.view, token))[read.row];
    if (column === undefined || row === undefined || row < 0 || row >= held.rowCount) {
      throw new HuntError({ kind: 'notFound', what: 'cell', name: `row ${read.row}, column ${read.column}` });
    }
    const expression = wireExpression(`c${read.column}`, column.type);
    const [found] = await this.#rows(held, `SELECT ${expression} FROM ${held.relation} WHERE rowid = ${row}`, token);
    return toWire(found?.[0], column.type);
  }

  /** Drops results; unknown ids are ignored. */
  async forget(resultIds: readonly string[]): Promise<void> {
    for (const resultId of resultIds) {
      const held = this.#held.get(resultId);
      if (!held) continue;
      this.#held.delete(resultId);
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

  /** The row numbers of a view, made at its first use. One that was stopped or failed is made again when it is asked for again. */
  async #view(held: Held, view: View, token: CancellationToken): Promise<Int32Array> {
    const key = JSON.stringify([view.sort.map(({ column, descending }) => [column, descending]), view.filter]);
    const known = held.views.get(key);
    const rows = known ?? this.#makeView(held, view, token);
    held.views.delete(key);
    held.views.set(key, rows);
    const [oldest] = held.views.keys();
    if (held.views.size > VIEWS_PER_RESULT && oldest !== undefined) held.views.delete(oldest);
    try {
      return await rows;
    } catch (thrown) {
      if (held.views.get(key) === rows) held.views.delete(key);
      // Made for someone else, who stopped waiting: make it for this caller.
      if (known && isCancelled(thrown) && !token.isCancellationRequested) return this.#view(held, view, token);
      throw thrown;
    }
  }

  async #makeView(held: Held, view: View, token: CancellationToken): Promise<Int32Array> {
    const condition = searchCondition(held.columns, view.filter);
    const where = condition === undefined ? '' : ` WHERE ${condition}`;
    const sql = `SELECT CAST(rowid AS INTEGER) FROM ${held.relation}${where} ORDER BY ${viewOrder(held.columns, view.sort)}`;
    return this.#guarded(held, () => this.#database.integers(sql, token));
  }

  async #rowsBetween(held: Held, start: number, end: number, token: CancellationToken): Promise<readonly NumberedRow[]> {
    const condition = `rowid >= ${start} AND rowid < ${end}`;
    const rows = await this.#rows(
      held,
      `SELECT ${pageColumns(held.columns)} FROM ${held.relation} WHERE ${condition} ORDER BY rowid`,
      token,
    );
    return rows.map((row) => numberedRow(held.columns, row));
  }

  async #rowsAt(held: Held, numbers: Int32Array, token: CancellationToken): Promise<readonly NumberedRow[]> {
    const sql = `SELECT ${pageColumns(held.columns)} FROM ${held.relation} WHERE rowid IN (${numbers.join(',')})`;
    const rows = (await this.#rows(held, sql, token)).map((row) => numberedRow(held.columns, row));
    const byNumber = new Map(rows.map((row) => [row.number, row]));
    return Array.from(numbers).flatMap((number) => byNumber.get(number) ?? []);
  }

  /** Cuts long values of a page, and asks how long they are in full. */
  async #cut(held: Held, page: readonly NumberedRow[], token: CancellationToken): Promise<Pick<Page, 'rows' | 'cuts'>> {
    const { rows, cuts } = cutRows(
      page.map((row) => row.values),
      MAX_CELL_CHARS,
    );
    if (cuts.length === 0) return { rows, cuts };
    const columns = [...new Set(cuts.map((cut) => cut.column))];
    const numbers = [...new Set(cuts.map((cut) => page[cut.row]?.number ?? 0))];
    const sql = `SELECT rowid, ${columns.map(lengthExpression).join(', ')} FROM ${held.relation} WHERE rowid IN (${numbers.join(',')})`;
    const lengths = new Map((await this.#rows(held, sql, token)).map(([number, ...found]) => [Number(number), found]));
    const fullLength = (cut: Cut): number =>
      Number(lengths.get(page[cut.row]?.number ?? 0)?.[columns.indexOf(cut.column)] ?? cut.fullLength);
    return { rows, cuts: cuts.map((cut) => ({ ...cut, fullLength: fullLength(cut) })) };
  }

  async #rows(held: Held, sql: string, token: CancellationToken): Promise<readonly (readonly unknown[])[]> {
    return this.#guarded(held, () => this.#database.rows(sql, token));
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

interface NumberedRow {
  readonly number: number;
  readonly values: WireRow;
}

/**
 * The columns of a page and the row's number. Of a long value only what a page may hold is read, and one character more to know that it
 * was cut.
 */
function pageColumns(columns: readonly Column[]): string {
  const expressions = columns.map((column, index) => {
    const expression = wireExpression(`c${index}`, column.type);
    return canBeLong(column)
      ? `CASE WHEN strlen(${expression}) > ${MAX_CELL_CHARS} THEN left(${expression}, ${MAX_CELL_CHARS + 1}) ELSE ${expression} END`
      : expression;
  });
  return [...expressions, 'rowid'].join(', ');
}

function numberedRow(columns: readonly Column[], row: readonly unknown[]): NumberedRow {
  return { number: Number(row[columns.length]), values: columns.map(({ type }, index) => toWire(row[index], type)) };
}

/** UTF-16 code units of a text: its characters, those beyond the first plane twice. */
function lengthExpression(column: number): string {
  const text = `CAST(c${column} AS VARCHAR)`;
  return `CASE WHEN strlen(${text}) = length(${text}) THEN length(${text}) ELSE length(${text}) + length(regexp_replace(${text}, '[^\\x{10000}-\\x{10FFFF}]', '', 'g')) END`;
}

function isWhole(view: View): boolean {
  return view.sort.length === 0 && view.filter === '';
}

function isCancelled(thrown: unknown): boolean {
  return thrown instanceof HuntError && thrown.data.kind === 'cancelled';
}
