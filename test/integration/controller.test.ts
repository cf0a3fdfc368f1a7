import * as assert from 'node:assert/strict';
import { suite, teardown, test } from 'mocha';
import * as vscode from 'vscode';
import { cellText, closeEditors, errorText, huntbook, openHunt, outputText, run, shownResult, start, until } from './huntNotebook';

/** Counts for much longer than any test waits, in little memory. */
const endless = 'range x from 1 to 400000000000 step 1 | summarize sum(x % 7)';

suite('controller', () => {
  teardown(closeEditors);

  test('runs a cell and shows its result, a table for other readers, and a line of text', async () => {
    const notebook = await openHunt('run', ['print answer = 42']);
    await run(notebook, 0);
    const { result } = shownResult(notebook, 0);
    assert.deepEqual(result.preview.rows, [[42]]);
    assert.equal(result.workspace.name, 'Contoso');
    assert.match(outputText(notebook, 0, 'text/html') ?? '', /<td[^>]*>42<\/td>/);
    assert.match(outputText(notebook, 0, 'text/plain') ?? '', /1 row/);
    const summary = notebook.cellAt(0).executionSummary;
    assert.equal(summary?.executionOrder, 1);
    assert.equal(summary.success, true);
    assert.ok((summary.timing?.endTime ?? 0) >= (summary.timing?.startTime ?? Infinity));
  });

  test('a second run replaces the outputs of the first', async () => {
    const notebook = await openHunt('again', ['print answer = 42']);
    await run(notebook, 0);
    const first = shownResult(notebook, 0).result.resultId;
    await start(notebook, 0);
    await until(() => outputsOf(notebook).some((id) => id !== first), vscode.workspace.onDidChangeNotebookDocument);
    assert.equal(notebook.cellAt(0).outputs.length, 1);
  });

  test('later cells use named results and definitions of earlier ones', async () => {
    const notebook = await openHunt('chain', ['let threshold = 2;', '//| name: numbers\nrange n from 1 to 5 step 1', 'numbers | where n > threshold | count']);
    await run(notebook, 0, 2);
    const { result } = shownResult(notebook, 2);
    assert.deepEqual(result.preview.rows, [[3]]);
    assert.deepEqual(result.usedResults, ['numbers']);
    assert.deepEqual(notebook.cellAt(0).outputs, []);
  });

  test('an error points at its place, in the output and in the editor', async () => {
    const notebook = await openHunt('error', ['print 1\n| where nothing == 2']);
    await run(notebook, 0);
    assert.match(errorText(notebook, 0) ?? '', /nothing.*line 2, column 9/s);
    const [diagnostic] = vscode.languages.getDiagnostics(notebook.cellAt(0).document.uri);
    assert.ok(diagnostic);
    assert.deepEqual(diagnostic.range, new vscode.Range(1, 8, 1, 15));
    await cellText(notebook, 0, 'print 1');
    const isClear = (): boolean => vscode.languages.getDiagnostics(notebook.cellAt(0).document.uri).length === 0;
    // The language server reads the changed cell a moment later.
    await until(isClear, vscode.languages.onDidChangeDiagnostics);
  });

  test('run all stops at the first error', async () => {
    const notebook = await openHunt('stops', ['print 1', 'NoSuchTable', 'print 3']);
    await run(notebook, 0, 2);
    assert.equal(notebook.cellAt(0).executionSummary?.success, true);
    assert.equal(notebook.cellAt(1).executionSummary?.success, false);
    assert.deepEqual(notebook.cellAt(2).outputs, []);
  });

  test('a wrong name of a table is answered with the nearest ones', async () => {
    const notebook = await openHunt('nearest', ['SiginLogs | take 1']);
    await run(notebook, 0);
    assert.match(errorText(notebook, 0) ?? '', /SigninLogs/);
  });

  test('an empty cell and one of comments run without an output', async () => {
    const notebook = await openHunt('empty', ['', '// nothing']);
    await run(notebook, 1);
    assert.deepEqual(notebook.cellAt(1).outputs, []);
    assert.equal(notebook.cellAt(1).executionSummary?.success, true);
  });

  test('interrupting stops the query; the engine answers at once', async () => {
    const notebook = await openHunt('interrupt', [endless, 'print 2']);
    const started = start(notebook, 0);
    await until(() => notebook.cellAt(0).executionSummary?.executionOrder === 1, vscode.workspace.onDidChangeNotebookDocument);
    await vscode.commands.executeCommand('notebook.cell.cancelExecution', { ranges: [{ start: 0, end: 1 }], document: notebook.uri });
    await started;
    await until(() => notebook.cellAt(0).outputs.length > 0, vscode.workspace.onDidChangeNotebookDocument);
    assert.match(outputText(notebook, 0, 'text/plain') ?? '', /Stopped/);
    await run(notebook, 1);
    assert.deepEqual(shownResult(notebook, 1).result.preview.rows, [[2]]);
  });

  test('restart forgets names, and says which cell to run first', async () => {
    const notebook = await openHunt('restart', ['//| name: kept\nprint 1', 'kept']);
    await run(notebook, 0, 1);
    await vscode.commands.executeCommand('huntbook.restart');
    await start(notebook, 1);
    await until(() => errorText(notebook, 1) !== undefined, vscode.workspace.onDidChangeNotebookDocument);
    assert.match(errorText(notebook, 1) ?? '', /run cell 1 first/i);
    assert.equal(notebook.cellAt(1).executionSummary?.executionOrder, 1);
  });

  test('two notebooks with the same names do not mix', async () => {
    const first = await openHunt('first', ['//| name: mine\nprint v = "first"', 'mine']);
    await run(first, 0);
    const second = await openHunt('second', ['//| name: mine\nprint v = "second"', 'mine']);
    await run(second, 0, 1);
    await start(first, 1);
    await until(() => first.cellAt(1).outputs.length > 0, vscode.workspace.onDidChangeNotebookDocument);
    assert.deepEqual(shownResult(first, 1).result.preview.rows, [['first']]);
    assert.deepEqual(shownResult(second, 1).result.preview.rows, [['second']]);
  });

  test('the engine killed in the middle of a query: the cell says so, the next one runs', async () => {
    const { engineState } = await huntbook();
    const notebook = await openHunt('killed', [endless, 'print 2']);
    const started = start(notebook, 0);
    await until(() => notebook.cellAt(0).executionSummary?.executionOrder === 1, vscode.workspace.onDidChangeNotebookDocument);
    const state = engineState();
    assert.ok(state.kind === 'running');
    process.kill(state.pid, 'SIGKILL');
    await started;
    await until(() => errorText(notebook, 0) !== undefined, vscode.workspace.onDidChangeNotebookDocument);
    assert.match(errorText(notebook, 0) ?? '', /engine stopped while it worked/);
    await run(notebook, 1);
    assert.deepEqual(shownResult(notebook, 1).result.preview.rows, [[2]]);
  });

  function outputsOf(notebook: vscode.NotebookDocument): readonly string[] {
    return notebook.cellAt(0).outputs.length === 0 ? [] : [shownResult(notebook, 0).result.resultId];
  }
});
