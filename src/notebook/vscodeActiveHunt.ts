import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../common/disposable';
import { isHuntNotebook } from './vscodeCells';

/** The hunt notebook that people look at; also as the context key `huntbook.activeHunt`, for menus. */
export class ActiveHunt implements Disposable {
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new vscode.EventEmitter<void>());
  #editor: vscode.NotebookEditor | undefined;

  /** Another notebook is active, or the active one changed. */
  readonly onDidChange = this.#changed.event;

  constructor() {
    this.#store.add(vscode.window.onDidChangeActiveNotebookEditor(() => this.#update()));
    this.#store.add(
      vscode.workspace.onDidChangeNotebookDocument(({ notebook, metadata, contentChanges }) => {
        const isActive = notebook === vscode.window.activeNotebookEditor?.notebook;
        if (isActive && (metadata !== undefined || contentChanges.length > 0)) this.#update();
      }),
    );
    this.#update();
  }

  get editor(): vscode.NotebookEditor | undefined {
    return this.#editor;
  }

  dispose(): void {
    this.#store.dispose();
  }

  #update(): void {
    const active = vscode.window.activeNotebookEditor;
    this.#editor = active && isHuntNotebook(active.notebook) ? active : undefined;
    void vscode.commands.executeCommand('setContext', 'huntbook.activeHunt', this.#editor !== undefined);
    this.#changed.fire();
  }
}
