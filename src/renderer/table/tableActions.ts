import type { Disposable } from '../../common/disposable';
import type { ColumnFilter, View } from '../../common/resultViews';
import type { Messenger } from '../messenger';
import type { ColumnSet } from './columnSet';
import { fittingWidth, type TextMeasure } from './columnWidths';
import type { Grid } from './grid';
import { GroupedRows } from './groupedRows';
import { type Grouping, noGrouping } from './grouping';
import type { TableServices } from './keptState';
import type { CellCopier } from './cellCopier';
import { loadTools, readyTools, type TableTools } from './lateTools';
import type { MenuEntry } from './tools/menu';
import type { PivotWish } from './tools/pivotDialog';
import type { MakeTable } from './tools/pivotTable';
import type { Anchor } from './tools/popup';
import type { Ask } from './questions';
import type { SavedTable } from './savedTable';
import { HEADER_ROW } from './selection';
import type { GridModel } from './cellView';
import type { TableContext } from './tableContext';
import type { TablePanels } from './tablePanels';
import type { TableRows } from './tableRows';
import { columnTitle, plural } from './values';
import { filtersOf, nextSort } from './viewChanges';

interface Parts {
  readonly root: HTMLElement;
  readonly saved: SavedTable;
  readonly services: TableServices;
  readonly model: GridModel;
  readonly rows: TableRows;
  readonly measure: TextMeasure;
}

interface ActionHandlers {
  readonly grid: () => Grid;
  readonly panels: () => TablePanels;
  /** Columns are in another order, have another width, are hidden or pinned. */
  readonly arranged: () => void;
  /** What was said of a failure is over. */
  readonly cleared: () => void;
  readonly viewAsked: (view: View) => void;
  readonly say: (text: string) => void;
  readonly makeTable: MakeTable;
}

/** What can be done with a table, whoever asks for it. */
export class TableActions implements TableContext, Disposable {
  readonly saved: SavedTable;
  readonly messenger: Messenger;
  readonly model: GridModel;
  readonly root: HTMLElement;
  readonly #parts: Parts;
  readonly #handlers: ActionHandlers;
  readonly #userWidths = new Map<number, number>();
  #dialog: Disposable | undefined;
  #pivot: Disposable | undefined;
  #disposed = false;

  constructor(parts: Parts, handlers: ActionHandlers) {
    this.#parts = parts;
    this.#handlers = handlers;
    this.saved = parts.saved;
    this.messenger = parts.services.messenger;
    this.model = parts.model;
    this.root = parts.root;
  }

  get view(): View {
    return this.#parts.rows.view;
  }

  get grouping(): Grouping {
    return this.#parts.rows.grouping;
  }

  get ask(): Ask {
    return this.#parts.rows.ask;
  }

  get hasHost(): boolean {
    return this.messenger.connected && !this.#parts.services.derived;
  }

