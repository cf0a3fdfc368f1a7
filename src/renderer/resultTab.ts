/**
 * Ways to look at a result: the table, a chart, a timeline, a process tree. Each is a tab of the output. A large one is a bundle of its
 * own that is loaded when its tab is first opened.
 */
import type { Disposable } from '../common/disposable';
import type { View } from '../common/resultViews';
import type { SavedTable } from './table/savedTable';
import type { Messenger } from './messenger';

export interface ResultTab {
  /** Unique among the tabs; remembered as the chosen one. */
  readonly id: string;
  readonly label: string;
  /** Name of an icon of icons.ts. */
  readonly icon: string;
  /** Is there something to show? Decided by the columns, the render hint and the preview, without asking anyone. */
  suits(saved: SavedTable): boolean;
  /** Shows the result in the element. Called once, when the tab is first opened. */
  open(container: HTMLElement, context: ResultContext): Promise<OpenTab>;
}

export interface OpenTab extends Disposable {
  /** The tab is visible again after another was; sizes may have changed. */
  shown(): void;
}

/** What the tabs of one result share. */
export interface ResultContext {
  readonly saved: SavedTable;
  readonly messenger: Messenger;
  /** Makes ids of elements unique in the document. */
  readonly idPrefix: string;
  readonly view: SharedView;
  /** Opens another tab of the result. */
  openTab(id: string): void;
}

/** The view that all tabs of a result look at: what one filters, the others show filtered. */
export interface SharedView {
  readonly current: View;
  set(view: View): void;
  onChange(listener: (view: View) => void): Disposable;
}
