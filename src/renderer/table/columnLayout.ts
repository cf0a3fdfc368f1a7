export const MIN_COLUMN_WIDTH = 44;
export const MAX_COLUMN_WIDTH = 2000;

/** Of a column that is added later, in CSS pixels. */
const newColumnWidth = 180;
/** Pinned columns take at most this part of the window: the others must be reachable. */
const maxPinnedPart = 0.65;

/** Where columns lie, in CSS pixels from the first column's left edge. Places are numbers from the left, among the shown columns. */
export class ColumnLayout {
  /** By the column's index in the result. */
  readonly #widths: number[];
  #shown: readonly number[];
  #lefts: number[] = [0];
  #wantedPins = 0;
  #pinned = 0;

  constructor(widths: readonly number[]) {
    this.#widths = widths.map(clampWidth);
    this.#shown = widths.map((_, index) => index);
    this.#place(0);
  }

  /** Shown columns. */
  get count(): number {
    return this.#shown.length;
  }

  get totalWidth(): number {
    return this.left(this.count);
  }

  /** By the column's index in the result. */
  get widths(): readonly number[] {
    return this.#widths;
  }

  /** Columns that stay at the left edge: those that were pinned, as far as there is room. */
  get pinned(): number {
    return this.#pinned;
  }

  get pinnedWidth(): number {
    return this.left(this.#pinned);
  }

  /** There are that many columns now; new ones get a usual width. */
  setCount(count: number): void {
    this.#widths.length = Math.min(this.#widths.length, count);
    while (this.#widths.length < count) this.#widths.push(newColumnWidth);
  }

  /** Shows these columns, by index, the first of them pinned. */
  arrange(shown: readonly number[], pinned: number): void {
    this.#shown = shown;
    this.#wantedPins = pinned;
    this.#lefts = [0];
    this.#place(0);
  }

  /** Unpins what a window of this width has no room for. */
  fit(windowWidth: number): void {
    const room = windowWidth * maxPinnedPart;
    this.#pinned = this.#wantedPins;
    while (this.#pinned > 0 && this.left(this.#pinned) > room) this.#pinned -= 1;
  }

  /** Of the column at that place, or of the end when `place` is the count. */
  left(place: number): number {
    return this.#lefts[place] ?? 0;
  }

  width(place: number): number {
    return this.#widths[this.#shown[place] ?? -1] ?? 0;
  }

  /** @param index of a column, shown or not */
  setWidth(index: number, width: number): void {
    this.#widths[index] = clampWidth(width);
    const place = this.#shown.indexOf(index);
    if (place >= 0) this.#place(place);
  }

  /** The place at a horizontal position, clamped to the existing ones. */
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

  /** First place and the one after the last that a window of the plane shows beside the pinned ones. */
  range(from: number, width: number): readonly [first: number, end: number] {
    if (this.count === 0) return [0, 0];
    const start = from + this.pinnedWidth;
    const end = Math.min(this.count, this.at(from + Math.max(0, width - 1)) + 1);
    return [Math.min(Math.max(this.#pinned, this.at(start)), end), end];
  }

  #place(from: number): void {
    for (let place = from; place < this.#shown.length; place += 1) this.#lefts[place + 1] = this.left(place) + this.width(place);
  }
}

function clampWidth(width: number): number {
  return Math.round(Math.min(MAX_COLUMN_WIDTH, Math.max(MIN_COLUMN_WIDTH, width)));
}
