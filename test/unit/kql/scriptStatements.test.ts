import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { scriptStatements } from '../../../src/kql/scriptStatements';
import { statementRanges } from '../../../src/kql/statementRanges';

const statements = (text: string): readonly string[] => [...scriptStatements(text)].map(({ start, end }) => text.slice(start, end));

describe('statements of a script', () => {
  const apart: readonly [string, string, readonly string[]][] = [
    ['a blank line', 'A | take 1\n\nB', ['A | take 1', 'B']],
    ['of spaces, too', 'A\n  \t\nB', ['A', 'B']],
    ['Windows line ends', 'A\r\n\r\nB\r\n', ['A', 'B']],
    ['old line ends', 'A\r\rB', ['A', 'B']],
    ['a semicolon', 'let n = 5; A | take n;B', ['let n = 5', 'A | take n', 'B']],
    ['comments between', 'A // why\n\n// next\nB', ['A', 'B']],
    ['a comment before the blank line', 'A\n// done\n\nB', ['A', 'B']],
    ['a text before it', 'A | where X == "a"\n\nB', ['A | where X == "a"', 'B']],
    ['a let without its semicolon', 'let n = 5\n\nA | take n', ['let n = 5', 'A | take n']],
    ['management commands', '.show tables\n\n.show functions', ['.show tables', '.show functions']],
    ['a parse that has ended', 'A | parse X with "a" B\n\nC', ['A | parse X with "a" B', 'C']],
    ['an empty text', ' \n\n// nothing\n', []],
  ];
  for (const [name, text, expected] of apart) it(`apart: ${name}`, () => expect(statements(text)).toEqual(expected));

  const together: readonly [string, string][] = [
    ['no blank line', 'A\nB'],
    ['a comment line is no blank line', 'A\n// and\nB'],
    ['the next operator', 'A\n\n| take 1'],
    ['a comment before the next operator', 'A\n\n// why\n\n| take 1'],
    ['a list', 'A | project\n\n  X,\n\n  Y'],
    ['by', 'A | summarize count()\n\n  by X'],
    ['after by', 'A | summarize count() by\n\nX'],
    ['and', 'A | where X == 1\n\n  and Y == 2'],
    ['the keys of a join', 'A | join kind=inner (B)\n\non X'],
    ['the right side of a join', 'A | join kind=inner\n\nB on X'],
    ['a hint', 'A | join kind=inner\n\nhint.strategy=broadcast (B) on X'],
    ['after project-away', 'A | project-away\n\nX'],
    ['brackets', 'union (A\n\n| take 1\n\n), (B)'],
    ['a let', 'let f =\n\nA'],
    ['names of a parse', 'A | parse X with "a"\n\nB "c"'],
    ['a text over lines', 'print ```a\n\nb```'],
    ['the look of a chart', 'A | render timechart\n\nwith (title="x")'],
  ];
  for (const [name, text] of together) it(`together: ${name}`, () => expect(statements(text)).toEqual([text]));

  it('offsets are those of the text, comments are blanks', () => {
    const [first, second] = scriptStatements('A // x\n| take 1\n\n\nprint "//"');
    expect(first).toEqual({ kind: 'query', start: 0, end: 15, fullEnd: 16, code: 'A     \n| take 1' });
    expect(second).toMatchObject({ start: 18, end: 28, fullEnd: 28, code: 'print "//"' });
  });

  it('says what each is', () => {
    const kinds = [...scriptStatements('set notruncation; let n = 1; let\n\nm = 2\n\nletters | take n')].map(({ kind }) => kind);
    expect(kinds).toEqual(['setting', 'let', 'let', 'query']);
  });

  it('a megabyte takes no time', () => {
    expect(statements('SigninLogs\n\n| where true and\n\n(1 == 1)\n\n'.repeat(25_000))).toHaveLength(25_000);
  });

  const hunts = path.join(import.meta.dirname, '../../../samples/hunts');
  for (const file of readdirSync(hunts)) {
    it(`what is one query stays one, whatever blank lines it has: ${file}`, () => {
      const { cells } = JSON.parse(readFileSync(path.join(hunts, file), 'utf8')) as { cells: { cell_type: string; source: string | string[] }[] };
      for (const cell of cells.filter(({ cell_type }) => cell_type === 'code')) {
        const text = [cell.source].flat().join('').replaceAll('\n', '\n\n');
        const expected = [...statementRanges(text)].map(({ start, end }) => [start, end]);
        expect([...scriptStatements(text)].map(({ start, end }) => [start, end])).toEqual(expected);
      }
    });
  }
});
