import { describe, expect, it } from 'vitest';
import { createNotebook, type Notebook, readNotebook, writeNotebook } from '../../../src/notebook/ipynb';
import { applyParameters, parameterLiteral, type ParameterValue } from '../../../src/notebook/parameters';

const notebook = createNotebook([
  { kind: 'markdown', source: '# Hunt' },
  { kind: 'code', source: 'let user = "alice";\nlet start = ago(7d);', tags: ['parameters'] },
  { kind: 'code', source: 'SigninLogs | where UserPrincipalName == user' },
]);

function sources(from: Notebook): string[] {
  return from.cells.map((cell) => cell.source);
}

describe('parameters', () => {
  it('are injected after the cell that declares them', () => {
    const applied = applyParameters(notebook, { user: 'bob', start: '2024-05-06' });
    expect(sources(applied)[2]).toBe('// Parameters of this run\nlet user = "bob";\nlet start = datetime(2024-05-06);');
    expect(applied.cells[2]?.tags).toEqual(['injected-parameters']);
    expect(sources(applied)).toHaveLength(4);
  });

  it('replace those of an earlier run', () => {
    const twice = applyParameters(readNotebook(writeNotebook(applyParameters(notebook, { user: 'bob' })), 'n'), { user: 'eve' });
    expect(sources(twice)[2]).toContain('"eve"');
    expect(sources(twice)).toHaveLength(4);
  });

  it('none leave the notebook as it is', () => {
    expect(sources(applyParameters(notebook, {}))).toEqual(sources(notebook));
  });

  it('that nothing declares are refused', () => {
    expect(() => applyParameters(notebook, { host: 'x' })).toThrow('The parameter "host" is not defined');
    expect(() => applyParameters(createNotebook([]), { user: 'x' })).toThrow('The parameter "user" is not defined');
  });
});

describe('a value becomes a literal of the declared type', () => {
  const cases: readonly [string, ParameterValue, string][] = [
    ['"alice"', 'bob "b" \\ x', '"bob \\"b\\" \\\\ x"'],
    ["'alice'", 42, '"42"'],
    ['"alice"', '"; SecretTable //', '"\\"; SecretTable //"'],
    ['ago(7d)', 'ago(3d)', 'ago(3d)'],
    ['ago(7d)', '2024-05-06T07:08:09Z', 'datetime(2024-05-06T07:08:09Z)'],
    ['datetime(2024-01-01)', 'datetime(2024-05-06)', 'datetime(2024-05-06)'],
    ['7d', '14d', '14d'],
    ['7d', 'P2DT3H', '183600s'],
    ['time(1.00:00:00)', '02:30:00', 'timespan(02:30:00)'],
    ['10', '25', '25'],
    ['10', 2.5, '2.5'],
    ['int(10)', '3', 'int(3)'],
    ['true', 'FALSE', 'false'],
    ['dynamic(["a"])', '["b","c"]', 'dynamic(["b","c"])'],
    ['dynamic([])', ['b', 1], 'dynamic(["b",1])'],
    ['guid(a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11)', 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A12', 'guid(A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A12)'],
    ['other', 'text', '"text"'],
    ['other', true, 'true'],
  ];
  for (const [example, value, expected] of cases) {
    it(`${example}: ${JSON.stringify(value)}`, () => {
      expect(parameterLiteral('p', value, example)).toBe(expected);
    });
  }

  const refused: readonly [string, ParameterValue][] = [
    ['ago(7d)', 'yesterday'],
    ['ago(7d)', '2024-13-45'],
    ['datetime(2024-01-01)', '2024-01-01); SecretTable'],
    ['7d', 'a week'],
    ['10', '10; drop'],
    ['true', 'maybe'],
    ['dynamic([])', 'no json'],
    ['guid(a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11)', 'x'],
  ];
  for (const [example, value] of refused) {
    it(`${example}: refuses ${JSON.stringify(value)}`, () => {
      expect(() => parameterLiteral('p', value, example)).toThrow('The parameter "p" cannot be set');
    });
  }
});
