import type { Disposable } from '../../common/disposable';
import { type View, wholeView } from '../../common/engineProtocol';
import type { Messenger } from '../messenger';
import { LocalRows } from './localRows';
import { PagedRows } from './pagedRows';
import type { RowListener, RowSource } from './rowSource';
import type { SavedTable } from './savedTable';

/** Where the grid is scrolled to, in CSS pixels. */
export interface ScrollPosition {
  readonly top: number;
  readonly left: number;
}

export interface TableRowsListener {
  /** Another source is the current one. Without a position the view begins at its first row. */
  readonly adopted: (position: ScrollPosition | undefined, viewChanged: boolean) => void;
  /** Rows of the current source arrived. */
  readonly loaded: () => void;
  readonly busy: (busy: boolean) => void;
  readonly failed: (message: string, retry: () => void) => void;
  /** It became known, or changed, whether all rows can be read. */
  readonly live: (live: boolean) => void;
}

/** A host that has not answered for this long, in milliseconds, may never do so: until it does, the preview is all there is. */
const attachPatienceMs = 3000;

/**
 * Decides where a table's rows come from: the saved preview at first, pages of the engine once it says that it holds the
 * rows, the preview again when they are gone. A new view replaces the old one when its first rows are here.
 */
export class TableRows implements Disposable {
  readonly #saved: SavedTable;
  readonly #messenger: Messenger;
  readonly #listener: TableRowsListener;
  readonly #goneSubscription: Disposable;
  #current: RowSource;
  #pending: RowSource | undefined;
  #live = false;
  #disposed = false;

  constructor(saved: SavedTable, messenger: Messenger, listener: TableRowsListener) {
    this.#saved = saved;
    this.#messenger = messenger;
    this.#listener = listener;
    this.#current = new LocalRows(saved.preview, saved.columns, wholeView);
    this.#goneSubscription = messenger.onGone((ids) => {
      if (ids.includes(saved.resultId)) this.#setLive(false);
    });
  }

  get current(): RowSource {
    return this.#current;
  }

  /** The view asked for last; its rows may still be on their way. */
  get view(): View {
    return (this.#pending ?? this.#current).view;
  }

  /** Rows that can be looked at without a filter. */
  get reachable(): number {
    return this.#live ? this.#saved.rowCount : this.#saved.preview.rows.length;
  }

  /** Whether the preview is the whole result. */
  get complete(): boolean {
    return this.#saved.preview.rows.length >= this.#saved.rowCount;
  }

  /** Finds out whether there is more than the preview, and shows the remembered view. */
  async attach(view: View, position: ScrollPosition | undefined): Promise<void> {
    const { resultId } = this.#saved;
    const attached = this.#messenger.connected ? this.#messenger.attach(resultId).catch(() => false) : Promise.resolve(false);
    const soon = await Promise.race([attached, waited(attachPatienceMs)]);
    if (this.#disposed) return;
    // What the user did meanwhile counts for more than what was remembered.
    const touched = this.view !== wholeView;
    this.#setLive(soon ?? false, touched ? this.view : view, touched ? undefined : position);
    if (soon === undefined && (await attached) && !this.#isDisposed()) this.#setLive(true);
  }

  /** Shows another view. The old one stays until the new one's first rows are here. */
  show(view: View, position?: ScrollPosition): void {
    this.#pending?.dispose();
    const { columns, preview, resultId } = this.#saved;
    const isWhole = view.sort.length === 0 && view.filter === '';
    const remote = this.#live && !(this.complete && preview.cuts.length === 0);
    const listener: RowListener = {
      loaded: () => {
        if (this.#pending === source) this.#adopt(source, position);
        else if (this.#current === source) this.#listener.loaded();
      },
      failed: (message, gone) => {
        this.#failed(source, message, gone);
      },
    };
    const seed = isWhole ? preview : undefined;
    const source: RowSource = remote
      ? new PagedRows({ messenger: this.#messenger, resultId, view, columnCount: columns.length, seed, listener })
      : new LocalRows(preview, columns, view);
    if (source.total === undefined) {
      this.#pending = source;
      this.#listener.busy(true);
      source.show(0, 1);
    } else {
      this.#adopt(source, position);
    }
  }

  dispose(): void {
    this.#disposed = true;
    this.#goneSubscription.dispose();
    this.#pending?.dispose();
    this.#current.dispose();
  }

  #setLive(live: boolean, view = this.view, position?: ScrollPosition): void {
    this.#live = live;
    this.#listener.live(live);
    this.show(view, position);
  }

  #adopt(source: RowSource, position: ScrollPosition | undefined): void {
    const viewChanged = JSON.stringify(source.view) !== JSON.stringify(this.#current.view);
    this.#current.dispose();
    this.#current = source;
    this.#pending = undefined;
    this.#listener.busy(false);
    this.#listener.adopted(position, viewChanged);
  }

  #failed(source: RowSource, message: string, gone: boolean): void {
    if (source !== this.#pending && source !== this.#current) return;
    if (gone) {
      this.#setLive(false);
      return;
    }
    this.#listener.busy(false);
    this.#listener.failed(message, () => {
      this.#listener.busy(source === this.#pending);
      source.retry();
    });
  }

  /** Asked after an await, where the compiler still believes what it saw before. */
  #isDisposed(): boolean {
    return this.#disposed;
  }
}

function waited(milliseconds: number): Promise<undefined> {
  return new Promise((resolve) => {
    setTimeout(() => {
      resolve(undefined);
    }, milliseconds);
  });
}
