import { describe, expect, it } from 'vitest';
import { mentionedNames, readStatements } from '../../../src/notebook/letStatements';

/** `name=value` of each let, `+` when there are other statements. */
function read(text: string): string {
  const { lets, others } = readStatements(text);
  return [...lets.map(({ name, value }) => `${name}=${value}`), ...(others ? ['+'] : [])].join(' ; ');
}

describe('let statements of a cell', () => {
  const cases: readonly [string, string, string][] = [
    ['alone', 'let a = 1;', 'a=1'],
    ['without the last semicolon', 'let a = 1', 'a=1'],
    ['several, with comments', '// first; not a let b = 2;\nlet a = 1; // one\nlet b = a + 1;', 'a=1 ; b=a + 1'],
    [
      'with semicolons in strings',
      `let a = "x;y"; let b = 'it''s'; let c = @"\\"; let d = \`\`\`let e = 1;\`\`\`;`,
      `a="x;y" ; b='it''s' ; c=@"\\" ; d=\`\`\`let e = 1;\`\`\``,
    ],
    ['with an escaped quote', 'let a = "\\";"; let b = 2;', 'a="\\";" ; b=2'],
    ['with a function body', 'let f = (x:long) { let y = x; y + 1 }; f(1)', 'f=(x:long) { let y = x; y + 1 } ; +'],
    ['of a quoted name', `let ['my name'] = 1;`, 'my name=1'],
    ['over lines', 'let a =\n  datatable(x:long) [\n  1,\n  2];\na | count', 'a=datatable(x:long) [\n  1,\n  2] ; +'],
    ['none', 'SigninLogs | where let_x == 1', '+'],
    ['nothing', '  // nothing\n', ''],
    ['half-written', 'let a = "unfinished', 'a="unfinished'],
    ['half-written without a value', 'let a', '+'],
  ];
  for (const [name, text, expected] of cases) {
    it(name, () => {
      expect(read(text)).toBe(expected);
    });
  }

  it('keep their text, without the comment before', () => {
    expect(readStatements('//| name: x\n// why\nlet a = 1 // one\n  + 2;').lets[0]?.text).toBe('let a = 1 // one\n  + 2');
  });
});

it('names in strings and comments are not mentioned', () => {
  expect([...mentionedNames('a + f("b") // c')]).toEqual(['a', 'f']);
});
