import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Column } from '../../../src/common/kqlTypes';
import { analyticsRuleYaml } from '../../../src/sentinel/analyticsRule';
import { bookmarkOfRow, entityMappings, mappedColumns, suggestedName } from '../../../src/sentinel/bookmarkDraft';
import { findingComment } from '../../../src/sentinel/findingComment';
import { techniqueIds } from '../../../src/sentinel/tactics';
import { aliasProblem, matchColumns, textRows, watchlistColumns, watchlistQuery } from '../../../src/sentinel/watchlistRows';
import { describeChange, readWritten, writtenMarkdown } from '../../../src/sentinel/writtenRecord';

const columns: readonly Column[] = [
  { name: 'StartTime', type: 'datetime' },
  { name: 'TimeGenerated', type: 'datetime' },
  { name: 'UserPrincipalName', type: 'string' },
  { name: 'IPAddress', type: 'string' },
  { name: 'Location', type: 'string' },
  { name: 'Details', type: 'dynamic' },
];
const row = ['2026-11-17T05:00:00Z', '2026-11-17T06:00:00Z', 'nora@contoso.com', '192.0.2.77', 'NL', '{"a":1}'];
const words = { name: 'Spray', notes: '', query: 'SigninLogs', labels: [], tactics: ['CredentialAccess'], techniques: [] };

describe('a bookmark of a row', () => {
  it('names the entities that columns and values name, each once', () => {
    expect(entityMappings([...columns, { name: 'ClientIP', type: 'string' }], [...row, '192.0.2.77'])).toEqual([
      { kind: 'Account', identifier: 'FullName', value: 'nora@contoso.com' },
      { kind: 'Ip', identifier: 'Address', value: '192.0.2.77' },
    ]);
  });

  it.each<[string, Column, string, unknown]>([
    ['a hash', { name: 'SHA256', type: 'string' }, 'ab'.repeat(32), [{ kind: 'FileHash', identifier: 'Value', value: 'ab'.repeat(32) }]],
    ['a host', { name: 'DeviceName', type: 'string' }, 'app02.contoso.local', [{ kind: 'Host', identifier: 'FullName', value: 'app02.contoso.local' }]],
    ['a command line', { name: 'ProcessCommandLine', type: 'string' }, 'cmd /c x', [{ kind: 'Process', identifier: 'CommandLine', value: 'cmd /c x' }]],
    ['an address that is none', { name: 'IPAddress', type: 'string' }, 'unknown', []],
    ['nothing', { name: 'DeviceName', type: 'string' }, '', []],
    ['a bag', { name: 'Account', type: 'dynamic' }, '{"upn":"a@b.example"}', []],
  ])('of %s', (_name, column, value, mappings) => {
    expect(entityMappings([column], [value])).toEqual(mappings);
  });

  it('holds the row, when it happened, and the time range of the query', () => {
    const bookmark = bookmarkOfRow({ ...words, timespan: '2026-11-10T00:00:00Z/2026-11-18T00:00:00Z' }, columns, row, 2);
    expect(bookmark).toMatchObject({ name: 'Spray (2)', eventTime: '2026-11-17T06:00:00Z', queryStart: '2026-11-10T00:00:00Z', queryEnd: '2026-11-18T00:00:00Z' });
    expect(JSON.parse(bookmark.queryResult)).toMatchObject({ UserPrincipalName: 'nora@contoso.com', Details: { a: 1 } });
    expect(bookmarkOfRow({ ...words, timespan: 'P7D' }, [{ name: 'x', type: 'long' }], [1])).not.toHaveProperty('queryStart');
  });

  it('is named by what it is about', () => {
    expect(suggestedName('failed_logons', columns, row)).toBe('failed_logons: nora@contoso.com, 192.0.2.77');
    expect(suggestedName('failed_logons', columns, undefined)).toBe('failed_logons');
  });
});

describe('a comment of findings', () => {
  const table = (rows: number, width = 5) => ({
    kind: 'table' as const,
    title: 'logons',
    columns: [{ name: 'a|b', type: 'string' as const }, { name: 'n', type: 'long' as const }],
    rows: Array.from({ length: Math.min(rows, 100) }, (_, nth) => ['x'.repeat(width), nth]),
    total: rows,
  });

  it('has texts as they are and tables as Markdown, in which nothing of the data is formatted', () => {
    const evil = { ...table(1), rows: [['| <img src=x> [a](command:x)\n**b**', 1]] };
    const { message, cuts } = findingComment([{ kind: 'text', markdown: '## Verdict\n\nTrue **positive**' }, evil], 'From hunt.ipynb');
    expect(message).toBe(
      '## Verdict\n\nTrue **positive**\n\n**logons**\n\n| a\\|b | n |\n|---|---|\n| \\| &lt;img src=x> \\[a\\](command:x) \\*\\*b\\*\\* | 1 |\n\n_From hunt.ipynb_',
    );
    expect(cuts).toEqual([]);
  });

  it('says how many rows it leaves out', () => {
    const { message, cuts } = findingComment([table(1234)], '');
    expect(message).toMatch(/Shown: 50 of 1,234 rows\.$/);
    expect(cuts).toEqual(['logons: 50 of 1,234 rows']);
  });

  it.each([100, 400, 1000, 30_000])('never has more than %i characters', (limit) => {
    const text = { kind: 'text' as const, markdown: 'word '.repeat(20_000) };
    for (const parts of [[text], [table(500, 190)], [table(500, 190), text], [text, table(10)]]) {
      const { message, cuts } = findingComment(parts, 'From hunt.ipynb', limit);
      expect(message.length).toBeLessThanOrEqual(limit);
      expect(cuts.length).toBeGreaterThan(0);
    }
  });

  it('cuts no character in half', () => {
    const { message } = findingComment([{ kind: 'text', markdown: '😀'.repeat(50) }], '', 41);
    expect(message).toBe(message.replace(/[\ud800-\udbff](?![\udc00-\udfff])/g, '?'));
  });
});

