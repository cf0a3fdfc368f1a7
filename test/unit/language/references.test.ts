import { describe, expect, it } from 'vitest';
import { definition, highlights, prepareRename, references, rename } from '../../../src/language/references';
import type { Location } from 'vscode-languageserver-types';
import { marked } from './marked';

/** `cell:line:column-column` of places. */
const places = (found: readonly Location[]): string =>
  found.map(({ uri, range }) => `${uri.slice(5)}:${range.start.line}:${range.start.character}-${range.end.character}`).join(' ');

const cases: readonly [string, readonly string[], string, string][] = [
  ['a let of an earlier cell', ['let n = 5;', 'SigninLogs | take ‸n'], '1:0:4-5', '1:0:4-5 2:0:18-19'],
  ['from the definition', ['let ‸n = 5;', 'SigninLogs | take n', 'print n'], '1:0:4-5', '1:0:4-5 2:0:18-19 3:0:6-7'],
  ['of the cell itself', ['let n = 5; let m = ‸n; print m'], '1:0:4-5', '1:0:4-5 1:0:19-20'],
  ['redefined: the nearest before', ['let n = 1;', 'let n = 2;', 'print ‸n'], '2:0:4-5', '2:0:4-5 3:0:6-7'],
  ['redefined: the first is used up to the second', ['let ‸n = 1;', 'print n', 'let n = 2;', 'print n'], '1:0:4-5', '1:0:4-5 2:0:6-7'],
  ['a named result', ['//| name: hits\nSigninLogs', 'hi‸ts | count'], '1:0:10-14', '1:0:10-14 2:0:0-4'],
  ['from the option', ['//| name: hi‸ts\nSigninLogs', 'hits | join hits on IPAddress'], '1:0:10-14', '1:0:10-14 2:0:0-4 2:0:12-16'],
  ['a function', ['let f = (x:long) { x };', 'print ‸f(1)'], '1:0:4-5', '1:0:4-5 2:0:6-7'],
  ['a parameter of a function', ['let f = (x:long) { ‸x + x };'], '1:0:9-10', '1:0:9-10 1:0:19-20 1:0:23-24'],
  ['a column has uses, but no definition', ['SigninLogs | where IPA‸ddress == "x" | project IPAddress'], '', '1:0:19-28 1:0:46-55'],
  ['a table has none', ['Signin‸Logs | take 1'], '', '1:0:0-10'],
  ['nothing in a string', ['print "n‸"'], '', ''],
];

describe('definition and references of', () => {
  for (const [name, cells, defined, used] of cases) {
    it(name, () => {
      const { notebook, uri, offset } = marked(cells);
      const cell = notebook.cell(uri)!;
      expect(places(definition(notebook, cell, offset))).toBe(defined);
      expect(places(references(notebook, cell, offset, true))).toBe(used);
    });
  }
});

it('highlights stay in the cell', () => {
  const { notebook, uri, offset } = marked(['let n = 1;', 'print ‸n, n + 1']);
  expect(highlights(notebook, notebook.cell(uri)!, offset)).toHaveLength(2);
});

describe('rename', () => {
  const renamed = (cells: readonly string[], newName: string) => {
    const { notebook, uri, offset } = marked(cells);
    const cell = notebook.cell(uri)!;
    return { prepared: prepareRename(notebook, cell, offset), edit: rename(notebook, cell, offset, newName) };
  };

  it('changes every cell', () => {
    const { prepared, edit } = renamed(['//| name: hits\nSigninLogs', 'hi‸ts | count', 'union hits, AuditLogs'], 'failures');
    expect(prepared?.placeholder).toBe('hits');
    expect(Object.keys(edit?.changes ?? {})).toEqual(['cell:1', 'cell:2', 'cell:3']);
  });

  it('is not offered for columns, tables and functions of the workspace', () => {
    for (const text of ['SigninLogs | project IP‸Address', 'Signin‸Logs', 'print str‸cat("a")', 'Recent‸Signins(1)']) {
      expect(renamed([text], 'x').prepared).toBeUndefined();
    }
  });

  it('refuses what is no name, and what is taken', () => {
    expect(() => renamed(['let ‸n = 1;'], 'a b')).toThrow('is not a name');
    expect(() => renamed(['let ‸n = 1; let m = 2;'], 'm')).toThrow('another "m"');
  });
});
