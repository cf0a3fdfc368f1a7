import * as assert from 'node:assert/strict';
import { suite, test } from 'mocha';
import * as vscode from 'vscode';
import { type AzureDirectory, type AzureWorkspace, azureClouds } from '../../src/common/azure';
import type { TableInfo, WorkspaceInfo, WorkspaceSource } from '../../src/common/engineProtocol';
import type { Incident } from '../../src/common/incidents';
import type { WorkspaceEntry, WorkspaceState } from '../../src/notebook/vscodeWorkspaces';
import type { Template } from '../../src/common/templates';
import { tenantBranches, tenantNote } from '../../src/views/azureNodes';
import { describeFilter, incidentQuery, newestFirst, readFilter } from '../../src/views/incidentFilter';
import { incidentItem, incidentTooltip } from '../../src/views/incidentItem';
import { tableStates } from '../../src/templates/tableStates';
import { templateItem } from '../../src/views/templateItem';
import { schemaNodes, tableItem, workspaceItem } from '../../src/views/workspaceNodes';

const now = new Date('2026-01-10T12:00:00Z');

const incident: Incident = {
  number: 1042,
  title: 'Odd [link](command:evil) <b>x</b>',
  description: 'See https://evil.example and `code`',
  severity: 'High',
  status: 'Active',
  owner: { name: 'Dana Ruiz' },
  createdTime: '2026-01-10T09:00:00Z',
  lastModifiedTime: '2026-01-10T10:00:00Z',
  firstActivityTime: '2026-01-10T08:00:00Z',
  lastActivityTime: '2026-01-10T09:00:00Z',
  tactics: ['InitialAccess'],
  techniques: ['T1078'],
  labels: [],
  providers: ['Azure Sentinel'],
  alertCount: 2,
  commentCount: 1,
};

const template: Template = {
  kind: 'template',
  id: 'spray',
  source: 'bundled',
  path: '/spray.ipynb',
  title: 'Spray',
  description: 'Finds sprays.',
  group: 'Identity',
  tactics: ['CredentialAccess'],
  techniques: ['T1110'],
  tables: ['SigninLogs', 'AuditLogs'],
  version: '1.0.0',
  author: '',
  parameters: [],
  dataSources: [],
  pythonVersion: '',
  hash: '',
};

const plain = { place: '', tables: undefined, isNew: false, isFavourite: false, isChanged: false, isAmbiguous: false };

const info: WorkspaceInfo = {
  id: 'folder:/data',
  kind: 'folder',
  name: 'data',
  tableCount: 2,
  rowCount: 10,
  problems: [{ file: 'bad.csv', line: 3, message: 'too few values' }],
};

