/**
 * The grid: virtual rows and virtual columns in plain DOM.
 *
 * Why no library: what is on screen is a few hundred cells whose text changes on every scroll frame. Reused elements
 * (row i in slot i mod n, column j in slot j mod m) touch exactly the cells that change, while a component tree
 * (Preact, 5 KB gzip) would compare all of them. @tanstack/virtual-core (6 KB gzip) virtualises one axis of measured
 * items; ours have a fixed height, need two axes, and a mapping for heights beyond what a browser lays out.
 *
 * Why no shadow root: VS Code finds out by walking up the document from the event's target whether an output scrolls by
 * itself and whether a text box in it has the focus.
 *
 * Focus stays on the grid (aria-activedescendant): rows come and go while scrolling, and a focused one would take the
 * focus with it.
 */
import { type Disposable, DisposableStore, toDisposable } from '../../common/disposable';
import type { WireRow } from '../../common/kqlTypes';
import { element, setAttribute } from '../dom';
import { cellId, type GridModel } from './cellView';
import { executeCommand } from './gridCommands';
import { watchPointer } from './gridPointer';
import { HEADER_HEIGHT, HeaderView } from './headerView';
import { commandOf, type SearchMode } from './keyboard';
import type { Anchor } from './tools/popup';
import { ROW_HEIGHT, RowView } from './rowView';
import { ScrollMapping } from './scrollMapping';
import { type CellPosition, HEADER_ROW } from './selection';
import { appendInOrder } from './slotPool';
import { countText } from './values';

/** Rows drawn beyond each edge: scrolling shows them before our code runs. */
const overscan = 4;
/** Most rows the grid is tall; with its bars the output stays below some 440 CSS pixels. */
const maxShownRows = 14.5;
const scrollBarHeight = 12;
/** Scrolling has come to rest after this time, in milliseconds. */
const restMs = 120;
const sampleRows = 200;
/** Width of the group labels, in CSS pixels. */
const groupGutter = 270;

export interface GridHandlers {
  /** A column by its index. */
  readonly sort: (column: number, add: boolean) => void;
  readonly copy: (headers: boolean) => void;
  /** Shows or hides the active row's details; `enter` shows them and moves the focus there. */
  readonly detail: (enter: boolean) => void;
  readonly open: () => void;
  readonly moved: () => void;
  readonly rested: () => void;
  /** A column by its index; a width in CSS pixels, or what fits its values. */
  readonly resize: (column: number, width: number | 'fit') => void;
  /** Moves a column beside the one at another place. */
  readonly move: (column: number, place: number) => void;
  /** Opens or closes the group at a row. */
  readonly toggleGroup: (row: number, open: boolean) => void;
  /** The menu of the active header or cell, at an element or a point of the window. */
  readonly menu: (at: Anchor) => void;
  readonly findNext: (backwards: boolean) => void;
  /** The box above the grid, to filter or to find. */
  readonly search: (mode: SearchMode) => void;
  readonly help: () => void;
  /** Escape; answers whether there was something to close. */
  readonly leave: () => boolean;
}

export class Grid implements Disposable {
  readonly element = element('div', { class: 'hb-grid hb-untouched', role: 'grid', tabindex: '0', 'aria-multiselectable': 'true' });
  readonly #model: GridModel;
  readonly #handlers: GridHandlers;
  readonly #store = new DisposableStore();
  readonly #canvas = element('div', { class: 'hb-canvas' });
  readonly #body = element('div', { class: 'hb-body', role: 'rowgroup' });
  readonly #note = element('div', { class: 'hb-note' });
  readonly #header = new HeaderView();
  readonly #rows: RowView[] = [];
  readonly #scroll = new ScrollMapping(window.devicePixelRatio);
  #viewWidth = 0;
  #viewHeight = 0;
  #gutterWidth = 0;
  #numberWidth = 0;
  #groupLabel = '';
  #drawnCount = 0;
  #restTimer = 0;

