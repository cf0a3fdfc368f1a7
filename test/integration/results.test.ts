import * as assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { suite, teardown, test } from 'mocha';
import * as vscode from 'vscode';
import type { Exported } from '../../src/common/resultFiles';
import { keepView, keptView } from '../../src/notebook/vscodeKeptViews';
import { cellText, closeEditors, folder, huntbook, openHunt, openNotebook, outputText, run, shownResult, start, until } from './huntNotebook';

/** Titles of the open panels with a result. */
function panels(): readonly string[] {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  return tabs.filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith('huntbook.result')).map(({ label }) => label);
}

function panelsBecome(titles: readonly string[]): Promise<void> {
  return until(() => JSON.stringify(panels()) === JSON.stringify(titles), vscode.window.tabGroups.onDidChangeTabs);
}

async function fileText(uri: vscode.Uri): Promise<string> {
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
}

suite('results in panels', () => {
  teardown(closeEditors);

  test('the result of a cell opens beside the notebook, once, and follows the cell', async () => {
    await huntbook();
    const notebook = await openHunt('panel', ['//| name: numbers\nrange n from 1 to 500 step 1', 'print 2']);
    await run(notebook, 0, 1);
    const uri = notebook.cellAt(0).document.uri.toString();
    await vscode.commands.executeCommand('huntbook.openResultInPanel', uri);
    await panelsBecome(['numbers']);
    await vscode.commands.executeCommand('huntbook.openResultInPanel', uri);
    await vscode.commands.executeCommand('huntbook.openResultInPanel', notebook.cellAt(1).document.uri.toString());
    await panelsBecome(['numbers', 'Result of cell 2']);

    const { resultId } = shownResult(notebook, 0).result;
    await cellText(notebook, 0, '//| name: fewer\nrange n from 1 to 5 step 1');
    await start(notebook, 0);
    await until(
      () => notebook.cellAt(0).outputs.length > 0 && shownResult(notebook, 0).result.resultId !== resultId,
      vscode.workspace.onDidChangeNotebookDocument,
    );
    await panelsBecome(['fewer', 'Result of cell 2']);
  });
});

suite('results in files', () => {
  teardown(async () => {
    await vscode.workspace.getConfiguration('huntbook').update('results.sidecar', undefined, vscode.ConfigurationTarget.Global);
    await closeEditors();
  });

  test('all rows are exported, in the format that the name of the file says', async () => {
    const notebook = await openHunt('export', ['range n from 1 to 2500 step 1 | extend text = strcat("=", n)']);
    await run(notebook, 0);
    const cell = notebook.cellAt(0).document.uri.toString();
    for (const extension of ['csv', 'tsv', 'jsonl', 'parquet', 'xlsx']) {
      const file = vscode.Uri.joinPath(folder(), `exported.${extension}`);
      const exported = await vscode.commands.executeCommand('huntbook.exportResult', { cell, path: file.fsPath });
      assert.equal((exported as Exported).rows, 2500, extension);
      assert.equal((await vscode.workspace.fs.stat(file)).size, (exported as Exported).bytes, extension);
    }
    const csv = await fileText(vscode.Uri.joinPath(folder(), 'exported.csv'));
    assert.equal(csv.trimEnd().split('\n').length, 2501);
    assert.equal(await vscode.commands.executeCommand('huntbook.exportResult', { cell, path: '/exported.doc' }), undefined);
  });

  test('two results are compared by a key, in a panel', async () => {
    const notebook = await openHunt('compare', [
      '//| name: before\ndatatable(host:string, n:long)["a", 1, "b", 2]',
      '//| name: after\ndatatable(host:string, n:long)["b", 2, "c", 3]',
    ]);
    await run(notebook, 0, 1);
    const [cell, other] = notebook.getCells().map(({ document }) => document.uri.toString());
    await vscode.commands.executeCommand('huntbook.compareResults', { cell, with: other, keys: ['host'] });
    await panelsBecome(['before \u2194 after']);
  });

  test('rows that are kept beside the notebook are used after it was opened again', async () => {
    await vscode.workspace.getConfiguration('huntbook').update('results.sidecar', true, vscode.ConfigurationTarget.Global);
    const notebook = await openHunt('sidecar', ['//| name: numbers\nrange n from 1 to 2500 step 1', 'numbers | summarize sum(n)']);
    await run(notebook, 0);
    const { resultId } = shownResult(notebook, 0).result;
    await notebook.save();
    const kept = vscode.Uri.joinPath(folder(), 'sidecar.results', `${resultId}.parquet`);
    await becomes(kept, true);
    await vscode.commands.executeCommand('huntbook.restartEngine');
    await closeEditors();
    const reopened = await openNotebook(notebook.uri);
    await run(reopened, 1);
    assert.deepEqual(shownResult(reopened, 1).result.preview.rows, [[3126250]]);

    // Another result in its place: the rows of the first one go.
    await start(reopened, 0);
    await until(() => hasOther(reopened, resultId), vscode.workspace.onDidChangeNotebookDocument);
    await reopened.save();
    await becomes(vscode.Uri.joinPath(folder(), 'sidecar.results', `${shownResult(reopened, 0).result.resultId}.parquet`), true);
    await becomes(kept, false);
  });

  function hasOther(notebook: vscode.NotebookDocument, resultId: string): boolean {
    return notebook.cellAt(0).outputs.length > 0 && shownResult(notebook, 0).result.resultId !== resultId;
  }

  /** Files are written, and removed, a moment after the notebook is saved. */
  async function becomes(file: vscode.Uri, isThere: boolean): Promise<void> {
    const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder(), '**/*'));
    await until(() => existsSync(file.fsPath) === isThere, isThere ? watcher.onDidCreate : watcher.onDidDelete);
    watcher.dispose();
  }
});

