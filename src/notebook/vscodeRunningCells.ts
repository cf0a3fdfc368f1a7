import * as vscode from 'vscode';
import type { Disposable } from '../common/disposable';
import type { HuntError } from '../common/errors';

/** What the cells that run now are doing, in the engine's words, and why those that failed did. */
export class RunningCells implements Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  /** By the URI of the cell. */
  readonly #sentences = new Map<string, string>();

  readonly #failures = new WeakMap<vscode.NotebookCell, HuntError>();

  readonly onDidChange = this.#changed.event;

  sentence(cell: vscode.NotebookCell): string | undefined {
    return this.#sentences.get(cell.document.uri.toString());
  }

  /** Why the last run of a cell in this window failed. */
  failure(cell: vscode.NotebookCell): HuntError | undefined {
    return this.#failures.get(cell);
  }

  report(cell: vscode.NotebookCell, sentence: string): void {
    this.#sentences.set(cell.document.uri.toString(), sentence);
    this.#changed.fire();
  }

  finished(cell: vscode.NotebookCell, failure: HuntError | undefined): void {
    const had = this.#failures.has(cell);
    if (failure) this.#failures.set(cell, failure);
    else this.#failures.delete(cell);
    if (this.#sentences.delete(cell.document.uri.toString()) || had || failure) this.#changed.fire();
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
