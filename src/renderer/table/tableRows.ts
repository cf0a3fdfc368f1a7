import type { Disposable } from '../../common/disposable';
import { type View, wholeView } from '../../common/engineProtocol';
import type { ResultQuestions } from '../../common/resultViews';
import type { Messenger } from '../messenger';
import { GroupedRows } from './groupedRows';
import { type Grouping, noGrouping } from './grouping';
import { loadTools } from './lateTools';
import { LocalRows } from './localRows';
import { PagedRows } from './pagedRows';
import type { RecalledState, TableServices } from './keptState';
import type { Ask } from './questions';
import type { RowListener, RowSource } from './rowSource';
import { isWhole } from './viewChanges';
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
  /** Worked out here: nobody else has its rows. */
  readonly #derived: boolean;
  readonly #listener: TableRowsListener;
  readonly #goneSubscription: Disposable;
  readonly #localAnswers: Ask;
  #grouping = noGrouping;
  #current: RowSource;
  #pending: RowSource | undefined;
  #live = false;
  #disposed = false;

  constructor(saved: SavedTable, { messenger, derived }: Pick<TableServices, 'messenger' | 'derived'>, listener: TableRowsListener) {
    this.#saved = saved;
    this.#messenger = messenger;
    this.#derived = derived ?? false;
    this.#listener = listener;
    this.#current = new LocalRows(saved.preview, saved.columns, wholeView);
    this.#localAnswers = async (method, argument) => {
      const { localAnswers } = await loadTools();
      return localAnswers(saved.preview.rows, saved.columns)(method, argument);
    };
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

  /** How the rows are put into groups. */
  get grouping(): Grouping {
    return this.#grouping;
  }

  /** Whether rows are read from the engine, and more than the preview can be asked about. */
  get live(): boolean {
    return this.#live;
  }

  /** Asks the engine; of rows that are all here, it is answered here. @throws RequestFailure */
  get ask(): Ask {
    const { resultId } = this.#saved;
    if (!this.#live) return this.#localAnswers;
    return <N extends keyof ResultQuestions>(method: N, argument: Omit<ResultQuestions[N]['argument'], 'resultId'>) =>
      this.#messenger.ask(method, { ...argument, resultId } as ResultQuestions[N]['argument']);
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
  async attach(recalled: Promise<RecalledState>): Promise<void> {
    const { resultId } = this.#saved;
    const canAsk = this.#messenger.connected && !this.#derived;
    const attached = canAsk ? this.#messenger.attach(resultId).catch(() => false) : Promise.resolve(false);
    const patient = Promise.race([attached, waited(attachPatienceMs)]);
    const [soon, { view, grouping, ...position }] = await Promise.all([patient, recalled]);
    if (this.#disposed) return;
    // What the user did meanwhile counts for more than what was remembered.
    const touched = this.view !== wholeView || this.#grouping !== noGrouping;
    if (!touched) this.#grouping = grouping;
    this.#setLive(soon ?? false, touched ? this.view : view, touched ? undefined : position);
    if (soon === undefined && (await attached) && !this.#isDisposed()) this.#setLive(true);
  }

  /** Shows another view. The old one stays until the new one's first rows are here. */
  show(view: View, grouping = this.#grouping, position?: ScrollPosition): void {
    this.#pending?.dispose();
    this.#grouping = grouping;
    const listener: RowListener = {
      loaded: () => {
        if (this.#pending === source) this.#adopt(source, position);
        else if (this.#current === source) this.#listener.loaded();
      },
      failed: (message, gone) => {
        this.#failed(source, message, gone);
      },
    };
    const makeRows = (inner: View, told: RowListener): RowSource => this.#makeRows(inner, told);
    const source: RowSource =
      grouping.by.length > 0 ? new GroupedRows({ view, grouping, ask: this.ask, makeRows, listener }) : this.#makeRows(view, listener);
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

  #makeRows(view: View, listener: RowListener): RowSource {
    const { columns, preview, resultId } = this.#saved;
    const remote = this.#live && !(this.complete && preview.cuts.length === 0);
    if (!remote) return new LocalRows(preview, columns, view);
    const seed = isWhole(view) ? preview : undefined;
    const columnCount = columns.length + (view.derived?.length ?? 0);
    return new PagedRows({ messenger: this.#messenger, resultId, view, columnCount, seed, listener });
  }

  #setLive(live: boolean, view = this.view, position?: ScrollPosition): void {
    this.#live = live;
    this.#listener.live(live);
    this.show(view, this.#grouping, position);
  }

  #adopt(source: RowSource, position: ScrollPosition | undefined): void {
    const viewChanged = shapeOf(source) !== shapeOf(this.#current);
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

/** What makes other rows of a source. */
function shapeOf(source: RowSource): string {
  return JSON.stringify([source.view, source instanceof GroupedRows ? source.grouping : null]);
}

function waited(milliseconds: number): Promise<undefined> {
  return new Promise((resolve) => {
    setTimeout(() => {
      resolve(undefined);
    }, milliseconds);
  });
}
