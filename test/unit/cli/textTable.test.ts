import { expect, it } from 'vitest';
import { textTable } from '../../../src/cli/textTable';
import type { Column } from '../../../src/common/kqlTypes';

const columns: readonly Column[] = [
  { name: 'Name', type: 'string' },
  { name: 'N', type: 'long' },
  { name: 'When', type: 'datetime' },
];

function table(rows: readonly (readonly (string | number | null)[])[], width = 80, rowCount = rows.length): string[] {
  return textTable(columns, { offset: 0, rows, total: rowCount, cuts: [] }, rowCount, { rows: 2, width, cell: 12 }).split('\n');
}

it('columns are aligned, numbers to the right, times short', () => {
  expect(
    table([
      ['eve', 7, '2024-05-06T07:08:09.0000000Z'],
      ['', 12345, null],
    ]),
  ).toEqual(['Name      N  When', '----  -----  ------------', 'eve       7  2024-05-06T…', '      12345  null']);
});

it('says what does not fit', () => {
  expect(
    table(
      [
        ['eve', 1, null],
        ['bob', 2, null],
      ],
      8,
      5,
    ).at(-1),
  ).toBe('… 3 more rows, 1 more column (When)');
});

it('wide letters take two places', () => {
  expect(
    table([
      ['日本', 1, null],
      ['abc', 2, null],
    ]).slice(2),
  ).toEqual(['日本  1  null', 'abc   2  null']);
});

it('values cannot steer the terminal', () => {
  expect(table([['\u001b[2J', 1, null]]).join('')).not.toContain('\u001b');
});
