import { describe, expect, it } from 'vitest';
import type { Incident } from '../../../src/common/incidents';
import { groupIncidents, readGrouping } from '../../../src/views/incidentGroups';
import { commonFilters, readSavedFilters, withSavedFilter } from '../../../src/views/savedFilters';
import { incident as anIncident } from '../workspaces/incidents';

function incident(number: number, changes: Partial<Incident> = {}): Incident {
  const times = { createdTime: '2026-11-20T10:00:00Z', lastModifiedTime: '2026-11-20T10:00:00Z' };
  return anIncident({ number, title: `Incident ${number}`, severity: 'Low', ...times, ...changes });
}

const all = [
  incident(1, { status: 'Closed', severity: 'High', owner: { name: 'Lee' }, tactics: ['Impact', 'InitialAccess'] }),
  incident(2, { owner: { name: 'Dana' }, tactics: ['Impact'] }),
  incident(3, { status: 'Active' }),
];

describe('groupIncidents', () => {
  it.each([
    ['status', 'New: 2 | Active: 3 | Closed: 1'],
    ['severity', 'High: 1 | Low: 2,3'],
    ['owner', 'Unassigned: 3 | Dana: 2 | Lee: 1'],
    ['tactic', 'Initial access: 1 | Impact: 1,2 | No tactic: 3'],
  ] as const)('by %s', (grouping, groups) => {
    const shown = groupIncidents(all, grouping).map(({ label, incidents }) => `${label}: ${incidents.map(({ number }) => number).join(',')}`);
    expect(shown.join(' | ')).toBe(groups);
  });

  it('is read from what was remembered', () => {
    expect([readGrouping('owner'), readGrouping('colour'), readGrouping(undefined)]).toEqual(['owner', 'none', 'none']);
  });
});

describe('saved filters', () => {
  it('are read as far as they are understood', () => {
    const mine = { name: 'Mine', filter: { statuses: ['New'], severities: [], owner: 'me@contoso.com' } };
    expect(readSavedFilters([mine, { name: '' }, 'junk', { name: 'Odd', filter: { statuses: ['Lost'] } }])).toEqual([
      mine,
      { name: 'Odd', filter: { statuses: [], severities: [] } },
    ]);
    expect(readSavedFilters({})).toEqual([]);
  });

  it('replace those of the same name, in order of names', () => {
    const none = { statuses: [], severities: [] };
    const high = { statuses: [], severities: ['High'] as const };
    const saved = withSavedFilter([{ name: 'b', filter: none }, { name: 'a', filter: none }], { name: 'b', filter: high });
    expect(saved).toEqual([{ name: 'a', filter: none }, { name: 'b', filter: high }]);
  });

  it('begin with what is assigned to whoever looks, when that is known', () => {
    expect(commonFilters({ name: 'Priya', email: 'priya@contoso.com' })[0]).toEqual({
      name: 'Assigned to me',
      filter: { statuses: ['New', 'Active'], severities: [], owner: 'priya@contoso.com' },
    });
    expect(commonFilters(undefined).map(({ name }) => name)).not.toContain('Assigned to me');
  });
});
