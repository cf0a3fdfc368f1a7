import { describe, expect, it } from 'vitest';
import { HuntError, toHuntError } from '../../../src/common/errors';
import { spanIn } from '../../../src/kql/spans';
import { scriptQueries, scriptQuery } from '../../../src/notebook/scriptRun';

/** `‸` marks the caret, or both ends of the selection. */
function run(marked: string) {
  const [before = '', ...rest] = marked.split('‸');
  const inside = rest.length > 1 ? (rest[0] ?? '') : '';
  const file = [before, ...rest].join('');
  return { file, query: scriptQuery(file, { start: before.length, end: before.length + inside.length }) };
}

describe('what runs of a file', () => {
  const cases: readonly [string, string, string][] = [
    ['the query under the caret', 'A | take 1\n\nB | ta‸ke 2\n\nC', 'B | take 2'],
    ['at its first character', 'A\n\n‸B\n\nC', 'B'],
    ['behind its last', 'A\n\nB‸\n\nC', 'B'],
    ['behind its semicolon', 'A;‸ B', 'A'],
    ['in the comment behind it', 'A // wh‸y\n\nB', 'A'],
    ['in the comment above it', 'A\n\n// wh‸y\nB', 'B'],
    ['in a comment of its own', 'A\n\n// wh‸y\n\nB', 'A'],
    ['on the line behind it', 'A\n‸\nB', 'A'],
    ['before the first', '‸\n\nA', 'A'],
    ['behind the last', 'A\n\n\n‸', 'A'],
    ['in the header', '//| times‸pan: P7D\nA', '//| timespan: P7D\nA'],
    ['the selected text', 'A | take 1 ‸| where X‸ | take 2', '| where X'],
    ['a part of a query', '‸A | take 1‸ | where X', 'A | take 1'],
    ['a selection with its lets', '‸let n = 5\n\nA | take n‸\n\nB', 'let n = 5;\nA | take n'],
    ['a selection with the header', '‸//| timespan: P1D\nA‸', '//| timespan: P1D\nA'],
    ['the let above', 'let n = 5;\nlet m = 6;\nA | take ‸n', 'let n = 5;\nA | take n'],
    ['in a let: the query below', 'let ‸n = 5;\nlet m = 6;\n\nA | take n + m', 'let n = 5;\nlet m = 6;\nA | take n + m'],
    ['what a let needs', 'let n = 5\n\nlet f = () { A | take n };\nB;\nf‸()', 'let n = 5;\nlet f = () { A | take n };\nf()'],
    ['lets for a selection', 'let n = 5;\nA | where X | ‸B | take n‸', 'let n = 5;\nB | take n'],
    ['the nearest of two', 'let n = 5;\nA | take n;\nlet n = 6;\n‸A | take n', 'let n = 6;\nA | take n'],
    ['the one above, not the one below', 'let n = 5;\nA | ‸take n;\nlet n = 6;\nA', 'let n = 5;\nA | take n'],
    ['names in texts and comments are none', 'let n = 5;\n‸A | where X == "n" // n', 'A | where X == "n"'],
    ['settings above', 'set notruncation;\nA;\n‸B', 'set notruncation;\nB'],
    ['options of the file, but not a name', '//| name: hits\n//| workspace: Contoso\nA;\n‸B', '//|           \n//| workspace: Contoso\nB'],
  ];
  for (const [name, marked, expected] of cases) it(name, () => expect(run(marked).query.text).toBe(expected));

  const refused: readonly [string, string, RegExp][] = [
    ['an empty file', '‸', /no query/u],
    ['lets alone', 'let n = ‸5;', /no query/u],
    ['several queries', '‸A;\nB‸', /2 queries/u],
    ['a name with two meanings', 'let n = 5;\nlet T = A | take n;\nlet n = 6;\n‸T | take n', /both definitions of "n", of line 1 and of line 3/u],
  ];
  for (const [name, marked, message] of refused) {
    it(`refused: ${name}`, () => {
      expect(() => run(marked)).toThrow(message);
    });
  }
});

it('places of failures are the file’s', () => {
  const { file, query } = run('// one\nlet n = 5\n\nA;\n\n// two\nB | take ‸n');
  const failing = (part: string): HuntError => {
    const at = query.text.indexOf(part);
    return new HuntError({ kind: 'query', message: 'wrong', span: spanIn(query.text, at, part.length) });
  };
  for (const part of ['n = 5', 'B', 'take n', 'B | take n']) {
    expect(query.inFile(failing(part)).span).toEqual(spanIn(file, file.indexOf(part), part.length));
  }
  const placeless = toHuntError(new Error('x'));
  expect(query.inFile(placeless)).toBe(placeless);
  expect([query.start, query.end]).toEqual([file.indexOf('B'), file.length]);
});

it('a place behind the text is the end of the query', () => {
  const { file, query } = run('A | where X‸\n\nB');
  const end = query.text.length;
  expect(query.inFile(new HuntError({ kind: 'query', message: 'm', span: spanIn(query.text, end, 0) })).span).toEqual(spanIn(file, 11, 0));
});

it('the queries of a file', () => {
  expect(scriptQueries('let n = 5;\nA;\n\nset x;\n\nB').map(({ code }) => code)).toEqual(['A', 'B']);
});
