import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { cellText, folder, huntbook, openHunt, run, until } from './huntNotebook';

suite('KQL language server', () => {
  suiteSetup(huntbook);

  const labels = async (document: vscode.TextDocument, at: vscode.Position): Promise<readonly string[]> => {
    const list = await vscode.commands.executeCommand<vscode.CompletionList>('vscode.executeCompletionItemProvider', document.uri, at);
    return list.items.map((item) => (typeof item.label === 'string' ? item.label : item.label.label));
  };
  const hover = async (document: vscode.TextDocument, at: vscode.Position): Promise<string> => {
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, at);
    return hovers
      .flatMap((found) => found.contents)
      .map((content) => (content instanceof vscode.MarkdownString ? content.value : JSON.stringify(content)))
      .join('\n');
  };
  const ours = (uri: vscode.Uri): vscode.Diagnostic[] => vscode.languages.getDiagnostics(uri).filter((found) => found.source === 'Huntbook');
  const diagnosed = (uri: vscode.Uri, test: (found: vscode.Diagnostic[]) => boolean): Promise<void> =>
    until(() => test(ours(uri)), vscode.languages.onDidChangeDiagnostics);

  test('knows names of other cells, the columns of a result that has run, and the tables of the workspace', async () => {
    const notebook = await openHunt('language', [
      'let threshold = 5;',
      '//| name: failures\nSigninLogs | where ResultType != "0" | summarize Failures = count() by UserPrincipalName',
      'failures | where Failures > threshold',
      'failures | where Failurs > 1',
    ]);
    const typo = notebook.cellAt(3).document;
    await diagnosed(typo.uri, (found) => found.some(({ message }) => message.includes('Did you mean Failures')));
    assert.deepEqual(ours(notebook.cellAt(2).document.uri), []);
    const third = notebook.cellAt(2).document;
    const offered = await labels(third, new vscode.Position(0, 17));
    assert.ok(offered.includes('Failures') && offered.includes('UserPrincipalName') && offered.includes('threshold'), offered.slice(0, 20).join());
    assert.match(await hover(third, new vscode.Position(0, 30)), /Defined in cell 1/);
    assert.match(await hover(third, new vscode.Position(0, 12)), /[Kk]eeps/);
    await run(notebook, 0, 1);
    await cellText(notebook, 3, 'failures | where Failures > 1');
    await diagnosed(typo.uri, (found) => found.length === 0);
  });

  test('serves a .kql file', async () => {
    const file = vscode.Uri.joinPath(folder(), 'query.kql');
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode('SigninLogs\n| where UserPrincipalNam == "x"\n'));
    const document = await vscode.workspace.openTextDocument(file);
    await vscode.window.showTextDocument(document);
    await diagnosed(file, (found) => found.some(({ message }) => message.includes('UserPrincipalName')));
  });
});