describe('an analytics rule', () => {
  it('is YAML that says what was put in, whatever the texts', () => {
    const query = 'SigninLogs\n\n| where Location == "a: #b"\n\t| take 1';
    const entities = mappedColumns(columns, [row, row]);
    const yaml = analyticsRuleYaml({
      id: '0b9ae89d-8cad-461c-808f-0494f70ad5c4',
      name: 'Spray: "many" # accounts',
      description: "- it's\nlong",
      severity: 'Medium',
      query,
      period: 'PT6H',
      tactics: ['CredentialAccess'],
      techniques: [],
      entities,
    });
    expect(parse(yaml)).toMatchObject({
      name: 'Spray: "many" # accounts',
      description: "- it's\nlong",
      queryFrequency: '6h',
      queryPeriod: '6h',
      triggerThreshold: 0,
      tactics: ['CredentialAccess'],
      relevantTechniques: [],
      query: 'SigninLogs\n\n| where Location == "a: #b"\n    | take 1\n',
      entityMappings: [
        { entityType: 'Account', fieldMappings: [{ identifier: 'FullName', columnName: 'UserPrincipalName' }] },
        { entityType: 'IP', fieldMappings: [{ identifier: 'Address', columnName: 'IPAddress' }] },
      ],
      kind: 'Scheduled',
    });
  });

  it.each([
    ['P1D', '1d'],
    ['P30D', '14d'],
    ['PT90M', '90m'],
    ['2026-01-01/2026-01-02', '1d'],
  ])('looks back over %s as %s', (period, text) => {
    const draft = { id: 'x', name: 'x', description: '', severity: 'Low' as const, query: 'T', period, tactics: [], techniques: [], entities: [] };
    expect(parse(analyticsRuleYaml(draft))).toMatchObject({ queryPeriod: text });
  });

  it('reads technique ids out of what people type', () => {
    expect(techniqueIds('t1078, T1110.003;T1078 and X1')).toEqual(['T1078', 'T1110.003']);
  });
});

describe('rows of watchlists', () => {
  it('are filled by columns of the same name, nearly', () => {
    const filled = matchColumns(['ip_address', 'Location', 'Owner'], columns);
    expect(filled).toEqual([3, 4, undefined]);
    expect(textRows(['ip_address', 'Location', 'Owner'], filled, [row, row])).toEqual([{ ip_address: '192.0.2.77', Location: 'NL', Owner: '' }]);
  });

  it('have columns with names of their own', () => {
    const twice = ['a', 'A', '', 'b'].map((name) => ({ name, type: 'string' as const }));
    expect(watchlistColumns(twice)).toEqual(['a', 'A2', 'Column3', 'b']);
  });

  it.each([
    ['ab', '3 to 64 characters'],
    ['_bad', 'letters'],
    ['HighValueAssets', undefined],
  ])('have an alias: %s', (alias, problem) => {
    if (problem === undefined) expect(aliasProblem(alias)).toBeUndefined();
    else expect(aliasProblem(alias)).toContain(problem);
  });

  it('are queried by an alias that stays a literal', () => {
    expect(watchlistQuery("a') | take 1 //")).toBe("_GetWatchlist('a\\') | take 1 //')");
  });
});

describe('what was written', () => {
  it('is read back from a notebook, and shown as a table', () => {
    const entry = { what: 'bookmark', text: 'a | b', incidentNumber: 7, workspace: 'Contoso', by: 'priya', at: '2026-11-17T06:00:00Z' };
    const entries = readWritten([entry, 'junk', { what: 'virus' }, null]);
    expect(entries).toEqual([entry]);
    expect(writtenMarkdown(entries)).toContain('| 2026-11-17 06:00 UTC | priya | Bookmark | #7 | a \\| b | `Contoso` |');
    expect(writtenMarkdown([])).toContain('Nothing yet.');
  });

  it('says what changed of an incident', () => {
    const before = { severity: 'High', status: 'New', labels: [] };
    expect(describeChange(before, { ...before, status: 'Closed', classification: 'TruePositive', labels: ['a'] })).toBe(
      'status New → Closed, classified TruePositive, labels a',
    );
  });
});
