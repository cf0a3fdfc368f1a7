import * as assert from 'node:assert/strict';
import { suite, suiteTeardown, test } from 'mocha';
import * as vscode from 'vscode';
import { closeEditors, errorText, openHunt, run, shownResult } from './huntNotebook';

const { executeCommand } = vscode.commands;

interface Written {
  readonly what: string;
  readonly text: string;
  readonly incidentNumber?: number;
  readonly by: string;
}

function written(notebook: vscode.NotebookDocument): readonly Written[] {
  const { huntbook } = notebook.metadata['metadata'] as { readonly huntbook?: { readonly written?: readonly Written[] } };
  return huntbook?.written ?? [];
}

/** Everything that dialogs would ask for is given. */
suite('findings go back', () => {
  suiteTeardown(closeEditors);

  test('a result becomes a watchlist, gets more rows, and is there for queries', async () => {
    const notebook = await openHunt('watchlist', [
      'print IPAddress = "192.0.2.10", Office = "Oslo"',
      'print ipaddress = "192.0.2.11", Extra = 1',
      "_GetWatchlist('OfficeAddresses')\n| project IPAddress, Office\n| sort by IPAddress asc",
    ]);
    await run(notebook, 0, 1);
    const cell = (index: number): string => notebook.cellAt(index).document.uri.toString();
    await executeCommand('huntbook.createWatchlist', { cell: cell(0), alias: 'OfficeAddresses', name: 'Offices', searchKey: 'IPAddress' });
    await executeCommand('huntbook.addToWatchlist', { cell: cell(1), alias: 'OfficeAddresses' });
    await run(notebook, 2);
    assert.equal(errorText(notebook, 2), undefined);
    assert.deepEqual(shownResult(notebook, 2).result.preview.rows, [['192.0.2.10', 'Oslo'], ['192.0.2.11', '']]);
    assert.deepEqual(written(notebook).map(({ what, text }) => `${what} ${text}`), ['watchlist OfficeAddresses: 1 rows', 'watchlist OfficeAddresses: 1 rows']);
    assert.notEqual(written(notebook)[0]?.by, '');
  });

  test('rows become bookmarks of the linked incident, cells a comment, and the verdict is recorded', async () => {
    const notebook = await openHunt('findings', ['SigninLogs\n| where ResultType == "50126"\n| project TimeGenerated, UserPrincipalName, IPAddress\n| take 5']);
    await run(notebook, 0);
    const cell = notebook.cellAt(0).document.uri.toString();
    await executeCommand('huntbook.notebookIncident', { choice: 'link', number: 1041 });
    await executeCommand('huntbook.bookmarkRows', { cell, rows: [0, 2], name: 'Spray', notes: 'Seen.', tactics: ['CredentialAccess'], incidentNumber: 1041 });
    await executeCommand('huntbook.commentFromNotebook', { cells: [0], how: 'write' });
    await executeCommand('huntbook.notebookIncident', { choice: 'close', argument: { classification: 'Undetermined', comment: '' } });
    assert.deepEqual(
      written(notebook).map(({ what, text, incidentNumber }) => [what, what === 'comment' ? '' : text, incidentNumber]),
      [
        ['bookmark', 'Spray (1), Spray (2)', 1041],
        ['comment', '', 1041],
        ['incident', written(notebook)[2]?.text, 1041],
      ],
    );
    assert.match(written(notebook)[2]?.text ?? '', /Closed/u);
    await executeCommand('huntbook.showWritten');
    assert.match(notebook.cellAt(notebook.cellCount - 1).document.getText(), /^## Written to Sentinel[\s\S]*Spray \\?\(1\\?\)/u);
  });

  test('a cell becomes a hunting query and a draft of a rule, with what it needs of earlier cells', async () => {
    const notebook = await openHunt('rule', ['let least = 3;', 'SigninLogs\n| summarize Failures = count() by IPAddress\n| where Failures >= least']);
    await run(notebook, 0, 1);
    const cell = notebook.cellAt(1).document.uri.toString();
    const words = { name: 'Busy addresses', description: 'Many sign-ins.', tactics: ['CredentialAccess'], techniques: 'T1110' };
    await executeCommand('huntbook.saveHuntingQuery', { cell, ...words });
    assert.deepEqual(written(notebook).map(({ what, text }) => [what, text]), [['huntingQuery', 'Busy addresses']]);
    await executeCommand('huntbook.draftAnalyticsRule', { cell, name: 'Busy addresses' });
    const draft = vscode.window.activeTextEditor?.document;
    assert.equal(draft?.languageId, 'yaml');
    assert.match(draft.getText(), /name: "Busy addresses"[\s\S]*query: \|\n {2}let least = 3;\n {2}SigninLogs[\s\S]*entityType: IP/u);
  });

  test('an entity becomes a notebook', async () => {
    await executeCommand('huntbook.huntFromEntity', { kind: 'Ip', value: '203.0.113.7' });
    const cells = vscode.window.activeNotebookEditor?.notebook.getCells() ?? [];
    assert.ok(cells.some(({ document }) => document.getText().includes('let ips = dynamic(["203.0.113.7"]);')));
    assert.ok(cells.length > 5);
  });
});
