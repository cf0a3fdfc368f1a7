import type { Page, View } from '../../common/engineProtocol';
import type { WireRow, WireValue } from '../../common/kqlTypes';
import { type Messenger, RequestFailure } from '../messenger';
import type { RowListener, RowPlace, RowSource } from './rowSource';

/** Rows of a page, at most: about eight screens. */
const pageRows = 200;
/** Values of a page, at most: wide results travel in shorter pages. */
const pageValues = 10_000;
/** What the kept pages weigh together, at most; a value weighs 8 and its length in characters. About 20 MB. */
const maxWeight = 8_000_000;
/** Pages asked for at the same time: more would only queue, ahead of what the user looks at next. */
const maxInFlight = 2;

export interface PagedRowsOptions {
  readonly messenger: Messenger;
  readonly resultId: string;
  readonly view: View;
  readonly columnCount: number;
  /** First rows of the view, when they are known already: shown until their pages arrive. */
  readonly seed?: Page | undefined;
  readonly listener: RowListener;
}

interface LoadedPage {
  readonly rows: readonly WireRow[];
  readonly cuts: ReadonlyMap<number, number>;
  readonly weight: number;
}

/** Rows that stay in the engine: pages are fetched as they are looked at, and the longest unseen are forgotten. */
export class PagedRows implements RowSource {
  readonly view: View;
  readonly #options: PagedRowsOptions;
  readonly #pageSize: number;
  readonly #seed: LoadedPage | undefined;
  /** In order of last use, oldest first. */
  readonly #pages = new Map<number, LoadedPage>();
  readonly #inFlight = new Map<number, Promise<LoadedPage>>();
  #weight = 0;
  #wanted: readonly number[] = [];
  #shown: readonly [first: number, last: number] = [0, 0];
  #failed = false;
  #disposed = false;
  #total: number | undefined;

  constructor(options: PagedRowsOptions) {
    this.view = options.view;
    this.#options = options;
    this.#pageSize = Math.max(10, Math.min(pageRows, Math.floor(pageValues / Math.max(1, options.columnCount))));
    this.#seed = options.seed ? this.#loadedPage(options.seed) : undefined;
    this.#total = options.seed?.total;
  }

  get total(): number | undefined {
    return this.#total;
  }

  row(index: number): WireRow | undefined {
    const page = Math.floor(index / this.#pageSize);
    return this.#pages.get(page)?.rows[index - page * this.#pageSize] ?? this.#seed?.rows[index];
  }

  group(): undefined {
    return undefined;
  }

  place(index: number): RowPlace {
    return { view: this.view, row: index, level: 0 };
  }

  cutLength(row: number, column: number): number | undefined {
    const number = Math.floor(row / this.#pageSize);
    const page = this.#pages.get(number);
    const offset = page ? number * this.#pageSize : 0;
    return (page ?? this.#seed)?.cuts.get((row - offset) * this.#options.columnCount + column);
  }

  show(first: number, end: number): void {
    const last = Math.max(first, end - 1);
    this.#shown = [this.#pageOf(first), this.#pageOf(last)];
    const wanted = new Set<number>();
    // What is on screen first, then what a little more scrolling would show.
    for (let page = this.#pageOf(first); page <= this.#pageOf(last); page += 1) wanted.add(page);
    const margin = this.#pageSize / 2;
    wanted.add(this.#pageOf(last + margin)).add(this.#pageOf(Math.max(0, first - margin)));
    for (const page of wanted) this.#touch(page);
    this.#wanted = [...wanted].filter((page) => this.#needed(page));
    this.#pump();
  }

  async read(first: number, end: number): Promise<readonly WireRow[]> {
    const rows: WireRow[] = [];
    for (let page = this.#pageOf(first); page * this.#pageSize < end; page += 1) {
      const offset = page * this.#pageSize;
      const loaded = this.#pages.get(page) ?? (await this.#load(page));
      rows.push(...loaded.rows.slice(Math.max(0, first - offset), end - offset));
    }
    return rows;
  }

  readValue(row: number, column: number): Promise<WireValue> {
    return this.#options.messenger.readValue({ resultId: this.#options.resultId, view: this.view, row, column });
  }

  retry(): void {
    this.#failed = false;
    this.#pump();
  }

  dispose(): void {
    this.#disposed = true;
    this.#wanted = [];
    this.#pages.clear();
  }

  #pageOf(row: number): number {
    return Math.floor(row / this.#pageSize);
  }

  #needed(page: number): boolean {
    const exists = this.#total === undefined ? page === 0 : page * this.#pageSize < this.#total;
    if (!exists || this.#pages.has(page)) return false;
    // A seed that holds the whole view needs no page.
    return this.#total === undefined || (this.#seed?.rows.length ?? 0) < this.#total;
  }

  /** Starts what is wanted, as far as requests may be open. What is no longer wanted was never asked for. */
  #pump(): void {
    for (const page of this.#wanted) {
      if (this.#failed || this.#disposed || this.#inFlight.size >= maxInFlight) return;
      if (!this.#needed(page) || this.#inFlight.has(page)) continue;
      this.#load(page).then(
        () => {
          this.#pump();
        },
        (thrown: unknown) => {
          if (this.#disposed) return;
          this.#failed = true;
          const failure = thrown instanceof RequestFailure ? thrown : new RequestFailure(String(thrown), false);
          this.#options.listener.failed(failure.message, failure.gone);
        },
      );
    }
  }

  #load(page: number): Promise<LoadedPage> {
    const running = this.#inFlight.get(page);
    if (running) return running;
    const started = this.#fetch(page).finally(() => this.#inFlight.delete(page));
    this.#inFlight.set(page, started);
    return started;
  }

  async #fetch(page: number): Promise<LoadedPage> {
    const { messenger, resultId, listener } = this.#options;
    const read = { resultId, view: this.view, offset: page * this.#pageSize, count: this.#pageSize };
    const answer = await messenger.readPage(read);
    const loaded = this.#loadedPage(answer);
    if (this.#disposed) return loaded;
    this.#total = answer.total;
    this.#pages.set(page, loaded);
    this.#weight += loaded.weight;
    this.#evict();
    listener.loaded();
    return loaded;
  }

  #touch(page: number): void {
    const loaded = this.#pages.get(page);
    if (!loaded) return;
    this.#pages.delete(page);
    this.#pages.set(page, loaded);
  }

  #evict(): void {
    for (const [page, loaded] of this.#pages) {
      if (this.#weight <= maxWeight) return;
      if (page >= this.#shown[0] && page <= this.#shown[1]) continue;
      this.#pages.delete(page);
      this.#weight -= loaded.weight;
    }
  }

  #loadedPage(page: Page): LoadedPage {
    const cuts = new Map<number, number>();
    for (const cut of page.cuts) cuts.set(cut.row * this.#options.columnCount + cut.column, cut.fullLength);
    let weight = 0;
    for (const row of page.rows) for (const value of row) weight += 8 + (typeof value === 'string' ? value.length : 0);
    return { rows: page.rows, cuts, weight };
  }
}
