import * as vscode from 'vscode';
import { type NotebookJson, huntbookMetadata, notebookText } from '../common/nbformat';
import { KQL_LANGUAGE, type NotebookCell, readNotebook } from './ipynb';
import { isObject } from './json';
import { NOTEBOOK_TYPE } from './vscodeCells';
import { CONTROLLER_ID } from './vscodeController';

/** Opens hunt notebooks in the editor, with our kernel. */
export class HuntNotebooks {
  readonly #extensionId: string;

  constructor(extensionId: string) {
    this.#extensionId = extensionId;
  }

  async openFile(file: vscode.Uri): Promise<vscode.NotebookEditor> {
    return this.#show(await vscode.workspace.openNotebookDocument(file));
  }

  /** Shows a new notebook of these cells, without a file. */
  async openNew(cells: NotebookJson['cells']): Promise<vscode.NotebookEditor> {
    return this.openUntitled(notebookText({ cells, metadata: huntbookMetadata, nbformat: 4, nbformat_minor: 5 }), '');
  }

  /**
   * Shows a notebook that has no file yet.
   * @param text As in an `.ipynb` file.
   * @param source Where it comes from, for messages.
   * @throws HuntError `badNotebook`
   */
  async openUntitled(text: string, source: string): Promise<vscode.NotebookEditor> {
    const notebook = readNotebook(text, source);
    const data = new vscode.NotebookData(notebook.cells.map(cellData));
    const { metadata, nbformat, nbformat_minor } = notebook.raw;
    data.metadata = { metadata: isObject(metadata) ? metadata : {}, nbformat, nbformat_minor };
    return this.#show(await vscode.workspace.openNotebookDocument(NOTEBOOK_TYPE, data));
  }

  /** Adds a KQL cell below the selected one and runs it. */
  async runNewCell(editor: vscode.NotebookEditor, text: string): Promise<void> {
    const index = Math.min(editor.selection.end, editor.notebook.cellCount);
    const edit = new vscode.WorkspaceEdit();
    const cell = new vscode.NotebookCellData(vscode.NotebookCellKind.Code, text, KQL_LANGUAGE);
    edit.set(editor.notebook.uri, [vscode.NotebookEdit.insertCells(index, [cell])]);
    await vscode.workspace.applyEdit(edit);
    editor.selection = new vscode.NotebookRange(index, index + 1);
    editor.revealRange(editor.selection, vscode.NotebookEditorRevealType.InCenterIfOutsideViewport);
    await this.runCell(editor, index);
  }

  async runCell(editor: vscode.NotebookEditor, index: number): Promise<void> {
    await vscode.commands.executeCommand('notebook.cell.execute', { ranges: [{ start: index, end: index + 1 }], document: editor.notebook.uri });
  }

  async #show(notebook: vscode.NotebookDocument): Promise<vscode.NotebookEditor> {
    const shown = (): vscode.NotebookEditor | undefined =>
      vscode.window.visibleNotebookEditors.find((candidate) => candidate.notebook === notebook);
    let editor: vscode.NotebookEditor | undefined;
    try {
      editor = await vscode.window.showNotebookDocument(notebook, { preview: false });
    } catch (thrown) {
      // VS Code gives up when its window is slow to show the editor, which comes nevertheless.
      editor = shown() ?? (await later(vscode.window.onDidChangeVisibleNotebookEditors, shown));
      if (!editor) throw thrown;
    }
    await vscode.commands.executeCommand('notebook.selectKernel', { notebookEditor: editor, id: CONTROLLER_ID, extension: this.#extensionId });
    return editor;
  }
}

const PATIENCE_MS = 10_000;

/** What a look finds after one of the next events, or undefined when it takes too long. */
function later<T>(event: vscode.Event<unknown>, look: () => T | undefined): Promise<T | undefined> {
  return new Promise((resolve) => {
    const finish = (found: T | undefined): void => {
      registration.dispose();
      clearTimeout(timer);
      resolve(found);
    };
    const timer = setTimeout(() => finish(look()), PATIENCE_MS);
    const registration = event(() => {
      const found = look();
      if (found !== undefined) finish(found);
    });
  });
}

function cellData(cell: NotebookCell): vscode.NotebookCellData {
  const isCode = cell.kind === 'code';
  const kind = isCode ? vscode.NotebookCellKind.Code : vscode.NotebookCellKind.Markup;
  const data = new vscode.NotebookCellData(kind, cell.source, isCode ? (cell.language ?? KQL_LANGUAGE) : 'markdown');
  const metadata = cell.raw['metadata'];
  data.metadata = { metadata: isObject(metadata) ? metadata : {} };
  return data;
}
