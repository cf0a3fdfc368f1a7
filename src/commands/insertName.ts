import * as vscode from 'vscode';
import { kqlName } from '../common/kqlLiterals';
import { type Command, field, textField } from './command';

/** Types the name of a table or column where the cursor is. Takes a node of the Workspaces view. */
export class InsertName implements Command {
  readonly id = 'huntbook.insertName';

  async run(node?: unknown): Promise<void> {
    const name = textField(field(node, 'column'), 'name') ?? textField(field(node, 'table'), 'name');
    const editor = vscode.window.activeTextEditor;
    if (name === undefined || !editor) return;
    await editor.insertSnippet(new vscode.SnippetString().appendText(kqlName(name)));
    const notebook = vscode.window.activeNotebookEditor;
    if (notebook) await vscode.commands.executeCommand('notebook.cell.edit');
    else await vscode.window.showTextDocument(editor.document, editor.viewColumn);
  }
}
