import type { CancellationToken } from '../common/cancellation';
import { HuntError } from '../common/errors';
import type { ResultDatabase } from './resultDatabase';
import type { ViewCache } from './viewCache';
import type { ViewColumn } from './viewColumns';
import type { ViewQuery } from './viewQuery';

/** Most rows that are named one by one in SQL. */
const MOST_LISTED = 1_000;
const ONE = '1'.charCodeAt(0);

/** What a {@link ViewedResult} reads from. */
export interface ViewSource {
  /** Names the table in SQL. */
  readonly relation: string;
  /** Rows of the table. */
  readonly rowCount: number;
  readonly database: ResultDatabase;
  readonly orders: ViewCache<Int32Array>;
  /** Whatever fails because the result was forgotten meanwhile fails with `resultGone`. */
  readonly guard: <T>(read: () => Promise<T>) => Promise<T>;
}

/**
 * A result seen through a view: what questions about it are answered from. Its rows are there in two forms: as SQL
 * (`FROM relation + where`), for whatever counts or sums up; and as row numbers in the view's order, for whatever reads rows.
 */
export class ViewedResult {
  readonly columns: readonly ViewColumn[];
  readonly relation: string;
  /** ` WHERE …` with a blank before it, or nothing. */
  readonly where: string;
  /** Rows of the result, in the view or not. */
  readonly rowCount: number;
  readonly #source: ViewSource;
  readonly #query: ViewQuery;

  constructor(source: ViewSource, query: ViewQuery) {
    this.columns = query.columns;
    this.relation = source.relation;
    this.rowCount = source.rowCount;
    this.where = query.where;
    this.#source = source;
    this.#query = query;
  }

  /** Equal for the same rows in the same order; begins with the result's own table. */
  get key(): string {
    return `${this.relation} ${this.#query.key}`;
  }

  /** ` ORDER BY …` with a blank before it; nothing when the table's own order is the view's. */
  get sorted(): string {
    return this.#query.order === 'rowid' ? '' : ` ORDER BY ${this.#query.order}`;
  }

  /** @throws HuntError `notFound`. */
  column(index: number): ViewColumn {
    const column = this.columns[index];
    if (!column) throw new HuntError({ kind: 'notFound', what: 'column', name: String(index + 1) });
    return column;
  }

  /** Runs a query over the result's table. */
  async rows(sql: string, token: CancellationToken): Promise<readonly (readonly unknown[])[]> {
    return this.#source.guard(() => this.#source.database.rows(sql, token));
  }

  /** Runs a statement without an answer. */
  async statement(sql: string, token: CancellationToken): Promise<void> {
    await this.#source.guard(() => this.#source.database.run(sql, token));
  }

  async integers(sql: string, token: CancellationToken): Promise<Int32Array> {
    return this.#source.guard(() => this.#source.database.integers(sql, token));
  }

  /** Numbers of the rows in the table, in the view's order; undefined when the view is the table as it stands. */
  async order(token: CancellationToken): Promise<Int32Array | undefined> {
    if (this.#query.isWhole) return undefined;
    const sql = `SELECT CAST(rowid AS INTEGER) FROM ${this.relation}${this.where} ORDER BY ${this.#query.order}`;
    return this.#source.orders.use(this.key, () => this.integers(sql, token), token);
  }

  /** Rows in the view. */
  async total(token: CancellationToken): Promise<number> {
    return (await this.order(token))?.length ?? this.rowCount;
  }

  /** A run of the view's rows as SQL, without their order: ` WHERE …` with a blank before it, or nothing. */
  async whereRun({ first, end }: RowRun, token: CancellationToken): Promise<string> {
    const order = await this.order(token);
    if (!order) return first <= 0 && end >= this.rowCount ? '' : ` WHERE rowid >= ${first} AND rowid < ${end}`;
    if (first <= 0 && end >= order.length) return this.where;
    const numbers = order.subarray(Math.max(0, first), Math.max(0, end));
    if (numbers.length <= MOST_LISTED) return numbers.length === 0 ? ' WHERE false' : ` WHERE rowid IN (${numbers.join(',')})`;
    // A bit for each row of the table: read many times faster than a list of numbers.
    const bits = Buffer.alloc(this.rowCount, '0');
    for (const number of numbers) bits[number] = ONE;
    return ` WHERE get_bit('${bits.toString('latin1')}'::BIT, CAST(rowid AS INTEGER)) = 1`;
  }

  /**
   * Reads a run of the view's rows in their order.
   * @param expressions SQL of what to read of each row.
   */
  async run(
    expressions: readonly string[],
    { first, end }: RowRun,
    token: CancellationToken,
  ): Promise<readonly NumberedRow[]> {
    const order = await this.order(token);
    const last = Math.min(end, order?.length ?? this.rowCount);
    if (first >= last) return [];
    const select = `SELECT ${[...expressions, 'rowid'].join(', ')} FROM ${this.relation}`;
    const numbered = (row: readonly unknown[]): NumberedRow => ({ number: Number(row[expressions.length]), values: row });
    if (!order) {
      const rows = (await this.rows(`${select} WHERE rowid >= ${first} AND rowid < ${last}`, token)).map(numbered);
      // Not by the database: its `ORDER BY` takes seconds to plan for thousands of columns.
      return rows.sort((left, right) => left.number - right.number);
    }
    const numbers = order.subarray(first, last);
    const rows = (await this.rows(`${select} WHERE rowid IN (${numbers.join(',')})`, token)).map(numbered);
    const byNumber = new Map(rows.map((row) => [row.number, row]));
    return Array.from(numbers).flatMap((number) => byNumber.get(number) ?? []);
  }
}

/** Rows of a view, counted from 0. */
export interface RowRun {
  readonly first: number;
  /** The first that is not of the run. */
  readonly end: number;
}

export interface NumberedRow {
  /** In the result's table. */
  readonly number: number;
  /** Of the expressions, in their order; what follows them is not for reading. */
  readonly values: readonly unknown[];
}
