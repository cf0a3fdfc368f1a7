import * as assert from 'node:assert/strict';
import { suite, teardown, test } from 'mocha';
import * as vscode from 'vscode';
import { cellText, closeEditors, huntbook, openHunt, run, shownResult, start, until } from './huntNotebook';

/** Titles of the open panels with a result. */
function panels(): readonly string[] {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  return tabs.filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith('huntbook.result')).map(({ label }) => label);
}

function panelsBecome(titles: readonly string[]): Promise<void> {
  return until(() => JSON.stringify(panels()) === JSON.stringify(titles), vscode.window.tabGroups.onDidChangeTabs);
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
