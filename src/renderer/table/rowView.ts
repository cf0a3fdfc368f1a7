import { element, setAttribute } from '../dom';
import { cellId, CellView, type GridModel, type RowContent } from './cellView';
import { GutterView } from './gutterView';
import { HEADER_ROW } from './selection';
import { SlotPool } from './slotPool';

export const ROW_HEIGHT = 24;

/** A run of columns on screen, as places. */
export interface ColumnWindow {
  readonly first: number;
  readonly end: number;
}

const nothing: RowContent = { index: -1, row: undefined, group: undefined };

/** A reusable row element with its gutter and as many cells as columns fit on screen. */
export class RowView {
  readonly element = element('div', { class: 'hb-row', role: 'row' });
  readonly #gutter = new GutterView();
  readonly #strip = element('div', { class: 'hb-pinned', role: 'presentation' });
  readonly #pinned = new SlotPool(this.#strip, () => new CellView());
  readonly #cells = new SlotPool(this.element, () => new CellView());
  #content = nothing;
  #top = -1;

  constructor() {
    this.element.append(this.#gutter.element);
  }

  get index(): number {
    return this.#content.index;
  }

  hide(): void {
    if (this.index === -1) return;
    this.#content = nothing;
    this.element.hidden = true;
    this.element.removeAttribute('id');
    for (const cell of [...this.#pinned.slots, ...this.#cells.slots]) cell.unmark();
  }

  /** Binds the row to an index and draws what has to be drawn anew; `force`: everything. */
  draw(model: GridModel, index: number, top: number, window: ColumnWindow, force: boolean): void {
    const moved = this.index !== index;
    if (moved || force) {
      if (this.index === -1) this.element.hidden = false;
      const { source } = model;
      this.#content = { index, row: source.row(index), group: source.group(index) };
      this.#drawSelf(model);
    }
    if (this.#top !== top) {
      this.#top = top;
      this.element.style.top = `${top}px`;
    }
    const { pinned } = model.layout;
    if (pinned > 0 !== this.#strip.isConnected) {
      if (pinned > 0) this.#gutter.element.after(this.#strip);
      else this.#strip.remove();
    }
    this.#drawCells(this.#pinned, model, { first: 0, end: pinned }, moved || force, force);
    this.#drawCells(this.#cells, model, window, moved || force, force);
  }

  /** Shows what is selected, leaving the values as they are. */
  mark(model: GridModel): void {
    if (this.index === -1) return;
    this.#markSelf(model);
    for (const cell of [...this.#pinned.slots, ...this.#cells.slots]) if (cell.place !== -1) cell.mark(model, this.#content);
  }

  sortCells(): void {
    this.#cells.sort();
  }

  #drawSelf(model: GridModel): void {
    const { index, row, group } = this.#content;
    this.element.setAttribute('aria-rowindex', String(index + 2));
    this.element.classList.toggle('hb-odd', index % 2 === 1 && !group);
    this.element.classList.toggle('hb-grouprow', group !== undefined);
    setAttribute(this.element, 'aria-busy', row === undefined && !group ? 'true' : undefined);
    setAttribute(this.element, 'aria-expanded', group ? String(group.expanded) : undefined);
    const level = group?.level ?? model.source.place(index)?.level ?? 0;
    setAttribute(this.element, 'aria-level', group || level > 0 ? String(level + 1) : undefined);
    setAttribute(this.element, 'aria-posinset', group ? String(group.position + 1) : undefined);
    setAttribute(this.element, 'aria-setsize', group ? String(group.siblings) : undefined);
    this.#gutter.draw(model, this.#content);
    this.#markSelf(model);
  }

  #markSelf(model: GridModel): void {
    const { index, group } = this.#content;
    const { active } = model.selection;
    const isCurrent = active.row === index && index !== HEADER_ROW;
    this.element.classList.toggle('hb-current', isCurrent);
    setAttribute(this.element, 'id', isCurrent && group ? cellId(model, index, active.column) : undefined);
  }

  #drawCells(pool: SlotPool<CellView>, model: GridModel, window: ColumnWindow, redraw: boolean, replace: boolean): void {
    pool.use(window.first, window.end);
    for (let place = window.first; place < window.end; place += 1) {
      const cell = pool.slot(place);
      if (!cell) continue;
      const other = cell.place !== place;
      if (other || replace) cell.moveTo(model, place);
      if (other || redraw) cell.draw(model, this.#content);
    }
  }
}
