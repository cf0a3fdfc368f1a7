import { describe, expect, it } from 'vitest';
import { parseArguments, UsageError } from '../../../src/cli/arguments';

describe('a command line', () => {
  it('runs a notebook in the sample workspace', () => {
    expect(parseArguments(['run', 'hunt.ipynb'])).toEqual({
      kind: 'run',
      allowedFiles: [],
      notebook: 'hunt.ipynb',
      workspaces: ['sample'],
      parameters: {},
      savedOutput: 'preview',
    });
  });

  it('takes options in any place and spelling', () => {
    const words =
      'run -w logs --workspace=sample hunt.ipynb -p user eve -p n=5 --parameter a b=c -o out.ipynb --html=out.html --memory-limit 512 --storage s --no-saved-rows';
    expect(parseArguments(words.split(' '))).toEqual({
      kind: 'run',
      notebook: 'hunt.ipynb',
      workspaces: ['logs', 'sample'],
      parameters: { user: 'eve', n: '5', a: 'b=c' },
      output: 'out.ipynb',
      html: 'out.html',
      storage: 's',
      memoryLimitMiB: 512,
      allowedFiles: [],
      savedOutput: 'nothing',
    });
  });

  for (const words of [[], ['--help'], ['help'], ['run', 'x.ipynb', '-h']]) {
    it(`asks for help: ${words.join(' ')}`, () => {
      expect(parseArguments(words)).toEqual({ kind: 'help' });
    });
  }

  const wrong: readonly [string, string][] = [
    ['walk x.ipynb', '"walk" is no command'],
    ['run', 'Name the notebook'],
    ['run a.ipynb b.ipynb', '"b.ipynb" is a second'],
    ['run a.ipynb --fast', 'There is no option --fast'],
    ['run a.ipynb -o', '-o needs a value'],
    ['run a.ipynb -p user', 'The parameter user needs a value'],
    ['run a.ipynb --memory-limit much', '"much" is none'],
  ];
  for (const [words, message] of wrong) {
    it(`is wrong: ${words}`, () => {
      expect(() => parseArguments(words.split(' '))).toThrow(UsageError);
      expect(() => parseArguments(words.split(' '))).toThrow(message);
    });
  }
});
