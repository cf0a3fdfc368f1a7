import type { Page, SortKey, View } from '../../common/engineProtocol';
import type { Column, KqlType, WireRow, WireValue } from '../../common/kqlTypes';
import { RequestFailure } from '../messenger';
import type { RowSource } from './rowSource';

/** Rows that are all here, saved in the notebook: sorted and filtered on the spot. */
export class LocalRows implements RowSource {
  readonly view: View;
  readonly #rows: readonly WireRow[];
  /** Indexes of the kept rows, in order of the view. */
  readonly #order: readonly number[];
  readonly #cuts = new Map<string, number>();

  constructor(page: Page, columns: readonly Column[], view: View) {
    this.view = view;
    this.#rows = page.rows;
    this.#order = arrange(page.rows, columns, view);
    for (const cut of page.cuts) this.#cuts.set(`${cut.row}:${cut.column}`, cut.fullLength);
  }

  get total(): number {
    return this.#order.length;
  }

  row(index: number): WireRow | undefined {
    const stored = this.#order[index];
    return stored === undefined ? undefined : this.#rows[stored];
  }

  cutLength(row: number, column: number): number | undefined {
    return this.#cuts.get(`${this.#order[row] ?? -1}:${column}`);
  }

  show(): void {
    // All rows are here.
  }

  retry(): void {
    // Nothing here can fail.
  }

  async read(first: number, end: number): Promise<readonly WireRow[]> {
    return this.#order.slice(first, end).map((stored) => this.#rows[stored] ?? []);
  }

  async readValue(row: number, column: number): Promise<WireValue> {
    if (this.cutLength(row, column) === undefined) return this.row(row)?.[column] ?? null;
    throw new RequestFailure('The file keeps no more of this value; run the cell again.', true);
  }

  dispose(): void {
    // Holds nothing but memory.
  }
}

function arrange(rows: readonly WireRow[], columns: readonly Column[], view: View): readonly number[] {
  const needle = view.filter.toLowerCase();
  const order = rows.map((_, index) => index).filter((index) => needle === '' || hasText(rows[index] ?? [], needle));
  if (view.sort.length === 0) return order;
  return order.sort((left, right) => compareRows(rows[left] ?? [], rows[right] ?? [], columns, view.sort) || left - right);
}

function hasText(row: WireRow, needle: string): boolean {
  return row.some((value) => value !== null && String(value).toLowerCase().includes(needle));
}

function compareRows(left: WireRow, right: WireRow, columns: readonly Column[], sort: readonly SortKey[]): number {
  for (const key of sort) {
    const order = compareValues(left[key.column] ?? null, right[key.column] ?? null, columns[key.column]?.type ?? 'string');
    if (order !== 0) return key.descending ? -order : order;
  }
  return 0;
}

/** Order as of the `sort` operator: nulls come before everything when ascending. */
export function compareValues(left: WireValue, right: WireValue, type: KqlType): number {
  if (left === null || right === null) return Number(left !== null) - Number(right !== null);
  const a = sortKey(left, type);
  const b = sortKey(right, type);
  return a < b ? -1 : a > b ? 1 : 0;
}

function sortKey(value: string | number | boolean, type: KqlType): number | bigint | string {
  if (typeof value === 'boolean') return Number(value);
  if (typeof value === 'number') return value;
  switch (type) {
    case 'int':
    case 'long':
      return /^-?\d+$/.test(value) ? BigInt(value) : Number(value);
    case 'real':
    case 'decimal':
      return Number(value);
    case 'timespan':
      return timespanSeconds(value);
    default:
      return value;
  }
}

function timespanSeconds(value: string): number {
  const parts = /^(-?)(?:(\d+)\.)?(\d+):(\d+):(\d+(?:\.\d+)?)$/.exec(value);
  if (!parts) return Number.NaN;
  const seconds = Number(parts[2] ?? 0) * 86_400 + Number(parts[3]) * 3600 + Number(parts[4]) * 60 + Number(parts[5]);
  return parts[1] === '-' ? -seconds : seconds;
}
