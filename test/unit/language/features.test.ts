import { describe, expect, it } from 'vitest';
import { completions, documented } from '../../../src/language/completion';
import { diagnostics } from '../../../src/language/diagnostics';
import { hover } from '../../../src/language/hover';
import { quickFixes } from '../../../src/language/quickFixes';
import { semanticTokens, tokenLegend } from '../../../src/language/semanticTokens';
import { signatureHelp } from '../../../src/language/signatureHelp';
import { documentSymbols, foldingRanges, selectionRange } from '../../../src/language/structure';
import { marked } from './marked';

function open(...cells: readonly string[]) {
  const { notebook, uri, offset } = marked(cells);
  return { notebook, cell: notebook.cell(uri)!, offset };
}

describe('completion', () => {
  const cases: readonly [string, readonly string[], readonly string[], readonly string[]][] = [
    ['tables at the start', ['‸'], ['SigninLogs', 'RecentSignins([days])'], ['IPAddress']],
    ['after a comment', ['// why\n‸'], ['SigninLogs'], []],
    ['columns in a condition', ['SigninLogs | where ‸'], ['IPAddress', 'isnotempty(value)'], ['SigninLogs | where']],
    ['while a name is typed', ['SigninLogs | where IPA‸'], ['IPAddress'], []],
    ['operators after a pipe', ['SigninLogs | ‸'], ['where', 'summarize', 'mv-expand'], ['IPAddress']],
    ['comparisons after a column', ['SigninLogs | where IPAddress ‸'], ['has', '=='], []],
    ['columns that a step makes', ['SigninLogs | summarize Hits = count() by IPAddress | where ‸'], ['Hits', 'IPAddress'], ['ResultType']],
    ['names of earlier cells', ['let n = 5;', 'SigninLogs | take ‸'], ['n'], []],
    ['a named result', ['//| name: hits\nSigninLogs | project IPAddress', '‸'], ['hits'], []],
    ['its columns', ['//| name: hits\nSigninLogs | project Where = IPAddress', 'hits | where ‸'], ['Where'], ['IPAddress']],
    ['both sides of a join', ['SigninLogs | join AuditLogs on $left.‸'], ['IPAddress'], ['OperationName']],
    ['keys of the header', ['//| ‸\nSigninLogs'], ['name', 'workspace', 'timespan'], ['SigninLogs']],
    ['each key once', ['//| name: a\n//| ‸\nSigninLogs'], ['timespan'], ['name']],
    ['timespans', ['//| timespan: ‸\nSigninLogs'], ['P7D'], []],
    ['workspaces', ['//| workspace: ‸\nSigninLogs'], ['Contoso'], []],
    ['nothing in a string', ['print "‸'], [], ['SigninLogs']],
    ['nothing in a comment', ['SigninLogs // ‸'], [], ['where']],
  ];
  for (const [name, cells, present, absent] of cases) {
    it(name, () => {
      const { notebook, cell, offset } = open(...cells);
      const labels = completions(notebook, cell, offset, ['Contoso']).items.map((item) => item.label);
      expect(labels).toEqual(expect.arrayContaining([...present]));
      for (const label of absent) expect(labels).not.toContain(label);
    });
  }

  it('an item that is looked at says what it is', () => {
    const { notebook, cell, offset } = open('SigninLogs | summ‸');
    const item = completions(notebook, cell, offset).items.find(({ label }) => label === 'summarize')!;
    expect(JSON.stringify(documented(item).documentation)).toContain('summarize-operator');
  });

  it('columns come before functions, and what is inserted leaves the caret between brackets', () => {
    const { notebook, cell, offset } = open('SigninLogs | where ‸');
    const { items } = completions(notebook, cell, offset);
    const sorted = [...items].sort((left, right) => (left.sortText! < right.sortText! ? -1 : 1)).map((item) => item.label);
    expect(sorted.indexOf('IPAddress')).toBeLessThan(sorted.findIndex((label) => label.startsWith('abs(')));
    expect(items.find((item) => item.label.startsWith('isnotempty'))?.textEditText).toBe('isnotempty($0)');
  });
});

