import * as assert from 'node:assert/strict';
import path from 'node:path';
import { suite, teardown, test } from 'mocha';
import * as vscode from 'vscode';
import { closeEditors, folder, run, shownResult, until } from './huntNotebook';

suite('commands', () => {
  teardown(closeEditors);

  test('create from template makes a file, and leaves one that exists alone unless told', async () => {
    const given = { template: 'first-steps', folder: folder().fsPath, name: 'mine' };
    await vscode.commands.executeCommand('huntbook.createFromTemplate', given);
    const file = vscode.Uri.joinPath(folder(), 'mine.ipynb');
    assert.equal(activeNotebook().uri.fsPath, file.fsPath);
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode('kept'));
    await closeEditors();
    void vscode.commands.executeCommand('huntbook.createFromTemplate', given);
    assert.equal(new TextDecoder().decode(await vscode.workspace.fs.readFile(file)), 'kept');
    await vscode.commands.executeCommand('huntbook.createFromTemplate', { ...given, overwrite: true });
    assert.ok(activeNotebook().cellCount > 3);
  });

  test('hunt from incident makes a notebook whose parameters run', async () => {
    await vscode.commands.executeCommand('huntbook.huntFromIncident', { number: await anIncident(), folder: folder().fsPath, name: 'incident' });
    const notebook = activeNotebook();
    const parameters = notebook.getCells().find((cell) => cell.kind === vscode.NotebookCellKind.Code);
    assert.match(parameters?.document.getText() ?? '', /let windowStart = datetime\(/);
    await run(notebook, parameters?.index ?? 0);
    assert.equal(parameters?.executionSummary?.success, true);
  });

  test('the sample hunt opens without a file and without a question', async () => {
    await vscode.commands.executeCommand('huntbook.openSampleHunt');
    assert.ok(activeNotebook().isUntitled);
    assert.ok(activeNotebook().getCells().some((cell) => cell.document.languageId === 'kusto'));
  });

  test('a new hunt runs', async () => {
    await vscode.commands.executeCommand('huntbook.newHunt');
    const notebook = activeNotebook();
    await run(notebook, 1, 2);
    assert.ok(shownResult(notebook, 2).result.rowCount > 0);
  });

  test('a preview of a table runs in a new cell of the active hunt', async () => {
    await vscode.commands.executeCommand('huntbook.newHunt');
    const notebook = activeNotebook();
    const done = until(() => notebook.getCells().some((cell) => cell.outputs.length > 0), vscode.workspace.onDidChangeNotebookDocument);
    await vscode.commands.executeCommand('huntbook.previewTable', { entry: { id: 'sample' }, table: { name: 'SigninLogs' } });
    await done;
    const index = notebook.getCells().findIndex((cell) => cell.outputs.length > 0);
    assert.equal(shownResult(notebook, index).result.rowCount, 10);
  });

  test('a folder of files becomes a workspace that cells can name, and leaves again', async () => {
    const data = path.join(folder().fsPath, 'data', 'own');
    await vscode.workspace.fs.writeFile(vscode.Uri.file(path.join(data, 'Flows.csv')), new TextEncoder().encode('source,bytes\na,1\nb,2\n'));
    await vscode.commands.executeCommand('huntbook.connectLocalWorkspace', data);
    await vscode.commands.executeCommand('huntbook.selectWorkspace', 'Contoso');
    await vscode.commands.executeCommand('huntbook.previewTable', { entry: { id: `folder:${data}` }, table: { name: 'Flows' } });
    const notebook = activeNotebook();
    await until(() => notebook.cellAt(0).outputs.length > 0, vscode.workspace.onDidChangeNotebookDocument);
    assert.equal(shownResult(notebook, 0).result.rowCount, 2);
    await vscode.commands.executeCommand('huntbook.disconnectWorkspace', `folder:${data}`);
    const folders = vscode.workspace.getConfiguration('huntbook').inspect<string[]>('localWorkspaces')?.globalValue ?? [];
    assert.deepEqual(folders, []);
  });

  test('the workspace of a notebook stands in its file', async () => {
    await vscode.commands.executeCommand('huntbook.newHunt');
    await vscode.commands.executeCommand('huntbook.selectNotebookWorkspace', 'Contoso');
    const metadata = activeNotebook().metadata['metadata'] as { readonly huntbook?: unknown };
    assert.deepEqual(metadata.huntbook, { workspace: 'Contoso' });
  });

  function activeNotebook(): vscode.NotebookDocument {
    const editor = vscode.window.activeNotebookEditor;
    assert.ok(editor, 'a notebook is in front');
    return editor.notebook;
  }

  /** Number of an incident of the sample workspace: they are tables too. */
  async function anIncident(): Promise<number> {
    await vscode.commands.executeCommand('huntbook.newHunt');
    const notebook = activeNotebook();
    const cell = new vscode.NotebookCellData(vscode.NotebookCellKind.Code, 'SecurityIncident | summarize max(IncidentNumber)', 'kusto');
    const edit = new vscode.WorkspaceEdit();
    edit.set(notebook.uri, [vscode.NotebookEdit.insertCells(0, [cell])]);
    await vscode.workspace.applyEdit(edit);
    await run(notebook, 0);
    return Number(shownResult(notebook, 0).result.preview.rows[0]?.[0]);
  }
});
