import type { Incident } from '../common/incidents';
import { spacedName } from '../sentinel/incidentSummary';
import { tactics } from '../sentinel/tactics';
import { severities, statuses } from './incidentFilter';

export const groupings = ['none', 'status', 'severity', 'owner', 'tactic'] as const;
/** By what the view puts incidents together. */
export type IncidentGrouping = (typeof groupings)[number];

export interface IncidentGroup {
  /** Unique among the groups of the view. */
  readonly key: string;
  readonly label: string;
  /** In the order of the view. */
  readonly incidents: readonly Incident[];
}

/**
 * Puts incidents together, in the order in which people work: open before closed, severe before harmless, unassigned before others' own,
 * early tactics before late ones. An incident of several tactics stands in each.
 */
export function groupIncidents(incidents: readonly Incident[], grouping: Exclude<IncidentGrouping, 'none'>): readonly IncidentGroup[] {
  const groups = new Map<string, Incident[]>();
  for (const incident of incidents) {
    for (const key of keysOf[grouping](incident)) {
      const group = groups.get(key);
      if (group) group.push(incident);
      else groups.set(key, [incident]);
    }
  }
  const order: readonly string[] = orders[grouping];
  const place = (key: string): number => (order.includes(key) ? order.indexOf(key) : order.length);
  return [...groups]
    .sort(([left], [right]) => place(left) - place(right) || left.localeCompare(right))
    .map(([key, members]) => ({ key, label: labelOf(grouping, key), incidents: members }));
}

export function readGrouping(value: unknown): IncidentGrouping {
  return groupings.find((grouping) => grouping === value) ?? 'none';
}

const NONE = '';

const keysOf: Readonly<Record<Exclude<IncidentGrouping, 'none'>, (incident: Incident) => readonly string[]>> = {
  status: ({ status }) => [status],
  severity: ({ severity }) => [severity],
  owner: ({ owner }) => [owner?.name ?? NONE],
  tactic: (incident) => (incident.tactics.length === 0 ? [NONE] : [...new Set(incident.tactics)]),
};

const orders = { status: statuses, severity: severities, owner: [NONE], tactic: tactics } as const;

function labelOf(grouping: IncidentGrouping, key: string): string {
  if (key === NONE) return grouping === 'owner' ? 'Unassigned' : 'No tactic';
  return grouping === 'tactic' ? spacedName(key) : key;
}
