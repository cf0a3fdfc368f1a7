import * as assert from 'node:assert/strict';
import { suite, test } from 'mocha';
import * as vscode from 'vscode';
import type { WorkspaceInfo } from '../../src/common/engineProtocol';
import type { Incident } from '../../src/common/incidents';
import type { Template } from '../../src/templates/template';
import { describeFilter, incidentQuery, newestFirst, readFilter } from '../../src/views/incidentFilter';
import { incidentItem } from '../../src/views/incidentItem';
import { templateItem } from '../../src/views/templateItem';
import { workspaceItem } from '../../src/views/workspaceNodes';

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
};

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
    const tooltip = incidentItem(incident, 'sample', now).tooltip as vscode.MarkdownString;
    assert.ok(!tooltip.isTrusted && !tooltip.supportHtml);
    assert.doesNotMatch(tooltip.value, /(?<!\\)\[|<b>|(?<!`)https:/);
  });

  test('a template says whether the workspace has data for it', () => {
    const icon = (rows: object): string => (templateItem(template, new Map(Object.entries(rows))).iconPath as vscode.ThemeIcon).id;
    assert.equal(icon({ SigninLogs: 5, AuditLogs: 5 }), 'pass');
    assert.equal(icon({ SigninLogs: 5, AuditLogs: 0 }), 'warning');
    assert.equal(icon({}), 'circle-slash');
  });

  test('a template that cannot be read is listed with its error', () => {
    const item = templateItem({ kind: 'broken', id: 'bad', path: '/bad.ipynb', message: 'it is empty' }, undefined);
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
