import { formatTime } from './age';
import { markdownCode, markdownText } from './markdownText';

/** Something that was written from a notebook to the service: kept in the notebook, for whoever reads it later. */
export interface WrittenEntry {
  readonly what: 'bookmark' | 'comment' | 'incident' | 'watchlist' | 'huntingQuery';
  /** Of the thing: a bookmark's name, what changed of an incident. */
  readonly text: string;
  readonly incidentNumber?: number | undefined;
  /** The workspace, as people call it. */
  readonly workspace: string;
  readonly by: string;
  /** ISO 8601. */
  readonly at: string;
}

const names: Readonly<Record<WrittenEntry['what'], string>> = {
  bookmark: 'Bookmark',
  comment: 'Comment',
  incident: 'Incident',
  watchlist: 'Watchlist',
  huntingQuery: 'Hunting query',
};

/** Reads what stands in a notebook; what is none of ours is left out. */
export function readWritten(values: readonly unknown[]): readonly WrittenEntry[] {
  return values.flatMap((value) => {
    const given: Partial<Record<keyof WrittenEntry, unknown>> = typeof value === 'object' && value !== null ? value : {};
    const what = (Object.keys(names) as WrittenEntry['what'][]).find((name) => name === given.what);
    if (what === undefined) return [];
    const text = (name: 'text' | 'workspace' | 'by' | 'at'): string => (typeof given[name] === 'string' ? given[name] : '');
    const number = typeof given.incidentNumber === 'number' ? { incidentNumber: given.incidentNumber } : {};
    return [{ what, text: text('text'), workspace: text('workspace'), by: text('by'), at: text('at'), ...number }];
  });
}

/** The record as Markdown. */
export function writtenMarkdown(entries: readonly WrittenEntry[]): string {
  const rows = entries.map(({ what, text, incidentNumber, workspace, by, at }) => {
    const incident = incidentNumber === undefined ? '' : `#${incidentNumber}`;
    return `| ${[formatTime(at), markdownText(by, 60), names[what], incident, cell(markdownText(text, 200)), markdownCode(workspace, 60)].join(' | ')} |`;
  });
  const head = '| When | Who | What | Incident | | Workspace |\n|---|---|---|---|---|---|';
  return `## Written to Sentinel\n\n${rows.length === 0 ? 'Nothing yet.' : [head, ...rows].join('\n')}`;
}

/** A bar would begin a column, in code spans too. */
function cell(markdown: string): string {
  return markdown.replace(/(?<!\\)\|/g, '\\|');
}

/** What changed of an incident, on one line. */
export function describeChange(before: IncidentState, after: IncidentState): string {
  const changes = [
    ...(before.severity === after.severity ? [] : [`severity ${before.severity} → ${after.severity}`]),
    ...(before.status === after.status ? [] : [`status ${before.status} → ${after.status}`]),
    ...(after.classification === undefined || after.classification === before.classification ? [] : [`classified ${after.classification}`]),
    ...(before.owner?.name === after.owner?.name ? [] : [after.owner ? `owner ${after.owner.name}` : 'owner removed']),
    ...(before.labels.join('\n') === after.labels.join('\n') ? [] : [`labels ${after.labels.join(', ')}`]),
  ];
  return changes.join(', ');
}

interface IncidentState {
  readonly severity: string;
  readonly status: string;
  readonly classification?: string | undefined;
  readonly owner?: { readonly name: string } | undefined;
  readonly labels: readonly string[];
}