  constructor(model: GridModel, label: string, handlers: GridHandlers) {
    this.#model = model;
    this.#handlers = handlers;
    this.element.setAttribute('aria-label', label);
    this.#canvas.append(this.#header.element, this.#body);
    this.element.append(this.#canvas);
    this.#listen();
  }

  /** Rows in the view. */
  get rowCount(): number {
    return this.#model.source.total ?? 0;
  }

  get position(): { readonly top: number; readonly left: number } {
    this.#followElement();
    return { top: this.#scroll.top, left: this.element.scrollLeft };
  }

  /** Rows that fit on a screen, less one to keep one's place. */
  get pageRows(): number {
    return Math.max(1, Math.floor(this.#viewHeight / ROW_HEIGHT) - 1);
  }

  /** Rows the grid was last measured for. */
  get drawnCount(): number {
    return this.#drawnCount;
  }

  /** Rows at hand around what is on screen. */
  sample(): readonly WireRow[] {
    const first = Math.max(0, Math.floor(this.#scroll.top / ROW_HEIGHT) - sampleRows / 2);
    const rows = Array.from({ length: sampleRows }, (_, index) => this.#model.source.row(first + index));
    return rows.filter((row) => row !== undefined);
  }

  /** Rows are groups of these columns; '': they are not grouped. */
  setGrouped(label: string): void {
    this.#groupLabel = label;
    this.element.setAttribute('role', label === '' ? 'grid' : 'treegrid');
    this.element.classList.toggle('hb-grouped', label !== '');
    this.#header.setCorner(label);
  }

  /** The drawn header of the column at a place; undefined when it is not on screen. */
  headerAt(place: number): Element | undefined {
    return this.#header.element.querySelector(`.hb-headcell:not([hidden])[aria-colindex="${place + 2}"]`) ?? undefined;
  }

  /** The drawn active cell, or header, or row of a group. */
  activeElement(): Element | undefined {
    const { row, column } = this.#model.selection.active;
    return this.#canvas.querySelector(`#${CSS.escape(cellId(this.#model, row, column))}`) ?? undefined;
  }

  /** Gives the grid its height: room for that many rows, whatever the view shows of them. */
  setHeight(rows: number): void {
    const wide = this.#model.layout.totalWidth + 60 > (this.element.clientWidth || 800);
    const shown = Math.min(maxShownRows, Math.max(rows, 2));
    this.element.style.height = `${HEADER_HEIGHT + shown * ROW_HEIGHT + (wide ? scrollBarHeight : 0)}px`;
  }

  /** Other rows or another size: measures and draws everything. */
  update(note = ''): void {
    const { rowCount } = this;
    this.#drawnCount = rowCount;
    this.#note.textContent = note;
    const wasShown = this.#viewWidth > 0;
    this.#viewWidth = this.element.clientWidth;
    if (this.#viewWidth === 0) return;
    // An element that is not displayed forgets where it was scrolled to; we do not.
    if (wasShown) this.#followElement();
    const { layout, columns } = this.#model;
    setAttribute(this.element, 'aria-rowcount', String(rowCount + 1));
    setAttribute(this.element, 'aria-colcount', String(columns.shown.length + 1));
    this.#setGutter();
    layout.fit(this.#viewWidth - this.#gutterWidth);
    this.element.style.setProperty('--hb-pinned', `${layout.pinnedWidth}px`);
    this.#viewHeight = this.element.clientHeight - HEADER_HEIGHT;
    this.#scroll.resize(rowCount * ROW_HEIGHT, this.#viewHeight);
    this.#canvas.style.width = `${this.#gutterWidth + layout.totalWidth}px`;
    this.#canvas.style.height = `${HEADER_HEIGHT + Math.max(this.#scroll.physicalHeight, note === '' ? 0 : ROW_HEIGHT * 2)}px`;
    if (note === '') this.#note.remove();
    else this.element.append(this.#note);
    if (this.element.scrollTop !== this.#scroll.physicalTop) this.element.scrollTop = this.#scroll.physicalTop;
    this.draw(true);
  }

  scrollTo(top: number, left: number): void {
    this.element.scrollLeft = left;
    this.element.scrollTop = this.#scroll.moveTo(top);
    this.draw(false);
  }

  focus(): void {
    this.element.focus({ preventScroll: true });
  }

  /** Makes a cell the active one and brings it into sight. */
  activate(position: CellPosition, extend = false): void {
    this.#model.selection.moveTo(position, extend);
    this.reveal();
    this.mark();
  }

  /** Scrolls as little as needed to show the active cell, or just its row. */
  reveal(rowOnly = false): void {
    const { row, column } = this.#model.selection.active;
    let { top } = this.#scroll;
    if (row !== HEADER_ROW) top = Math.max(Math.min(top, row * ROW_HEIGHT), (row + 1) * ROW_HEIGHT - this.#viewHeight);
    const { layout } = this.#model;
    const room = Math.max(layout.width(column), this.#viewWidth - this.#gutterWidth - layout.pinnedWidth);
    const { scrollLeft } = this.element;
    const from = layout.left(column) - layout.pinnedWidth;
    const stays = rowOnly || column < layout.pinned;
    const left = stays ? scrollLeft : Math.min(from, Math.max(scrollLeft, layout.left(column + 1) - layout.pinnedWidth - room));
    if (left !== scrollLeft || top !== this.#scroll.top) this.scrollTo(top, left);
  }

  /** Shows the selection as it is now. */
  mark(): void {
    this.#header.mark(this.#model);
    for (const row of this.#rows) row.mark(this.#model);
    this.#describeActive();
    this.#handlers.moved();
  }

  draw(force: boolean): void {
    if (this.#viewWidth === 0) return;
    const { layout, source } = this.#model;
    const [firstColumn, endColumn] = layout.range(this.element.scrollLeft, this.#viewWidth - this.#gutterWidth);
    const window = { first: firstColumn, end: endColumn };
    this.#header.draw(this.#model, window, force);
    const top = this.#scroll.top;
    const seen = Math.floor(top / ROW_HEIGHT);
    const seenEnd = Math.min(this.rowCount, Math.ceil((top + this.#viewHeight) / ROW_HEIGHT));
    source.show(seen, seenEnd);
    const first = Math.max(0, seen - overscan);
    const end = Math.min(this.rowCount, seenEnd + overscan);
    const reordered = this.#growRows(end - first);
    const shift = this.#scroll.physicalTop - top;
    for (const row of this.#rows) if (row.index < first || row.index >= end) row.hide();
    for (let index = first; index < end; index += 1) {
      this.#rows[index % this.#rows.length]?.draw(this.#model, index, index * ROW_HEIGHT + shift, window, force || reordered);
    }
    this.#describeActive();
  }

  dispose(): void {
    window.clearTimeout(this.#restTimer);
    this.#store.dispose();
  }

  /** Where a point of the window is in the table; beyond an edge it is the next cell there. */
  positionAt(clientX: number, clientY: number): CellPosition {
    const box = this.element.getBoundingClientRect();
    const inWindow = clientX - box.left - this.#gutterWidth;
    const x = inWindow < this.#model.layout.pinnedWidth ? inWindow : inWindow + this.element.scrollLeft;
    const y = clientY - box.top - HEADER_HEIGHT + this.#scroll.top;
    const row = Math.max(0, Math.min(this.rowCount - 1, Math.floor(y / ROW_HEIGHT)));
    return { row, column: this.#model.layout.at(x) };
  }

  /** @returns whether rows share the indexes in another way now. */
  #growRows(needed: number): boolean {
    if (this.#rows.length >= needed) return false;
    for (const row of this.#rows) row.hide();
    while (this.#rows.length < needed) {
      const row = new RowView();
      this.#rows.push(row);
      this.#body.append(row.element);
    }
    return true;
  }

  /** Makes room for row numbers, or for groups. */
  #setGutter(): void {
    // Never narrower than it was: a filter must not move the columns.
    this.#numberWidth = Math.max(this.#numberWidth, 30 + 7.5 * countText(Math.max(this.rowCount, 100)).length);
    this.#gutterWidth = this.#groupLabel === '' ? this.#numberWidth : Math.min(groupGutter, Math.round(this.#viewWidth * 0.45));
    this.element.style.setProperty('--hb-gutter', `${this.#gutterWidth}px`);
  }

  #describeActive(): void {
    const { row, column } = this.#model.selection.active;
    const id = cellId(this.#model, row, column);
    const drawn = this.activeElement() !== undefined;
    setAttribute(this.element, 'aria-activedescendant', drawn ? id : undefined);
    this.element.classList.toggle('hb-away', !drawn);
  }

  #listen(): void {
    const { element: grid } = this;
    grid.addEventListener('scroll', () => {
      this.#scrolled();
    });
    // The first cell is active from the start, and shown to be so once somebody came here.
    grid.addEventListener('focus', () => {
      grid.classList.remove('hb-untouched');
    });
    grid.addEventListener('keydown', (event) => {
      if (event.target !== grid) return;
      const command = commandOf(event);
      if (!command || !executeCommand(this, this.#model, this.#handlers, command)) return;
      event.preventDefault();
      event.stopPropagation();
    });
    // The editor's menu copies without a key press; nothing is selected in the document, so the event is the body's.
    const onCopy = (event: ClipboardEvent): void => {
      if (document.activeElement !== grid) return;
      event.preventDefault();
      this.#handlers.copy(false);
    };
    document.addEventListener('copy', onCopy);
    this.#store.add(
      toDisposable(() => {
        document.removeEventListener('copy', onCopy);
      }),
    );
    this.#store.add(watchPointer(this, this.#model, this.#handlers));
    const observer = new ResizeObserver(() => {
      if (grid.clientWidth === this.#viewWidth && grid.clientHeight - HEADER_HEIGHT === this.#viewHeight) return;
      this.update(this.#note.textContent);
    });
    observer.observe(grid);
    this.#store.add(
      toDisposable(() => {
        observer.disconnect();
      }),
    );
  }

  /** Takes over where the element is scrolled to; its event may still be on the way. */
  #followElement(): void {
    const { scrollTop, clientHeight } = this.element;
    if (clientHeight === 0) return;
    if (Math.abs(scrollTop - this.#scroll.physicalTop) >= 1) this.#scroll.scrolledTo(scrollTop);
  }

  #scrolled(): void {
    this.#followElement();
    if (this.#scroll.stuck) this.element.scrollTop = this.#scroll.settle();
    this.draw(false);
    window.clearTimeout(this.#restTimer);
    this.#restTimer = window.setTimeout(() => {
      this.#rest();
    }, restMs);
  }

  /** What can wait until scrolling rests: the order of reused elements, and the scroll bar's exact place. */
  #rest(): void {
    this.#followElement();
    this.element.scrollTop = this.#scroll.settle();
    this.draw(false);
    const shown = this.#rows.filter((row) => row.index !== -1).sort((left, right) => left.index - right.index);
    appendInOrder(
      this.#body,
      shown.map((row) => row.element),
    );
    for (const row of shown) row.sortCells();
    this.#header.sortCells();
    this.#handlers.rested();
  }
}
