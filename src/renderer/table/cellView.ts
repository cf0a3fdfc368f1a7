import type { Column, WireRow } from '../../common/kqlTypes';
import { element, setAttribute } from '../dom';
import type { ColumnLayout } from './columnLayout';
import type { RowSource } from './rowSource';
import type { Selection } from './selection';
import { hasHidden, textPieces } from './textPieces';
import { cellText, type TimeZone, typeLook } from './values';

/** What cells show, and how: everything a cell needs to draw itself. */
export interface GridModel {
  readonly columns: readonly Column[];
  readonly layout: ColumnLayout;
  readonly selection: Selection;
  /** Makes ids of cells unique in the document. */
  readonly idPrefix: string;
  source: RowSource;
  zone: TimeZone;
}

export function cellId(model: GridModel, row: number, column: number): string {
  return `${model.idPrefix}-${row}-${column}`;
}

/** A reusable cell element. It is bound to one column at a time and redrawn for other rows. */
export class CellView {
  readonly element = element('div', { role: 'gridcell' });
  readonly #text = document.createTextNode('');
  #column = -1;
  #rich = false;
  #marked = false;

  constructor() {
    this.element.append(this.#text);
  }

  get column(): number {
    return this.#column;
  }

  hide(): void {
    if (this.#column === -1) return;
    this.#column = -1;
    this.element.hidden = true;
    this.unmark();
  }

  /** Gives up being the active or a selected cell, because its row is no longer shown. */
  unmark(): void {
    if (this.#marked) this.#setMarks(false, undefined);
  }

  place(model: GridModel, column: number): void {
    if (this.#column !== column) {
      this.element.hidden = false;
      this.element.setAttribute('aria-colindex', String(column + 2));
    }
    this.#column = column;
    this.element.style.left = `${model.layout.left(column)}px`;
    this.element.style.width = `${model.layout.width(column)}px`;
  }

  /** Shows the value of the row; undefined: the row is still on its way. */
  draw(model: GridModel, rowIndex: number, row: WireRow | undefined): void {
    const column = model.columns[this.#column];
    if (!column) return;
    const value = row?.[this.#column] ?? null;
    let look = 'hb-cell';
    let text = '';
    if (row === undefined) {
      look += ' hb-loading';
    } else if (value === null) {
      look += ' hb-null';
      text = 'null';
    } else if (value === '') {
      look += ' hb-empty';
    } else {
      text = cellText(value, column.type, model.zone);
      if (model.source.cutLength(rowIndex, this.#column) !== undefined) look += ' hb-cut';
    }
    if (typeLook(column.type).numeric) look += ' hb-number';
    this.element.className = look;
    this.#setText(text, row === undefined || value === null ? '' : model.source.view.filter);
    this.mark(model, rowIndex);
  }

  /** Shows whether the cell is selected or active. */
  mark(model: GridModel, rowIndex: number): void {
    const selected = model.selection.contains(rowIndex, this.#column);
    const { active } = model.selection;
    const isActive = active.row === rowIndex && active.column === this.#column;
    if (selected || isActive || this.#marked) this.#setMarks(selected, isActive ? cellId(model, rowIndex, this.#column) : undefined);
  }

  /** @param activeId of the cell when it is the active one */
  #setMarks(selected: boolean, activeId: string | undefined): void {
    this.#marked = selected || activeId !== undefined;
    this.element.classList.toggle('hb-selected', selected);
    this.element.classList.toggle('hb-active', activeId !== undefined);
    setAttribute(this.element, 'aria-selected', selected ? 'true' : undefined);
    setAttribute(this.element, 'id', activeId);
  }

  #setText(text: string, needle: string): void {
    if (needle !== '' || hasHidden(text)) {
      this.element.replaceChildren(...richText(text, needle, false));
      this.#rich = true;
      return;
    }
    if (this.#rich) {
      this.element.replaceChildren(this.#text);
      this.#rich = false;
    }
    if (this.#text.data !== text) this.#text.data = text;
  }
}

/** Text with hidden characters made visible and occurrences of `needle` marked. */
export function richText(text: string, needle: string, keepLines: boolean): (Node | string)[] {
  return textPieces(text, needle, keepLines).map((piece) => {
    if (piece.kind === 'plain') return piece.text;
    return element(piece.kind === 'hit' ? 'mark' : 'span', { class: piece.kind === 'hit' ? 'hb-hit' : 'hb-hidden' }, piece.text);
  });
}
