import { describe, expect, it, vi } from 'vitest';
import type { Entity, IncidentDetails } from '../../../src/common/incidents';
import { isKqlCell, readNotebook } from '../../../src/notebook/ipynb';
import { stringAt } from '../../../src/notebook/json';
import { notebookText } from '../../../src/common/nbformat';
import { incidentNotebook } from '../../../src/sentinel/incidentNotebook';
import { bindNotebook } from '../samples/bindNotebook';

// Loading the language takes seconds on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const now = new Date('2026-11-20T12:00:00Z');

function details(entities: readonly Entity[], changes: Partial<IncidentDetails['incident']> = {}): IncidentDetails {
  return {
    incident: {
      number: 1042,
      title: 'Inbox rule',
      description: 'A rule forwards mail.',
      severity: 'High',
      status: 'Active',
      owner: { name: 'Dana Ruiz' },
      createdTime: '2026-11-17T09:00:00Z',
      lastModifiedTime: '2026-11-17T10:00:00Z',
      firstActivityTime: '2026-11-17T06:47:30Z',
      lastActivityTime: '2026-11-17T07:12:05Z',
      tactics: ['Collection'],
      techniques: ['T1114.003'],
      labels: [],
      providers: ['Microsoft Defender XDR'],
      alertCount: 1,
      commentCount: 1,
      ...changes,
    },
    alerts: [
      {
        id: 'a',
        name: 'Suspicious rule',
        description: '',
        severity: 'High',
        product: 'Defender for Cloud Apps',
        startTime: '2026-11-17T06:47:30Z',
        endTime: '2026-11-17T06:47:30Z',
        tactics: [],
      },
    ],
    entities,
    comments: [{ author: 'Dana Ruiz', createdTime: '2026-11-17T09:30:00Z', message: 'Called **Nora**.' }],
  };
}

const everyKind: readonly Entity[] = [
  { kind: 'Account', upn: 'nora@contoso.com', name: 'CONTOSO\\nora' },
  { kind: 'Host', name: 'APP02', domain: 'contoso.local' },
  { kind: 'Ip', address: '192.0.2.77' },
  { kind: 'Process', name: 'C:\\Windows\\System32\\cmd.exe', commandLine: 'cmd.exe /c whoami', host: 'FS01.contoso.local' },
  { kind: 'File', name: 'invoice.js' },
  { kind: 'FileHash', algorithm: 'SHA256', value: 'ab'.repeat(32) },
  { kind: 'Url', url: 'https://files.evil.example/inv/1' },
  { kind: 'DnsResolution', domain: 'evil.example' },
  { kind: 'Mailbox', address: 'ap@contoso.com' },
  { kind: 'CloudApplication', name: 'DocuFlow', appId: '6f1d2c9a-5b0e-4a57-9d83-2f4c8e7b1a60' },
  { kind: 'AzureResource', resourceId: '/subscriptions/s/vm-app02' },
];

function read(entities: readonly Entity[], changes: Partial<IncidentDetails['incident']> = {}, tables?: ReadonlySet<string>) {
  const notebook = readNotebook(notebookText(incidentNotebook(details(entities, changes), { now, tables })), 'incident.ipynb');
  const cells = notebook.cells.map((cell) => ({ id: stringAt(cell.raw, 'id') ?? '', text: cell.source, cell }));
  return { notebook, cells, kql: cells.filter(({ cell }) => isKqlCell(cell)), text: (id: string) => cells.find((cell) => cell.id === id)?.text ?? '' };
}

