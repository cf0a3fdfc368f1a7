import type * as vscode from 'vscode';

/** How one run of a cell differs from its ordinary one. */
export interface RunWish {
  /** Ask the service anew, whatever its cache holds. */
  readonly fresh?: boolean;
  /** Ask in so many parts of the time range and put the answers together. */
  readonly parts?: number;
}

/** What people asked of the next run of a cell: VS Code's command that runs cells takes no arguments of ours. */
export class RunWishes {
  readonly #wishes = new WeakMap<vscode.NotebookCell, RunWish>();

  set(cell: vscode.NotebookCell, wish: RunWish): void {
    this.#wishes.set(cell, wish);
  }

  /** The wish, once. */
  take(cell: vscode.NotebookCell): RunWish {
    const wish = this.#wishes.get(cell);
    this.#wishes.delete(cell);
    return wish ?? {};
  }
}
