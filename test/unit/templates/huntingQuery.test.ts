import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { notebookText } from '../../../src/common/nbformat';
import { cellSource } from '../../../src/templates/notebookJson';
import { readHuntingQuery, savedQueryTemplate } from '../../../src/templates/huntingQueryFile';
import { huntingQueryNotebook } from '../../../src/templates/huntingQueryNotebook';
import { HuntBench } from '../samples/runHunt';

const place = { id: 'hunts:Hunting Queries/RareSignin.yaml', source: 'hunts', path: '/RareSignin.yaml', folder: 'Hunting Queries', hash: 'h' };

const yaml = `id: 1f2e
name: Rare sign-ins
description: |
  'Accounts that sign in from an address <b>nobody</b> else uses.'
requiredDataConnectors:
  - connectorId: AzureActiveDirectory
    dataTypes:
      - SigninLogs
tactics:
  - InitialAccess
  - Credential Access
relevantTechniques:
  - T1078
query: |
  SigninLogs
  | where TimeGenerated between (start .. end)
  | summarize Count = count(), TimeGenerated = max(TimeGenerated) by UserPrincipalName, IPAddress
  | where Count == 1
entityMappings:
  - entityType: Account
    fieldMappings:
      - identifier: FullName
        columnName: UserPrincipalName
  - entityType: IP
    fieldMappings:
      - identifier: Address
        columnName: IPAddress
  - entityType: Host
    fieldMappings:
      - identifier: HostName
        columnName: "bad column; | evil"
version: 1.0.1
metadata:
  author:
    name: Ann Lee
`;

const read = (text: string) => readHuntingQuery(text, place);

describe('readHuntingQuery', () => {
  it('reads the format of the Azure-Sentinel repository', () => {
    expect(read(yaml)).toMatchObject({
      title: 'Rare sign-ins',
      description: 'Accounts that sign in from an address nobody else uses.',
      group: 'Hunting Queries',
      tactics: ['InitialAccess', 'CredentialAccess'],
      techniques: ['T1078'],
      tables: ['SigninLogs'],
      version: '1.0.1',
      author: 'Ann Lee',
      query: {
        entities: [
          { entity: 'Account', identifier: 'FullName', column: 'UserPrincipalName' },
          { entity: 'IP', identifier: 'Address', column: 'IPAddress' },
        ],
      },
    });
  });

  it('titles a query without a name by its file', () => {
    expect(read('query: T | take 1\ndescription: x')?.title).toBe('Rare Signin');
  });

  it.each([
    ['a pipeline', 'trigger: none\nsteps: []'],
    ['a list', '- query: x'],
    ['a query of something else', 'query: SELECT 1\nengine: sql'],
    ['no text', 'query: 7\ndescription: x'],
    ['nothing', ''],
  ])('leaves %s alone', (_name, text) => {
    expect(read(text)).toBeUndefined();
  });

  it.each(['query: |\n T\ndescription: "open', 'query: *nothing\ntactics: []'])('names what is wrong with %j', (text) => {
    expect(() => read(text)).toThrow(/not YAML/);
  });

  it('does not grow by references to references', () => {
    const levels = Array.from({ length: 30 }, (_, index) => `a${index + 1}: &a${index + 1} [*a${index}, *a${index}, *a${index}]`);
    expect(() => read(`a0: &a0 [x]\n${levels.join('\n')}\nquery: T\ndescription: x`)).toThrow(/not YAML/);
  });
});

describe('the notebook of a hunting query', () => {
  const template = read(yaml)!;
  const notebook = huntingQueryNotebook(template, template.query!);

  it('has what it looks for, parameters, the query, and what to look at next', () => {
    expect(notebook.cells.map(({ id }) => id)).toEqual([
      'title', 'parameters', 'about-query', 'query',
      'about-account', 'values-account', 'about-activity-account', 'activity-account',
      'about-ip', 'values-ip', 'about-activity-ip', 'activity-ip',
      'conclusions',
    ]);
    expect(notebook.cells[0]?.source.join('')).toContain('**MITRE ATT&CK**: Initial Access, Credential Access, T1078');
    expect(new Set(notebook.cells.map(({ id }) => id)).size).toBe(notebook.cells.length);
  });

  it('runs from beginning to end', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'huntbook-query-'));
    const signins = ['2026-11-20T10:00:00Z,ann@contoso.com,10.0.0.1,NO,Portal,0', '2026-11-20T11:00:00Z,bo@contoso.com,10.0.0.2,SE,Portal,0'];
    await writeFile(path.join(folder, 'SigninLogs.csv'), ['TimeGenerated,UserPrincipalName,IPAddress,Location,AppDisplayName,ResultType', ...signins].join('\n'));
    const bench = new HuntBench(new Date('2026-11-21T00:00:00Z'));
    try {
      await bench.connect({ kind: 'folder', path: folder });
      const run = await bench.runText(notebookText(notebook));
      expect(run.failures).toEqual([]);
      expect(Object.fromEntries(run.rowCounts)).toEqual({ query: 2, 'values-account': 2, 'activity-account': 2, 'values-ip': 2, 'activity-ip': 2 });
    } finally {
      bench.dispose();
      await rm(folder, { recursive: true, force: true });
    }
  });

  it.each([
    ['T | where TimeGenerated > todatetime("{{StartTimeISO}}") and TimeGenerated < todatetime(\'{{EndTimeISO}}\')', 'T | where TimeGenerated > start and TimeGenerated < end', /between `start` and `end`/],
    ['let timeframe = 1d;\nT | where TimeGenerated > ago(timeframe)', 'let timeframe = 1d;\nT | where TimeGenerated > ago(timeframe)', /its own time: `let timeframe = 1d;`/],
    ['T | take 1', 'T | take 1', /names no time range/],
  ])('the time of %j', (query, written, said) => {
    const { cells } = huntingQueryNotebook(template, { query, entities: [] });
    expect(cellSource({ ...cells[3] })).toBe(`//| name: hunt\n${written}`);
    expect(cellSource({ ...cells[2] })).toMatch(said);
  });

  it('shows texts of others as text', () => {
    const hostile = { ...template, title: '<img src=x> [a](command:x)', description: '`x` <script>', tactics: ['<b>'] };
    const [title] = huntingQueryNotebook(hostile, template.query!).cells;
    expect(title?.source.join('')).not.toMatch(/(?<!\\)[<[]/);
  });

  it('of a query saved in a workspace', () => {
    const saved = savedQueryTemplate({ id: 'q1', name: 'Mine', description: 'D', query: 'SigninLogs | take 1', tactics: [], techniques: [] }, 'workspaceQueries', 'h');
    expect(saved).toMatchObject({ id: 'workspaceQueries:q1', title: 'Mine', tables: ['SigninLogs'], path: '' });
    expect(huntingQueryNotebook(saved, saved.query!).cells).toHaveLength(5);
  });
});
