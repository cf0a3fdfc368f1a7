import { describe, expect, it } from 'vitest';
import { withOperator } from '../../../src/notebook/queryEdit';

const cases: readonly (readonly [what: string, text: string, operator: string, expected: string | undefined])[] = [
  ['a table alone', 'T', 'where a == 1', 'T\n| where a == 1'],
  ['one line', 'T | take 5', 'where a == 1', 'T | take 5\n| where a == 1'],
  ['a pipe given', 'T', '| where a == 1', 'T\n| where a == 1'],
  ['before a render', 'T\n| take 5\n| render timechart', 'where a == 1', 'T\n| take 5\n| where a == 1\n| render timechart'],
  ['before a render on the same line', 'T | take 5 | render piechart', 'where a', 'T | take 5\n| where a | render piechart'],
  ['a table with its render', 'T | render table', 'where a', 'T\n| where a | render table'],
  ['a render replaces a render', 'T\n| render timechart with (title="x") // c', 'render piechart', 'T\n| render piechart // c'],
  ['a render where none is', 'T\n| take 5', 'render piechart', 'T\n| take 5\n| render piechart'],
  ['indentation is kept', 'T\n    | take 5\n', 'where a', 'T\n    | take 5\n    | where a\n'],
  ['tabs too', 'T\n\t| take 5', 'where a', 'T\n\t| take 5\n\t| where a'],
  ['Windows line ends', 'T\r\n| take 5\r\n', 'where a', 'T\r\n| take 5\r\n| where a\r\n'],
  ['a comment beside', 'T\n| take 5 // five\n', 'where a', 'T\n| take 5 // five\n| where a\n'],
  ['a comment below', 'T\n| take 5\n// the end', 'where a', 'T\n| take 5\n| where a\n// the end'],
  ['a comment above the render', 'T\n| take 5 // five\n// chart\n| render timechart', 'where a', 'T\n| take 5 // five\n| where a\n// chart\n| render timechart'],
  ['a comment within the render', 'T | // why\n render table', 'where a', 'T\n| where a | // why\n render table'],
  ['the last statement', 'let x = 1;\nT | where b == x', 'where a', 'let x = 1;\nT | where b == x\n| where a'],
  ['a closing semicolon', 'T | take 5;', 'where a', 'T | take 5\n| where a;'],
  ['a semicolon below a comment', 'T // all\n;\n// done', 'where a', 'T // all\n| where a\n;\n// done'],
  ['cell options', '//| name: x\nT', 'where a', '//| name: x\nT\n| where a'],
  ['a pipe in a text', 'T | where m has "a | render b"', 'where a', 'T | where m has "a | render b"\n| where a'],
  ['a text with slashes', 'T | where u has "https://x"', 'where a', 'T | where u has "https://x"\n| where a'],
  ['a raw text over lines', 'T | where m == ```a\n| render b```', 'where a', 'T | where m == ```a\n| render b```\n| where a'],
  ['pipes in brackets', 'T | join (U | take 1\n| render table) on k', 'where a', 'T | join (U | take 1\n| render table) on k\n| where a'],
  ['a subquery below', 'T\n| join kind=inner (\n    U\n    | take 1\n) on k', 'where a', 'T\n| join kind=inner (\n    U\n    | take 1\n) on k\n| where a'],
  ['a column called render', 'T | where render == 1', 'where a', 'T | where render == 1\n| where a'],
  ['a name that begins like it', 'T | rendered', 'where a', 'T | rendered\n| where a'],
  ['nothing but definitions', 'let x = 1;', 'where a', undefined],
  ['nothing but comments', '// T', 'where a', undefined],
  ['nothing', '  \n', 'where a', undefined],
];

describe('withOperator', () => {
  it.each(cases)('%s', (_what, text, operator, expected) => {
    expect(withOperator(text, operator)).toBe(expected);
  });
});
