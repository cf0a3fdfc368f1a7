import { describe, expect, it } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { inlayHints } from '../../../src/language/inlayHints';
import { letRefactorings } from '../../../src/language/letRefactorings';
import { cellUri, marked } from './marked';

/** The text after each action at the selection between two `‸` (or at one). */
function actions(text: string): Readonly<Record<string, string>> {
  const from = text.indexOf('‸');
  const rest = text.replace('‸', '');
  const second = rest.indexOf('‸');
  const plain = rest.replace('‸', '');
  const { notebook } = marked([plain]);
  const cell = notebook.cell(cellUri(1))!;
  const found = letRefactorings(notebook, cell, from, second < 0 ? from : second);
  const after = ({ edit }: (typeof found)[number]) => TextDocument.applyEdits(cell.document, edit?.changes?.[cell.uri] ?? []);
  return Object.fromEntries(found.map((action) => [action.title, after(action)]));
}

describe('let refactorings', () => {
  const cases: readonly [string, string, string | undefined, string?][] = [
    ['extract a value', 'SigninLogs | where TimeGenerated > ‸ago(1d)‸', 'Extract to let value', 'let value = ago(1d);\nSigninLogs | where TimeGenerated > value'],
    [
      'extract a table',
      'SigninLogs | join (‸AuditLogs | take 5‸) on $left.IPAddress == $right.Id',
      'Extract to let rows',
      'let rows = AuditLogs | take 5;\nSigninLogs | join (rows) on $left.IPAddress == $right.Id',
    ],
    ['with a name that is free', 'let value = 1;\nprint value, ‸2 + 3‸', 'Extract to let value2', 'let value = 1;\nlet value2 = 2 + 3;\nprint value, value2'],
    ['not what reads columns', 'SigninLogs | where ‸strlen(IPAddress)‸ > 5', undefined],
    ['not half an expression', 'print ‸1 +‸ 2', undefined],
    ['inline a value', 'let ‸n = 5;\nSigninLogs | take n', 'Inline n', 'SigninLogs | take 5'],
    ['inline with brackets where it needs them', 'let ‸n = 2 + 3;\nprint n * 2', 'Inline n', 'print (2 + 3) * 2'],
    ['not what other cells may use', 'let ‸n = 5;', undefined],
  ];
  for (const [name, text, title, expected] of cases) {
    it(name, () => expect(actions(text)).toEqual(title === undefined ? {} : { [title]: expected }));
  }
});

it('inlay hints: types behind names', () => {
  const text = 'let n = 5;\nSigninLogs | summarize Hits = count() by Day = bin(TimeGenerated, 1d)';
  const { notebook } = marked([text]);
  const cell = notebook.cell(cellUri(1))!;
  expect(inlayHints(notebook, cell, 0, text.length).map(({ label, position }) => `${position.line}:${position.character}${JSON.stringify(label)}`)).toEqual([
    '0:5": long"',
    '1:27": long"',
    '1:44": datetime"',
  ]);
});
