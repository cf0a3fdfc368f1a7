import type { Column, WireRow, WireValue } from '../../common/kqlTypes';
import { element } from '../dom';
import { icon } from '../icons';
import { richText } from './cellView';
import { indentJson } from './jsonText';
import type { RowSource } from './rowSource';
import { iconButton, SidePanel } from './sidePanel';
import { columnTitle, countText, dateText, type TimeZone, typeLook, zoneName } from './values';

/** Columns listed at first: a row of thousands would take seconds to lay out. */
const maxColumns = 300;

export interface RowDetailHandlers {
  readonly close: () => void;
  /** To the row before (-1) or after (1). */
  readonly step: (by: number) => void;
  readonly copy: (text: string) => void;
}

interface Shown {
  readonly source: RowSource;
  readonly row: number;
  readonly zone: TimeZone;
  readonly values: WireRow | undefined;
}

/** One row as a list of column and value, with values whole and `dynamic` indented. */
export class RowDetail {
  readonly panel: SidePanel;
  readonly #columns: readonly Column[];
  readonly #handlers: RowDetailHandlers;
  readonly #hideEmpty = element('input', { type: 'checkbox' });
  /** Counts showings, so that a value that arrives late is not put into another row. */
  #showing = 0;
  #shown: Shown | undefined;

  constructor(columns: readonly Column[], handlers: RowDetailHandlers) {
    this.#columns = columns;
    this.#handlers = handlers;
    this.panel = new SidePanel(handlers.close, [
      element('label', { class: 'hb-check', title: 'Leave out columns without a value' }, this.#hideEmpty, 'Hide empty'),
      iconButton('chevronUp', 'Previous row', () => {
        handlers.step(-1);
      }),
      iconButton('chevronDown', 'Next row', () => {
        handlers.step(1);
      }),
    ]);
    this.#hideEmpty.addEventListener('change', () => {
      if (this.#shown) this.#fill(this.#shown, maxColumns);
    });
  }

  show(source: RowSource, row: number, zone: TimeZone): void {
    const shown = { source, row, zone, values: source.row(row) };
    const { source: oldSource, row: oldRow, zone: oldZone, values: oldValues } = this.#shown ?? {};
    // What the reader opened or scrolled to stays as long as it is the same row.
    if (source === oldSource && row === oldRow && zone === oldZone && oldValues !== undefined) return;
    this.#shown = shown;
    this.#showing += 1;
    this.panel.title = `Row ${countText(row + 1)}`;
    this.#fill(shown, maxColumns);
  }

  /** Brings a column's value into sight. */
  reveal(column: number): void {
    this.panel.content.querySelector(`[data-column="${column}"]`)?.scrollIntoView({ block: 'nearest' });
  }

  #fill(shown: Shown, limit: number): void {
    const { source, row, zone, values } = shown;
    if (!values) {
      this.panel.content.replaceChildren(element('p', { class: 'hb-quiet' }, 'Loading…'));
      return;
    }
    const list = element('dl', { class: 'hb-fields' });
    const columns = this.#columns.slice(0, limit);
    for (const [index, column] of columns.entries()) {
      const value = values[index] ?? null;
      if (this.#hideEmpty.checked && (value === null || value === '')) continue;
      list.append(this.#field(source, row, column, index, value, zone));
    }
    this.panel.content.replaceChildren(list);
    if (this.#columns.length > limit) {
      this.panel.content.append(
        textButton(`Show all ${countText(this.#columns.length)} columns`, () => {
          this.#fill(shown, Infinity);
        }),
      );
    }
  }

  #field(source: RowSource, row: number, column: Column, index: number, value: WireValue, zone: TimeZone): HTMLElement {
    const shown = element('div', { class: 'hb-value' });
    showValue(shown, value, column, zone);
    const copy = iconButton('copy', `Copy the value of ${columnTitle(column)}`, () => void this.#copyWhole(source, row, index));
    const field = element(
      'div',
      { class: 'hb-field', 'data-column': String(index) },
      element('dt', { title: column.type }, icon(typeLook(column.type).icon), columnTitle(column)),
      element('dd', {}, shown),
    );
    if (value === null || value === '') return field;
    field.firstElementChild?.append(copy);
    const fullLength = source.cutLength(row, index);
    if (fullLength === undefined) return field;
    const showing = this.#showing;
    const rest = textButton(`Show all ${countText(fullLength)} characters`, () => {
      rest.disabled = true;
      source.readValue(row, index).then(
        (whole) => {
          if (this.#showing !== showing) return;
          showValue(shown, whole, column, zone);
          rest.remove();
        },
        (thrown: unknown) => {
          rest.disabled = false;
          rest.textContent = `${thrown instanceof Error ? thrown.message : String(thrown)} Try again`;
        },
      );
    });
    field.lastElementChild?.append(rest);
    return field;
  }

  async #copyWhole(source: RowSource, row: number, column: number): Promise<void> {
    const here = source.row(row)?.[column] ?? null;
    const value = source.cutLength(row, column) === undefined ? here : await source.readValue(row, column).catch(() => here);
    this.#handlers.copy(value === null ? '' : String(value));
  }
}

function showValue(target: HTMLElement, value: WireValue, column: Column, zone: TimeZone): void {
  target.className = 'hb-value';
  if (value === null || value === '') {
    target.classList.add('hb-null');
    target.textContent = value === null ? 'null' : 'empty';
    return;
  }
  if (column.type === 'datetime' && typeof value === 'string') {
    const [first, second] = zone === 'utc' ? (['utc', 'local'] as const) : (['local', 'utc'] as const);
    const other = element('div', { class: 'hb-quiet' }, exactDate(value, second));
    target.replaceChildren(exactDate(value, first), ...(zoneName(value) === 'UTC' ? [] : [other]));
    return;
  }
  if (column.type === 'dynamic') target.classList.add('hb-json');
  const text = column.type === 'dynamic' && typeof value === 'string' ? indentJson(value) : String(value);
  target.replaceChildren(...richText(text, '', true));
}

function exactDate(value: string, zone: TimeZone): string {
  return `${dateText(value, zone, true)} ${zone === 'utc' ? 'UTC' : zoneName(value)}`;
}

export function textButton(label: string, act: () => void): HTMLButtonElement {
  const button = element('button', { type: 'button', class: 'hb-link' }, label);
  button.addEventListener('click', act);
  return button;
}
