import type { IncidentDetails, IncidentStatus, Severity } from '../../../src/common/incidents';

const severities: readonly Severity[] = ['High', 'Medium', 'Low', 'Informational'];
const statuses: readonly IncidentStatus[] = ['New', 'Active', 'Closed'];
const subjects = ['sign-in from an unusual place', 'password spray', 'encoded command line', 'mass download', 'rare process'];
const MINUTE = 60_000;

/** As many incidents as wanted, numbered from 1, the last one created at `end`, ten minutes apart; the same on every call. */
export function manyIncidents(count: number, end: Date): readonly IncidentDetails[] {
  return Array.from({ length: count }, (_, index) => incidentOf(index + 1, end.getTime() - (count - 1 - index) * 10 * MINUTE));
}

function incidentOf(number: number, created: number): IncidentDetails {
  const time = (minutes: number): string => new Date(created + minutes * MINUTE).toISOString();
  const severity = pick(severities, number);
  const status = pick(statuses, number * 7);
  const subject = pick(subjects, number * 3);
  return {
    incident: {
      number,
      title: `Incident ${number}: ${subject}`,
      description: `Generated: ${subject}.`,
      severity,
      status,
      ...(number % 3 === 0 ? { owner: { name: 'Lucas Meyer', email: 'lucas.meyer@contoso.com' } } : {}),
      createdTime: time(0),
      lastModifiedTime: time(number % 50),
      firstActivityTime: time(-60),
      lastActivityTime: time(-5),
      tactics: ['InitialAccess'],
      techniques: ['T1078'],
      labels: number % 5 === 0 ? ['generated'] : [],
      providers: ['Azure Sentinel'],
      alertCount: 0,
      commentCount: 0,
      ...(status === 'Closed' ? { classification: 'Undetermined' } : {}),
    },
    alerts: [],
    entities: [],
    comments: [],
  };
}

function pick<T>(values: readonly T[], index: number): T {
  const value = values[index % values.length];
  if (value === undefined) throw new Error('There is nothing to pick from.');
  return value;
}
