import { expect, it } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { completions } from '../../../src/language/completion';
import { diagnostics } from '../../../src/language/diagnostics';
import { formatCell } from '../../../src/language/formatting';
import { definition } from '../../../src/language/references';
import { marked } from './marked';

function script(text: string) {
  const { notebook, uri, offset } = marked([text], { isScript: true });
  return { notebook, cell: notebook.cell(uri)!, offset };
}

const TWO = '// First\nlet n = 5;\n\nSigninLogs\n| where TimeGenerated > ago(1d)\n| take n\n\n// Second\nAuditLogs | where TimeGenerated > ago(1d) | take n\n';

it('queries that blank lines separate have no errors, and know the lets above', () => {
  const { notebook, cell } = script(TWO);
  expect(diagnostics(notebook, cell, {})).toEqual([]);
});

it('a cell of a notebook is one query, whatever its blank lines', () => {
  const { notebook, uri } = marked([TWO]);
  expect(diagnostics(notebook, notebook.cell(uri)!, {})).not.toEqual([]);
});

it.each([
  ['tables and lets between two queries', 'let n = SigninLogs;\n\nn | take 1\n\n\n‸\n\nAuditLogs | take 1', ['AuditLogs', 'n']],
  ['operators in the query that has not ended', 'SigninLogs\n\n| ‸\n\nAuditLogs', ['where']],
  ['columns of its own query', 'SigninLogs | take 1\n\nAuditLogs | where ‸', ['OperationName']],
])('completion offers %s', (_name, text, labels) => {
  const { notebook, cell, offset } = script(text);
  expect(completions(notebook, cell, offset).items.map(({ label }) => label)).toEqual(expect.arrayContaining(labels));
});

it('go to definition finds the let above', () => {
  const { notebook, cell, offset } = script('let n = 5\n\nSigninLogs | take ‸n');
  expect(definition(notebook, cell, offset)).toMatchObject([{ range: { start: { line: 0, character: 4 } } }]);
});

it('formatting lays out each statement, and leaves what is between', () => {
  const { notebook, cell } = script('// a\nSigninLogs|take 5\n\n\n// b\nAuditLogs|take 5\n');
  expect(TextDocument.applyEdits(cell.document, formatCell(notebook, cell, 4))).toBe('// a\nSigninLogs | take 5\n\n\n// b\nAuditLogs | take 5\n');
});
