import * as vscode from 'vscode';
import { NOTEBOOK_TYPE, isKqlCell } from '../notebook/vscodeCells';
import { field } from './command';

/** The cell given by a menu, or the KQL cell whose document has this URI; without one, the cell selected in the active notebook. */
export function cellAt(given: unknown): vscode.NotebookCell | undefined {
  const document = field(given, 'document');
  const uri = field(given, 'notebook') === undefined ? given : String(field(document, 'uri'));
  if (typeof uri !== 'string') {
    const editor = vscode.window.activeNotebookEditor;
    const cell = editor && editor.selection.start < editor.notebook.cellCount ? editor.notebook.cellAt(editor.selection.start) : undefined;
    return cell && isKqlCell(cell) ? cell : undefined;
  }
  const notebooks = vscode.workspace.notebookDocuments.filter(({ notebookType }) => notebookType === NOTEBOOK_TYPE);
  return notebooks.flatMap((notebook) => notebook.getCells()).find((cell) => cell.document.uri.toString() === uri);
}

export async function runCell({ index, notebook }: vscode.NotebookCell): Promise<void> {
  await vscode.commands.executeCommand('notebook.cell.execute', { ranges: [{ start: index, end: index + 1 }], document: notebook.uri });
}