describe('incidentNotebook', () => {
  it('begins with what the incident says', () => {
    expect(read([]).text('summary')).toMatchInlineSnapshot(`
      "# Incident 1042: Inbox rule

      - **High** · Active · Dana Ruiz
      - Activity: 2026-11-17 06:47 UTC to 2026-11-17 07:12 UTC
      - Created: 2026-11-17 09:00 UTC
      - Tactics: Collection
      - Techniques: \`T1114.003\`
      - Sources: Microsoft Defender XDR

      > A rule forwards mail.

      ## Alerts

      - 2026-11-17 06:47 UTC · High · **Suspicious rule** (Defender for Cloud Apps)

      ## Comments

      Dana Ruiz, 2026-11-17 09:30 UTC:

      > Called \\*\\*Nora\\*\\*.

      Run the cells in order. Times and entities are parameters: change them in the next cell and everything below follows."
    `);
  });

  it('makes parameters of window and entities', () => {
    const { cells, text } = read(everyKind);
    expect(cells.find(({ id }) => id === 'parameters')?.cell.tags).toEqual(['parameters']);
    expect(text('parameters')).toMatchInlineSnapshot(`
      "// Incident 1042: Inbox rule
      let incidentNumber = 1042;
      // First activity less 12 h, last activity plus 12 h.
      let windowStart = datetime(2026-11-16T18:00:00Z);
      let windowEnd = datetime(2026-11-17T21:00:00Z);
      // Alerts of the incident
      let alertIds = dynamic(["a"]);
      // User principal names
      let accounts = dynamic(["nora@contoso.com"]);
      // The same accounts as Windows names them
      let accountNames = dynamic(["nora"]);
      // Mailboxes, and the accounts that can have one
      let mailboxes = dynamic(["nora@contoso.com", "ap@contoso.com"]);
      // Cloud applications: names and application ids
      let apps = dynamic(["DocuFlow", "6f1d2c9a-5b0e-4a57-9d83-2f4c8e7b1a60"]);
      // Machines, without their domain
      let hosts = dynamic(["APP02", "FS01"]);
      // Names of programs
      let processes = dynamic(["cmd.exe"]);
      // Names of files
      let files = dynamic(["invoice.js"]);
      // MD5, SHA-1 and SHA-256 of files
      let hashes = dynamic(["${'ab'.repeat(32)}"]);
      // Addresses
      let ips = dynamic(["192.0.2.77"]);
      // Domain names, also of the URLs
      let domains = dynamic(["files.evil.example", "evil.example"]);
      // URLs
      let urls = dynamic(["https://files.evil.example/inv/1"]);
      // Ids of Azure resources
      let resources = dynamic(["/subscriptions/s/vm-app02"]);"
    `);
  });

  it('writes queries that bind against the real schemas, for every kind of entity', () => {
    const bound = bindNotebook(read(everyKind).kql);
    expect(bound.problems).toEqual([]);
    expect(bound.results.get('timeline')?.map(({ name, type }) => `${name}:${type}`)).toEqual(['TimeGenerated:datetime', 'Source:string', 'What:string']);
  });

  it.each(everyKind.map((entity) => [entity.kind, entity] as const))('stands on its own with a %s alone', (_kind, entity) => {
    const { kql } = read([entity]);
    expect(bindNotebook(kql).problems).toEqual([]);
    expect(kql.length).toBeGreaterThan(1);
  });

  it('has the evidence and conclusions even without entities', () => {
    const { cells, kql } = read([]);
    const evidence = ['evidence-about', 'incident_alerts', 'incident_entities', 'timeline-about', 'timeline'];
    expect(cells.map(({ id }) => id)).toEqual(['summary', 'parameters', ...evidence, 'conclusions']);
    expect(bindNotebook(kql).problems).toEqual([]);
  });

  it('has conclusions alone where there are neither alerts nor entities', () => {
    const bare = incidentNotebook({ ...details([]), alerts: [] }, { now });
    expect(bare.cells.map(({ id }) => id)).toEqual(['summary', 'parameters', 'conclusions']);
  });

  it('is linked with its incident', () => {
    const { metadata } = incidentNotebook(details([]), { now, workspaceId: 'sample' });
    expect(metadata['huntbook']).toMatchObject({ incident: { number: 1042, title: 'Inbox rule', workspaceId: 'sample' } });
  });

  it('leaves out what the workspace has no tables for, with what depends on it, and says so', () => {
    const { kql, text } = read([{ kind: 'Account', upn: 'nora@contoso.com', name: 'nora' }], {}, new Set(['AuditLogs', 'OfficeActivity']));
    expect(kql.map(({ id }) => id)).toEqual(['parameters', 'account_changes', 'mailbox_rules', 'mailbox_activity', 'timeline']);
    expect(text('left-out')).toContain('- `account_signins`: needs `SigninLogs`');
    expect(bindNotebook(kql).problems).toEqual([]);
  });

  it('looks no further than now, and at an hour at least', () => {
    const recent = { firstActivityTime: now.toISOString(), lastActivityTime: now.toISOString(), createdTime: now.toISOString() };
    expect(read([], recent).text('parameters')).toContain('let windowStart = datetime(2026-11-20T00:00:00Z);\nlet windowEnd = datetime(2026-11-20T12:00:00Z);');
  });

  it('survives times that are none', () => {
    const { text, kql } = read(everyKind, { firstActivityTime: '', lastActivityTime: 'x', createdTime: '' });
    expect(text('parameters')).toContain('let windowStart = datetime(2026-11-20T00:00:00Z);');
    expect(bindNotebook(kql).problems).toEqual([]);
  });

  it('takes text of an attacker as text', () => {
    const evil = '"]); SecurityEvent | take 1; // \n| \u202e <script>alert(1)</script> [x](command:evil) ![i](http://evil.example/i.png)';
    const entities = everyKind.map((entity) => Object.fromEntries(Object.entries(entity).map(([key, value]) => [key, key === 'kind' ? value : evil])));
    const { kql, text } = read(entities as unknown as Entity[], { title: evil, description: evil });
    expect(bindNotebook(kql)).toMatchObject({ problems: [], tables: expect.not.arrayContaining(['take']) });
    expect(text('parameters').split('\n').every((line) => /^(\/\/ |let |\s+"|\]\);)/.test(line))).toBe(true);
    const outsideCode = text('summary').replace(/`[^`]*`/g, '');
    expect(outsideCode).not.toMatch(/<script|(?<!\\)\]\(|http|command|\u202e/);
  });

  it('stays of use with thousands of entities', () => {
    const addresses = Array.from({ length: 5000 }, (_value, index): Entity => ({ kind: 'Ip', address: `2001:db8::${index}` }));
    expect(read(addresses).text('parameters').match(/2001:db8/g)).toHaveLength(200);
  });
});
