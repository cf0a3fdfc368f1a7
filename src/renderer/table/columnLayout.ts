export const MIN_COLUMN_WIDTH = 44;
export const MAX_COLUMN_WIDTH = 2000;

/** Where columns lie, in CSS pixels from the first column's left edge. */
export class ColumnLayout {
  readonly #widths: number[];
  readonly #lefts: number[];

  constructor(widths: readonly number[]) {
    this.#widths = widths.map(clampWidth);
    this.#lefts = new Array<number>(widths.length + 1).fill(0);
    this.#place(0);
  }

  get count(): number {
    return this.#widths.length;
  }

  get totalWidth(): number {
    return this.left(this.count);
  }

  get widths(): readonly number[] {
    return this.#widths;
  }

  /** Of the column, or of the end when `column` is the count. */
  left(column: number): number {
    return this.#lefts[column] ?? 0;
  }

  width(column: number): number {
    return this.#widths[column] ?? 0;
  }

  setWidth(column: number, width: number): void {
    this.#widths[column] = clampWidth(width);
    this.#place(column);
  }

  /** The column at a horizontal position, clamped to the existing ones. */
  at(position: number): number {
    let low = 0;
    let high = this.count - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.left(middle) <= position) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** First column and the one after the last that a window of the plane shows. */
  range(from: number, width: number): readonly [first: number, end: number] {
    if (this.count === 0) return [0, 0];
    return [this.at(from), Math.min(this.count, this.at(from + Math.max(0, width - 1)) + 1)];
  }

  #place(from: number): void {
    for (let column = from; column < this.#widths.length; column += 1) this.#lefts[column + 1] = this.left(column) + this.width(column);
  }
}

function clampWidth(width: number): number {
  return Math.round(Math.min(MAX_COLUMN_WIDTH, Math.max(MIN_COLUMN_WIDTH, width)));
}
