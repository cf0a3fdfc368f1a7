import * as vscode from 'vscode';
import { notebookWritten } from '../notebook/vscodeNotebookMetadata';
import { readWritten, writtenMarkdown } from '../sentinel/writtenRecord';
import type { Command } from './command';

const HEADING = '## Written to Sentinel';

/** Shows what was written from the active notebook, by whom and when, in a Markdown cell: the one that is there, or a new one. */
export class ShowWritten implements Command {
  readonly id = 'huntbook.showWritten';

  async run(): Promise<void> {
    const editor = vscode.window.activeNotebookEditor;
    if (!editor) return;
    const { notebook } = editor;
    const markdown = writtenMarkdown(readWritten(notebookWritten(notebook)));
    const isRecord = ({ kind, document }: vscode.NotebookCell): boolean =>
      kind === vscode.NotebookCellKind.Markup && document.getText().startsWith(HEADING);
    const there = notebook.getCells().find(isRecord);
    const index = there?.index ?? notebook.cellCount;
    const cell = new vscode.NotebookCellData(vscode.NotebookCellKind.Markup, markdown, 'markdown');
    const edit = new vscode.WorkspaceEdit();
    edit.set(notebook.uri, [vscode.NotebookEdit.replaceCells(new vscode.NotebookRange(index, there ? index + 1 : index), [cell])]);
    await vscode.workspace.applyEdit(edit);
    editor.selection = new vscode.NotebookRange(index, index + 1);
    editor.revealRange(editor.selection, vscode.NotebookEditorRevealType.InCenterIfOutsideViewport);
  }
}
