import { describe, expect, it } from 'vitest';
import type { Incident } from '../../../src/common/incidents';
import { formatAge, formatTime } from '../../../src/sentinel/age';
import { incidentSummary, spacedName } from '../../../src/sentinel/incidentSummary';

const now = new Date('2026-11-20T12:00:00Z');
const incident: Incident = {
  number: 7,
  title: 'Spray from 203.0.113.9',
  description: 'Many <b>accounts</b>',
  severity: 'High',
  status: 'New',
  createdTime: '2026-11-20T09:00:00Z',
  lastModifiedTime: '2026-11-20T09:30:00Z',
  firstActivityTime: '2026-11-20T08:00:00Z',
  lastActivityTime: '2026-11-20T08:30:00Z',
  tactics: ['InitialAccess', 'CommandAndControl'],
  techniques: ['T1110'],
  labels: ['vip'],
  providers: ['Microsoft Sentinel'],
  alertCount: 1,
  commentCount: 2,
};

describe('incidentSummary', () => {
  it('tells the incident in Markdown that shows text as text', () => {
    expect(incidentSummary(incident, now).split('\n\n')).toEqual([
      '**Incident 7: Spray from `203.0.113.9`**',
      'High · New · unassigned',
      'Many &lt;b&gt;accounts&lt;/b&gt;',
      'Activity 2026-11-20 08:00 UTC to 2026-11-20 08:30 UTC',
      'Created 2026-11-20 09:00 UTC (3 h), changed 2026-11-20 09:30 UTC',
      '1 alert, 2 comments',
      'Tactics: Initial access, Command and control',
      'Labels: vip',
    ]);
  });
});

describe('formatAge', () => {
  it.each([
    ['2026-11-20T12:00:30Z', 'now'],
    ['2026-11-20T11:59:30Z', 'now'],
    ['2026-11-20T11:01:00Z', '59 min'],
    ['2026-11-19T12:00:01Z', '23 h'],
    ['2026-11-07T12:00:00Z', '13 d'],
    ['2026-11-06T12:00:00Z', '2 wk'],
    ['2026-08-20T12:00:00Z', '3 mo'],
    ['2023-11-20T12:00:00Z', '3 y'],
    ['soon', ''],
  ])('%s is %j', (time, age) => {
    expect(formatAge(time, now)).toBe(age);
  });
});

describe('formatTime', () => {
  it('is UTC to the minute, nothing for what is not a time', () => {
    expect([formatTime('2026-11-20T09:05:59+01:00'), formatTime('?')]).toEqual(['2026-11-20 08:05 UTC', '']);
  });
});

describe('spacedName', () => {
  it.each([
    ['LateralMovement', 'Lateral movement'],
    ['Impact', 'Impact'],
  ])('%s is %s', (name, spaced) => {
    expect(spacedName(name)).toBe(spaced);
  });
});
