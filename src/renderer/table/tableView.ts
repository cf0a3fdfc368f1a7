import { DisposableStore, toDisposable } from '../../common/disposable';
import { type View, wholeView } from '../../common/resultViews';
import { element } from '../dom';
import type { OpenTab } from '../resultTab';
import type { GridModel } from './cellView';
import { ChipBar } from './chipBar';
import { ColumnLayout } from './columnLayout';
import { ColumnSet } from './columnSet';
import { initialWidths, type TextMeasure, textMeasure } from './columnWidths';
import { CellCopier } from './cellCopier';
import { Finder } from './finder';
import { Footer } from './footer';
import { Grid } from './grid';
import { GroupedRows } from './groupedRows';
import { groupingText } from './grouping';
import { KeptState, type TableServices } from './keptState';
import { columnsOf } from './localView';
import type { SavedTable } from './savedTable';
import { HEADER_ROW, Selection } from './selection';
import { StateBars } from './stateBars';
import { TableActions } from './tableActions';
import { TablePanels } from './tablePanels';
import { type ScrollPosition, TableRows } from './tableRows';
import { Toolbar } from './toolbar';
import { columnTitle, countText, plural } from './values';
import { isWhole, keepsAll } from './viewChanges';

export type { TableServices } from './keptState';

/** Milliseconds until menus and panels are loaded, unless they are asked for before. */
const toolsDelayMs = 400;

/** One result on screen: puts the parts together. */
export class TableView implements OpenTab {
  readonly #saved: SavedTable;
  readonly #services: TableServices;
  readonly #store = new DisposableStore();
  readonly #root = element('div', { class: 'hb-table' });
  readonly #main = element('div', { class: 'hb-main' });
  readonly #spoken = element('div', { class: 'hb-spoken', role: 'status', 'aria-live': 'polite' });
  readonly #measure: TextMeasure;
  readonly #kept: KeptState;
  readonly #rows: TableRows;
  readonly #model: GridModel;
  readonly #table: TableActions;
  readonly #copier: CellCopier;
  readonly #grid: Grid;
  readonly #finder: Finder;
  readonly #toolbar: Toolbar;
  readonly #chips = new ChipBar();
  readonly #bars: StateBars;
  readonly #footer: Footer;
  readonly #panels: TablePanels;

  constructor(container: HTMLElement, saved: SavedTable, services: TableServices) {
    this.#saved = saved;
    this.#services = services;
    container.replaceChildren(this.#root);
    const { fontSize, fontFamily } = getComputedStyle(this.#root);
    this.#measure = textMeasure(`${fontSize} ${fontFamily}`);
    this.#kept = new KeptState(saved, services);
    this.#rows = this.#makeRows();
    this.#model = this.#makeModel();
    this.#table = this.#makeActions();
    this.#copier = new CellCopier(this.#table);
    this.#grid = this.#makeGrid();
    this.#finder = new Finder(this.#table, this.#grid, (count) => this.#toolbar.setCount(count));
    this.#toolbar = this.#makeToolbar();
    this.#bars = new StateBars(saved, services.messenger);
    this.#footer = new Footer(saved);
    this.#panels = new TablePanels(this.#table, this.#grid, this.#main, () => this.#grid.update(this.#note()));
    this.#main.append(element('div', { class: 'hb-progress' }), this.#grid.element);
    this.#panels.place();
    const lines = [this.#chips.element, ...this.#bars.elements, this.#main, this.#footer.element, this.#spoken];
    this.#root.append(this.#toolbar.element, ...lines);
    this.#grid.setHeight(saved.rowCount);
    this.#adopted(undefined, false);
    this.#store.add(services.states.onZone(() => this.#timesChanged()));
    this.#store.add(services.view.onChange((view) => this.#follow(view)));
    void this.#restore();
    // Soon somebody may want them; the table itself comes first.
    const timer = window.setTimeout(() => this.#table.withTools(() => undefined), toolsDelayMs);
    this.#store.add(
      toDisposable(() => {
        window.clearTimeout(timer);
      }),
    );
  }

  dispose(): void {
    this.#store.dispose();
    this.#table.dispose();
    this.#toolbar.dispose();
    this.#footer.dispose();
    this.#grid.dispose();
    this.#rows.dispose();
    this.#kept.dispose();
  }

  /** The table is visible again. */
  shown(): void {
    this.#grid.update(this.#note());
  }

  /** The preview is on screen; now to what was there before, and to the rows the file does not keep. */
  async #restore(): Promise<void> {
    const recalled = this.#kept.recall().then((state) => {
      this.#model.columns.restore(state.columns ?? {});
      this.#table.setWidths(state.widths);
      this.#toolbar.search.setFilter(state.view.filter);
      return state;
    });
    await this.#rows.attach(recalled);
  }

