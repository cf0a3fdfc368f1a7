import { TextDocument } from 'vscode-languageserver-textdocument';
import { describe, expect, it } from 'vitest';
import { completionsAt } from '../../../src/kql/completer';
import { completions } from '../../../src/language/completion';
import { cellUri, marked } from './marked';

const messages = (cells: readonly string[], number = cells.length): readonly string[] => {
  const { notebook } = marked(cells);
  const cell = notebook.cell(cellUri(number));
  return cell ? notebook.statements(cell).flatMap(({ bound }) => bound.diagnostics.map((diagnostic) => diagnostic.message)) : [];
};

describe('names cross cells', () => {
  const clean: readonly [string, readonly string[]][] = [
    ['a scalar let', ['let lookback = 7d;', 'SigninLogs | where TimeGenerated > ago(lookback)']],
    ['a tabular let', ['let failed = SigninLogs | where ResultType != "0";', 'failed | summarize count() by UserPrincipalName']],
    ['a function', ['let f = (user:string) { SigninLogs | where UserPrincipalName == user };', 'f("a") | project IPAddress']],
    ['a function that uses a let', ['let n = 5; let f = () { SigninLogs | take n };', 'f() | project IPAddress']],
    ['a named result, from its query', ['//| name: hits\nSigninLogs | summarize Hits = count() by IPAddress', 'hits | where Hits > 5']],
    ['lets of the cell itself', ['let a = 1; let b = a + 1; print a + b']],
    ['a watchlist by a constant', ['let alias = "vips";', '_GetWatchlist(alias) | project Upn, Department']],
    ['a parameter declared in the cell', ['declare query_parameters(n:long = 5); SigninLogs | take n']],
  ];
  for (const [name, cells] of clean) it(name, () => expect(messages(cells)).toEqual([]));

  it('but not the lets of a cell that is also a query', () => {
    expect(messages(['let n = 5; SigninLogs | take n', 'print n'])).toEqual([
      "The name 'n' does not refer to any known column, table, variable or function.",
    ]);
  });

  it('nor names of later cells', () => {
    expect(messages(['print n', 'let n = 5;'], 1)).toHaveLength(1);
  });

  it('and a result that has run is as it came', () => {
    const { notebook } = marked(['//| name: hits\nSigninLogs', 'hits | where Extra > 5'], { results: ['hits Extra:long'] });
    expect(notebook.statements(notebook.cell(cellUri(2))!).flatMap(({ bound }) => bound.diagnostics)).toEqual([]);
  });
});

describe('what changes', () => {
  const cells = ['let n = 5;', 'SigninLogs | take n', 'AuditLogs | count'];
  const change = (texts: readonly string[], from: readonly string[] = cells) => {
    const { notebook } = marked(from);
    const before = notebook.cells.map((cell) => notebook.statements(cell)[0]!.bound);
    notebook.setCells(texts.map((text, index) => ({ document: TextDocument.create(cellUri(index + 1), 'kusto', 2, text), number: index + 1 })));
    return notebook.cells.map((cell, index) => notebook.statements(cell)[0]!.bound === before[index]);
  };

  it('alone is bound again', () => {
    expect(change([cells[0]!, 'SigninLogs | take n + 1', cells[2]!])).toEqual([true, false, true]);
  });

  it('in a definition that means the same touches nothing else', () => {
    expect(change(['let n = 5 ;', cells[1]!, cells[2]!])).toEqual([false, true, true]);
  });

  it('in a definition touches what mentions it, and nothing else', () => {
    expect(change(['let n = "x";', cells[1]!, cells[2]!])).toEqual([false, false, true]);
  });

  it('in a definition touches what uses it by way of a function', () => {
    const texts = (n: string) => [`let n = ${n};`, 'let f = () { SigninLogs | extend x = n };', 'f() | project x', 'AuditLogs | count'];
    expect(change(texts('"x"'), texts('5'))).toEqual([false, false, false, true]);
  });

  it('in a definition touches what may read any table', () => {
    const texts = (n: string) => [`let ${n} = SigninLogs;`, 'union * | count', 'search "x"', 'AuditLogs | count'];
    expect(change(texts('other'), texts('mine'))).toEqual([false, false, false, true]);
  });

  it('in a definition touches what does not know a name', () => {
    expect(change(['let other = 5;', 'print othre'], ['let mine = 5;', 'print othre'])).toEqual([false, false]);
  });

  it('is there for completion in what is not bound again', () => {
    const { notebook } = marked(['let mine = 5;', 'SigninLogs | take ']);
    const cellNow = () => notebook.cell(cellUri(2))!;
    completions(notebook, cellNow(), 18);
    const documents = ['let yours = 5;', 'SigninLogs | take '].map((text, index) => TextDocument.create(cellUri(index + 1), 'kusto', 2, text));
    notebook.setCells(documents.map((document, index) => ({ document, number: index + 1 })));
    const labels = completions(notebook, cellNow(), 18).items.map(({ label }) => label);
    expect(labels).toContain('yours');
    expect(labels).not.toContain('mine');
  });
});

it('a statement is found while something is typed behind it', () => {
  const { notebook, uri, offset } = marked(['let a = 1;', 'SigninLogs | where ‸']);
  const statement = notebook.statementAt(notebook.cell(uri)!, offset)!;
  const labels = completionsAt(statement.bound, offset - statement.range.start).items.map((item) => item.label);
  expect(labels).toContain('IPAddress');
  expect(labels).toContain('a');
});

it('definitions are found by name, the nearest before', () => {
  const { notebook, uri } = marked(['let n = 1;', 'let n = 2;', '//| name: hits\nSigninLogs', 'hits | take n']);
  const cell = notebook.cell(uri)!;
  const [statement] = notebook.statements(cell);
  expect(notebook.definitionOf('n', cell, statement)?.cell.number).toBe(2);
  const hits = notebook.definitionOf('hits', cell, statement);
  expect([hits?.cell.number, hits?.statement]).toEqual([3, undefined]);
  expect(notebook.definitionOf('SigninLogs', cell, statement)).toBeUndefined();
});

it('text that cannot be bound says so, alone', () => {
  expect(messages([`print ${'('.repeat(6000)}`])[0]).toMatch(/^The statement cannot be analysed: .*nested/u);
  expect(messages([`print "${'x'.repeat(200_000)}"`])).toEqual([
    'The statement is longer than 100,000 characters: it runs, but it is not checked here.',
  ]);
});
