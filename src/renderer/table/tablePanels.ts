import type { Grid } from './grid';
import { helpPanel } from './helpPanel';
import { RowDetail } from './rowDetail';
import { HEADER_ROW } from './selection';
import type { SidePanel } from './sidePanel';
import type { TableContext } from './tableContext';
import type { ColumnsPanel } from './tools/columnsPanel';
import type { StatisticsPanel } from './tools/statisticsPanel';

/** The panels beside the grid, of which one is open at most: row details, columns, statistics, keys. */
export class TablePanels {
  readonly #table: TableContext;
  readonly #grid: Grid;
  readonly #changed: () => void;
  readonly #detail: RowDetail;
  readonly #place: HTMLElement;
  readonly #leave: () => void;
  #columns: ColumnsPanel | undefined;
  #statistics: StatisticsPanel | undefined;
  readonly #help: SidePanel;

  /**
   * @param place beside the grid
   * @param changed the grid has another width
   */
  constructor(table: TableContext, grid: Grid, place: HTMLElement, changed: () => void) {
    this.#table = table;
    this.#grid = grid;
    this.#changed = changed;
    this.#place = place;
    const close = (): void => {
      this.close();
      grid.focus();
    };
    this.#leave = close;
    this.#detail = new RowDetail(table, {
      close,
      step: (by) => {
        const { row, column } = table.model.selection.active;
        grid.activate({ row: Math.max(0, row + by), column });
      },
    });
    this.#help = helpPanel(close);
  }

  /** Puts the panels beside the grid. */
  place(): void {
    this.#place.append(...this.#panels.map((panel) => panel.element));
  }

  get detailOpen(): boolean {
    return this.#detail.panel.open;
  }

  /** @returns whether there was one to close */
  close(): boolean {
    const wasOpen = this.#panels.some((panel) => panel.open);
    this.#open(undefined);
    return wasOpen;
  }

  openDetail(open: boolean, enter: boolean): void {
    const { active } = this.#table.model.selection;
    if (active.row === HEADER_ROW) this.#grid.activate({ row: 0, column: active.column });
    if (open && this.#grid.rowCount === 0) return;
    this.#open(open ? this.#detail.panel : undefined);
    this.#grid.reveal();
    this.showDetail();
    if (enter) this.#detail.panel.focus();
  }

  /** The active row is another one, or its values arrived. */
  showDetail(): void {
    const { source, selection, zone } = this.#table.model;
    const { row, column } = selection.active;
    if (!this.#detail.panel.open || row === HEADER_ROW || source.group(row)) return;
    this.#detail.show(source, row, zone);
    this.#detail.reveal(this.#table.model.columns.indexAt(column));
  }

  openStatistics(column: number): void {
    this.#table.withTools(({ StatisticsPanel: Statistics }) => {
      this.#statistics ??= new Statistics(this.#table, this.#leave);
      this.place();
      this.#open(this.#statistics.panel);
      this.#statistics.show(column);
      this.#statistics.panel.focus();
    });
  }

  toggleColumns(): void {
    this.#table.withTools(({ ColumnsPanel: Columns }) => {
      this.#columns ??= new Columns(this.#table, this.#leave);
      this.place();
      const isOpen = this.#columns.panel.open;
      this.#open(isOpen ? undefined : this.#columns.panel);
      this.#columns.refresh();
      if (!isOpen) this.#columns.focus();
    });
  }

  toggleHelp(): void {
    const isOpen = this.#help.open;
    this.#open(isOpen ? undefined : this.#help);
    if (!isOpen) this.#help.focus();
  }

  /** The view is another one. */
  refresh(): void {
    this.showDetail();
    this.#columns?.refresh();
    this.#statistics?.refresh();
  }

  refreshColumns(): void {
    this.#columns?.refresh();
  }

  get #panels(): readonly SidePanel[] {
    const late = [this.#columns?.panel, this.#statistics?.panel].filter((panel) => panel !== undefined);
    return [this.#detail.panel, this.#help, ...late];
  }

  #open(wanted: SidePanel | undefined): void {
    for (const panel of this.#panels) panel.open = panel === wanted;
    this.#changed();
  }
}
