import { type Disposable, DisposableStore } from '../../common/disposable';
import { type SortKey, type View, wholeView } from '../../common/engineProtocol';
import type { Column } from '../../common/kqlTypes';
import { element } from '../dom';
import type { Messenger } from '../messenger';
import { bar } from './bars';
import type { GridModel } from './cellView';
import { ColumnLayout } from './columnLayout';
import { fittingWidth, initialWidths, type TextMeasure, textMeasure } from './columnWidths';
import { copyCells } from './copyText';
import { Footer } from './footer';
import { Grid } from './grid';
import { helpPanel } from './helpPanel';
import { LocalRows } from './localRows';
import { PagedRows } from './pagedRows';
import { RowDetail } from './rowDetail';
import type { RowListener, RowSource } from './rowSource';
import type { SavedTable } from './savedTable';
import { HEADER_ROW, Selection } from './selection';
import type { SidePanel } from './sidePanel';
import { Toolbar } from './toolbar';
import { columnTitle, countText, plural } from './values';
import { nextSort, type TableState, type ViewStates } from './viewState';

export interface TableServices {
  readonly messenger: Messenger;
  readonly states: ViewStates;
  /** Makes ids of elements unique in the document. */
  readonly idPrefix: string;
}

/** A step to go on with when a new view's first rows are here. */
interface Pending {
  readonly source: RowSource;
  readonly position: { readonly top: number; readonly left: number } | undefined;
}

/** One result on screen: puts the parts together and decides where rows come from. */
export class TableView implements Disposable {
  readonly #saved: SavedTable;
  readonly #services: TableServices;
  readonly #store = new DisposableStore();
  readonly #model: GridModel;
  readonly #grid: Grid;
  readonly #toolbar: Toolbar;
  readonly #footer: Footer;
  readonly #detail: RowDetail;
  readonly #help: SidePanel;
  readonly #measure: TextMeasure;
  readonly #userWidths = new Map<number, number>();
  readonly #stateBar = element('div');
  readonly #failureBar = element('div', { role: 'alert' });
  readonly #spoken = element('div', { class: 'hb-spoken', role: 'status', 'aria-live': 'polite' });
  readonly #main = element('div', { class: 'hb-main' });
  #live = false;
  #pending: Pending | undefined;

