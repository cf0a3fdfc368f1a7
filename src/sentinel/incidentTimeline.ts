import type { IncidentDetails } from '../common/incidents';
import type { TimelineEntry } from '../common/incidentPage';

/** A row of `SecurityIncident`: Sentinel writes one with every change of an incident. */
export interface IncidentRecord {
  /** ISO 8601. */
  readonly time: string;
  readonly modifiedBy: string;
  readonly status: string;
  readonly severity: string;
  readonly owner: string;
  readonly classification: string;
  readonly labels: readonly string[];
}

/** What the changes of an incident say, from its records in any order: one entry a record that changed something people can see. */
export function recordedActivity(records: readonly IncidentRecord[]): readonly TimelineEntry[] {
  const ordered = [...records].sort((left, right) => Date.parse(left.time) - Date.parse(right.time));
  return ordered.flatMap((record, index): readonly TimelineEntry[] => {
    const before = ordered[index - 1];
    if (!before) return [];
    const changes = changesOf(before, record);
    if (changes.length === 0) return [];
    const kind = record.status === 'Closed' && before.status !== 'Closed' ? 'closed' : 'changed';
    const title = kind === 'closed' ? 'Incident closed' : 'Incident changed';
    return [{ time: record.time, kind, title, detail: changes.join(', '), ...(record.modifiedBy === '' ? {} : { who: record.modifiedBy }) }];
  });
}

/** Everything that has a time, the oldest first. */
export function incidentTimeline(details: IncidentDetails, activity: readonly TimelineEntry[]): readonly TimelineEntry[] {
  const { incident, alerts, comments, bookmarks = [] } = details;
  const entries: readonly TimelineEntry[] = [
    ...alerts.map((alert) => alertEntry(alert)),
    { time: incident.createdTime, kind: 'created', title: 'Incident created', detail: '' },
    ...comments.map(({ createdTime, author, message }) => ({ time: createdTime, kind: 'comment' as const, title: 'Comment', detail: firstLine(message), who: author })),
    ...bookmarks.map(({ createdTime, name, notes }) => ({ time: createdTime, kind: 'bookmark' as const, title: name, detail: firstLine(notes) })),
    ...activity,
  ];
  // Array.sort keeps the order of what has the same time; what has none comes last.
  return [...entries].sort((left, right) => timeOf(left) - timeOf(right));
}

function alertEntry({ startTime, name, product, severity, tactics }: IncidentDetails['alerts'][number]): TimelineEntry {
  const detail = [product, tactics.join(', ')].filter((part) => part !== '').join(' · ');
  return { time: startTime, kind: 'alert', title: name, detail, severity };
}

function changesOf(before: IncidentRecord, after: IncidentRecord): readonly string[] {
  const changes: string[] = [];
  if (before.status !== after.status) changes.push(`status ${before.status} → ${after.status}`);
  if (before.severity !== after.severity) changes.push(`severity ${before.severity} → ${after.severity}`);
  if (before.owner !== after.owner) changes.push(after.owner === '' ? 'owner removed' : `owner ${after.owner}`);
  if (after.classification !== '' && before.classification !== after.classification) changes.push(`classified ${after.classification}`);
  const added = after.labels.filter((label) => !before.labels.includes(label));
  const removed = before.labels.filter((label) => !after.labels.includes(label));
  if (added.length > 0) changes.push(`label ${added.join(', ')}`);
  if (removed.length > 0) changes.push(`label ${removed.join(', ')} removed`);
  return changes;
}

function firstLine(text: string): string {
  const line = (text.trim().split(/\r\n?|\n/)[0] ?? '').replace(/[*`\\]+|^[#>\s]+/g, '');
  return line.length > 200 ? `${line.slice(0, 199)}…` : line;
}

function timeOf({ time }: TimelineEntry): number {
  const value = Date.parse(time);
  return Number.isNaN(value) ? Number.POSITIVE_INFINITY : value;
}
