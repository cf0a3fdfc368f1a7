import { expect, it } from 'vitest';
import { frequentValues } from '../../../src/language/frequentValues';

it('adds results up, most frequent first, equal ones by name', () => {
  const first = [
    { value: 'b', rows: 2 },
    { value: 'a', rows: 2 },
    { value: 'c', rows: 1 },
  ];
  expect(frequentValues([first, [{ value: 'c', rows: 4 }]], 2)).toEqual(['c', 'a']);
});

it('counts the rows of a preview', () => {
  expect(frequentValues([['a', 'b', 'b'].map((value) => ({ value, rows: 1 }))], 20)).toEqual(['b', 'a']);
});

it('takes texts that people compare with', () => {
  const values = [null, '', 5, true, 'x'.repeat(201), 'x'.repeat(200)];
  expect(frequentValues([values.map((value) => ({ value, rows: 1 }))], 20)).toEqual(['x'.repeat(200)]);
});
