/**
 * Ways to look at a result: the table, a chart, a timeline, a process tree. Each is a tab of the output, listed in `result/tabs.ts`. A
 * large one is a bundle of its own (see {@link LateTab}) that is loaded when its tab is first opened.
 */
import type { Disposable } from '../common/disposable';
import type { View } from '../common/resultViews';
import type { IconName } from './icons';
import type { SavedTable } from './table/savedTable';
import type { Messenger } from './messenger';
import type { TimeZone } from './table/values';

export interface ResultTab {
  /** Unique among the tabs; remembered as the chosen one. */
  readonly id: string;
  readonly label: string;
  readonly icon: IconName;
  /** Is there something to show? Decided by the columns, the render hint and the preview, without asking anyone. */
  suits(saved: SavedTable): boolean;
  /** Is this what the query asked for, and to be seen before another tab was chosen? */
  opensFirst?(saved: SavedTable): boolean;
  /** Shows the result in the element. Called once, when the tab is first opened. */
  open(container: HTMLElement, context: ResultContext): Promise<OpenTab>;
}

/** What the bundle of a tab exports: the `open` of {@link ResultTab}. */
export interface LateTab {
  readonly open: ResultTab['open'];
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
  /** What this tab remembers while the notebook is open: plain data, read with care, for another version may have written it. */
  readonly memory: TabMemory;
  /** The zone in which all results show times. */
  readonly zone: SharedZone;
  /** Opens another tab of the result. */
  openTab(id: string): void;
}

/** The view that all tabs of a result look at: what one filters, the others show filtered. */
export interface SharedView {
  readonly current: View;
  /** Tells the listeners, unless the view is the same. */
  set(view: View): void;
  onChange(listener: (view: View) => void): Disposable;
}

export interface TabMemory {
  get(): unknown;
  /** undefined forgets. */
  set(value: unknown): void;
}

export interface SharedZone {
  readonly current: TimeZone;
  onChange(listener: () => void): Disposable;
}
