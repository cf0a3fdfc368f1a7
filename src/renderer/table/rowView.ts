import { element, setAttribute } from '../dom';
import { icon } from '../icons';
import { CellView, type GridModel } from './cellView';
import { HEADER_ROW } from './selection';
import { countText } from './values';

export const ROW_HEIGHT = 24;

/** A run of columns on screen. */
export interface ColumnWindow {
  readonly first: number;
  readonly end: number;
}

/** A reusable row element with its gutter and as many cells as columns fit on screen. */
export class RowView {
  readonly element = element('div', { class: 'hb-row', role: 'row' });
  readonly #number = document.createTextNode('');
  readonly #cells: CellView[] = [];
  #index = -1;
  #top = -1;

  constructor() {
    const open = element('span', { class: 'hb-open', title: 'Show row details (Space)' }, icon('chevronRight'));
    this.element.append(element('div', { class: 'hb-gutter', role: 'rowheader', 'aria-colindex': '1' }, this.#number, open));
  }

  get index(): number {
    return this.#index;
  }

  hide(): void {
    if (this.#index === -1) return;
    this.#index = -1;
    this.element.hidden = true;
    for (const cell of this.#cells) cell.unmark();
  }

  /** Binds the row to an index and draws what has to be drawn anew; `force`: everything. */
  draw(model: GridModel, index: number, top: number, window: ColumnWindow, force: boolean): void {
    const moved = this.#index !== index;
    if (moved) {
      if (this.#index === -1) this.element.hidden = false;
      this.#index = index;
      this.element.setAttribute('aria-rowindex', String(index + 2));
      this.element.classList.toggle('hb-odd', index % 2 === 1);
      this.#number.data = countText(index + 1);
    }
    if (this.#top !== top) {
      this.#top = top;
      this.element.style.top = `${top}px`;
    }
    if (moved || force) {
      this.element.classList.toggle('hb-current', model.selection.active.row === index);
      setAttribute(this.element, 'aria-busy', model.source.row(index) === undefined ? 'true' : undefined);
    }
    this.#drawCells(model, window, moved || force, force);
  }

  /** Shows what is selected, leaving the values as they are. */
  mark(model: GridModel): void {
    if (this.#index === -1) return;
    this.element.classList.toggle('hb-current', model.selection.active.row === this.#index && this.#index !== HEADER_ROW);
    for (const cell of this.#cells) if (cell.column !== -1) cell.mark(model, this.#index);
  }

  /** Puts the cells into the order of their columns, as readers of the document expect. */
  sortCells(): void {
    const shown = this.#cells.filter((cell) => cell.column !== -1).sort((left, right) => left.column - right.column);
    appendInOrder(
      this.element,
      shown.map((cell) => cell.element),
    );
  }

  #drawCells(model: GridModel, window: ColumnWindow, redraw: boolean, replace: boolean): void {
    const needed = window.end - window.first;
    const grown = this.#cells.length < needed;
    while (this.#cells.length < needed) {
      const cell = new CellView();
      this.#cells.push(cell);
      this.element.append(cell.element);
    }
    const count = this.#cells.length;
    // More cells share the columns in another way, so all are placed anew.
    if (grown) for (const cell of this.#cells) cell.hide();
    else if (needed < count) this.#hideOutside(window);
    const row = model.source.row(this.#index);
    for (let column = window.first; column < window.end; column += 1) {
      const cell = this.#cells[column % count];
      if (!cell) continue;
      const other = cell.column !== column;
      if (other || replace) cell.place(model, column);
      if (other || redraw) cell.draw(model, this.#index, row);
    }
  }

  #hideOutside(window: ColumnWindow): void {
    for (const cell of this.#cells) if (cell.column < window.first || cell.column >= window.end) cell.hide();
  }
}

/** Makes the elements the last children, in this order; does nothing when they are in order. */
export function appendInOrder(parent: Element, elements: readonly Element[]): void {
  const ordered = elements.every((child, index) => {
    const next = elements[index + 1];
    return !next || (child.compareDocumentPosition(next) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
  });
  if (!ordered) parent.append(...elements);
}
