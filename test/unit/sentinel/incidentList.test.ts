import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Incident, IncidentQuery, Severity } from '../../../src/common/incidents';
import { listIncidents } from '../../../src/workspaces/incidentList';
import { incident as anIncident } from '../workspaces/incidents';

const severities: readonly Severity[] = ['Informational', 'Low', 'Medium', 'High'];

function incident(number: number, changes: Partial<Incident> = {}): Incident {
  const times = { createdTime: '2026-11-20T10:00:00Z', lastModifiedTime: '2026-11-20T10:00:00Z' };
  return anIncident({ number, title: `Incident ${number}`, severity: 'Low', ...times, ...changes });
}

const all: readonly Incident[] = [
  incident(1, { severity: 'High', status: 'Closed', owner: { name: 'Dana Ruiz', email: 'dana@contoso.com' } }),
  incident(2, { severity: 'Medium', createdTime: '2026-11-20T11:00:00Z', lastModifiedTime: '2026-11-20T12:00:00Z' }),
  incident(3, { severity: 'High', status: 'Active', owner: { name: 'Lee Park' }, lastModifiedTime: '2026-11-20T13:00:00Z' }),
  incident(4, { severity: 'Informational', createdTime: '2026-11-19T10:00:00Z' }),
];

const numbers = (query: Partial<IncidentQuery>): number[] =>
  listIncidents(all, { orderBy: 'number', descending: false, top: 100, ...query }).incidents.map(({ number }) => number);

describe('listIncidents', () => {
  it.each<[string, Partial<IncidentQuery>, number[]]>([
    ['everything', {}, [1, 2, 3, 4]],
    ['everything for empty filters', { statuses: [], severities: [], owner: '' }, [1, 2, 3, 4]],
    ['by status', { statuses: ['New', 'Active'] }, [2, 3, 4]],
    ['by severity', { severities: ['High'] }, [1, 3]],
    ['by name of the owner, ignoring case', { owner: 'dana ruiz' }, [1]],
    ['by address of the owner', { owner: 'dana@contoso.com' }, [1]],
    ['without an owner', { owner: 'unassigned' }, [2, 4]],
    ['by time of creation', { createdAfter: '2026-11-20T10:00:00Z' }, [1, 2, 3]],
    ['by all at once', { statuses: ['New'], severities: ['Medium'], owner: 'unassigned' }, [2]],
    ['newest number first', { descending: true }, [4, 3, 2, 1]],
    ['by severity, equal ones by number', { orderBy: 'severity', descending: true }, [3, 1, 2, 4]],
    ['by last change', { orderBy: 'lastModifiedTime', descending: true }, [3, 2, 4, 1]],
    ['by creation', { orderBy: 'createdTime' }, [4, 1, 3, 2]],
  ])('lists %s', (_name, query, expected) => {
    expect(numbers(query)).toEqual(expected);
  });

  it('starts anew with a marker that it cannot read', () => {
    expect(numbers({ next: 'nonsense' })).toEqual([1, 2, 3, 4]);
    expect(numbers({ next: '{"a":1}' })).toEqual([1, 2, 3, 4]);
  });

  it('pages without repeating or skipping', () => {
    const many = fc.array(fc.record({ severity: fc.constantFrom(...severities), hour: fc.integer({ min: 0, max: 5 }) }), { maxLength: 60 });
    const orders = fc.constantFrom('createdTime', 'lastModifiedTime', 'severity', 'number' as const);
    fc.assert(
      fc.property(many, orders, fc.boolean(), fc.integer({ min: 1, max: 9 }), (made, orderBy, descending, top) => {
        const incidents = made.map(({ severity, hour }, index) => incident(index + 1, { severity, createdTime: `2026-11-20T0${hour}:00:00Z` }));
        const query = { orderBy, descending, top };
        const whole = listIncidents(incidents, { ...query, top: 1000 }).incidents.map(({ number }) => number);
        const paged: number[] = [];
        let next: string | undefined;
        do {
          const page = listIncidents(incidents, { ...query, next });
          expect(page.total).toBe(incidents.length);
          paged.push(...page.incidents.map(({ number }) => number));
          next = page.next;
        } while (next !== undefined);
        expect(paged).toEqual(whole);
      }),
    );
  });
});
