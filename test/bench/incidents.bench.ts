import type { Incident, IncidentStatus, Severity } from '../../src/common/incidents';
import { incidentSummary } from '../../src/sentinel/incidentSummary';
import { groupIncidents } from '../../src/views/incidentGroups';
import { listIncidents } from '../../src/workspaces/incidentList';
import { type Bench, median } from './bench';

const statuses: readonly IncidentStatus[] = ['New', 'Active', 'Closed'];
const severities: readonly Severity[] = ['High', 'Medium', 'Low', 'Informational'];
const tactics = ['InitialAccess', 'Execution', 'Persistence', 'CredentialAccess', 'Exfiltration'];

function incident(number: number): Incident {
  const time = new Date(Date.UTC(2026, 0, 1) + number * 60_000).toISOString();
  return {
    number,
    title: `Suspicious activity ${number} on a machine of the finance department`,
    description: 'Found by a scheduled rule.',
    severity: severities[number % 4] ?? 'Low',
    status: statuses[number % 3] ?? 'New',
    ...(number % 5 === 0 ? {} : { owner: { name: `Analyst ${number % 7}`, email: `analyst${number % 7}@contoso.com` } }),
    createdTime: time,
    lastModifiedTime: time,
    firstActivityTime: time,
    lastActivityTime: time,
    tactics: [tactics[number % 5] ?? '', tactics[(number + 2) % 5] ?? ''],
    techniques: ['T1078'],
    labels: [],
    providers: ['Azure Sentinel'],
    alertCount: 1,
    commentCount: 0,
  };
}

const all = Array.from({ length: 5000 }, (_, nth) => incident(nth + 1));

/** What a refresh of the view does with them: page by page over the process border, into groups, and the tooltips of a screenful. */
function refresh(): number {
  const read: Incident[] = [];
  let next: string | undefined;
  do {
    const page = structuredClone(listIncidents(all, { orderBy: 'createdTime', descending: true, top: 1000, next }));
    read.push(...page.incidents);
    next = page.next;
  } while (next !== undefined);
  const groups = groupIncidents(read, 'tactic');
  const now = new Date(0);
  return groups.flatMap(({ incidents }) => incidents.slice(0, 10)).map((one) => incidentSummary(one, now)).length;
}

export const benches: readonly Bench[] = [
  { name: 'incidents: refresh and group 5,000', unit: 'ms', budget: 300, run: async () => ({ value: await median(10, async () => refresh()) }) },
];
