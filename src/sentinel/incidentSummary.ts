import type { Incident } from '../common/incidents';
import { formatAge, formatTime } from './age';
import { markdownText } from './markdownText';

/** An incident in a few lines of Markdown, for a tooltip. Shows text as text, see markdownText.ts; render it without trust in links. */
export function incidentSummary(incident: Incident, now: Date): string {
  const owner = incident.owner ? markdownText(incident.owner.name, 100) : 'unassigned';
  const classification = incident.classification === undefined ? [] : [`Closed as ${markdownText(incident.classification, 100)}`];
  const counts = `${plural(incident.alertCount, 'alert')}, ${plural(incident.commentCount, 'comment')}`;
  return [
    `**Incident ${incident.number}: ${markdownText(incident.title)}**`,
    `${incident.severity} · ${incident.status} · ${owner}`,
    ...classification,
    ...(incident.description === '' ? [] : [markdownText(incident.description)]),
    `Activity ${formatTime(incident.firstActivityTime)} to ${formatTime(incident.lastActivityTime)}`,
    `Created ${formatTime(incident.createdTime)} (${formatAge(incident.createdTime, now)}), changed ${formatTime(incident.lastModifiedTime)}`,
    counts,
    ...(incident.tactics.length === 0 ? [] : [`Tactics: ${incident.tactics.map((tactic) => markdownText(spacedName(tactic), 60)).join(', ')}`]),
    ...(incident.labels.length === 0 ? [] : [`Labels: ${incident.labels.map((label) => markdownText(label, 60)).join(', ')}`]),
  ].join('\n\n');
}

/** `InitialAccess` as people write it: `Initial access`. */
export function spacedName(name: string): string {
  return name.replace(/([a-z])([A-Z])/g, (_match, before: string, after: string) => `${before} ${after.toLowerCase()}`);
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
