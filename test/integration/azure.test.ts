import * as assert from 'node:assert/strict';
import { suite, suiteSetup, suiteTeardown, teardown, test } from 'mocha';
import * as vscode from 'vscode';
import type { ResultNotice } from '../../src/common/engineProtocol';
import { company } from '../../src/workspaces/sample/world/company';
import { emulator } from './emulator';
import { closeEditors, errorText, openHunt, outputText, run, shownResult, start, until } from './huntNotebook';

/** As the emulator of Azure has them (test/emulator/world/defaultWorld.ts). */
const contosoSoc = company.workspaceId;
const priya = 'b6a3c0de-5a11-4c0e-9d2f-0f4e7a6c1d01';

suite('workspaces in Azure', () => {
  suiteSetup(async () => {
    await vscode.commands.executeCommand('huntbook.enterWorkspaceId', { workspaceId: contosoSoc, name: 'soc', account: priya });
  });

  teardown(closeEditors);

  suiteTeardown(async () => {
    await vscode.commands.executeCommand('huntbook.selectWorkspace', 'Contoso');
  });

  test('answer with the account that is signed in, and nobody is asked', async () => {
    const notebook = await openHunt('azure', ['SigninLogs | take 3']);
    await run(notebook, 0);
    const { result } = shownResult(notebook, 0);
    assert.deepEqual([result.workspace.name, result.rowCount], ['soc', 3]);
    assert.equal(await vscode.commands.executeCommand('emulatedAccount.asked'), 0);
  });

  test('the time range of a notebook stands in its file, goes with its queries and is shown', async () => {
    const notebook = await openHunt('range', ['SigninLogs | count', '//| timespan: PT2H\nSigninLogs | count']);
    await vscode.commands.executeCommand('huntbook.setTimespan', 'P3D');
    assert.deepEqual((notebook.metadata['metadata'] as { readonly huntbook?: unknown }).huntbook, { timespan: 'P3D' });
    await run(notebook, 0, 1);
    assert.deepEqual(noticeOf(notebook, 0, 'timespan'), { kind: 'timespan', timespan: 'P3D', from: 'notebook' });
    assert.deepEqual(noticeOf(notebook, 1, 'timespan'), { kind: 'timespan', timespan: 'PT2H', from: 'cell' });
    assert.match(outputText(notebook, 0, 'text/plain') ?? '', /P3D/);
    await vscode.commands.executeCommand('huntbook.setTimespan', '');
    assert.deepEqual((notebook.metadata['metadata'] as { readonly huntbook?: unknown }).huntbook, {});
  });

  test('a cached answer says so, and can be asked for fresh', async () => {
    const query = 'SigninLogs | summarize Cached = count()';
    const notebook = await openHunt('cached', [query, query]);
    await run(notebook, 0);
    await emulator('clock', { advanceMs: 30_000 });
    await run(notebook, 1);
    assert.equal(noticeOf(notebook, 1, 'cached')?.kind, 'cached');
    const before = shownResult(notebook, 1).result.resultId;
    await vscode.commands.executeCommand('huntbook.runFresh', notebook.cellAt(1).document.uri.toString());
    await until(() => resultIdOf(notebook, 1) !== before, vscode.workspace.onDidChangeNotebookDocument);
    assert.equal(noticeOf(notebook, 1, 'cached'), undefined);
  });

  test('a notebook names its workspace by id, beside the name that people read', async () => {
    const notebook = await openHunt('named', ['print 1']);
    await vscode.commands.executeCommand('huntbook.selectNotebookWorkspace', contosoSoc);
    const { huntbook } = notebook.metadata['metadata'] as { readonly huntbook?: unknown };
    assert.deepEqual(huntbook, { workspace: 'soc', workspaceId: `logAnalytics:${contosoSoc}` });
  });

  test('several workspaces are asked together when all are in Azure', async () => {
    const notebook = await openHunt('several', ['//| workspaces: soc, Contoso\nSigninLogs | take 1', '//| workspaces: Contoso, soc\nSigninLogs | take 1']);
    await run(notebook, 0);
    await start(notebook, 1);
    await until(() => errorText(notebook, 1) !== undefined, vscode.workspace.onDidChangeNotebookDocument);
    assert.ok(errorText(notebook, 0) !== undefined, 'the sample is not in Azure');
    assert.match(errorText(notebook, 1) ?? '', /asked alone/);
  });

  test('whoever signs out takes the workspace along, at once; whoever signs in brings it back', async () => {
    const notebook = await openHunt('signedOut', ['SigninLogs | take 1', 'SigninLogs | take 2']);
    await run(notebook, 0);
    await vscode.commands.executeCommand('emulatedAccount.signOut', priya);
    await start(notebook, 1);
    await until(() => errorText(notebook, 1) !== undefined, vscode.workspace.onDidChangeNotebookDocument);
    assert.match(errorText(notebook, 1) ?? '', /sign in/i);
    await vscode.commands.executeCommand('emulatedAccount.signIn');
    await start(notebook, 1);
    await until(() => resultIdOf(notebook, 1) !== undefined, vscode.workspace.onDidChangeNotebookDocument);
    assert.equal(shownResult(notebook, 1).result.rowCount, 2);
  });

  test('opening a notebook of a workspace that nobody is signed in to asks nothing', async () => {
    await vscode.commands.executeCommand('emulatedAccount.signOut', priya);
    const asked = await vscode.commands.executeCommand('emulatedAccount.asked');
    const notebook = await openHunt('foreign', ['SigninLogs | take 1']);
    await vscode.commands.executeCommand('huntbook.selectNotebookWorkspace', contosoSoc);
    await vscode.commands.executeCommand('workbench.view.extension.huntbook');
    assert.equal(await vscode.commands.executeCommand('emulatedAccount.asked'), asked);
    assert.deepEqual(notebook.cellAt(0).outputs, []);
  });

  function noticeOf(notebook: vscode.NotebookDocument, index: number, kind: ResultNotice['kind']): ResultNotice | undefined {
    return shownResult(notebook, index).result.notices?.find((notice) => notice.kind === kind);
  }

  function resultIdOf(notebook: vscode.NotebookDocument, index: number): string | undefined {
    const hasResult = outputText(notebook, index, 'text/html') !== undefined;
    return hasResult ? shownResult(notebook, index).result.resultId : undefined;
  }
});
