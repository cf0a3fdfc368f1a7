import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../common/disposable';
import { toHuntError } from '../common/errors';
import { type KqlType, kqlTypes } from '../common/kqlTypes';
import type { SavedResult } from '../common/savedResult';
import type { EngineClient } from './engineClient';
import type { EngineHost } from './engineHost';
import { mentionedNames } from './letStatements';
import { SidecarFolder } from './sidecarFolder';
import type { ShownResults } from './vscodeCells';
import type { NotebookSessions } from './vscodeSessions';

/**
 * The rows of a notebook's results in a folder beside it, for whoever wants that: written when the notebook is saved, read when a result is
 * first looked at after the notebook was opened again. What the file may not keep, the folder does not keep either.
 */
export class ResultSidecar implements Disposable {
  readonly #client: EngineClient;
  readonly #engine: EngineHost;
  readonly #sessions: NotebookSessions;
  readonly #shown: ShownResults;
  readonly #log: vscode.LogOutputChannel;
  readonly #store = new DisposableStore();
  /** Saving one notebook comes after the other. */
  #saving = Promise.resolve();
  /** By the id of the result: a panel and a cell may ask at once. */
  readonly #restoring = new Map<string, Promise<boolean>>();

  constructor(client: EngineClient, engine: EngineHost, sessions: NotebookSessions, shown: ShownResults, log: vscode.LogOutputChannel) {
    this.#client = client;
    this.#engine = engine;
    this.#sessions = sessions;
    this.#shown = shown;
    this.#log = log;
    sessions.beforeRun = (cell) => this.#restoreUsed(cell);
    this.#store.add(
      vscode.workspace.onDidSaveNotebookDocument((notebook) => {
        this.#saving = this.#saving.then(() => this.#save(notebook)).catch((thrown: unknown) => this.#failed(notebook, thrown));
      }),
    );
  }

  /** Reads the rows of the named results that a cell uses and that are only in the folder. */
  async #restoreUsed(cell: vscode.NotebookCell): Promise<void> {
    if (!folderOf(cell.notebook)) return;
    const names = mentionedNames(cell.document.getText());
    const held = this.#sessions.of(cell.notebook).resultIds;
    for (const other of cell.notebook.getCells()) {
      const saved = this.#shown.of(other);
      const isUsed = saved?.name !== undefined && names.has(saved.name) && !held.has(saved.result.resultId);
      if (isUsed && other !== cell) await this.restore(other);
    }
  }

  /** Reads the rows of a result again. @returns false when they are not there, or not wanted. */
  async restore(cell: vscode.NotebookCell): Promise<boolean> {
    const saved = this.#shown.of(cell);
    const folder = folderOf(cell.notebook);
    if (!saved || !folder || !isReadable(saved)) return false;
    const { resultId } = saved.result;
    const file = await folder.find(resultId);
    if (file === undefined) return false;
    const restoring = this.#restoring.get(resultId) ?? this.#read(cell, saved, file).finally(() => this.#restoring.delete(resultId));
    this.#restoring.set(resultId, restoring);
    return restoring;
  }

  dispose(): void {
    this.#store.dispose();
  }

  async #read(cell: vscode.NotebookCell, saved: SavedResult, file: string): Promise<boolean> {
    try {
      await this.#sessions.of(cell.notebook).restore(cell, saved, file);
      return true;
    } catch (thrown) {
      this.#log.warn(`Rows were not read from ${file}: ${toHuntError(thrown).message}`);
      return false;
    }
  }

  async #save(notebook: vscode.NotebookDocument): Promise<void> {
    const folder = folderOf(notebook);
    if (!folder) return;
    const kept = notebook.getCells().flatMap((cell) => {
      const saved = this.#shown.of(cell);
      return saved && isKept(saved) ? [saved.result.resultId] : [];
    });
    const held = this.#engine.state.kind === 'running' ? this.#sessions.existing(notebook)?.resultIds : undefined;
    for (const resultId of kept) {
      if (!held?.has(resultId) || (await folder.find(resultId)) !== undefined) continue;
      await this.#client.call('keepResult', { resultId, path: await folder.place(resultId) });
    }
    await folder.keepOnly(new Set(kept));
  }

  #failed(notebook: vscode.NotebookDocument, thrown: unknown): void {
    const { message } = toHuntError(thrown);
    this.#log.error(`Rows of ${notebook.uri.fsPath} were not kept: ${message}`);
    void vscode.window.showWarningMessage(vscode.l10n.t('The notebook is saved; rows of its results were not kept beside it. {0}', message));
  }
}

/** The folder of a notebook that wants one. */
function folderOf({ uri, isUntitled }: vscode.NotebookDocument): SidecarFolder | undefined {
  const isWanted = vscode.workspace.getConfiguration('huntbook', uri).get<boolean>('results.sidecar', false);
  return isWanted && vscode.workspace.isTrusted && !isUntitled && uri.scheme === 'file' ? new SidecarFolder(uri.fsPath) : undefined;
}

/** The rows of a result without a preview are not to be kept: its workspace, or who stripped the notebook, wants it so. */
function isKept({ result, columnsLeftOut }: SavedResult): boolean {
  return columnsLeftOut === undefined && (result.preview.rows.length > 0 || result.rowCount === 0);
}

/** A file is whatever somebody's editor left there. */
function isReadable({ result, columnsLeftOut }: SavedResult): boolean {
  const columns: readonly { readonly name: unknown; readonly type: KqlType }[] = result.columns;
  return columnsLeftOut === undefined && columns.every(({ name, type }) => typeof name === 'string' && kqlTypes.includes(type));
}
