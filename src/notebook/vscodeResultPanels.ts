import * as vscode from 'vscode';
import { type Disposable, DisposableStore, toDisposable } from '../common/disposable';
import type { FromPanel, ToPanel } from '../common/rendererProtocol';
import type { SavedResult } from '../common/savedResult';
import { WebPage } from '../views/webPage';
import type { EngineHost } from './engineHost';
import type { ResultOrigin, ResultPlace } from './resultOrigin';
import type { ResultMessages } from './vscodeResultMessages';

export interface ShowResult {
  /** Where the result came from; what people choose on it leads back there. */
  readonly origin: ResultOrigin;
  /** Beside the active editor when absent. */
  readonly column?: vscode.ViewColumn | undefined;
  /** The focus stays where it is. */
  readonly keepsFocus?: boolean | undefined;
}

/** A result in an editor tab of its own. */
export interface ResultPanel extends Disposable {
  /** Shows another result in its place: the query was run again. */
  update(saved: SavedResult, title: string): void;
  reveal(keepsFocus?: boolean): void;
  /** Called when the tab is closed, by whomever. */
  onClose(listener: () => void): void;
}

/**
 * Results in editor tabs of their own, with the view that cells have and the same answers to what it asks. A tab lives as long as the
 * window: when the window is loaded again, tabs of results are not there any more, for their rows are not either.
 */
export class ResultPanels implements Disposable {
  readonly #extensionUri: vscode.Uri;
  readonly #messages: ResultMessages;
  readonly #log: vscode.LogOutputChannel;
  readonly #open = new Set<OpenPanel>();
  readonly #store = new DisposableStore();

  /** @param onGone Ids of results whose rows have just been forgotten. */
  constructor(
    extensionUri: vscode.Uri,
    messages: ResultMessages,
    engine: EngineHost,
    onGone: vscode.Event<readonly string[]>,
    log: vscode.LogOutputChannel,
  ) {
    this.#extensionUri = extensionUri;
    this.#messages = messages;
    this.#log = log;
    this.#store.add(onGone((resultIds) => this.#gone(resultIds)));
    this.#store.add(
      engine.onState(({ kind }) => {
        if (kind === 'lost' || kind === 'stopped') this.#gone([...this.#open].map(({ resultId }) => resultId));
      }),
    );
    this.#store.add(toDisposable(() => this.#open.forEach((panel) => panel.dispose())));
  }

  show(saved: SavedResult, title: string, { origin, column, keepsFocus }: ShowResult): ResultPanel {
    const page = new WebPage<ToPanel, FromPanel>(
      {
        viewType: 'huntbook.result',
        title,
        bundle: 'result',
        icon: 'table',
        extensionUri: this.#extensionUri,
        column: column ?? vscode.ViewColumn.Beside,
        keepsFocus,
      },
      (message) => {
        if (message.type === 'ready') panel.loaded();
        else this.#messages.receive(message, panel.place).catch((thrown: unknown) => this.#log.error(`A result's request failed: ${String(thrown)}`));
      },
    );
    const panel = new OpenPanel(page, saved, origin);
    this.#open.add(panel);
    panel.onClose(() => this.#open.delete(panel));
    return panel;
  }

  dispose(): void {
    this.#store.dispose();
  }

  #gone(resultIds: readonly string[]): void {
    for (const panel of this.#open) void panel.place.post({ type: 'gone', resultIds });
  }
}

class OpenPanel implements ResultPanel {
  readonly #page: WebPage<ToPanel, FromPanel>;
  readonly place: ResultPlace;
  #saved: SavedResult;
  #loaded = false;
  #closed = false;

  constructor(page: WebPage<ToPanel, FromPanel>, saved: SavedResult, origin: ResultOrigin) {
    this.#page = page;
    this.#saved = saved;
    this.place = { origin, isPanel: true, title: () => page.panel.title, post: (message) => this.#post(message) };
    page.onClose(() => (this.#closed = true));
  }

  get resultId(): string {
    return this.#saved.result.resultId;
  }

  /** The page waits for its result: at first, and when the editor has loaded it again. */
  loaded(): void {
    this.#loaded = true;
    void this.#post({ type: 'show', saved: this.#saved });
  }

  update(saved: SavedResult, title: string): void {
    this.#saved = saved;
    if (this.#closed) return;
    this.#page.panel.title = title;
    if (this.#loaded) void this.#post({ type: 'show', saved });
  }

  reveal(keepsFocus?: boolean): void {
    this.#page.panel.reveal(undefined, keepsFocus);
  }

  onClose(listener: () => void): void {
    this.#page.onClose(listener);
  }

  dispose(): void {
    this.#page.dispose();
  }

  /** An answer may come when the tab has been closed. */
  async #post(message: ToPanel): Promise<void> {
    if (!this.#closed) await this.#page.post(message);
  }
}
