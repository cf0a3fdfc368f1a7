import type { ColumnFilter, View } from '../../common/resultViews';
import type { Messenger } from '../messenger';
import type { GridModel } from './cellView';
import type { ColumnSet } from './columnSet';
import type { Grouping } from './grouping';
import type { TableTools } from './lateTools';
import type { Anchor } from './tools/popup';
import type { Ask } from './questions';
import type { SavedTable } from './savedTable';

/** What the parts of a table (menus, panels, bars) see of it and ask of it. */
export interface TableContext {
  readonly saved: SavedTable;
  readonly messenger: Messenger;
  readonly model: GridModel;
  /** Popups are put in here. */
  readonly root: HTMLElement;
  /** As asked for last; its rows may still be on their way. */
  readonly view: View;
  readonly grouping: Grouping;
  readonly ask: Ask;
  /** Whether Huntbook can be asked to do something with the rows: not for a table that was worked out here, nor when nobody listens. */
  readonly hasHost: boolean;
  setView(view: View): void;
  setGrouping(grouping: Grouping): void;
  /** Changes the order, the visibility or the pins of columns. */
  arrange(change: (columns: ColumnSet) => void): void;
  /** A column by its index; a width in CSS pixels, or what fits its values. */
  resize(column: number, width: number | 'fit'): void;
  /** Makes a column's cell the active one, or its header; shows the column when it is hidden. */
  goTo(column: number, header: boolean): void;
  /** Everything as it was at first: sort, filters, groups, columns. */
  reset(): void;
  /** Without a filter: the first one of the column, or a new one. */
  editFilter(column: number, filter?: ColumnFilter, at?: Anchor): void;
  withTools(use: (tools: TableTools) => void): void;
  showStatistics(column: number): void;
  showColumns(): void;
  showPivot(column: number): void;
  copy(text: string, summary: string): void;
  /** Below the grid, and to screen readers. */
  say(text: string): void;
  focus(): void;
}
