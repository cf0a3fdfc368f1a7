import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../common/disposable';
import type { HuntError } from '../common/errors';
import { NOTEBOOK_TYPE } from './vscodeCells';

/** Marks the place of a cell's error in its editor until the cell changes or runs again. */
export class CellDiagnostics implements Disposable {
  readonly #store = new DisposableStore();
  readonly #collection = this.#store.add(vscode.languages.createDiagnosticCollection('huntbook'));

  constructor() {
    this.#store.add(
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.clear(document.uri);
      }),
    );
    this.#store.add(
      vscode.workspace.onDidChangeNotebookDocument(({ contentChanges }) => {
        for (const cell of contentChanges.flatMap((change) => change.removedCells)) this.clear(cell.document.uri);
      }),
    );
    this.#store.add(
      vscode.workspace.onDidCloseNotebookDocument((notebook) => {
        if (notebook.notebookType === NOTEBOOK_TYPE) this.clearNotebook(notebook);
      }),
    );
  }

  show(document: vscode.TextDocument, error: HuntError): void {
    const { span } = error;
    if (!span) return;
    const range = new vscode.Range(document.positionAt(span.start), document.positionAt(span.start + Math.max(1, span.length)));
    const diagnostic = new vscode.Diagnostic(range, error.message, vscode.DiagnosticSeverity.Error);
    diagnostic.source = 'Huntbook';
    if (error.data.kind === 'query' && error.data.code !== undefined) diagnostic.code = error.data.code;
    this.#collection.set(document.uri, [diagnostic]);
  }

  clear(uri: vscode.Uri): void {
    if (this.#collection.has(uri)) this.#collection.delete(uri);
  }

  clearNotebook(notebook: vscode.NotebookDocument): void {
    for (const cell of notebook.getCells()) this.clear(cell.document.uri);
  }

  dispose(): void {
    this.#store.dispose();
  }
}
