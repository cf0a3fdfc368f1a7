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

  test('beside another extension for the language nothing of ours comes twice; switched off, nothing of ours comes', async () => {
    const notebook = await openHunt('beside', ['SigninLogs | ']);
    const { document } = notebook.cellAt(0);
    const end = new vscode.Position(0, 13);
    const other = vscode.languages.registerCompletionItemProvider('kusto', { provideCompletionItems: () => [new vscode.CompletionItem('theirs')] });
    const language = vscode.workspace.getConfiguration('huntbook.language');
    try {
      const both = await labels(document, end);
      assert.ok(both.includes('theirs'), both.join());
      for (const label of ['where', 'summarize', 'mv-expand']) assert.deepEqual(both.filter((offered) => offered === label), [label]);
      await language.update('enabled', false, vscode.ConfigurationTarget.Global);
      let alone = await labels(document, end);
      while (alone.includes('summarize')) alone = await labels(document, end);
      assert.deepEqual(alone.filter((label) => label === 'theirs' || label === 'where'), ['theirs']);
    } finally {
      other.dispose();
      await language.update('enabled', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  test('runs queries of a .kql file: one panel, failures in their place, lets from above', async () => {
    const file = vscode.Uri.joinPath(folder(), 'run.kql');
    const text = 'let n = 5;\n\nrange x from 1 to n step 1\n\n// the second\nprint Nothing + n\n';
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
    const editor = await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(file));
    const tabs = (): readonly vscode.Tab[] => vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    const panels = (): readonly string[] => tabs().flatMap(({ input, label }) => (input instanceof vscode.TabInputWebview ? [label] : []));

    editor.selection = new vscode.Selection(2, 4, 2, 4);
    await vscode.commands.executeCommand('huntbook.runKqlStatement');
    await until(() => panels().join() === 'Results of run.kql', vscode.window.tabGroups.onDidChangeTabs);
    assert.equal(vscode.window.activeTextEditor?.document.uri.toString(), file.toString());

    await vscode.commands.executeCommand('huntbook.runKqlStatement', file, new vscode.Range(5, 0, 5, 0));
    const failed = ours(file).find(({ range }) => range.start.isEqual(new vscode.Position(5, 6)));
    assert.match(failed?.message ?? '', /Nothing/);
    assert.deepEqual(panels(), ['Results of run.kql']);

    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', file);
    assert.deepEqual(
      lenses.map(({ range, command }) => [range.start.line, command?.command]),
      [
        [2, 'huntbook.runKqlStatement'],
        [5, 'huntbook.runKqlStatement'],
      ],
    );
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  test('serves a .kql file', async () => {
    const file = vscode.Uri.joinPath(folder(), 'query.kql');
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode('SigninLogs\n| where UserPrincipalNam == "x"\n'));
    const document = await vscode.workspace.openTextDocument(file);
    await vscode.window.showTextDocument(document);
    await diagnosed(file, (found) => found.some(({ message }) => message.includes('UserPrincipalName')));
  });
});