  /** Widths that the user set. */
  get widths(): readonly (readonly [column: number, width: number])[] {
    return [...this.#userWidths];
  }

  /** Widths as they were remembered. */
  setWidths(widths: readonly (readonly [column: number, width: number])[]): void {
    for (const [column, width] of widths) {
      this.model.layout.setWidth(column, width);
      this.#userWidths.set(column, width);
    }
  }

  setView(view: View): void {
    this.#handlers.cleared();
    this.#handlers.viewAsked(view);
    const count = this.saved.columns.length + (view.derived?.length ?? 0);
    this.#parts.rows.show(view, fittingGrouping(this.grouping, count));
  }

  setGrouping(grouping: Grouping): void {
    this.#handlers.cleared();
    this.#parts.rows.show(this.view, grouping.by.length === 0 ? noGrouping : grouping);
  }

  sort(column: number, add: boolean): void {
    const { view } = this;
    this.setView({ ...view, sort: nextSort(view.sort, column, add) });
  }

  toggleGroup(row: number, open: boolean): void {
    const { source } = this.model;
    if (source instanceof GroupedRows) source.toggle(row, open);
    this.#handlers.grid().mark();
  }

  arrange(change: (columns: ColumnSet) => void): void {
    const { columns, selection } = this.model;
    const { row, column } = selection.active;
    const active = columns.indexAt(column);
    change(columns);
    this.#handlers.arranged();
    // The active cell moves with its column.
    const place = columns.placeOf(active);
    if (place >= 0 && place !== selection.active.column) this.#handlers.grid().activate({ row, column: place });
  }

  move(column: number, place: number): void {
    const before = this.model.columns.placeOf(column);
    this.arrange((columns) => columns.move(column, place));
    const after = this.model.columns.placeOf(column);
    if (after !== before) this.#handlers.say(`Moved the column to place ${after + 1} of ${this.model.columns.shown.length}`);
  }

  resize(column: number, wanted: number | 'fit'): void {
    const { columns, layout, zone } = this.model;
    const definition = columns.all[column];
    if (!definition) return;
    const sample = this.#handlers.grid().sample();
    layout.setWidth(column, wanted === 'fit' ? fittingWidth(definition, column, sample, zone, this.#parts.measure) : wanted);
    this.#userWidths.set(column, layout.widths[column] ?? 0);
    this.#handlers.arranged();
  }

  goTo(column: number, header: boolean): void {
    const { columns, selection } = this.model;
    if (columns.isHidden(column)) this.arrange((set) => set.setHidden(column, false));
    const row = header ? HEADER_ROW : Math.max(0, selection.active.row);
    this.#handlers.grid().activate({ row, column: columns.placeOf(column) });
  }

  reset(): void {
    this.model.columns.reset();
    this.#handlers.viewAsked({ sort: [], filter: '' });
    this.#parts.rows.show({ sort: [], filter: '' }, noGrouping);
    this.#handlers.arranged();
    this.#handlers.say('The view is reset');
  }

  editFilter(column: number, filter?: ColumnFilter, at?: Anchor): void {
    const grid = this.#handlers.grid();
    const place = this.model.columns.placeOf(column);
    const anchor = at ?? grid.headerAt(place) ?? grid.element;
    this.withTools(({ editFilter }) => this.#replaceDialog(editFilter(this, column, filter ?? filtersOf(this.view, column)[0], anchor)));
  }

  showStatistics(column: number): void {
    this.#handlers.panels().openStatistics(column);
  }

  showColumns(): void {
    this.#handlers.panels().toggleColumns();
  }

  showPivot(column: number): void {
    const grid = this.#handlers.grid();
    const anchor = grid.headerAt(this.model.columns.placeOf(column)) ?? grid.element;
    this.withTools(({ askForPivot, PivotTable }) => {
      const show = (wish: PivotWish): void => {
        this.#pivot?.dispose();
        this.#pivot = new PivotTable(this, wish, this.#handlers.makeTable, () => this.focus());
      };
      this.#replaceDialog(askForPivot(this, column, anchor, show));
    });
  }

  /** The menu of the active header, cells or group. */
  openMenu(at: Anchor, copier: CellCopier): void {
    this.withTools((tools) => {
      const { selection, columns, source } = this.model;
      const { row, column } = selection.active;
      const title = columnTitle(columns.at(column) ?? { name: '', type: 'string' });
      const isHeader = row === HEADER_ROW;
      const openDetail = (): void => this.#handlers.panels().openDetail(true, false);
      const ofCells = (): readonly MenuEntry[] => tools.cellMenu(this, copier, openDetail);
      const ofRow = (): readonly MenuEntry[] => (source.group(row) ? this.#groupMenu(tools, row) : ofCells());
      const entries = isHeader ? tools.columnMenu(this, columns.indexAt(column)) : ofRow();
      if (entries.length === 0) return;
      this.#replaceDialog(tools.openMenu(this.root, at, isHeader ? `Column ${title}` : 'Selection', entries, () => this.focus()));
    });
  }

  /** Does something with the tools: at once when they are here. */
  withTools(use: (tools: TableTools) => void): void {
    const tools = readyTools();
    if (tools) {
      use(tools);
      return;
    }
    loadTools().then(
      (loaded) => {
        if (!this.#disposed) use(loaded);
      },
      (thrown: unknown) => this.say(`Could not load this part of Huntbook. ${thrown instanceof Error ? thrown.message : String(thrown)}`),
    );
  }

  #replaceDialog(dialog: Disposable): void {
    this.#dialog?.dispose();
    this.#dialog = dialog;
  }

  /** The menu of a row that stands for a group. */
  #groupMenu({ columnMenu }: TableTools, row: number): readonly MenuEntry[] {
    const { source } = this.model;
    const group = source.group(row);
    if (!group || !(source instanceof GroupedRows)) return [];
    const view = source.viewOf(row);
    const { grouping } = this;
    const byCount = grouping.orderBy === 'count';
    return [
      { label: group.expanded ? 'Close' : 'Open', keys: group.expanded ? 'Left' : 'Right', act: () => this.toggleGroup(row, !group.expanded) },
      { label: 'Close all', act: () => source.collapse() },
      { label: `Filter to these ${plural(group.rows, 'row')}`, icon: 'filter', disabled: !view, act: () => view && this.#filterTo(view) },
      'line',
      { label: 'Largest groups first', checked: byCount, act: () => this.setGrouping({ ...grouping, orderBy: 'count' }) },
      { label: 'Groups by their values', checked: !byCount, act: () => this.setGrouping({ ...grouping, orderBy: 'key' }) },
      'line',
      { label: 'Column', items: () => columnMenu(this, group.column) },
      { label: 'Do not group', icon: 'close', act: () => this.setGrouping(noGrouping) },
    ];
  }

  copy(text: string, summary: string): void {
    if (this.messenger.connected) this.messenger.tell({ type: 'copy', text });
    else void navigator.clipboard.writeText(text);
    this.say(summary);
  }

  say(text: string): void {
    this.#handlers.say(text);
  }

  focus(): void {
    this.#handlers.grid().focus();
  }

  dispose(): void {
    this.#disposed = true;
    this.#dialog?.dispose();
    this.#pivot?.dispose();
  }

  #filterTo(view: View): void {
    this.#parts.rows.show(view, noGrouping);
  }
}

/** Without the columns that are gone. */
function fittingGrouping(grouping: Grouping, count: number): Grouping {
  const fits = ({ column }: { readonly column: number }): boolean => column < count;
  if (grouping.by.every(fits) && grouping.aggregates.every(fits)) return grouping;
  return { ...grouping, by: grouping.by.filter(fits), aggregates: grouping.aggregates.filter(fits) };
}
