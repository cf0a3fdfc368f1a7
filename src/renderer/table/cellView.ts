import type { WireRow, WireValue } from '../../common/kqlTypes';
import { element, setAttribute } from '../dom';
import type { ColumnLayout } from './columnLayout';
import type { ColumnSet } from './columnSet';
import { aggregateText } from './grouping';
import type { GroupRow, RowSource } from './rowSource';
import type { Selection } from './selection';
import { hasHidden, textPieces } from './textPieces';
import { cellText, type TimeStyle, typeLook } from './values';

/** What cells show, and how: everything a cell needs to draw itself. */
export interface GridModel {
  readonly columns: ColumnSet;
  readonly layout: ColumnLayout;
  readonly selection: Selection;
  /** Makes ids of cells unique in the document. */
  readonly idPrefix: string;
  source: RowSource;
  zone: TimeStyle;
  /** Text marked wherever it occurs; '' marks nothing. */
  needle: string;
}

export function cellId(model: GridModel, row: number, place: number): string {
  return `${model.idPrefix}-${row}-${place}`;
}

/** What a row shows in its cells. */
export interface RowContent {
  readonly index: number;
  /** undefined: the row is still on its way. */
  readonly row: WireRow | undefined;
  readonly group: GroupRow | undefined;
}

/** A reusable cell element. It is bound to one column at a time and redrawn for other rows. */
export class CellView {
  readonly element = element('div', { role: 'gridcell' });
  readonly #text = document.createTextNode('');
  #place = -1;
  #rich = false;
  #marked = false;

  constructor() {
    this.element.append(this.#text);
  }

  get place(): number {
    return this.#place;
  }

  hide(): void {
    if (this.#place === -1) return;
    this.#place = -1;
    this.element.hidden = true;
    this.unmark();
  }

  /** Gives up being the active or a selected cell, because its row is no longer shown. */
  unmark(): void {
    if (this.#marked) this.#setMarks(false, undefined);
  }

  moveTo(model: GridModel, place: number): void {
    if (this.#place !== place) {
      this.element.hidden = false;
      this.element.setAttribute('aria-colindex', String(place + 2));
    }
    this.#place = place;
    this.element.style.left = `${model.layout.left(place)}px`;
    this.element.style.width = `${model.layout.width(place)}px`;
  }

  draw(model: GridModel, content: RowContent): void {
    const column = model.columns.at(this.#place);
    if (!column) return;
    const { index, row, group } = content;
    const columnIndex = model.columns.indexAt(this.#place);
    const value = row?.[columnIndex] ?? null;
    let look = 'hb-cell';
    let text = '';
    if (group) {
      text = aggregateText(group, columnIndex, column, model.zone);
      if (text !== '') look += ' hb-aggregate';
    } else if (row === undefined) {
      look += ' hb-loading';
    } else if (value === null) {
      look += ' hb-null';
      text = 'null';
    } else if (value === '') {
      look += ' hb-empty';
    } else {
      text = cellText(value, column.type, model.zone);
      if (model.source.cutLength(index, columnIndex) !== undefined) look += ' hb-cut';
    }
    if (typeLook(column.type).numeric) look += ' hb-number';
    this.element.className = look;
    this.#setText(text, row === undefined || isMissing(value) ? '' : model.needle);
    this.mark(model, content);
  }

  /** Shows whether the cell is selected or active. */
  mark(model: GridModel, { index, group }: RowContent): void {
    const selected = model.selection.contains(index, this.#place);
    const { active } = model.selection;
    // The focus of a group is its row.
    const isActive = !group && active.row === index && active.column === this.#place;
    if (selected || isActive || this.#marked) this.#setMarks(selected, isActive ? cellId(model, index, this.#place) : undefined);
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

function isMissing(value: WireValue): boolean {
  return value === null || value === '';
}

/** Text with hidden characters made visible and occurrences of `needle` marked. */
export function richText(text: string, needle: string, keepLines: boolean): (Node | string)[] {
  return textPieces(text, needle, keepLines).map((piece) => {
    if (piece.kind === 'plain') return piece.text;
    return element(piece.kind === 'hit' ? 'mark' : 'span', { class: piece.kind === 'hit' ? 'hb-hit' : 'hb-hidden' }, piece.text);
  });
}
