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
      redact: false,
      savedOutput: 'preview',
      azure: { credential: 'chain', cloud: 'public', timespan: 'P1D', isNamed: false },
    });
  });

  it('takes options in any place and spelling', () => {
    const words =
      'run -w logs --workspace=sample hunt.ipynb -p user eve -p n=5 --parameter a b=c -o out.ipynb --html=out.html --redact --memory-limit 512 --storage s --no-saved-rows';
    expect(parseArguments(words.split(' '))).toEqual({
      kind: 'run',
      notebook: 'hunt.ipynb',
      workspaces: ['logs', 'sample'],
      parameters: { user: 'eve', n: '5', a: 'b=c' },
      output: 'out.ipynb',
      html: 'out.html',
      redact: true,
      storage: 's',
      memoryLimitMiB: 512,
      allowedFiles: [],
      savedOutput: 'nothing',
      azure: { credential: 'chain', cloud: 'public', timespan: 'P1D', isNamed: false },
    });
  });

  it('reaches Azure as it is told', () => {
    const words = 'run hunt.ipynb -w contoso-soc --credential clientsecret --tenant t1 --timespan P7D --cloud china --query-timeout=300';
    expect(parseArguments(words.split(' '))).toMatchObject({
      workspaces: ['contoso-soc'],
      azure: { credential: 'clientsecret', tenantId: 't1', timespan: 'P7D', cloud: 'china', serverTimeoutSeconds: 300, isNamed: true },
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
    ['run a.ipynb --redact', 'name its file with --html'],
    ['run a.ipynb --credential password', 'There is no credential "password"'],
    ['run a.ipynb --cloud moon', 'There is no cloud "moon"'],
    ['run a.ipynb --timespan week', '"week" is neither'],
    ['run a.ipynb --query-timeout 601', '"601" is none'],
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
