import { DisposableStore } from '../../common/disposable';
import type { View } from '../../common/engineProtocol';
import type { Column } from '../../common/kqlTypes';
import { element } from '../dom';
import type { Messenger } from '../messenger';
import type { OpenTab, SharedView } from '../resultTab';
import { bar } from './bars';
import type { GridModel } from './cellView';
import { ColumnLayout } from './columnLayout';
import { fittingWidth, initialWidths, type TextMeasure, textMeasure } from './columnWidths';
import { copyCells } from './copyText';
import { Footer } from './footer';
import { Grid } from './grid';
import { helpPanel } from './helpPanel';
import { RowDetail } from './rowDetail';
import type { SavedTable } from './savedTable';
import { HEADER_ROW, Selection } from './selection';
import type { SidePanel } from './sidePanel';
import { type ScrollPosition, TableRows } from './tableRows';
import { Toolbar } from './toolbar';
import { columnTitle, countText, plural } from './values';
import { nextSort, type TableState, type ViewStates } from './viewState';

export interface TableServices {
  readonly messenger: Messenger;
  readonly states: ViewStates;
  /** Makes ids of elements unique in the document. */
  readonly idPrefix: string;
  /** Shared with other views of the result: what one filters, the others show filtered. */
  readonly view: SharedView;
}

/** One result on screen: puts the parts together. */
export class TableView implements OpenTab {
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
  readonly #rows: TableRows;
  readonly #main = element('div', { class: 'hb-main' });
  /** Nothing is remembered before what was remembered is shown. */
  #restored = false;

  constructor(container: HTMLElement, saved: SavedTable, services: TableServices) {
    this.#saved = saved;
    this.#services = services;
    const { columns, preview } = saved;
    const { states } = services;
    const root = element('div', { class: 'hb-table' });
    container.replaceChildren(root);
    const { fontSize, fontFamily } = getComputedStyle(root);
    this.#measure = textMeasure(`${fontSize} ${fontFamily}`);
    const state = states.get(saved.resultId);
    const widths = initialWidths(columns, preview.rows, states.zone, this.#measure);
    for (const [column, width] of state?.widths ?? []) {
      if (column >= columns.length) continue;
      widths[column] = width;
      this.#userWidths.set(column, width);
    }
    this.#rows = this.#makeRows();
    this.#model = {
      columns,
      layout: new ColumnLayout(widths),
      selection: new Selection(),
      idPrefix: services.idPrefix,
      source: this.#rows.current,
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
    const notices = saved.notices.length > 0 ? [bar('info', saved.notices)] : [];
    root.append(
      this.#toolbar.element,
      ...warnings,
      ...notices,
      this.#stateBar,
      this.#failureBar,
      this.#main,
      this.#footer.element,
      this.#spoken,
    );
    this.#grid.setHeight(saved.rowCount);
    this.#adopted(undefined, false);
    this.#store.add(states.onZone(() => this.#zoneChanged()));
    this.#store.add(services.view.onChange((view) => this.#follow(view)));
    void this.#restore(state);
  }

  dispose(): void {
    this.#store.dispose();
    this.#toolbar.dispose();
    this.#grid.dispose();
    this.#rows.dispose();
  }

  /** The preview is on screen; now to what was there before, and to the rows the file does not keep. */
  async #restore(state: TableState | undefined): Promise<void> {
    const view = this.#services.view.current;
    if (view.filter !== '') this.#toolbar.setFilter(view.filter);
    await this.#rows.attach(view, state ?? { top: 0, left: 0 });
  }

  /** The table is visible again. */
  shown(): void {
    this.#grid.update(this.#note());
  }

  /** Another view of the result filtered it. */
  #follow(view: View): void {
    if (JSON.stringify(view) === JSON.stringify(this.#rows.view)) return;
    this.#toolbar.setFilter(view.filter);
    this.#rows.show(view);
  }

  #makeRows(): TableRows {
    return new TableRows(this.#saved, this.#services.messenger, {
      adopted: (position, viewChanged) => this.#adopted(position, viewChanged),
      loaded: () => this.#loaded(),
      busy: (busy) => this.#setBusy(busy),
      failed: (message, retry) => this.#failed(message, retry),
      live: (live) => this.#showLive(live),
    });
  }

  /** Says when there is more than can be shown, and how to get it. */
  #showLive(live: boolean): void {
    this.#restored = true;
    const { preview, rowCount, resultId } = this.#saved;
    this.#stateBar.replaceChildren();
    if (live || this.#rows.complete) return;
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

  #adopted(position: ScrollPosition | undefined, viewChanged: boolean): void {
    const source = this.#rows.current;
    const { selection, columns } = this.#model;
    const keep = position ?? (viewChanged ? undefined : this.#grid.position);
    this.#model.source = source;
    this.#failureBar.replaceChildren();
    selection.resize(source.total ?? 0, columns.length);
    if (!keep) selection.moveTo({ row: selection.active.row === HEADER_ROW ? HEADER_ROW : 0, column: selection.active.column });
    this.#grid.update(this.#note());
    this.#grid.scrollTo(keep?.top ?? 0, keep?.left ?? this.#grid.position.left);
    this.#describeView(viewChanged);
    this.#grid.mark();
    this.#saveState();
  }

  #loaded(): void {
    if (this.#model.source.total === this.#grid.drawnCount) this.#grid.draw(true);
    else this.#grid.update(this.#note());
    this.#showDetail();
  }

  #failed(message: string, retry: () => void): void {
    const act = (): void => {
      this.#failureBar.replaceChildren();
      retry();
    };
    this.#failureBar.replaceChildren(bar('warning', [`Could not read rows. ${message}`], { label: 'Try again', icon: 'retry', act }));
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
    const all = this.#rows.reachable;
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
    if (!this.#restored) return;
    const { view } = this.#model.source;
    const { top, left } = this.#grid.position;
    this.#services.view.set(view);
    this.#services.states.set({ resultId: this.#saved.resultId, view, widths: [...this.#userWidths], top, left });
  }

  #sort(column: number, add: boolean): void {
    const { view } = this.#rows;
    this.#failureBar.replaceChildren();
    this.#rows.show({ ...view, sort: nextSort(view.sort, column, add) });
  }

  #filter(filter: string): void {
    this.#failureBar.replaceChildren();
    this.#rows.show({ ...this.#rows.view, filter });
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
    const { active } = this.#model.selection;
    if (active.row === HEADER_ROW) this.#grid.activate({ row: 0, column: active.column });
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

function nameOf(column: Column | undefined): string {
  return column ? columnTitle(column) : '';
}