  /** Another tab of the result changed the view. */
  #follow(view: View): void {
    if (JSON.stringify(view) === JSON.stringify(this.#rows.view)) return;
    this.#toolbar.search.setFilter(view.filter);
    this.#rows.show(view);
  }

  #makeRows(): TableRows {
    return new TableRows(this.#saved, this.#services, {
      adopted: (position, viewChanged) => this.#adopted(position, viewChanged),
      loaded: () => this.#loaded(),
      busy: (busy) => this.#setBusy(busy),
      failed: (message, retry) => {
        this.#bars.showFailure(message, retry);
      },
      live: (live) => {
        this.#kept.begin();
        this.#bars.showLive(live || this.#rows.complete);
      },
    });
  }

  #makeModel(): GridModel {
    const { columns, preview } = this.#saved;
    const { states, idPrefix } = this.#services;
    const widths = initialWidths(columns, preview.rows, states.times, this.#measure);
    return {
      columns: new ColumnSet(columns),
      layout: new ColumnLayout(widths),
      selection: new Selection(),
      idPrefix,
      source: this.#rows.current,
      zone: states.times,
      needle: '',
    };
  }

  #makeActions(): TableActions {
    return new TableActions(
      { root: this.#root, saved: this.#saved, services: this.#services, model: this.#model, rows: this.#rows, measure: this.#measure },
      {
        grid: () => this.#grid,
        panels: () => this.#panels,
        arranged: () => this.#arranged(),
        cleared: () => this.#bars.clearFailure(),
        viewAsked: (view) => this.#toolbar.search.setFilter(view.filter),
        say: (text) => this.#say(text),
        makeTable: (container, saved) => this.#makeDerived(container, saved),
      },
    );
  }

  #makeDerived(container: HTMLElement, saved: SavedTable): TableView {
    const view = { current: wholeView, set: () => undefined, onChange: () => ({ dispose: () => undefined }) };
    return new TableView(container, saved, { ...this.#services, idPrefix: `${this.#services.idPrefix}-derived`, view, derived: true });
  }

  #adopted(position: ScrollPosition | undefined, viewChanged: boolean): void {
    const source = this.#rows.current;
    const { selection, columns } = this.#model;
    const keep = position ?? (viewChanged ? undefined : this.#grid.position);
    this.#model.source = source;
    this.#bars.clearFailure();
    this.#matchColumns(source.view);
    this.#model.needle = this.#finder.text === '' ? source.view.filter : this.#finder.text;
    this.#grid.setGrouped(groupingText(source instanceof GroupedRows ? source.grouping.by : [], columns.all));
    selection.resize(source.total ?? 0, columns.shown.length);
    if (!keep) selection.moveTo({ row: selection.active.row === HEADER_ROW ? HEADER_ROW : 0, column: selection.active.column });
    this.#grid.update(this.#note());
    this.#grid.scrollTo(keep?.top ?? 0, keep?.left ?? this.#grid.position.left);
    this.#describeView(viewChanged);
    this.#grid.mark();
    this.#panels.refresh();
    this.#keepState();
  }

  /** The columns of a view: what it reads out of `dynamic` ones comes last. */
  #matchColumns(view: View): void {
    const { columns, layout } = this.#model;
    const all = columnsOf(this.#saved.columns, view.derived);
    const isSame = all.length === columns.all.length && all.every((column, at) => column.name === columns.all[at]?.name);
    if (!isSame) {
      columns.setAll(all);
      layout.setCount(all.length);
    }
    layout.arrange(columns.shown, columns.pinnedCount);
  }

  /** Columns are in another order, hidden or pinned. */
  #arranged(): void {
    const { columns, layout, selection, source } = this.#model;
    layout.arrange(columns.shown, columns.pinnedCount);
    selection.resize(source.total ?? 0, columns.shown.length);
    this.#grid.update(this.#note());
    this.#grid.mark();
    this.#panels.refreshColumns();
    this.#showChips();
    this.#keepState();
  }

  #loaded(): void {
    const { source, selection, columns } = this.#model;
    if (source.total === this.#grid.drawnCount) this.#grid.draw(true);
    else {
      selection.resize(source.total ?? 0, columns.shown.length);
      this.#grid.update(this.#note());
    }
    this.#panels.showDetail();
  }

  #note(): string {
    const { source, columns } = this.#model;
    if (columns.all.length === 0) return 'The result has no columns.';
    if (source.total === 0 && (source.view.columnFilters?.length ?? 0) > 0) return 'No row fits the filters.';
    if (source.total === 0 && source.view.filter !== '') return `No row contains “${source.view.filter}”.`;
    return this.#saved.rowCount === 0 ? 'The query returned no rows.' : '';
  }

  #setBusy(busy: boolean): void {
    this.#main.classList.toggle('hb-busy', busy);
    this.#grid.element.setAttribute('aria-busy', String(busy));
  }

  /** Says how many rows are left and how they are sorted, in the toolbar and to screen readers. */
  #describeView(announce: boolean): void {
    this.#showChips();
    const { source, columns } = this.#model;
    const { view } = source;
    const all = this.#rows.reachable;
    const isGrouped = source instanceof GroupedRows;
    const count = keepsAll(view) || isGrouped ? '' : `${countText(source.total ?? 0)} of ${plural(all, 'row')}`;
    if (this.#toolbar.search.mode === 'filter') this.#toolbar.setCount(count);
    if (!announce) return;
    const names = view.sort.map((key) => {
      const column = columns.all[key.column];
      return `${column ? columnTitle(column) : ''} ${key.descending ? 'descending' : 'ascending'}`;
    });
    const said = isGrouped ? plural(source.total ?? 0, 'group') : count || plural(all, 'row');
    this.#spoken.textContent = [said, names.length > 0 ? `sorted by ${names.join(', then ')}` : 'not sorted'].join(', ');
  }

  #showChips(): void {
    const { view } = this.#rows;
    const isChanged = !isWhole(view) || this.#rows.grouping.by.length > 0 || Object.keys(this.#model.columns.arrangement).length > 0;
    this.#chips.show(this.#table);
    this.#toolbar.setChanged(isChanged);
  }

  #say(text: string): void {
    this.#footer.setStatus(text);
    this.#spoken.textContent = text;
  }

  #keepState(): void {
    this.#kept.keep(this.#rows.view, this.#rows.grouping, this.#model.columns.arrangement, this.#table.widths, this.#grid.position);
  }

  #timesChanged(): void {
    this.#model.zone = this.#services.states.times;
    this.#toolbar.setTimes(this.#model.zone);
    this.#grid.draw(true);
    this.#showChips();
    this.#panels.refresh();
  }

  #makeGrid(): Grid {
    const { name, rowCount, columns } = this.#saved;
    const label = `Result${name === undefined ? '' : ` ${name}`}: ${plural(rowCount, 'row')}, ${plural(columns.length, 'column')}`;
    return new Grid(this.#model, label, {
      sort: (column, add) => this.#table.sort(column, add),
      copy: (headers) => this.#copier.copy(headers ? 'tsvHeaders' : 'tsv'),
      detail: (enter) => this.#panels.openDetail(enter || !this.#panels.detailOpen, enter),
      open: () => this.#panels.openDetail(true, false),
      moved: () => {
        this.#footer.setSelection(this.#model.selection, this.#table);
        this.#panels.showDetail();
      },
      rested: () => this.#keepState(),
      resize: (column, width) => this.#table.resize(column, width),
      move: (column, place) => this.#table.move(column, place),
      toggleGroup: (row, open) => this.#table.toggleGroup(row, open),
      menu: (at) => this.#table.openMenu(at, this.#copier),
      findNext: (backwards) => this.#finder.next(backwards),
      search: (mode) => this.#toolbar.search.open(mode),
      help: () => this.#panels.toggleHelp(),
      leave: () => this.#panels.close(),
    });
  }

  #makeToolbar(): Toolbar {
    const hasTimes = this.#saved.columns.some((column) => column.type === 'datetime');
    const toolbar = new Toolbar(hasTimes, {
      filter: (filter) => this.#table.setView({ ...this.#rows.view, filter }),
      find: (text) => this.#finder.find(text),
      findNext: (backwards) => this.#finder.next(backwards),
      modeChanged: () => this.#describeView(false),
      toGrid: () => this.#grid.focus(),
      times: (style) => {
        this.#services.states.times = style;
      },
      reset: () => {
        this.#table.reset();
        this.#grid.focus();
      },
      columns: () => this.#table.showColumns(),
      copy: (headers) => this.#copier.copy(headers ? 'tsvHeaders' : 'tsv'),
      detail: () => this.#panels.openDetail(!this.#panels.detailOpen, false),
      help: () => this.#panels.toggleHelp(),
    });
    toolbar.setTimes(this.#model.zone);
    return toolbar;
  }
}
