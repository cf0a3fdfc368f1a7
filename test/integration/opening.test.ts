import * as assert from 'node:assert/strict';
import { suite, teardown, test } from 'mocha';
import * as vscode from 'vscode';
import { closeEditors, folder, huntbook, openHunt } from './huntNotebook';

suite('opening a notebook', () => {
  teardown(closeEditors);

  // Runs first of all files by its name in no order: it looks at what opening adds, not at what there was.
  test('starts no engine, whatever its language', async () => {
    const { engineState } = await huntbook();
    const before = engineState();
    const python = { cells: [{ cell_type: 'code', execution_count: null, id: 'a', metadata: {}, outputs: [], source: ['print(1)'] }], metadata: { language_info: { name: 'python' } }, nbformat: 4, nbformat_minor: 5 };
    const file = vscode.Uri.joinPath(folder(), 'python.ipynb');
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(JSON.stringify(python)));
    await vscode.window.showNotebookDocument(await vscode.workspace.openNotebookDocument(file));
    await openHunt('opened', ['SigninLogs']);
    assert.deepEqual(engineState(), before);
  });

  test('that is broken leaves the others alone', async () => {
    const file = vscode.Uri.joinPath(folder(), 'broken.ipynb');
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode('{"cells": ['));
    await assert.rejects(async () => vscode.workspace.openNotebookDocument(file));
    const notebook = await openHunt('whole', ['print 1']);
    assert.equal(notebook.cellCount, 1);
  });
});
