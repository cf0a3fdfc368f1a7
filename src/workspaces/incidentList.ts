import type { IncidentPage } from '../common/engineProtocol';
import type { Incident, IncidentQuery, Severity } from '../common/incidents';

const severityRank: Readonly<Record<Severity, number>> = { Informational: 0, Low: 1, Medium: 2, High: 3 };

/** Most incidents a page holds, as the SecurityInsights API allows. */
export const MAX_INCIDENTS_PER_PAGE = 1000;

/**
 * Filters, sorts and pages incidents that are held in memory, as the SecurityInsights API does on its side.
 * Equal sort values are ordered by number, in the same direction, so that pages neither repeat nor skip an incident.
 * `next` is an opaque text that holds the last incident shown; an unreadable one starts from the first page.
 */
export function listIncidents(incidents: readonly Incident[], query: IncidentQuery): IncidentPage {
  const direction = query.descending ? -1 : 1;
  const compare = (left: Position, right: Position): number =>
    direction * (compareValues(left.value, right.value) || left.number - right.number);
  const selected = incidents
    .filter((incident) => matches(incident, query))
    .map((incident) => ({ ...position(incident, query.orderBy), incident }))
    .sort(compare);
  const after = parsePosition(query.next);
  const rest = after ? selected.filter((candidate) => compare(candidate, after) > 0) : selected;
  const top = Math.max(1, Math.min(MAX_INCIDENTS_PER_PAGE, Math.trunc(query.top) || 1));
  const page = rest.slice(0, top);
  const last = page.at(-1);
  return {
    incidents: page.map(({ incident }) => incident),
    total: selected.length,
    ...(last && rest.length > page.length ? { next: JSON.stringify([last.value, last.number]) } : {}),
  };
}

interface Position {
  readonly value: number;
  readonly number: number;
}

function position(incident: Incident, orderBy: IncidentQuery['orderBy']): Position {
  switch (orderBy) {
    case 'createdTime':
      return { value: Date.parse(incident.createdTime), number: incident.number };
    case 'lastModifiedTime':
      return { value: Date.parse(incident.lastModifiedTime), number: incident.number };
    case 'severity':
      return { value: severityRank[incident.severity], number: incident.number };
    case 'number':
      return { value: incident.number, number: incident.number };
  }
}

function parsePosition(next: string | undefined): Position | undefined {
  if (next === undefined) return undefined;
  try {
    const parsed: unknown = JSON.parse(next);
    if (!Array.isArray(parsed)) return undefined;
    const [value, number] = parsed as unknown[];
    return typeof value === 'number' && typeof number === 'number' ? { value, number } : undefined;
  } catch {
    return undefined;
  }
}

function compareValues(left: number, right: number): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function matches(incident: Incident, query: IncidentQuery): boolean {
  if (query.statuses && query.statuses.length > 0 && !query.statuses.includes(incident.status)) return false;
  if (query.severities && query.severities.length > 0 && !query.severities.includes(incident.severity)) return false;
  if (query.createdAfter !== undefined && Date.parse(incident.createdTime) < Date.parse(query.createdAfter)) return false;
  return query.owner === undefined || query.owner === '' || ownedBy(incident, query.owner);
}

function ownedBy(incident: Incident, owner: string): boolean {
  const wanted = owner.toLowerCase();
  if (!incident.owner) return wanted === 'unassigned';
  return incident.owner.name.toLowerCase() === wanted || incident.owner.email?.toLowerCase() === wanted;
}
