import type { Column, WireRow, WireValue } from '../../common/kqlTypes';
import type { DerivedColumn } from '../../common/resultViews';
import { element } from '../dom';
import { icon } from '../icons';
import { richText } from './cellView';
import { indentJson } from './jsonText';
import type { TableTools } from './lateTools';
import type { RowSource } from './rowSource';
import { iconButton, SidePanel } from './sidePanel';
import type { TableContext } from './tableContext';
import type { JsonTreeHandlers } from './tools/jsonTree';
import { textButton } from './textButton';
import { columnTitle, countText, dateText, type TimeStyle, type TimeZone, typeLook, zoneName } from './values';
import { withDerivedColumn } from './viewChanges';

/** Columns listed at first: a row of thousands would take seconds to lay out. */
const maxColumns = 300;

export interface RowDetailHandlers {
  readonly close: () => void;
  /** To the row before (-1) or after (1). */
  readonly step: (by: number) => void;
}

interface Shown {
  readonly source: RowSource;
  readonly row: number;
  readonly zone: TimeStyle;
  readonly values: WireRow | undefined;
}

/** One row as a list of column and value, with values whole and `dynamic` indented. */
export class RowDetail {
  readonly panel: SidePanel;
  readonly #table: TableContext;
  readonly #hideEmpty = element('input', { type: 'checkbox' });
  /** Counts showings, so that a value that arrives late is not put into another row. */
  #showing = 0;
  #shown: Shown | undefined;

  constructor(table: TableContext, handlers: RowDetailHandlers) {
    this.#table = table;
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

  show(source: RowSource, row: number, zone: TimeStyle): void {
    const shown = { source, row, zone, values: source.row(row) };
    const { source: oldSource, row: oldRow, zone: oldZone, values: oldValues } = this.#shown ?? {};
    // What the reader opened or scrolled to stays as long as it is the same row.
    if (source === oldSource && row === oldRow && zone === oldZone && oldValues !== undefined) return;
    this.#shown = shown;
    this.#showing += 1;
    this.panel.title = `Row ${countText((source.place(row)?.row ?? row) + 1)}`;
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
    const { all, order } = this.#table.model.columns;
    for (const index of order.slice(0, limit)) {
      const column = all[index];
      if (!column) continue;
      const value = values[index] ?? null;
      if (this.#hideEmpty.checked && (value === null || value === '')) continue;
      list.append(this.#field(source, row, column, index, value, zone));
    }
    this.panel.content.replaceChildren(list);
    if (order.length > limit) {
      this.panel.content.append(
        textButton(`Show all ${countText(order.length)} columns`, () => {
          this.#fill(shown, Infinity);
        }),
      );
    }
  }

  #field(source: RowSource, row: number, column: Column, index: number, value: WireValue, zone: TimeStyle): HTMLElement {
    const shown = element('div', { class: 'hb-value' });
    this.#showValue(shown, value, index, zone);
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
          this.#showValue(shown, whole, index, zone);
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
    this.#table.copy(value === null ? '' : String(value), 'Copied the value');
  }

  #showValue(target: HTMLElement, value: WireValue, index: number, zone: TimeStyle): void {
    const column = this.#table.model.columns.all[index];
    if (!column) return;
    showValue(target, value, column, zone);
    if (column.type !== 'dynamic' || typeof value !== 'string') return;
    const showing = this.#showing;
    const showTree = ({ JsonTree }: TableTools): void => {
      const tree = this.#showing === showing ? JsonTree.of(column.name, value, this.#treeHandlers(index)) : undefined;
      if (!tree) return;
      target.className = 'hb-value';
      target.replaceChildren(tree.element);
    };
    this.#table.withTools(showTree);
  }

  #treeHandlers(index: number): JsonTreeHandlers {
    const table = this.#table;
    const isOwn = index < table.saved.columns.length;
    const extract = (path: DerivedColumn['path'], name: string): void => {
      table.setView(withDerivedColumn(table.view, { source: index, path, name }));
      table.say(`Added the column ${name}`);
    };
    return {
      host: table.root,
      copy: (text, what) => table.copy(text, `Copied ${what}`),
      extract: isOwn ? extract : undefined,
    };
  }
}

function showValue(target: HTMLElement, value: WireValue, column: Column, zone: TimeStyle): void {
  target.className = 'hb-value';
  if (value === null || value === '') {
    target.classList.add('hb-null');
    target.textContent = value === null ? 'null' : 'empty';
    return;
  }
  if (column.type === 'datetime' && typeof value === 'string') {
    const [first, second] = zone === 'local' ? (['local', 'utc'] as const) : (['utc', 'local'] as const);
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
