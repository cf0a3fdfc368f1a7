import * as vscode from 'vscode';
import type { Disposable } from '../common/disposable';

/** What the cells that run now are doing, in the engine's words. */
export class RunningCells implements Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  /** By the URI of the cell. */
  readonly #sentences = new Map<string, string>();

  readonly onDidChange = this.#changed.event;

  sentence(cell: vscode.NotebookCell): string | undefined {
    return this.#sentences.get(cell.document.uri.toString());
  }

  report(cell: vscode.NotebookCell, sentence: string): void {
    this.#sentences.set(cell.document.uri.toString(), sentence);
    this.#changed.fire();
  }

  finished(cell: vscode.NotebookCell): void {
    if (this.#sentences.delete(cell.document.uri.toString())) this.#changed.fire();
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
