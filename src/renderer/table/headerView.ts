import { element, setAttribute, spoken } from '../dom';
import { icon } from '../icons';
import { cellId, type GridModel } from './cellView';
import { appendInOrder, type ColumnWindow } from './rowView';
import { HEADER_ROW } from './selection';
import { columnTitle, typeLook } from './values';

export const HEADER_HEIGHT = 27;

/** The header row: sticky, with as many cells as columns fit on screen. */
export class HeaderView {
  readonly element = element('div', { class: 'hb-head', role: 'rowgroup' });
  readonly #row = element('div', { class: 'hb-headrow', role: 'row', 'aria-rowindex': '1' });
  readonly #cells: HeaderCell[] = [];

  constructor() {
    this.#row.append(element('div', { class: 'hb-corner', role: 'columnheader', 'aria-colindex': '1' }, spoken('Row')));
    this.element.append(this.#row);
  }

  draw(model: GridModel, window: ColumnWindow, force: boolean): void {
    const needed = window.end - window.first;
    const grown = this.#cells.length < needed;
    while (this.#cells.length < needed) {
      const cell = new HeaderCell();
      this.#cells.push(cell);
      this.#row.append(cell.element);
    }
    if (grown) for (const cell of this.#cells) cell.hide();
    else for (const cell of this.#cells) if (cell.column < window.first || cell.column >= window.end) cell.hide();
    for (let column = window.first; column < window.end; column += 1) {
      const cell = this.#cells[column % this.#cells.length];
      if (cell && (force || cell.column !== column)) cell.draw(model, column);
    }
  }

  mark(model: GridModel): void {
    for (const cell of this.#cells) if (cell.column !== -1) cell.mark(model);
  }

  sortCells(): void {
    const shown = this.#cells.filter((cell) => cell.column !== -1).sort((left, right) => left.column - right.column);
    appendInOrder(
      this.#row,
      shown.map((cell) => cell.element),
    );
  }
}

class HeaderCell {
  readonly element = element('div', { class: 'hb-headcell', role: 'columnheader' });
  #column = -1;

  get column(): number {
    return this.#column;
  }

  hide(): void {
    this.#column = -1;
    this.element.hidden = true;
  }

  draw(model: GridModel, column: number): void {
    const definition = model.columns[column];
    if (!definition) return;
    this.#column = column;
    this.element.hidden = false;
    this.element.style.left = `${model.layout.left(column)}px`;
    this.element.style.width = `${model.layout.width(column)}px`;
    this.element.setAttribute('aria-colindex', String(column + 2));
    this.element.title = `${columnTitle(definition)} (${definition.type})`;
    const name = element('span', { class: definition.name === '' ? 'hb-name hb-null' : 'hb-name' }, columnTitle(definition));
    this.element.replaceChildren(icon(typeLook(definition.type).icon), name, spoken(definition.type));
    this.#drawSort(model, column);
    this.element.append(element('div', { class: 'hb-resizer', 'data-resize': String(column) }));
    this.mark(model);
  }

  mark(model: GridModel): void {
    const { active } = model.selection;
    const isActive = active.row === HEADER_ROW && active.column === this.#column;
    this.element.classList.toggle('hb-active', isActive);
    setAttribute(this.element, 'id', isActive ? cellId(model, HEADER_ROW, this.#column) : undefined);
  }

  #drawSort(model: GridModel, column: number): void {
    const { sort } = model.source.view;
    const rank = sort.findIndex((key) => key.column === column);
    const key = sort[rank];
    setAttribute(this.element, 'aria-sort', key ? (key.descending ? 'descending' : 'ascending') : 'none');
    if (!key) return;
    const order = element('span', { class: 'hb-sort' }, icon(key.descending ? 'sortedDown' : 'sortedUp'));
    if (sort.length > 1) order.append(String(rank + 1));
    this.element.append(order);
  }
}
