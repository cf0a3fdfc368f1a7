import * as vscode from 'vscode';
import type { AzureAccounts } from '../auth/vscodeAccounts';
import { type Disposable, DisposableStore, toDisposable } from '../common/disposable';
import { toHuntError } from '../common/errors';
import type { SavedResult } from '../common/savedResult';
import { FUNCTION_SCHEME } from '../language/storedFunctions';
import type { EngineClient } from './engineClient';
import type { EngineHost } from './engineHost';
import { KQL_LANGUAGE } from './ipynb';
import type { CellDiagnostics } from './vscodeDiagnostics';
import { KqlFile } from './vscodeKqlFile';
import type { ResultPanels } from './vscodeResultPanels';
import type { RunWish } from './vscodeRunWishes';
import type { Workspaces } from './vscodeWorkspaces';

/** A query that takes longer says so, and can be stopped there. */
const QUIET_MS = 400;

/** Schemes of documents that show something and are not run. */
const shownOnly: ReadonlySet<string> = new Set(['vscode-notebook-cell', 'git', 'output', FUNCTION_SCHEME]);

/** Is it a file of KQL, not the cell of a notebook? */
export function isKqlFile(document: vscode.TextDocument): boolean {
  return document.languageId === KQL_LANGUAGE && !shownOnly.has(document.uri.scheme);
}

/**
 * The `.kql` files whose queries have run. A file runs one query at a time: another one stops the one before. While one runs, its file is
 * in the context key `huntbook.runningKqlFiles`.
 */
export class KqlFiles implements Disposable {
  readonly #engine: EngineClient;
  readonly #workspaces: Workspaces;
  readonly #accounts: AzureAccounts;
  readonly #diagnostics: CellDiagnostics;
  readonly #panels: ResultPanels;
  readonly #files = new Map<string, KqlFile>();
  readonly #running = new Map<string, { readonly line: number; readonly stop: vscode.CancellationTokenSource }>();
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new vscode.EventEmitter<void>());

  /** A query began, or ended. */
  readonly onDidChange = this.#changed.event;

  constructor(
    engine: EngineClient,
    host: EngineHost,
    workspaces: Workspaces,
    accounts: AzureAccounts,
    diagnostics: CellDiagnostics,
    panels: ResultPanels,
  ) {
    this.#engine = engine;
    this.#workspaces = workspaces;
    this.#accounts = accounts;
    this.#diagnostics = diagnostics;
    this.#panels = panels;
    this.#store.add(
      host.onState(({ kind }) => {
        if (kind === 'lost' || kind === 'stopped') for (const file of this.#files.values()) file.forgetLost();
      }),
    );
    this.#store.add(toDisposable(() => this.#files.forEach((file) => file.dispose())));
  }

  /** The results that a file shows. */
  resultsOf(uri: string): readonly SavedResult[] {
    return this.#files.get(uri)?.results() ?? [];
  }

  /** Line on which the query begins that runs now; undefined when none does. */
  runningLine(uri: vscode.Uri): number | undefined {
    return this.#running.get(uri.toString())?.line;
  }

  /**
   * Runs the selected text, or the query that the caret is in.
   * @throws HuntError; its place is marked in the file.
   */
  async run(document: vscode.TextDocument, selection: vscode.Range, wish: RunWish): Promise<void> {
    const key = document.uri.toString();
    this.stop(document.uri);
    this.#diagnostics.clear(document.uri);
    const { version } = document;
    const text = document.getText();
    const stop = new vscode.CancellationTokenSource();
    try {
      // Loaded at the first run: opening a file costs nothing.
      const { scriptQuery } = await import('./scriptRun');
      const query = scriptQuery(text, { start: document.offsetAt(selection.start), end: document.offsetAt(selection.end) });
      this.#set(key, { line: document.positionAt(query.start).line, stop });
      await this.#withProgress(stop, async (progress) => {
        try {
          await this.#accounts.withSignIn(() => this.#file(document.uri).run(query, text, wish, stop.token, progress));
        } catch (thrown) {
          throw query.inFile(toHuntError(thrown));
        }
      });
    } catch (thrown) {
      const error = toHuntError(thrown);
      // Places are those of the text that ran.
      if (document.version === version && error.data.kind !== 'cancelled') this.#diagnostics.show(document, error);
      throw error;
    } finally {
      if (this.#running.get(key)?.stop === stop) this.#set(key, undefined);
      stop.dispose();
    }
  }

  /** Stops the query of a file that runs, if one does. */
  stop(uri: vscode.Uri): void {
    this.#running.get(uri.toString())?.stop.cancel();
  }

  dispose(): void {
    this.#store.dispose();
  }

  #file(uri: vscode.Uri): KqlFile {
    const key = uri.toString();
    const known = this.#files.get(key);
    if (known) return known;
    const runPlace = async (place: vscode.Range, wish: RunWish): Promise<void> =>
      this.run(await vscode.workspace.openTextDocument(uri), place, wish);
    const made = new KqlFile(uri, this.#engine, this.#workspaces, this.#panels, runPlace);
    this.#files.set(key, made);
    return made;
  }

  #set(key: string, running: { readonly line: number; readonly stop: vscode.CancellationTokenSource } | undefined): void {
    if (running) this.#running.set(key, running);
    else this.#running.delete(key);
    const paths = [...this.#running.keys()].map((uri) => vscode.Uri.parse(uri).fsPath);
    void vscode.commands.executeCommand('setContext', 'huntbook.runningKqlFiles', paths);
    this.#changed.fire();
  }

  /** A notification with a way to stop, for work that takes a while. */
  async #withProgress(stop: vscode.CancellationTokenSource, work: (progress: (sentence: string) => void) => Promise<void>): Promise<void> {
    let report: ((sentence: string) => void) | undefined;
    let sentence = '';
    const done = work((said) => {
      sentence = said;
      report?.(said);
    });
    const timer = setTimeout(() => {
      const options = { location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Running the query'), cancellable: true };
      void vscode.window.withProgress(options, async (progress, token) => {
        token.onCancellationRequested(() => stop.cancel());
        report = (message) => progress.report({ message });
        report(sentence);
        await done.catch(() => undefined); // Told by whoever waits for the work.
      });
    }, QUIET_MS);
    try {
      await done;
    } finally {
      clearTimeout(timer);
    }
  }
}
