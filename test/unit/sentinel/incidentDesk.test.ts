import { describe, expect, it } from 'vitest';
import type { Incident, IncidentDetails } from '../../../src/common/incidents';
import { alertEvidence, incidentRecord, incidentsWithQuery } from '../../../src/sentinel/incidentQueries';
import { incidentTimeline, recordedActivity } from '../../../src/sentinel/incidentTimeline';
import { undoFields } from '../../../src/sentinel/incidentUndo';
import { namedRow } from '../../../src/notebook/readRows';

const incident: Incident = {
  number: 7,
  title: 'Seven',
  description: '',
  severity: 'High',
  status: 'New',
  createdTime: '2026-11-17T09:00:00Z',
  lastModifiedTime: '2026-11-17T09:00:00Z',
  firstActivityTime: '2026-11-17T08:00:00Z',
  lastActivityTime: '2026-11-17T08:30:00Z',
  tactics: [],
  techniques: [],
  labels: ['a'],
  providers: [],
  alertCount: 1,
  commentCount: 0,
};
const closed: Incident = { ...incident, status: 'Closed', classification: 'TruePositive', classificationReason: 'SuspiciousActivity', classificationComment: 'Seen.' };

describe('undoFields', () => {
  it.each([
    ['nothing', incident, undefined],
    ['severity', { ...incident, severity: 'Low' as const }, { severity: 'High' }],
    ['a first owner', { ...incident, owner: { name: 'Priya' } }, { owner: null }],
    ['labels', { ...incident, labels: [] }, { labels: ['a'] }],
    ['closing', closed, { status: 'New' }],
  ])('of %s', (_name, after, fields) => {
    expect(undoFields(incident, after)).toEqual(fields);
  });

  it('of opening again brings the verdict back', () => {
    expect(undoFields(closed, incident)).toEqual({
      status: 'Closed',
      classification: 'TruePositive',
      classificationReason: 'SuspiciousActivity',
      classificationComment: 'Seen.',
    });
  });
});

describe('activity', () => {
  const columns = ['LastModifiedTime', 'ModifiedBy', 'Status', 'Severity', 'Owner', 'Classification', 'Labels'].map((name) => ({ name, type: 'string' as const }));
  const record = (time: string, status: string, owner: string, labels = '[]') =>
    incidentRecord(namedRow(columns, [time, 'Priya', status, 'High', JSON.stringify({ assignedTo: owner === '' ? null : owner }), '', labels]));

  it('says what each record changed, and nothing of those that changed nothing people see', () => {
    const records = [
      record('2026-11-17T12:00:00Z', 'Closed', 'Priya', '[{"labelName":"spray"}]'),
      record('2026-11-17T09:00:00Z', 'New', ''),
      record('2026-11-17T09:12:00Z', 'Active', 'Priya'),
      record('2026-11-17T09:13:00Z', 'Active', 'Priya'),
    ];
    expect(recordedActivity(records)).toEqual([
      { time: '2026-11-17T09:12:00Z', kind: 'changed', title: 'Incident changed', detail: 'status New → Active, owner Priya', who: 'Priya' },
      { time: '2026-11-17T12:00:00Z', kind: 'closed', title: 'Incident closed', detail: 'status Active → Closed, label spray', who: 'Priya' },
    ]);
  });

  it('stands in the timeline between alerts, comments and bookmarks, in order of time', () => {
    const details: IncidentDetails = {
      incident,
      alerts: [
        { id: 'a', name: 'Spray', description: '', severity: 'High', product: 'Entra', startTime: '2026-11-17T08:00:00Z', endTime: '', tactics: ['CredentialAccess'] },
      ],
      entities: [],
      comments: [{ author: 'Dana', createdTime: '2026-11-17T10:00:00Z', message: 'First line\nsecond' }],
      bookmarks: [{ id: 'b', name: 'Row', notes: '', createdTime: 'not a time', query: '' }],
    };
    const activity = [{ time: '2026-11-17T09:30:00Z', kind: 'changed' as const, title: 'Incident changed', detail: 'status' }];
    expect(incidentTimeline(details, activity).map(({ kind, detail }) => `${kind}: ${detail}`)).toEqual([
      'alert: Entra · CredentialAccess',
      'created: ',
      'changed: status',
      'comment: First line',
      'bookmark: ',
    ]);
  });
});

describe('evidence', () => {
  it('has the facts of an alert and the query of its rule, whatever the product writes', () => {
    const properties = JSON.stringify({ Query: 'SigninLogs | take 1', 'Client IP Address': '192.0.2.1', Nested: { a: 1 }, Empty: '' });
    const row = { SystemAlertId: 'a', AlertName: 'Spray', StartTime: '2026-11-17T08:00:00Z', CompromisedEntity: '', ExtendedProperties: properties };
    expect(alertEvidence(row)).toEqual({
      alertId: 'a',
      alertName: 'Spray',
      time: '2026-11-17T08:00:00Z',
      query: 'SigninLogs | take 1',
      facts: [
        { name: 'Client IP Address', value: '192.0.2.1' },
        { name: 'Nested', value: '{"a":1}' },
      ],
    });
    expect(alertEvidence({ ...row, ExtendedProperties: 'no json' }).facts).toEqual([]);
  });

  it('searches for an account as alerts write it, and keeps text a literal', () => {
    expect(incidentsWithQuery({ kind: 'Account', upn: 'nora@contoso.com', name: '' })).toContain('Entities has "nora" and Entities has "contoso.com"');
    expect(incidentsWithQuery({ kind: 'Host', name: 'a" or true | x' })).toContain('Entities has "a\\" or true | x"');
  });
});
