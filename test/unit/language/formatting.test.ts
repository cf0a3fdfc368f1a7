import { describe, expect, it } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { formatCell, formatRange } from '../../../src/language/formatting';
import { cellUri, marked } from './marked';

function formatted(text: string, indent = 4): string {
  const { notebook } = marked([text]);
  const cell = notebook.cell(cellUri(1))!;
  return TextDocument.applyEdits(cell.document, formatCell(notebook, cell, indent));
}

const cases: readonly [string, string, string][] = [
  ['a short pipe stays on its line', 'SigninLogs|where ResultType!="0"|take 5', 'SigninLogs | where ResultType != "0" | take 5'],
  ['a line an operator', 'SigninLogs\n|where ResultType!="0"|take 5', 'SigninLogs\n| where ResultType != "0"\n| take 5'],
  ['the header stays', '//| name: a\nSigninLogs|take 5', '//| name: a\nSigninLogs | take 5'],
  ['comments stay', '// why\nSigninLogs // where\n|take 5 // how many', '// why\nSigninLogs // where\n| take 5 // how many'],
  ['lets', 'let n=5;let m = n+1;\nprint m', 'let n = 5;\nlet m = n + 1;\nprint m'],
  ['strings keep their spaces', 'print "a  |  b", \'c\'', 'print "a  |  b", \'c\''],
  ['strings over lines', 'print ```a\n  b```', 'print ```a\n  b```'],
  ['the last line break stays', 'SigninLogs|count\n', 'SigninLogs | count\n'],
  ['Windows line ends stay', 'SigninLogs|count\r\n|take 1', 'SigninLogs\r\n| count\r\n| take 1'],
  ['nothing but a comment', '// nothing', '// nothing'],
];

describe('formatting', () => {
  for (const [name, text, expected] of cases) {
    it(name, () => {
      expect(formatted(text)).toBe(expected);
      expect(formatted(expected)).toBe(expected);
    });
  }

  const broken = ['SigninLogs | where', 'SigninLogs | where (a ==', 'let x = ;', 'print "open', '| | |', 'SigninLogs | summarize by', '(((('];
  for (const text of broken) it(`leaves every word of half-written text: ${text}`, () => expect(formatted(text).replace(/\s/gu, '')).toBe(text.replace(/\s/gu, '')));

  it('of a selection leaves the rest', () => {
    const { notebook } = marked(['let n=5;\nlet m=6;\nprint n+m']);
    const cell = notebook.cell(cellUri(1))!;
    const edits = formatRange(notebook, cell, 10, 12, 4);
    expect(TextDocument.applyEdits(cell.document, edits)).toBe('let n=5;\nlet m = 6;\nprint n+m');
  });
});
