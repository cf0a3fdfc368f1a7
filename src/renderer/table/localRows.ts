import type { Page, View } from '../../common/engineProtocol';
import type { Column, WireRow, WireValue } from '../../common/kqlTypes';
import { RequestFailure } from '../messenger';
import { columnsOf, orderOf, withDerived } from './localView';
import type { RowPlace, RowSource } from './rowSource';

/** Rows that are all here, saved in the notebook: sorted and filtered on the spot. */
export class LocalRows implements RowSource {
  readonly view: View;
  readonly #rows: readonly WireRow[];
  /** Indexes of the kept rows, in order of the view. */
  readonly #order: readonly number[];
  readonly #cuts = new Map<string, number>();

  constructor(page: Page, columns: readonly Column[], view: View) {
    this.view = view;
    this.#rows = withDerived(page.rows, view.derived);
    this.#order = orderOf(this.#rows, columnsOf(columns, view.derived), view);
    for (const cut of page.cuts) this.#cuts.set(`${cut.row}:${cut.column}`, cut.fullLength);
  }

  get total(): number {
    return this.#order.length;
  }

  row(index: number): WireRow | undefined {
    const stored = this.#order[index];
    return stored === undefined ? undefined : this.#rows[stored];
  }

  group(): undefined {
    return undefined;
  }

  place(index: number): RowPlace {
    return { view: this.view, row: index, level: 0 };
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
