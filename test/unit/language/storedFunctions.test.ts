import { describe, expect, it } from 'vitest';
import { BoundStatement } from '../../../src/kql/boundStatement';
import { KqlScope } from '../../../src/kql/kqlScope';
import { completions } from '../../../src/language/completion';
import { hover } from '../../../src/language/hover';
import { definition } from '../../../src/language/references';
import { readFunctionPath, storedFunctionText, storedLocation } from '../../../src/language/storedFunctions';
import { marked, testSchema } from './marked';

const stored = { name: 'Failed', parameters: 'days:int=7', body: 'SigninLogs\n| take days', description: 'Sign-ins\nthat failed' };

describe('a stored function as a document', () => {
  it('reads as the statement that could define it', () => {
    expect(storedFunctionText(stored)).toBe('// Sign-ins that failed\nlet Failed = (days:int=7)\n{\nSigninLogs\n| take days\n};\n');
    expect(new BoundStatement(storedFunctionText(stored), KqlScope.of(testSchema)).diagnostics).toEqual([]);
  });

  it('whatever brackets the service writes', () => {
    const bare = { name: 'F', parameters: '', body: 'print 1' };
    expect(storedFunctionText({ ...bare, parameters: '()', body: '{ print 1 }' })).toBe(storedFunctionText(bare));
  });

  for (const workspace of ['sample', 'logAnalytics:0000-1', 'folder:/home/a b/hunts', 'Söc #1?']) {
    it(`is found by its address: ${workspace}`, () => {
      const { uri, range } = storedLocation(workspace, stored);
      expect(readFunctionPath(decodeURIComponent(new URL(uri).pathname))).toEqual({ workspace, name: 'Failed' });
      expect(range).toEqual({ start: { line: 1, character: 4 }, end: { line: 1, character: 10 } });
    });
  }
});

const schema = {
  ...testSchema,
  functions: [stored],
  tables: [{ ...testSchema.tables[0]!, description: 'Who signed in. See https://evil.example [x](command:y)', columnDescriptions: { IPAddress: 'Where from' } }],
};

function at(text: string) {
  const { notebook, uri, offset } = marked([text], { schema, workspace: 'contoso' });
  return { notebook, cell: notebook.cell(uri)!, offset };
}

it('go to definition leads to the workspace that a cell names, else to the notebook’s', () => {
  const uris = ['Fai‸led()', '//| workspace: fabrikam\nFai‸led()'].map((text) => {
    const { notebook, cell, offset } = at(text);
    return definition(notebook, cell, offset).map(({ uri }) => uri);
  });
  expect(uris).toEqual([['huntbook-function:/contoso/Failed.kql'], ['huntbook-function:/fabrikam/Failed.kql']]);
});

it('a let of the same name is nearer', () => {
  const { notebook, cell, offset } = at('let Failed = () { print 1 };\nFai‸led()');
  expect(definition(notebook, cell, offset).map(({ uri }) => uri)).toEqual(['cell:1']);
});

describe('what the workspace says of its tables, columns and functions', () => {
  const hovered = (text: string): string => {
    const { notebook, cell, offset } = at(text);
    return JSON.parse(JSON.stringify(hover(notebook, cell, offset)?.contents ?? {})).value as string;
  };
  it('stands in the hover', () => {
    expect(hovered('Fai‸led()')).toContain('Sign\\-ins that failed');
    expect(hovered('SigninLogs | where IPAdd‸ress == ""')).toContain('Where from');
    expect(hovered('SigninLogs | project IPAddress | where IPAdd‸ress == ""')).toContain('Where from');
  });
  it('as text alone', () => {
    expect(hovered('Signin‸Logs')).toContain('Who signed in\\. See `https://evil.example` `[x](command:y)`');
  });
  it('stands in completions', () => {
    const { notebook, cell, offset } = at('‸');
    const found = Object.fromEntries(completions(notebook, cell, offset).items.map(({ label, documentation }) => [label, documentation]));
    expect(found).toMatchObject({ SigninLogs: expect.stringContaining('Who signed in'), 'Failed([days])': stored.description });
  });
});
