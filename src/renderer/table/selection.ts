/** A cell. Row -1 is the header. */
export interface CellPosition {
  readonly row: number;
  readonly column: number;
}

/** Rows and columns, both ends included. */
export interface CellRange {
  readonly firstRow: number;
  readonly lastRow: number;
  readonly firstColumn: number;
  readonly lastColumn: number;
}

export const HEADER_ROW = -1;

/** The active cell and the rectangle of selected cells, as in a spreadsheet. */
export class Selection {
  #rows = 0;
  #columns = 0;
  #anchor: CellPosition = { row: 0, column: 0 };
  #active: CellPosition = { row: 0, column: 0 };
  #range: CellRange | undefined;

  get active(): CellPosition {
    return this.#active;
  }

  get range(): CellRange | undefined {
    return this.#range;
  }

  /** Cells in the range. */
  get size(): number {
    const range = this.#range;
    return range ? (range.lastRow - range.firstRow + 1) * (range.lastColumn - range.firstColumn + 1) : 0;
  }

  /** Other rows or columns are shown; the active cell is kept where it can be. */
  resize(rows: number, columns: number): void {
    if (rows === this.#rows && columns === this.#columns) return;
    this.#rows = rows;
    this.#columns = columns;
    this.moveTo(this.#active);
  }

  moveTo(wanted: CellPosition, extend = false): void {
    const position = this.#clamp(wanted);
    const keepAnchor = extend && position.row !== HEADER_ROW && this.#anchor.row !== HEADER_ROW;
    this.#active = position;
    if (!keepAnchor) this.#anchor = position;
    this.#range = position.row === HEADER_ROW || this.#columns === 0 ? undefined : rectangle(this.#anchor, position);
  }

  /** Selects whole rows; `extend` from the anchor's row on. */
  selectRow(row: number, extend: boolean): void {
    this.moveTo({ row, column: this.#active.column }, extend);
    this.#widen({ firstColumn: 0, lastColumn: this.#columns - 1 });
  }

  selectColumn(): void {
    this.#widen({ firstRow: 0, lastRow: this.#rows - 1 });
  }

  selectAll(): void {
    if (this.#active.row === HEADER_ROW) this.moveTo({ row: 0, column: this.#active.column });
    this.#anchor = { row: 0, column: 0 };
    this.#widen({ firstRow: 0, lastRow: this.#rows - 1, firstColumn: 0, lastColumn: this.#columns - 1 });
  }

  contains(row: number, column: number): boolean {
    const range = this.#range;
    return (
      range !== undefined && row >= range.firstRow && row <= range.lastRow && column >= range.firstColumn && column <= range.lastColumn
    );
  }

  #widen(to: Partial<CellRange>): void {
    if (this.#range && this.#columns > 0) this.#range = { ...this.#range, ...to };
  }

  #clamp(position: CellPosition): CellPosition {
    const row = Math.max(HEADER_ROW, Math.min(this.#rows - 1, position.row));
    return { row, column: Math.max(0, Math.min(this.#columns - 1, position.column)) };
  }
}

function rectangle(from: CellPosition, to: CellPosition): CellRange {
  return {
    firstRow: Math.min(from.row, to.row),
    lastRow: Math.max(from.row, to.row),
    firstColumn: Math.min(from.column, to.column),
    lastColumn: Math.max(from.column, to.column),
  };
}
