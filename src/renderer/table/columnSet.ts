import type { Column } from '../../common/kqlTypes';

/** How the columns of a table are arranged, as it is remembered. Columns by their index in the result. */
export interface ColumnArrangement {
  /** All columns from left to right; absent: as the result has them. */
  readonly order?: readonly number[] | undefined;
  readonly hidden?: readonly number[] | undefined;
  readonly pinned?: readonly number[] | undefined;
}

/**
 * The columns of a table and which of them are shown where. A column is known by its index in the result (then come the derived ones);
 * a place is a number from the left, among the shown.
 */
export class ColumnSet {
  #all: readonly Column[];
  #order: number[];
  #hidden: Set<number>;
  #pinned: Set<number>;
  #shown: readonly number[] = [];

  constructor(all: readonly Column[], arrangement: ColumnArrangement = {}) {
    this.#all = all;
    const isColumn = (index: number): boolean => Number.isInteger(index) && index >= 0 && index < all.length;
    const known = [...new Set((arrangement.order ?? []).filter(isColumn))];
    this.#order = [...known, ...missing(known, all.length)];
    this.#hidden = new Set((arrangement.hidden ?? []).filter(isColumn));
    this.#pinned = new Set((arrangement.pinned ?? []).filter(isColumn));
    if (this.#hidden.size >= all.length) this.#hidden.clear();
    this.#arrange();
  }

  /** All columns, by index. */
  get all(): readonly Column[] {
    return this.#all;
  }

  /** Indexes of the shown columns, by place: pinned ones first. */
  get shown(): readonly number[] {
    return this.#shown;
  }

  /** Indexes of all columns, hidden ones too, from left to right. */
  get order(): readonly number[] {
    return [...this.#order].sort((left, right) => Number(this.#pinned.has(right)) - Number(this.#pinned.has(left)));
  }

  get pinnedCount(): number {
    return this.#shown.filter((index) => this.#pinned.has(index)).length;
  }

  get arrangement(): ColumnArrangement {
    const moved = this.#order.some((index, place) => index !== place);
    return {
      ...(moved ? { order: this.#order } : {}),
      ...(this.#hidden.size > 0 ? { hidden: [...this.#hidden] } : {}),
      ...(this.#pinned.size > 0 ? { pinned: [...this.#pinned] } : {}),
    };
  }

  /** The column at a place. */
  at(place: number): Column | undefined {
    return this.#all[this.indexAt(place)];
  }

  indexAt(place: number): number {
    return this.#shown[place] ?? -1;
  }

  /** The place of a column; -1 when it is hidden. */
  placeOf(index: number): number {
    return this.#shown.indexOf(index);
  }

  isHidden(index: number): boolean {
    return this.#hidden.has(index);
  }

  isPinned(index: number): boolean {
    return this.#pinned.has(index);
  }

  /** The last shown column stays. */
  setHidden(index: number, hidden: boolean): void {
    if (hidden && this.#shown.length > 1) this.#hidden.add(index);
    else if (!hidden) this.#hidden.delete(index);
    this.#arrange();
  }

  /** Hides all but these; none: shows all. */
  showOnly(indexes: readonly number[]): void {
    this.#hidden = new Set(indexes.length === 0 ? [] : this.#order.filter((index) => !indexes.includes(index)));
    this.#arrange();
  }

  setPinned(index: number, pinned: boolean): void {
    if (pinned) this.#pinned.add(index);
    else this.#pinned.delete(index);
    this.#arrange();
  }

  /** Moves a column beside another one, as places among the shown; pinned ones stay before the others. */
  move(index: number, place: number): void {
    const from = this.placeOf(index);
    const target = Math.max(0, Math.min(this.#shown.length - 1, place));
    const neighbour = this.indexAt(target);
    if (from === -1 || target === from || this.#pinned.has(neighbour) !== this.#pinned.has(index)) return;
    this.#order = this.#order.filter((other) => other !== index);
    this.#order.splice(this.#order.indexOf(neighbour) + (target > from ? 1 : 0), 0, index);
    this.#arrange();
  }

  /** Other derived columns. Columns of the result, and derived ones that were there, stay as they are. */
  setAll(all: readonly Column[]): void {
    this.#all = all;
    this.#order = [...this.#order.filter((index) => index < all.length), ...missing(this.#order, all.length)];
    for (const set of [this.#hidden, this.#pinned]) for (const index of [...set]) if (index >= all.length) set.delete(index);
    this.#arrange();
  }

  /** Arranges the columns as they were remembered. */
  restore(arrangement: ColumnArrangement): void {
    const restored = new ColumnSet(this.#all, arrangement);
    this.#order = restored.#order;
    this.#hidden = restored.#hidden;
    this.#pinned = restored.#pinned;
    this.#arrange();
  }

  reset(): void {
    this.#order = missing([], this.#all.length);
    this.#hidden.clear();
    this.#pinned.clear();
    this.#arrange();
  }

  #arrange(): void {
    const visible = this.#order.filter((index) => !this.#hidden.has(index));
    const isPinned = (index: number): boolean => this.#pinned.has(index);
    this.#shown = this.#pinned.size === 0 ? visible : [...visible.filter(isPinned), ...visible.filter((index) => !isPinned(index))];
  }
}

function missing(known: readonly number[], count: number): number[] {
  const there = new Set(known);
  return Array.from({ length: count }, (_, index) => index).filter((index) => !there.has(index));
}
