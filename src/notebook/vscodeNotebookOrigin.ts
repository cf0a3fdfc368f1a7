import path from 'node:path';
import * as vscode from 'vscode';
import { HuntError } from '../common/errors';
import type { SavedResult } from '../common/savedResult';
import { KQL_LANGUAGE } from './ipynb';
import { withOperator } from './queryEdit';
import type { ResultOrigin } from './resultOrigin';
import type { ShownResults } from './vscodeCells';
import { keepView, keptView } from './vscodeKeptViews';

/** Results of a notebook's cells. */
export class NotebookOrigin implements ResultOrigin {
  readonly notebook: vscode.NotebookDocument;
  readonly #shown: ShownResults;

  constructor(notebook: vscode.NotebookDocument, shown: ShownResults) {
    this.notebook = notebook;
    this.#shown = shown;
  }

  get folder(): string | undefined {
    const { isUntitled, uri } = this.notebook;
    return isUntitled || uri.scheme !== 'file' ? undefined : path.dirname(uri.fsPath);
  }

  find(resultId: string): SavedResult | undefined {
    const cell = this.cell(resultId);
    return cell && this.#shown.of(cell);
  }

  results(): readonly SavedResult[] {
    return this.notebook.getCells().flatMap((cell) => this.#shown.of(cell) ?? []);
  }

  title(resultId: string): string {
    const cell = this.cell(resultId);
    const name = cell && this.#shown.of(cell)?.name;
    if (name !== undefined) return name;
    return cell ? vscode.l10n.t('Result of cell {0}', cell.index + 1) : vscode.l10n.t('Result');
  }

  async insertQuery(resultId: string, text: string): Promise<void> {
    const below = this.cell(resultId);
    const notebook = below?.notebook ?? this.notebook;
    if (notebook.isClosed) throw new HuntError({ kind: 'refused', message: vscode.l10n.t('The notebook of this result is closed.') });
    const at = below ? below.index + 1 : notebook.cellCount;
    const edit = new vscode.WorkspaceEdit();
    edit.set(notebook.uri, [
      vscode.NotebookEdit.insertCells(at, [new vscode.NotebookCellData(vscode.NotebookCellKind.Code, text, KQL_LANGUAGE)]),
    ]);
    await vscode.workspace.applyEdit(edit);
    reveal(notebook, at);
  }

  async addToQuery(resultId: string, operator: string): Promise<void> {
    const { document, index, notebook } = this.#needCell(resultId);
    const text = withOperator(document.getText(), operator);
    if (text === undefined) throw new HuntError({ kind: 'refused', message: vscode.l10n.t('The cell has no query by now.') });
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text);
    await vscode.workspace.applyEdit(edit);
    reveal(notebook, index);
  }

  async runAgain(resultId: string): Promise<void> {
    const { index, notebook } = this.#needCell(resultId);
    const ranges = [{ start: index, end: index + 1 }];
    await vscode.commands.executeCommand('notebook.cell.execute', { ranges, document: notebook.uri });
  }

  recallState(resultId: string): unknown {
    const cell = this.cell(resultId);
    return cell && keptView(cell, resultId);
  }

  async keepState(resultId: string, state: unknown): Promise<void> {
    const cell = this.cell(resultId);
    if (cell) await keepView(cell, resultId, state);
  }

  /** The cell that shows a result. An untitled notebook is closed at its first save, and another, with its results, takes its place. */
  cell(resultId: string): vscode.NotebookCell | undefined {
    const notebooks = this.notebook.isClosed ? vscode.workspace.notebookDocuments : [this.notebook];
    return notebooks.flatMap((notebook) => notebook.getCells()).find((cell) => this.#shown.of(cell)?.result.resultId === resultId);
  }

  #needCell(resultId: string): vscode.NotebookCell {
    const cell = this.cell(resultId);
    if (cell) return cell;
    throw new HuntError({ kind: 'refused', message: vscode.l10n.t('The cell of this result was run again or removed.') });
  }
}

/** Selects a cell of a notebook where it is on screen; the focus stays where it is. */
function reveal(notebook: vscode.NotebookDocument, index: number): void {
  const editor = vscode.window.visibleNotebookEditors.find((visible) => visible.notebook === notebook);
  if (!editor) return;
  const range = new vscode.NotebookRange(index, index + 1);
  editor.selection = range;
  editor.revealRange(range, vscode.NotebookEditorRevealType.InCenterIfOutsideViewport);
}
