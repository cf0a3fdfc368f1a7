import type { Incident, IncidentDetails } from '../../../src/common/incidents';

/** An incident as the service has it, with what a test is about. */
export function incident(fields: Partial<Incident> = {}): Incident {
  return {
    number: 1,
    title: 'Many failed sign-ins',
    description: '',
    severity: 'Medium',
    status: 'New',
    createdTime: '2026-01-10T08:00:00Z',
    lastModifiedTime: '2026-01-10T08:00:00Z',
    firstActivityTime: '2026-01-10T07:00:00Z',
    lastActivityTime: '2026-01-10T07:30:00Z',
    tactics: [],
    techniques: [],
    labels: [],
    providers: [],
    alertCount: 0,
    commentCount: 0,
    ...fields,
  };
}

export function details(of: Incident): IncidentDetails {
  return { incident: of, alerts: [], entities: [], comments: [] };
}
