import * as assert from 'node:assert/strict';
import path from 'node:path';
import { suite, teardown, test } from 'mocha';
import * as vscode from 'vscode';
import { closeEditors, folder, run } from './huntNotebook';

suite('report', () => {
  teardown(closeEditors);

  test('a notebook with results becomes one HTML file, and a redacted one without its names', async () => {
    await vscode.commands.executeCommand('huntbook.newHunt');
    const notebook = vscode.window.activeNotebookEditor?.notebook;
    assert.ok(notebook);
    await write(notebook, 1, 'SigninLogs | top 5 by TimeGenerated | project TimeGenerated, UserPrincipalName, IPAddress');
    await write(notebook, 2, 'NoSuchTable | take 1');
    await run(notebook, 1, 2);
    await run(notebook, 2, 3);
    const whole = await exported({ redact: false });
    assert.match(whole, /5 rows/);
    assert.match(whole, /@contoso/);
    assert.match(whole, /NoSuchTable/);
    const redacted = await exported({ redact: true });
    assert.match(redacted, /account-[0-9a-f]{8}/);
    assert.match(redacted, /ip-[0-9a-f]{8}/);
    assert.doesNotMatch(redacted, /@contoso/);
  });
});

async function write(notebook: vscode.NotebookDocument, index: number, text: string): Promise<void> {
  while (notebook.cellCount <= index) {
    const cell = new vscode.NotebookCellData(vscode.NotebookCellKind.Code, '', 'kusto');
    const edit = new vscode.WorkspaceEdit();
    edit.set(notebook.uri, [vscode.NotebookEdit.insertCells(notebook.cellCount, [cell])]);
    await vscode.workspace.applyEdit(edit);
  }
  const { document } = notebook.cellAt(index);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text);
  await vscode.workspace.applyEdit(edit);
}

async function exported(given: { readonly redact: boolean }): Promise<string> {
  const file = vscode.Uri.file(path.join(folder().fsPath, `report-${String(given.redact)}.html`));
  await vscode.commands.executeCommand('huntbook.exportReport', { ...given, path: file.fsPath });
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
}