suite('what a file keeps of results', () => {
  teardown(async () => {
    await vscode.workspace.getConfiguration('huntbook').update('results.keep', undefined, vscode.ConfigurationTarget.Global);
    await closeEditors();
  });

  test('stripping takes rows out of outputs and views out of cells, and keeps the cells', async () => {
    const notebook = await openHunt('strip', ['//| name: numbers\nprint secret = "mei.singh"', 'print 2']);
    await run(notebook, 0, 1);
    await keepView(notebook.cellAt(0), shownResult(notebook, 0).result.resultId, { filter: 'mei.singh' });
    assert.equal(await vscode.commands.executeCommand('huntbook.stripResults'), 2);
    assert.deepEqual(shownResult(notebook, 0).result.preview.rows, []);
    assert.equal(shownResult(notebook, 0).result.rowCount, 1);
    assert.equal(shownResult(notebook, 0).name, 'numbers');
    await notebook.save();
    const text = await fileText(notebook.uri);
    // The query's own text stays: it is no result.
    assert.equal(text.split('mei.singh').length - 1, 1, text);
    assert.equal(notebook.cellAt(0).document.getText(), '//| name: numbers\nprint secret = "mei.singh"');
    assert.equal(await vscode.commands.executeCommand('huntbook.stripResults'), 0);
    assert.equal(notebook.cellAt(0).executionSummary?.executionOrder, 1);
  });

  test('rows of a workspace that keeps nothing stay out, also when another result has read them', async () => {
    const keep = { contoso: 'nothing' };
    await vscode.workspace.getConfiguration('huntbook').update('results.keep', keep, vscode.ConfigurationTarget.Global);
    const notebook = await openHunt('private', ['//| name: numbers\nprint secret = "mei.singh"', 'numbers']);
    await run(notebook, 0, 1);
    for (const index of [0, 1]) {
      assert.deepEqual(shownResult(notebook, index).result.preview.rows, []);
      assert.ok(!(outputText(notebook, index, 'text/html') ?? '').includes('mei.singh'));
    }
  });

  test('how a result is looked at is in the file, and comes back with it', async () => {
    const notebook = await openHunt('view', ['print 1']);
    // Of a result that is not on screen: the table of one that is keeps its own view.
    const resultId = 'kept';
    await keepView(notebook.cellAt(0), resultId, { filter: 'x' });
    await notebook.save();
    const file = JSON.parse(await fileText(notebook.uri)) as { cells: { metadata: object }[] };
    assert.deepEqual(file.cells[0]?.metadata, { huntbook: { view: { result: resultId, state: { filter: 'x' } } } });
    await keepView(notebook.cellAt(0), resultId, { filter: 'x' });
    await keepView(notebook.cellAt(0), resultId, { filter: 'x'.repeat(5000) });
    assert.equal(notebook.isDirty, false);
    await closeEditors();
    const reopened = await openNotebook(notebook.uri);
    assert.deepEqual(keptView(reopened.cellAt(0), resultId), { filter: 'x' });
    assert.equal(keptView(reopened.cellAt(0), 'another'), undefined);
    await keepView(reopened.cellAt(0), resultId, null);
    assert.equal(keptView(reopened.cellAt(0), resultId), undefined);
  });
});
