import * as vscode from 'vscode';
import { type Disposable, DisposableStore, toDisposable } from '../common/disposable';
import type { EngineClient } from './engineClient';
import type { EngineHost } from './engineHost';
import { type ShownResults, isKqlCell } from './vscodeCells';
import { NotebookSession } from './vscodeSession';
import type { Workspaces } from './vscodeWorkspaces';

/** How long a closed notebook's session waits for the document that replaces it. */
const GRACE_MS = 30_000;

interface Orphan {
  readonly session: NotebookSession;
  readonly timer: NodeJS.Timeout;
}

/**
 * The sessions of the open notebooks. A session follows its notebook into the document that replaces it (first save of an untitled one,
 * "save as", closing and opening again at once) and ends when there is none.
 */
export class NotebookSessions implements Disposable {
  readonly #client: EngineClient;
  readonly #engine: EngineHost;
  readonly #workspaces: Workspaces;
  readonly #shown: ShownResults;
  readonly #log: vscode.LogOutputChannel;
  readonly #store = new DisposableStore();
  readonly #gone = this.#store.add(new vscode.EventEmitter<readonly string[]>());
  readonly #sessions = new Map<vscode.NotebookDocument, NotebookSession>();
  readonly #orphans = new Set<Orphan>();

  /** Ids of results whose rows have just been forgotten or lost. */
  readonly onDidForget = this.#gone.event;

  constructor(client: EngineClient, engine: EngineHost, workspaces: Workspaces, shown: ShownResults, log: vscode.LogOutputChannel) {
    this.#client = client;
    this.#engine = engine;
    this.#workspaces = workspaces;
    this.#shown = shown;
    this.#log = log;
    this.#store.add(vscode.workspace.onDidOpenNotebookDocument((notebook) => this.#adopt(notebook)));
    this.#store.add(vscode.workspace.onDidCloseNotebookDocument((notebook) => this.#closed(notebook)));
    this.#store.add(
      engine.onState((state) => {
        if (state.kind === 'lost' || state.kind === 'stopped') this.#lost();
      }),
    );
    this.#store.add(toDisposable(() => this.#orphans.forEach(({ timer }) => clearTimeout(timer))));
  }

  /** Called before a cell runs; the cell waits for it. */
  beforeRun: (cell: vscode.NotebookCell) => Promise<void> = () => Promise.resolve();

  of(notebook: vscode.NotebookDocument): NotebookSession {
    const known = this.#sessions.get(notebook);
    if (known) return known;
    const made = new NotebookSession(this.#client, this.#workspaces, notebook, (cell) => this.beforeRun(cell));
    this.#sessions.set(notebook, made);
    return made;
  }

  /** The session of a notebook that has run something. */
  existing(notebook: vscode.NotebookDocument): NotebookSession | undefined {
    return this.#sessions.get(notebook);
  }

  /** Forgets what the notebook's cells have defined and found. */
  async restart(notebook: vscode.NotebookDocument): Promise<void> {
    const session = this.#sessions.get(notebook);
    if (session) await this.#forget(session);
  }

  dispose(): void {
    this.#store.dispose();
  }

  async #forget(session: NotebookSession): Promise<void> {
    const ids = [...session.resultIds];
    if (this.#engine.state.kind === 'running') await session.restart();
    else session.forgetLost();
    this.#gone.fire(ids);
  }

  #lost(): void {
    const sessions = [...this.#sessions.values(), ...[...this.#orphans].map(({ session }) => session)];
    const ids = sessions.flatMap((session) => [...session.resultIds]);
    for (const session of sessions) session.forgetLost();
    this.#gone.fire(ids);
  }

  #closed(notebook: vscode.NotebookDocument): void {
    const session = this.#sessions.get(notebook);
    if (!session) return;
    this.#sessions.delete(notebook);
    const heir = vscode.workspace.notebookDocuments.find((open) => !this.#sessions.has(open) && this.#isHeir(open, session));
    if (heir) this.#move(session, heir);
    else this.#keepForAWhile(session);
  }

  #adopt(notebook: vscode.NotebookDocument): void {
    const orphan = [...this.#orphans].find(({ session }) => this.#isHeir(notebook, session));
    if (!orphan) return;
    clearTimeout(orphan.timer);
    this.#orphans.delete(orphan);
    this.#move(orphan.session, notebook);
  }

  #move(session: NotebookSession, notebook: vscode.NotebookDocument): void {
    session.moveTo(notebook);
    this.#sessions.set(notebook, session);
    this.#log.debug('A session follows its notebook into the document that replaced it.');
  }

  #keepForAWhile(session: NotebookSession): void {
    const forget = (): void => {
      this.#orphans.delete(orphan);
      this.#forget(session).catch((thrown: unknown) => this.#log.warn(`Results of a closed notebook were not forgotten: ${String(thrown)}`));
    };
    const orphan: Orphan = { session, timer: setTimeout(forget, GRACE_MS) };
    this.#orphans.add(orphan);
  }

  /** Does a document go on where a closed one ended? It shows the same results, or it is a saved copy of an untitled one. */
  #isHeir(notebook: vscode.NotebookDocument, session: NotebookSession): boolean {
    const old = session.notebook;
    if (old === notebook || old.notebookType !== notebook.notebookType) return false;
    if (old.uri.toString() === notebook.uri.toString()) return true;
    const ids = this.#shown.idsIn(notebook);
    if ([...session.resultIds].some((id) => ids.has(id))) return true;
    return old.isUntitled && !notebook.isUntitled && sameCells(old, notebook);
  }
}

function sameCells(left: vscode.NotebookDocument, right: vscode.NotebookDocument): boolean {
  const [ours, theirs] = [kqlTexts(left), kqlTexts(right)];
  return ours.length > 0 && ours.length === theirs.length && ours.every((text, index) => text === theirs[index]);
}

function kqlTexts(notebook: vscode.NotebookDocument): readonly string[] {
  const cells = notebook.getCells().filter(isKqlCell);
  return cells.map((cell) => cell.document.getText());
}
