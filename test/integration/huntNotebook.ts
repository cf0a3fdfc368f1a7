/** Hunt notebooks in the extension host: make one in the opened folder, run its cells, read what they show. */
import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { kqlCell, huntbookMetadata, notebookText } from '../../src/common/nbformat';
import { RESULT_MIME, type SavedResult } from '../../src/common/savedResult';
import type { HuntbookApi } from '../../src/extension';

export async function huntbook(): Promise<HuntbookApi> {
  const extension = vscode.extensions.getExtension<HuntbookApi>('huntbook.huntbook');
  assert.ok(extension);
  return extension.activate();
}

export function folder(): vscode.Uri {
  const [opened] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(opened, 'a folder is open');
  return opened.uri;
}

/** Writes a notebook of KQL cells into the opened folder and shows it with our kernel. */
export async function openHunt(name: string, cells: readonly string[]): Promise<vscode.NotebookDocument> {
  const json = { cells: cells.map((text, index) => kqlCell(`cell-${index}`, text)), metadata: huntbookMetadata, nbformat: 4, nbformat_minor: 5 };
  const file = vscode.Uri.joinPath(folder(), `${name}.ipynb`);
  await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(notebookText(json)));
  return openNotebook(file);
}

export async function openNotebook(file: vscode.Uri): Promise<vscode.NotebookDocument> {
  const notebook = await vscode.workspace.openNotebookDocument(file);
  const notebookEditor = await vscode.window.showNotebookDocument(notebook, { preview: false });
  await vscode.commands.executeCommand('notebook.selectKernel', { notebookEditor, id: 'huntbook.kql', extension: 'huntbook.huntbook' });
  return notebook;
}

/** Runs cells `first` to `last`, which have not run before, and answers when the last one has ended or one has failed. */
export async function run(notebook: vscode.NotebookDocument, first: number, last = first): Promise<void> {
  const ended = cellEnds(notebook, last);
  await start(notebook, first, last);
  await ended;
}

export async function start(notebook: vscode.NotebookDocument, first: number, last = first): Promise<void> {
  await vscode.commands.executeCommand('notebook.cell.execute', { ranges: [{ start: first, end: last + 1 }], document: notebook.uri });
}

function cellEnds(notebook: vscode.NotebookDocument, index: number): Promise<void> {
  const failed = (): boolean => notebook.getCells().some((cell) => cell.executionSummary?.success === false);
  const ended = (): boolean => notebook.cellAt(index).executionSummary?.timing !== undefined || failed();
  return until(ended, vscode.workspace.onDidChangeNotebookDocument);
}

/** Resolves when a condition holds, looking again after each event. */
export function until(condition: () => boolean, event: vscode.Event<unknown>): Promise<void> {
  return new Promise((resolve) => {
    const registration = event(() => look());
    const look = (): void => {
      if (!condition()) return;
      registration.dispose();
      resolve();
    };
    look();
  });
}

export function cellText(notebook: vscode.NotebookDocument, index: number, text: string): Thenable<boolean> {
  const { document } = notebook.cellAt(index);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text);
  return vscode.workspace.applyEdit(edit);
}

/** The result that a cell shows. */
export function shownResult(notebook: vscode.NotebookDocument, index: number): SavedResult {
  const text = outputText(notebook, index, RESULT_MIME);
  assert.ok(text !== undefined, `cell ${index} shows a result, not: ${errorText(notebook, index) ?? 'nothing'}`);
  return JSON.parse(text) as SavedResult;
}

/** The message of the error that a cell shows. */
export function errorText(notebook: vscode.NotebookDocument, index: number): string | undefined {
  const text = outputText(notebook, index, 'application/vnd.code.notebook.error');
  return text === undefined ? undefined : (JSON.parse(text) as Error).message;
}

export function outputText(notebook: vscode.NotebookDocument, index: number, mime: string): string | undefined {
  const items = notebook.cellAt(index).outputs.flatMap((output) => output.items);
  const item = items.find((candidate) => candidate.mime === mime);
  return item && new TextDecoder().decode(item.data);
}

export async function closeEditors(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}