suite('tree items', () => {
  test('an incident shows number, status, owner and age', () => {
    const item = incidentItem(incident, 'sample', now);
    assert.equal(item.description, '#1042 · Active · Dana Ruiz · 3 h');
    assert.equal(item.contextValue, 'incident');
    assert.deepEqual((item.iconPath as vscode.ThemeIcon).color, new vscode.ThemeColor('list.errorForeground'));
  });

  test('an incident that nobody owns says so', () => {
    assert.match(String(incidentItem({ ...incident, owner: undefined }, 'sample', now).description), /unassigned/);
  });

  test('the tooltip of an incident links nowhere and trusts nothing', () => {
    const tooltip = incidentTooltip(incident, now);
    assert.ok(!tooltip.isTrusted && !tooltip.supportHtml);
    assert.doesNotMatch(tooltip.value, /(?<!\\)\[|<b>|(?<!`)https:/);
  });

  test('a template says whether the workspace has data for it', () => {
    const icon = (rows: Readonly<Record<string, number>>): string => {
      const tables = Object.entries(rows).map(([name, rowCount]) => ({ name, columns: [], rowCount }));
      return (templateItem(template, { ...plain, tables: tableStates(template.tables, { tables }) }).iconPath as vscode.ThemeIcon).id;
    };
    assert.equal(icon({ SigninLogs: 5, AuditLogs: 5 }), 'pass');
    assert.equal(icon({ SigninLogs: 5, AuditLogs: 0 }), 'warning');
    assert.equal(icon({}), 'circle-slash');
  });

  test('a template shows its marks', () => {
    const item = templateItem({ ...template, superseded: 'Use another.' }, { ...plain, isNew: true, isFavourite: true, isChanged: true, isAmbiguous: true });
    assert.equal(item.description, 'new, changed since you used it, superseded, spray, Credential access');
    assert.equal(item.contextValue, 'template.favourite.changed');
  });

  test('a template that cannot be read is listed with its error', () => {
    const item = templateItem({ kind: 'broken', id: 'bad', source: 'bundled', path: '/bad.ipynb', group: 'Other', message: 'it is empty' }, plain);
    assert.equal(item.contextValue, 'broken');
    assert.equal(item.tooltip, 'it is empty');
  });

  test('a workspace tells its state, its use and its problems', () => {
    const source = { kind: 'folder', path: '/data' } as const;
    const entry = { id: info.id, source, name: info.name, state: { kind: 'connected', info } } as const;
    const item = workspaceItem({ kind: 'workspace', place: '', entry }, { chosen: true, favourite: false, pinned: false }, now);
    assert.equal(item.description, '2 tables · in use');
    assert.equal(item.contextValue, 'workspace.folder.chosen.problems');
    assert.match((item.tooltip as vscode.MarkdownString).value, /too few values/);
  });
});

suite('Azure in the tree', () => {
  const workspace = (customerId: string, tenantId: string, subscriptionId: string, hasSentinel = true): AzureWorkspace => ({
    customerId,
    name: `ws-${customerId}`,
    tenantId,
    subscriptionId,
    subscriptionName: `Sub ${subscriptionId}`,
    resourceId: `/subscriptions/${subscriptionId}/ws-${customerId}`,
    hasSentinel,
  });
  const directory: AzureDirectory = {
    tenants: [
      { tenantId: 't2', name: 'Fabrikam', domain: 'fabrikam.com' },
      { tenantId: 't1', name: 'Contoso', domain: 'contoso.com' },
      { tenantId: 't3', name: 'Guest' },
    ],
    workspaces: [workspace('b', 't1', 's1'), workspace('a', 't1', 's1'), workspace('c', 't2', 's2'), workspace('d', 't1', 's3', false)],
    problems: [{ tenantId: 't3', message: 'Nobody is signed in to this tenant.', signInNeeded: true }],
  };
  const shown = (filter: string): readonly string[] =>
    tenantBranches(directory, filter).flatMap(({ tenant, subscriptions, problem }) => [
      problem ? `${tenant.name}!` : tenant.name,
      ...subscriptions.flatMap(({ name, workspaces }) => [name, ...workspaces.map((one) => one.name)]),
    ]);

  test('stands by tenant and subscription, without workspaces that have no Sentinel', () => {
    assert.deepEqual(shown(''), ['Contoso', 'Sub s1', 'ws-a', 'ws-b', 'Fabrikam', 'Sub s2', 'ws-c', 'Guest!']);
  });

  test('is filtered by the name of a workspace, a subscription or a tenant', () => {
    assert.deepEqual(shown('WS-B'), ['Contoso', 'Sub s1', 'ws-b']);
    assert.deepEqual(shown('sub s2'), ['Fabrikam', 'Sub s2', 'ws-c']);
    assert.deepEqual(shown('contoso.com'), ['Contoso', 'Sub s1', 'ws-a', 'ws-b']);
    assert.deepEqual(shown('nothing'), []);
  });

  test('a tenant that needs a sign-in offers it', () => {
    const branch = tenantBranches(directory, '').find(({ tenant }) => tenant.name === 'Guest');
    assert.ok(branch);
    const note = tenantNote({ id: 'me', label: 'me@contoso.com' }, branch);
    assert.deepEqual(note.kind === 'note' && note.command?.arguments, [{ account: 'me', tenant: 't3' }]);
  });

  const source: WorkspaceSource = {
    kind: 'logAnalytics',
    workspace: workspace('a', 't1', 's1'),
    connection: { endpoints: azureClouds.public, credential: 'vscode' },
  };
  const entry = (state: WorkspaceState): WorkspaceEntry => ({ id: 'logAnalytics:a', source, name: 'ws-a', state });

  test('a workspace tells its place, the age of its schema, and whether it is marked', () => {
    const item = (one: WorkspaceEntry, favourite: boolean): vscode.TreeItem =>
      workspaceItem({ kind: 'workspace', place: '', entry: one }, { chosen: false, favourite, pinned: true }, now);
    const known = item(entry({ kind: 'known' }), true);
    assert.deepEqual([known.description, known.contextValue], ['\u2605 · Sub s1', 'workspace.logAnalytics.favourite.linked']);
    const connected = { ...entry({ kind: 'connected', info: { ...info, problems: [] } }), schemaReadAt: '2026-01-10T09:00:00Z' };
    assert.equal(item(connected, false).description, '2 tables · schema 3 h');
    assert.equal(item(connected, false).contextValue, 'workspace.logAnalytics.pinned.linked');
  });

  test('tables stand by solution, with plan, retention and last data', () => {
    const basic: TableInfo = { name: 'Logs', columns: [], solutions: ['Custom'], plan: 'Basic', retentionDays: 30, lastTime: '2026-01-10T11:00:00Z' };
    const plain: TableInfo = { name: 'Events', columns: [], plan: 'Analytics', retentionDays: 90 };
    const functions = [{ name: 'F', parameters: 'x:int', body: 'T' }];
    const nodes = schemaNodes('', entry({ kind: 'known' }), { tables: [basic, plain], functions, watchlists: [] });
    assert.deepEqual(nodes.map(({ kind }) => kind), ['tables', 'functions', 'table']);
    const item = (table: TableInfo): unknown => tableItem({ kind: 'table', place: '', entry: entry({ kind: 'known' }), table }, now).description;
    assert.deepEqual([item(basic), item(plain)], ['Basic · 1 h · kept 30 d', 'kept 90 d']);
  });
});

suite('incident filter', () => {
  test('is asked of the engine as chosen', () => {
    const query = incidentQuery({ statuses: ['New'], severities: ['High'], owner: 'unassigned', createdWithinHours: 24 }, newestFirst, 50, now.getTime());
    assert.equal(query.createdAfter, '2026-01-09T12:00:00.000Z');
    assert.deepEqual([query.statuses, query.severities, query.owner, query.top], [['New'], ['High'], 'unassigned', 50]);
  });

  test('is told in one line', () => {
    assert.equal(describeFilter({ statuses: ['New', 'Active'], severities: [], owner: 'Dana Ruiz', createdWithinHours: 168 }), 'New, Active · Dana Ruiz · last 7 days');
  });

  test('that was remembered by another version loses what is not understood', () => {
    assert.deepEqual(readFilter({ statuses: ['New', 'Odd'], severities: 'High', owner: 7 }), { statuses: ['New'], severities: [] });
  });
});