  constructor(container: HTMLElement, saved: SavedTable, services: TableServices) {
    this.#saved = saved;
    this.#services = services;
    const { columns, preview } = saved;
    const { states } = services;
    const root = element('div', { class: 'hb-table' });
    container.replaceChildren(root);
    this.#measure = textMeasure(getComputedStyle(root).font);
    const state = states.get(saved.resultId);
    const widths = initialWidths(columns, preview.rows, states.zone, this.#measure);
    for (const [column, width] of state?.widths ?? []) {
      if (column >= columns.length) continue;
      widths[column] = width;
      this.#userWidths.set(column, width);
    }
    this.#model = {
      columns,
      layout: new ColumnLayout(widths),
      selection: new Selection(),
      idPrefix: services.idPrefix,
      source: new LocalRows(preview, columns, wholeView),
      zone: states.zone,
    };
    this.#grid = this.#makeGrid();
    this.#toolbar = this.#makeToolbar();
    this.#footer = new Footer(saved);
    this.#detail = this.#makeDetail();
    this.#help = helpPanel(() => {
      this.#help.open = false;
      this.#grid.focus();
    });
    this.#main.append(element('div', { class: 'hb-progress' }), this.#grid.element, this.#detail.panel.element, this.#help.element);
    const warnings = saved.warnings.length > 0 ? [bar('warning', saved.warnings)] : [];
    root.append(
      this.#toolbar.element,
      ...warnings,
      this.#stateBar,
      this.#failureBar,
      this.#main,
      this.#footer.element,
      this.#spoken,
    );
    this.#grid.setHeight(saved.rowCount);
    this.#adopt({ source: this.#model.source, position: undefined });
    this.#store.add(states.onZone(() => this.#zoneChanged()));
    this.#store.add(services.messenger.onGone((ids) => ids.includes(saved.resultId) && this.#setLive(false)));
    void this.#attach(state);
  }

  dispose(): void {
    this.#store.dispose();
    this.#toolbar.dispose();
    this.#grid.dispose();
    this.#pending?.source.dispose();
    this.#model.source.dispose();
  }

  /** The preview is on screen; this finds out whether there is more. */
  async #attach(state: TableState | undefined): Promise<void> {
    const { messenger } = this.#services;
    const live = messenger.connected && (await messenger.attach(this.#saved.resultId).catch(() => false));
    if (this.#store.isDisposed) return;
    const count = this.#saved.columns.length;
    const view = state ? { ...state.view, sort: state.view.sort.filter((key) => key.column < count) } : wholeView;
    this.#toolbar.setFilter(view.filter);
    this.#setLive(live, view, state ?? this.#grid.position);
  }

  get #complete(): boolean {
    return this.#saved.preview.rows.length >= this.#saved.rowCount;
  }

  #setLive(live: boolean, view = this.#model.source.view, position = this.#grid.position): void {
    this.#live = live;
    const { preview, rowCount, resultId } = this.#saved;
    this.#stateBar.replaceChildren();
    this.#failureBar.replaceChildren();
    if (!live && !this.#complete) {
      const kept = preview.rows.length;
      const text =
        kept === 0
          ? `The file keeps no rows of this result, which has ${plural(rowCount, 'row')}.`
          : `Showing the first ${countText(kept)} of ${plural(rowCount, 'row')}: those kept in the file.`;
      const { messenger } = this.#services;
      const act = (): void => messenger.tell({ type: 'runAgain', resultId });
      const action = { label: `Run again for all ${plural(rowCount, 'row')}`, icon: 'run', act } as const;
      this.#stateBar.replaceChildren(bar('info', [text], messenger.connected ? action : undefined));
    }
    this.#show(view, position);
  }

  /** Shows another view of the rows. The old one stays on screen until the new one's first rows are here. */
  #show(view: View, position?: Pending['position']): void {
    this.#pending?.source.dispose();
    this.#failureBar.replaceChildren();
    const { columns, preview, resultId } = this.#saved;
    const listener: RowListener = { loaded: () => this.#loaded(source), failed: (text, gone) => this.#failed(source, text, gone) };
    const isWhole = view.sort.length === 0 && view.filter === '';
    const { messenger } = this.#services;
    const remote = this.#live && !(this.#complete && preview.cuts.length === 0);
    const source: RowSource = remote
      ? new PagedRows({ messenger, resultId, view, columnCount: columns.length, seed: isWhole ? preview : undefined, listener })
      : new LocalRows(preview, columns, view);
    this.#pending = { source, position };
    if (source.total === undefined) {
      this.#setBusy(true);
      source.show(0, 1);
    } else {
      this.#adopt(this.#pending);
    }
  }

  #adopt(pending: Pending): void {
    const { source, position } = pending;
    const changed = source.view !== this.#model.source.view;
    if (this.#model.source !== source) this.#model.source.dispose();
    this.#pending = undefined;
    this.#model.source = source;
    this.#setBusy(false);
    const { selection, columns } = this.#model;
    const { active } = selection;
    selection.resize(source.total ?? 0, columns.length);
    if (!position) selection.moveTo({ row: active.row === HEADER_ROW ? HEADER_ROW : 0, column: active.column });
    this.#grid.update(this.#note());
    if (position || changed) this.#grid.scrollTo(position?.top ?? 0, position?.left ?? this.#grid.position.left);
    this.#describeView(changed);
    this.#grid.mark();
    this.#saveState();
  }

  #loaded(source: RowSource): void {
    if (this.#pending?.source === source) this.#adopt(this.#pending);
    if (this.#model.source !== source) return;
    if (this.#model.source.total === this.#grid.drawnCount) this.#grid.draw(true);
    else this.#grid.update(this.#note());
    this.#showDetail();
  }

  #failed(source: RowSource, text: string, gone: boolean): void {
    if (gone) {
      this.#setLive(false);
      return;
    }
    if (source !== this.#pending?.source && source !== this.#model.source) return;
    this.#setBusy(false);
    const act = (): void => {
      this.#failureBar.replaceChildren();
      this.#setBusy(source === this.#pending?.source);
      source.retry();
    };
    this.#failureBar.replaceChildren(bar('warning', [`Could not read rows. ${text}`], { label: 'Try again', icon: 'retry', act }));
  }

  #note(): string {
    const { source, columns } = this.#model;
    if (columns.length === 0) return 'The result has no columns.';
    if (source.total === 0 && source.view.filter !== '') return `No row contains “${source.view.filter}”.`;
    return this.#saved.rowCount === 0 ? 'The query returned no rows.' : '';
  }

  #setBusy(busy: boolean): void {
    this.#main.classList.toggle('hb-busy', busy);
    this.#grid.element.setAttribute('aria-busy', String(busy));
  }

  /** Says how many rows are left and how they are sorted, in the toolbar and to screen readers. */
  #describeView(announce: boolean): void {
    const { source, columns } = this.#model;
    const all = this.#live || this.#complete ? this.#saved.rowCount : this.#saved.preview.rows.length;
    const hits = source.view.filter === '' ? '' : `${countText(source.total ?? 0)} of ${plural(all, 'row')}`;
    this.#toolbar.setCount(hits);
    if (!announce) return;
    const keys = source.view.sort.map((key) => `${nameOf(columns[key.column])} ${key.descending ? 'descending' : 'ascending'}`);
    this.#announce([hits || plural(all, 'row'), keys.length > 0 ? `sorted by ${keys.join(', then ')}` : 'not sorted'].join(', '));
  }

  #announce(text: string): void {
    this.#spoken.textContent = text;
  }

  #saveState(): void {
    const { view } = this.#model.source;
    const { top, left } = this.#grid.position;
    this.#services.states.set({ resultId: this.#saved.resultId, view, widths: [...this.#userWidths], top, left });
  }

  #sort(column: number, add: boolean): void {
    const view = this.#pending?.source.view ?? this.#model.source.view;
    const sort: readonly SortKey[] = nextSort(view.sort, column, add);
    this.#show({ ...view, sort });
  }

  #filter(filter: string): void {
    const view = this.#pending?.source.view ?? this.#model.source.view;
    this.#show({ ...view, filter });
  }

  #resize(column: number, wanted: number | 'fit'): void {
    const { columns, layout, source } = this.#model;
    const definition = columns[column];
    if (!definition) return;
    const width = wanted === 'fit' ? fittingWidth(definition, column, this.#grid.sample(), this.#model.zone, this.#measure) : wanted;
    layout.setWidth(column, width);
    this.#userWidths.set(column, layout.width(column));
    if (source.total !== undefined) this.#grid.update(this.#note());
    this.#saveState();
  }

  async #copy(headers: boolean): Promise<void> {
    const { selection, columns, source } = this.#model;
    const { range, active } = selection;
    if (!range) {
      this.#sendCopy(columns[active.column]?.name ?? '', 'Copied the column name');
      return;
    }
    this.#footer.setStatus('Copying…');
    try {
      const copied = await copyCells(source, columns, range, headers);
      this.#sendCopy(copied.text, copied.summary);
    } catch (thrown) {
      this.#say(`Nothing copied: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
    }
  }

  #sendCopy(text: string, summary: string): void {
    const { messenger } = this.#services;
    if (messenger.connected) messenger.tell({ type: 'copy', text });
    else void navigator.clipboard.writeText(text);
    this.#say(summary);
  }

  #say(text: string): void {
    this.#footer.setStatus(text);
    this.#announce(text);
  }

  #showDetail(): void {
    const { source, selection, zone } = this.#model;
    const { row, column } = selection.active;
    if (!this.#detail.panel.open || row === HEADER_ROW) return;
    this.#detail.show(source, row, zone);
    this.#detail.reveal(column);
  }

  #openDetail(open: boolean, enter: boolean): void {
    if (this.#model.selection.active.row === HEADER_ROW && this.#grid.rowCount > 0) this.#grid.execute(firstRow);
    if (open && this.#grid.rowCount === 0) return;
    this.#help.open = false;
    this.#detail.panel.open = open;
    this.#grid.update(this.#note());
    this.#grid.reveal();
    this.#showDetail();
    if (enter) this.#detail.panel.focus();
  }

  #zoneChanged(): void {
    this.#model.zone = this.#services.states.zone;
    this.#toolbar.setZone(this.#model.zone);
    this.#grid.draw(true);
    this.#showDetail();
  }

  #makeGrid(): Grid {
    const { name, rowCount, columns } = this.#saved;
    const label = `Result${name === undefined ? '' : ` ${name}`}: ${plural(rowCount, 'row')}, ${plural(columns.length, 'column')}`;
    return new Grid(this.#model, label, {
      sort: (column, add) => this.#sort(column, add),
      copy: (headers) => void this.#copy(headers),
      detail: (enter) => this.#openDetail(enter || !this.#detail.panel.open, enter),
      open: () => this.#openDetail(true, false),
      moved: () => {
        this.#footer.setSelection(this.#model.selection);
        this.#showDetail();
      },
      rested: () => this.#saveState(),
      resize: (column, width) => this.#resize(column, width),
      filter: () => this.#toolbar.focusFilter(),
      help: () => this.#toggleHelp(),
      leave: () => this.#closePanels(),
    });
  }

  #makeToolbar(): Toolbar {
    const hasTimes = this.#saved.columns.some((column) => column.type === 'datetime');
    return new Toolbar(hasTimes, this.#model.zone, {
      filter: (text) => this.#filter(text),
      toGrid: () => this.#grid.focus(),
      zone: (zone) => {
        this.#services.states.zone = zone;
      },
      copy: (headers) => void this.#copy(headers),
      detail: () => this.#openDetail(!this.#detail.panel.open, false),
      help: () => this.#toggleHelp(),
    });
  }

  #makeDetail(): RowDetail {
    return new RowDetail(this.#model.columns, {
      close: () => {
        this.#openDetail(false, false);
        this.#grid.focus();
      },
      step: (by) => {
        const { row, column } = this.#model.selection.active;
        this.#grid.activate({ row: Math.max(0, row + by), column });
      },
      copy: (text) => this.#sendCopy(text, 'Copied the value'),
    });
  }

  #toggleHelp(): void {
    this.#detail.panel.open = false;
    this.#help.open = !this.#help.open;
    if (this.#help.open) this.#help.focus();
  }

  #closePanels(): boolean {
    if (!this.#detail.panel.open && !this.#help.open) return false;
    this.#detail.panel.open = false;
    this.#help.open = false;
    return true;
  }
}

const firstRow = { kind: 'move', rows: 'first', columns: 0, extend: false } as const;

function nameOf(column: Column | undefined): string {
  return column ? columnTitle(column) : '';
}