describe('hover', () => {
  const cases: readonly [string, readonly string[], string | RegExp][] = [
    ['a column says its type and table', ['SigninLogs | where IP‸Address == ""'], /IPAddress: string[^]*Column of `SigninLogs`/u],
    ['a table lists its columns', ['Signin‸Logs'], /`UserPrincipalName` string/u],
    ['a function is shown as it is called', ['print str‸cat("a")'], /strcat\(/u],
    ['a stored function too', ['Recent‸Signins(1)'], /RecentSignins\(\[days:int\]\)/u],
    ['a let of another cell says where it is', ['let n = 5;', 'SigninLogs | take ‸n'], /n: (?:int|long)[^]*Defined in cell 1/u],
    ['a result too', ['//| name: hits\nSigninLogs', 'hi‸ts'], /Defined in cell 1/u],
    ['an operator has its summary', ['SigninLogs | wh‸ere true'], /learn\.microsoft\.com\/kusto\/query\/where-operator/u],
  ];
  for (const [name, cells, expected] of cases) {
    it(name, () => {
      const { notebook, cell, offset } = open(...cells);
      const found = hover(notebook, cell, offset);
      expect(JSON.parse(JSON.stringify(found?.contents ?? {})).value).toMatch(expected);
    });
  }

  it('of data stays text', () => {
    const { notebook, cell, offset } = open("print ['a`b [x](command:y)'] = 1 | extend c‸ = 1 | project ['a`b [x](command:y)']");
    expect(hover(notebook, cell, offset)).toBeDefined();
    const wide = open("print ['a`b [x](command:y)'] = 1 | where ['a`b‸ [x](command:y)'] == 1");
    const value = JSON.stringify(hover(wide.notebook, wide.cell, wide.offset)?.contents);
    expect(value).toContain('```kusto\\n');
    expect(value).not.toMatch(/\n\n[^`]*\[x\]\(command/u);
  });
});

describe('signature help', () => {
  const cases: readonly [string, string, string, number][] = [
    ['the first argument', 'print bin(‸)', 'bin(', 0],
    ['the second', 'print bin(1, ‸)', 'bin(', 1],
    ['not yet closed', 'print bin(now(), ‸', 'bin(', 1],
    ['the inner call', 'print bin(ago(‸), 1h)', 'ago(', 0],
    ['commas in strings do not count', 'print strcat("a,b", ‸)', 'strcat(', 1],
    ['an aggregate', 'SigninLogs | summarize countif(‸)', 'countif(', 0],
  ];
  for (const [name, text, label, argument] of cases) {
    it(name, () => {
      const { notebook, cell, offset } = open(text);
      const help = signatureHelp(notebook, cell, offset);
      expect(help?.signatures[help.activeSignature ?? 0]?.label.startsWith(label)).toBe(true);
      const count = help!.signatures[help!.activeSignature ?? 0]!.parameters!.length;
      expect(help?.activeParameter).toBe(Math.min(argument, count - 1));
    });
  }
  it('none outside of calls', () => {
    const { notebook, cell, offset } = open('print bin(1, 2)‸');
    expect(signatureHelp(notebook, cell, offset)).toBeUndefined();
  });
});

describe('diagnostics', () => {
  const found = (...cells: readonly string[]) => {
    const { notebook, cell } = open(...cells);
    return { cell, all: diagnostics(notebook, cell, {}) };
  };

  it('say what an unknown name may have meant, and a fix writes it', () => {
    const { cell, all } = found('SigninLogs | where IPAddres == "x"');
    expect(all).toMatchObject([{ code: 'KS142', message: expect.stringContaining('Did you mean IPAddress') }]);
    expect(quickFixes(cell, all)[0]).toMatchObject({ title: 'Change to IPAddress', edit: { changes: { 'cell:1': [{ newText: 'IPAddress' }] } } });
  });

  it('say which later cell defines a name', () => {
    const { notebook } = marked(['print n', 'let n = 5;']);
    expect(diagnostics(notebook, notebook.cell('cell:1')!, {})[0]?.message).toMatch(/Cell 2 defines it: it has to come first/u);
  });

  it('tell of wrong cell options', () => {
    expect(found('//| timespan: soon\nSigninLogs').all).toMatchObject([{ severity: 1, range: { start: { line: 0 } } }]);
  });

  it('hints are off when the text is broken, and when the setting says so', () => {
    const text = 'SigninLogs | where TimeGenerated > ago(1d) and IPAddress contains "contoso"';
    expect(found(text).all.map(({ code }) => code)).toEqual(['HB102']);
    expect(found(`${text} | where`).all.map(({ code }) => code)).not.toContain('HB102');
    const { notebook, cell } = open(text);
    expect(diagnostics(notebook, cell, { containsForHas: false })).toEqual([]);
  });
});

describe('structure', () => {
  it('outline: lets, functions and operators', () => {
    const { notebook, cell } = open('let n = 5;\nlet f = () { 1 };\nSigninLogs\n| where true\n| take n');
    const symbols = documentSymbols(notebook, cell);
    expect(symbols.map(({ name, kind }) => `${name}:${kind}`)).toEqual(['n:13', 'f:12', 'SigninLogs | where true | take n:24']);
    expect(symbols[2]?.children?.map(({ name }) => name)).toEqual(['where true', 'take n']);
  });

  it('what an outline selects lies within what it belongs to', () => {
    const { notebook, cell } = open('let T = SigninLogs | where true | take 5; T | count // all\n');
    const offset = ({ line, character }: { line: number; character: number }) => cell.document.offsetAt({ line, character });
    const check = (symbols: ReturnType<typeof documentSymbols>): void => {
      for (const { range, selectionRange, children } of symbols) {
        expect(offset(selectionRange.start)).toBeGreaterThanOrEqual(offset(range.start));
        expect(offset(selectionRange.end)).toBeLessThanOrEqual(offset(range.end));
        check(children ?? []);
      }
    };
    check(documentSymbols(notebook, cell));
  });

  it('folding: statements, brackets and comments', () => {
    const { cell } = open('// a\n// b\nSigninLogs\n| join (\n  AuditLogs\n) on $left.IPAddress == $right.Id');
    expect(foldingRanges(cell)).toEqual([
      { startLine: 2, endLine: 5 },
      { startLine: 3, endLine: 4 },
      { startLine: 0, endLine: 1, kind: 'comment' },
    ]);
  });

  it('selection grows from the name to the cell', () => {
    const { notebook, cell, offset } = open('let n = 5;\nSigninLogs | where IP‸Address == "x"');
    const texts: string[] = [];
    for (let range = selectionRange(notebook, cell, offset); ; range = range.parent!) {
      texts.push(cell.document.getText(range.range));
      if (!range.parent) break;
    }
    expect(texts).toEqual([
      'IPAddress',
      'IPAddress == "x"',
      'where IPAddress == "x"',
      'SigninLogs | where IPAddress == "x"',
      'let n = 5;\nSigninLogs | where IPAddress == "x"',
    ]);
  });

  it('semantic tokens: names by their meaning', () => {
    const { notebook, cell } = open('let n = 5;\nSigninLogs | where IPAddress == strcat("a") | take n');
    const { data } = semanticTokens(notebook, cell);
    const types: string[] = [];
    for (let index = 3; index < data.length; index += 5) types.push(tokenLegend[data[index]!]!);
    expect(types).toEqual(['variable', 'class', 'property', 'function', 'variable']);
  });
});
