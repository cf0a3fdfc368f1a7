import type * as vscode from 'vscode';
import type { CancellationToken } from '../common/cancellation';
import type { SavedResult } from '../common/savedResult';
import type { EngineClient } from './engineClient';
import { ResultSources } from './resultSources';
import type { CellOutcome, HuntSession } from './session';
import { connectAsked, connectedId } from './vscodeAskedWorkspaces';
import { isKqlCell } from './vscodeCells';
import type { RunWish } from './vscodeRunWishes';
import { huntTimespan } from './vscodeTimespan';
import type { Workspaces } from './vscodeWorkspaces';

/** The session of an open notebook, and the order in which its cells run. */
export class NotebookSession {
  readonly #engine: EngineClient;
  readonly #workspaces: Workspaces;
  readonly #beforeRun: (cell: vscode.NotebookCell) => Promise<void>;
  readonly #resultIds = new Set<string>();
  /** Names that a cell has defined, by the URI of the cell. */
  readonly #defined = new Map<string, readonly string[]>();
  readonly sources = new ResultSources();
  #notebook: vscode.NotebookDocument;
  /** Made, and its code loaded, when the first cell runs: opening a notebook costs nothing. */
  #session: Promise<HuntSession> | undefined;
  #executions = 0;

  /** @param beforeRun A cell waits for it before it runs. */
  constructor(
    engine: EngineClient,
    workspaces: Workspaces,
    notebook: vscode.NotebookDocument,
    beforeRun: (cell: vscode.NotebookCell) => Promise<void>,
  ) {
    this.#beforeRun = beforeRun;
    this.#engine = engine;
    this.#workspaces = workspaces;
    this.#notebook = notebook;
  }

  get notebook(): vscode.NotebookDocument {
    return this.#notebook;
  }

  /** Results that the engine may still hold for this notebook. */
  get resultIds(): ReadonlySet<string> {
    return this.#resultIds;
  }

  /** Names that a `let`-only cell defined when it last ran; undefined when it has not. */
  definedBy(cell: vscode.NotebookCell): readonly string[] | undefined {
    return this.#defined.get(cell.document.uri.toString());
  }

  /** Goes on with the document that replaced the notebook's: an untitled notebook gets a new one at its first save. */
  moveTo(notebook: vscode.NotebookDocument): void {
    this.#notebook = notebook;
  }

  /** Number of the next run, as Jupyter counts: from 1 in each session. */
  nextExecutionOrder(): number {
    return ++this.#executions;
  }

  /**
   * Runs a cell; connects the workspaces that it asks for.
   * @param wish How this run differs from the cell's ordinary one.
   * @throws HuntError
   */
  async run(
    cell: vscode.NotebookCell,
    wish: RunWish,
    token: CancellationToken,
    progress: (sentence: string) => void,
  ): Promise<CellOutcome> {
    const { readCellOptions } = await import('../kql/cellOptions');
    const text = cell.document.getText();
    const own = this.#workspaces.ofNotebook(this.#notebook);
    const { options } = readCellOptions(text);
    await connectAsked(this.#workspaces, options, own, token, progress);
    await this.#beforeRun(cell);
    const key = cell.document.uri.toString();
    this.#defined.delete(key);
    const session = await (this.#session ??= this.#newSession());
    const outcome = await session.run({ key, number: cell.index + 1, text, ...wish }, token, progress);
    if (outcome.kind === 'result') {
      this.#resultIds.add(outcome.result.resultId);
      const asked = (options.workspaces ?? []).map((name) => this.#workspaces.named(name)?.name ?? name);
      this.sources.add(outcome.result, outcome.name, asked);
    }
    if (outcome.kind === 'definitions') this.#defined.set(key, outcome.names);
    return outcome;
  }

  /** Takes up the result that a cell shows from a file. @throws HuntError */
  async restore(cell: vscode.NotebookCell, saved: SavedResult, path: string): Promise<void> {
    const session = await (this.#session ??= this.#newSession());
    await session.restore(saved, path, cell.document.uri.toString());
    this.#resultIds.add(saved.result.resultId);
    this.sources.add(saved.result, saved.name, []);
  }

  /** Forgets all results and definitions, here and in the engine. */
  async restart(): Promise<void> {
    const session = this.#session;
    this.forgetLost();
    await (await session)?.restart();
  }

  /** As {@link restart}, when the engine has lost the results by itself. */
  forgetLost(): void {
    this.#session = undefined;
    this.#resultIds.clear();
    this.#defined.clear();
    this.sources.clear();
    this.#executions = 0;
  }

  async #newSession(): Promise<HuntSession> {
    const { HuntSession: Session } = await import('./session');
    return new Session(this.#engine, {
      defaultWorkspaceId: () => connectedId(this.#workspaces.ofNotebook(this.#notebook)),
      workspaceNamed: (name) => connectedId(this.#workspaces.named(name)),
      defaultTimespan: () => huntTimespan(this.#notebook).timespan,
      cells: () => new Map(this.#notebook.getCells().filter(isKqlCell).map((cell) => [cell.index + 1, cell.document.getText()])),
    });
  }
}
