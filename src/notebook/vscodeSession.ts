import * as vscode from 'vscode';
import type { CancellationToken } from '../common/cancellation';
import type { EngineClient } from './engineClient';
import type { CellOutcome, HuntSession } from './session';
import { isKqlCell } from './vscodeCells';
import { notebookWorkspace } from './vscodeNotebookMetadata';
import type { Workspaces } from './vscodeWorkspaces';

/** The session of an open notebook, and the order in which its cells run. */
export class NotebookSession {
  readonly #engine: EngineClient;
  readonly #workspaces: Workspaces;
  readonly #resultIds = new Set<string>();
  /** Names that a cell has defined, by the URI of the cell. */
  readonly #defined = new Map<string, readonly string[]>();
  #notebook: vscode.NotebookDocument;
  /** Made, and its code loaded, when the first cell runs: opening a notebook costs nothing. */
  #session: Promise<HuntSession> | undefined;
  #executions = 0;

  constructor(engine: EngineClient, workspaces: Workspaces, notebook: vscode.NotebookDocument) {
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
   * Runs a cell; connects the workspace that it asks for.
   * @throws HuntError
   */
  async run(cell: vscode.NotebookCell, token: CancellationToken, progress: (sentence: string) => void): Promise<CellOutcome> {
    const { readCellOptions } = await import('../kql/cellOptions');
    const text = cell.document.getText();
    const named = readCellOptions(text).options.workspace;
    const entry = named === undefined ? this.#workspaces.find(this.#defaultWorkspace) : this.#workspaces.find(named);
    if (entry && entry.state.kind !== 'connected') {
      progress(vscode.l10n.t('Connecting {0}…', entry.name));
      await this.#workspaces.connect(entry.id, token);
    }
    const key = cell.document.uri.toString();
    this.#defined.delete(key);
    const session = await (this.#session ??= this.#newSession());
    const outcome = await session.run({ key, number: cell.index + 1, text }, token, progress);
    if (outcome.kind === 'result') this.#resultIds.add(outcome.result.resultId);
    if (outcome.kind === 'definitions') this.#defined.set(key, outcome.names);
    return outcome;
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
    this.#executions = 0;
  }

  get #defaultWorkspace(): string {
    return notebookWorkspace(this.#notebook) ?? this.#workspaces.chosen.id;
  }

  async #newSession(): Promise<HuntSession> {
    const { HuntSession: Session } = await import('./session');
    return new Session(this.#engine, {
      defaultWorkspaceId: () => this.#connectedId(this.#defaultWorkspace),
      workspaceNamed: (name) => this.#connectedId(name),
      cells: () => new Map(this.#notebook.getCells().filter(isKqlCell).map((cell) => [cell.index + 1, cell.document.getText()])),
    });
  }

  #connectedId(idOrName: string): string | undefined {
    const state = this.#workspaces.find(idOrName)?.state;
    return state?.kind === 'connected' ? state.info.id : undefined;
  }
}
