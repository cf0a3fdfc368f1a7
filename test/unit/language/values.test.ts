import { describe, expect, it } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { BoundStatement } from '../../../src/kql/boundStatement';
import { KqlScope } from '../../../src/kql/kqlScope';
import { valueCompletions, valuePlace } from '../../../src/language/valueCompletion';
import { marked, testSchema } from './marked';

function at(text: string) {
  const { notebook, uri, offset } = marked([text]);
  const cell = notebook.cell(uri)!;
  return { cell, offset, place: valuePlace(notebook, cell, offset) };
}

describe('a value of a column is wanted', () => {
  const wanted: readonly [string, string][] = [
    ['SigninLogs | where IPAddress == ‸', 'IPAddress'],
    ['SigninLogs | where IPAddress == "‸', 'IPAddress'],
    ['SigninLogs | where IPAddress == "‸"', 'IPAddress'],
    ["SigninLogs | where IPAddress != '‸'", 'IPAddress'],
    ['SigninLogs | where IPAddress =~"‸', 'IPAddress'],
    ['SigninLogs | where IPAddress == ad‸', 'IPAddress'],
    ['SigninLogs | where IPAddress has "‸', 'IPAddress'],
    ['SigninLogs | where IPAddress !startswith_cs "a‸', 'IPAddress'],
    ['SigninLogs | where IPAddress in (‸', 'IPAddress'],
    ['SigninLogs | where IPAddress in~ ("a, b", "‸', 'IPAddress'],
    ['SigninLogs | where IPAddress !in ("a",\n  "b", ‸) | take 5', 'IPAddress'],
    ['SigninLogs | where UserPrincipalName has_any ("‸', 'UserPrincipalName'],
    ['SigninLogs | where ResultType == "0" and IPAddress == "‸', 'IPAddress'],
    ['SigninLogs | extend Who = UserPrincipalName | where Who == "‸', 'Who'],
    ["SigninLogs | extend ['my who'] = UserPrincipalName | where ['my who'] == \"‸", 'my who'],
    ['SigninLogs | summarize countif(IPAddress == "‸")', 'IPAddress'],
    ['let a = 5; SigninLogs | where IPAddress == "‸', 'IPAddress'],
  ];
  for (const [text, column] of wanted) it(text, () => expect(at(text).place?.wanted).toEqual({ kind: 'value', column }));

  const others = [
    'SigninLogs | where ‸',
    'SigninLogs | where IPAddress‸',
    'SigninLogs | where TimeGenerated == "‸',
    'SigninLogs | where LocationDetails == "‸',
    'SigninLogs | where strlen(IPAddress) == "‸',
    'SigninLogs | where IPAddress == "a" ‸',
    'print x = "IPAddress == ‸',
    'SigninLogs // IPAddress == ‸',
    'SigninLogs | where IPAddress == "a" or "‸',
    'SigninLogs | extend x = "‸',
    'SigninLogs | where Nothing == "‸',
  ];
  for (const text of others) it(`not: ${text}`, () => expect(at(text).place).toBeUndefined());
});

describe('a watchlist is wanted', () => {
  for (const text of ["_GetWatchlist('‸')", '_GetWatchlist(‸', 'SigninLogs | join (_GetWatchlist("v‸")) on $left.Id == $right.Upn']) {
    it(text, () => expect(at(text).place?.wanted).toEqual({ kind: 'watchlist' }));
  }
  it('not behind it', () => expect(at('_GetWatchlist("vips", "‸').place).toBeUndefined());
});

describe('what is inserted', () => {
  const cases: readonly [string, string, string][] = [
    ['SigninLogs | where IPAddress == ‸', '10.0.0.1', 'SigninLogs | where IPAddress == "10.0.0.1"'],
    ['SigninLogs | where IPAddress == "‸', '10.0.0.1', 'SigninLogs | where IPAddress == "10.0.0.1"'],
    ['SigninLogs | where IPAddress == "10‸" | take 5', '10.0.0.1', 'SigninLogs | where IPAddress == "10.0.0.1" | take 5'],
    ['SigninLogs | where IPAddress == "10‸.9.9" or 1 == 1', '10.0.0.1', 'SigninLogs | where IPAddress == "10.0.0.1" or 1 == 1'],
    ['SigninLogs | where IPAddress == "‸ and ResultType == "0"', 'x', 'SigninLogs | where IPAddress == "x" and ResultType == "0"'],
    ["SigninLogs | where IPAddress in ('a', 'b‸')", 'bc', 'SigninLogs | where IPAddress in (\'a\', "bc")'],
    ['SigninLogs | where IPAddress == ad‸', 'admin', 'SigninLogs | where IPAddress == "admin"'],
    ["_GetWatchlist('‸')", 'vips', '_GetWatchlist("vips")'],
  ];
  for (const [text, value, expected] of cases) {
    it(`${text} ← ${value}`, () => {
      const { cell, place } = at(text);
      const [item] = valueCompletions(place!, [value]);
      const { range, newText } = item!.textEdit as { range: never; newText: string };
      expect(TextDocument.applyEdits(cell.document, [{ range, newText }])).toBe(expected);
    });
  }

  for (const value of ['a" | evaluate bag_unpack(x) //', "it's", 'C:\\Windows\\', 'two\nlines', '${1:x}', 'x'.repeat(500), '\u202Egnp.exe', '```']) {
    it(`a literal, whatever the value holds: ${JSON.stringify(value.slice(0, 30))}`, () => {
      const { cell, place } = at('SigninLogs | where IPAddress == "‸"');
      const [item] = valueCompletions(place!, [value]);
      const text = TextDocument.applyEdits(cell.document, [item!.textEdit as { range: never; newText: string }]);
      const bound = new BoundStatement(text, KqlScope.of(testSchema));
      expect(bound.diagnostics).toEqual([]);
      expect(bound.nodes.find(({ kind }) => kind === 'StringLiteralExpression')?.literalText).toBe(value);
      expect(item!.label).not.toMatch(/[\n\u202E]/u);
      expect(item!.label.length).toBeLessThanOrEqual(60);
    });
  }

  it('comes first, in its order, and is found by what is typed', () => {
    const { place } = at('SigninLogs | where IPAddress == "‸"');
    const items = valueCompletions(place!, ['b', 'a']);
    expect(items.map(({ sortText }) => sortText)).toEqual(['!000', '!001']);
    expect(items.map(({ filterText }) => filterText)).toEqual(['"b', '"a']);
  });
});
