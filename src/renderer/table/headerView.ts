import { element, setAttribute, spoken } from '../dom';
import { icon } from '../icons';
import { cellId, type GridModel } from './cellView';
import type { ColumnWindow } from './rowView';
import { HEADER_ROW } from './selection';
import { SlotPool } from './slotPool';
import { columnTitle, typeLook } from './values';

export const HEADER_HEIGHT = 27;

/** The header row: sticky, with as many cells as columns fit on screen. */
export class HeaderView {
  readonly element = element('div', { class: 'hb-head', role: 'rowgroup' });
  readonly #row = element('div', { class: 'hb-headrow', role: 'row', 'aria-rowindex': '1' });
  readonly #corner = element('div', { class: 'hb-corner', role: 'columnheader', 'aria-colindex': '1' });
  readonly #strip = element('div', { class: 'hb-pinned', role: 'presentation' });
  readonly #pinned = new SlotPool(this.#strip, () => new HeaderCell());
  readonly #cells = new SlotPool(this.#row, () => new HeaderCell());

  constructor() {
    this.setCorner('');
    this.#row.append(this.#corner);
    this.element.append(this.#row);
  }

  /** What the heads of rows show; '': their numbers. */
  setCorner(label: string): void {
    this.#corner.title = label;
    this.#corner.replaceChildren(label === '' ? spoken('Row') : element('span', { class: 'hb-name' }, label));
  }

  draw(model: GridModel, window: ColumnWindow, force: boolean): void {
    const { pinned } = model.layout;
    if (pinned === 0) this.#strip.remove();
    else if (!this.#strip.isConnected) this.#corner.after(this.#strip);
    drawCells(this.#pinned, model, { first: 0, end: pinned }, force);
    drawCells(this.#cells, model, window, force);
  }

  mark(model: GridModel): void {
    for (const cell of [...this.#pinned.slots, ...this.#cells.slots]) if (cell.place !== -1) cell.mark(model);
  }

  sortCells(): void {
    this.#cells.sort();
  }
}

function drawCells(pool: SlotPool<HeaderCell>, model: GridModel, { first, end }: ColumnWindow, force: boolean): void {
  pool.use(first, end);
  for (let place = first; place < end; place += 1) {
    const cell = pool.slot(place);
    if (cell && (force || cell.place !== place)) cell.draw(model, place);
  }
}

class HeaderCell {
  readonly element = element('div', { class: 'hb-headcell', role: 'columnheader', 'aria-haspopup': 'menu' });
  #place = -1;

  get place(): number {
    return this.#place;
  }

  hide(): void {
    this.#place = -1;
    this.element.hidden = true;
  }

  draw(model: GridModel, place: number): void {
    const { columns, layout } = model;
    const definition = columns.at(place);
    if (!definition) return;
    this.#place = place;
    this.element.hidden = false;
    this.element.style.left = `${layout.left(place)}px`;
    this.element.style.width = `${layout.width(place)}px`;
    this.element.setAttribute('aria-colindex', String(place + 2));
    this.element.title = `${columnTitle(definition)} (${definition.type})`;
    const name = element('span', { class: definition.name === '' ? 'hb-name hb-null' : 'hb-name' }, columnTitle(definition));
    this.element.replaceChildren(icon(typeLook(definition.type).icon), name, spoken(definition.type));
    this.#drawState(model, columns.indexAt(place));
    this.element.append(element('span', { class: 'hb-more', title: 'Column menu (Shift+F10)' }, icon('chevronDown')));
    this.element.append(element('div', { class: 'hb-resizer', 'data-resize': String(place) }));
    this.mark(model);
  }

  mark(model: GridModel): void {
    const { active } = model.selection;
    const isActive = active.row === HEADER_ROW && active.column === this.#place;
    this.element.classList.toggle('hb-active', isActive);
    setAttribute(this.element, 'id', isActive ? cellId(model, HEADER_ROW, this.#place) : undefined);
  }

  /** Whether the column is filtered, and how it is sorted. */
  #drawState(model: GridModel, index: number): void {
    const { sort, columnFilters } = model.source.view;
    const rank = sort.findIndex((key) => key.column === index);
    const key = sort[rank];
    setAttribute(this.element, 'aria-sort', key ? (key.descending ? 'descending' : 'ascending') : 'none');
    const state = element('span', { class: 'hb-sort' });
    if (columnFilters?.some((filter) => filter.column === index)) state.append(icon('filter'), spoken('filtered'));
    if (key) state.append(icon(key.descending ? 'sortedDown' : 'sortedUp'));
    if (key && sort.length > 1) state.append(String(rank + 1));
    if (state.hasChildNodes()) this.element.append(state);
  }
}
