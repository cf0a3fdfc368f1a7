import { kqlCell, markdownCell, type NotebookJson } from '../common/nbformat';
import { endpointSections } from './endpointQueries';
import type { HuntQuery, HuntSection } from './huntSection';
import { identitySections } from './identityQueries';
import type { EntityParameter, EntityValues } from './incidentEntities';
import { networkSections } from './networkQueries';

/** Cells that a hunt from an incident and one from an entity have in common. They name parameters and results, never values. */
type Cells = NotebookJson['cells'];

interface QueryPlan {
  readonly sections: readonly HuntSection[];
  /** Queries that cannot run here, with the tables that are missing. */
  readonly leftOut: readonly { readonly query: HuntQuery; readonly missing: readonly string[] }[];
}

/**
 * Alerts around the entities, the first queries for each kind of entity, and a timeline of all results.
 * @param tables Of the workspace: queries on others are left out, and the notebook says so. Absent: all are written.
 * @param before Cells that come first, with their rows in the timeline.
 */
export function huntCells(values: EntityValues, tables: ReadonlySet<string> | undefined, before: HuntSection | undefined): Cells {
  const plan = planQueries(values, tables, before);
  return [
    ...alertCells(values, tables),
    ...plan.sections.flatMap(sectionCells),
    ...(plan.leftOut.length === 0 ? [] : [markdownCell('left-out', leftOut(plan.leftOut))]),
    ...timelineCells(plan.sections),
    markdownCell('conclusions', conclusions),
  ];
}

/** Alerts whose entities name one of these: they may belong together. */
function alertCells(values: EntityValues, tables: ReadonlySet<string> | undefined): Cells {
  const named: readonly EntityParameter[] = ['accounts', 'accountNames', 'hosts', 'ips', 'domains', 'urls', 'hashes', 'mailboxes', 'apps', 'resources'];
  const present = named.filter((name) => values.has(name));
  if (present.length === 0 || tables?.has('SecurityAlert') === false) return [];
  const kql = `//| name: alerts_around
SecurityAlert
| where TimeGenerated between (windowStart .. windowEnd)
| where ${present.map((name) => `Entities has_any (${name})`).join('\n    or ')}
| summarize arg_max(TimeGenerated, *) by SystemAlertId
| project TimeGenerated, AlertName, AlertSeverity, ProductName, Tactics, CompromisedEntity, Description, SystemAlertId
| sort by TimeGenerated asc`;
  const about = '## Alerts around it\n\nAlerts in the same time that name one of the entities, of this incident and of others.';
  return [markdownCell('alerts-about', about), kqlCell('alerts', kql)];
}

function planQueries(values: EntityValues, tables: ReadonlySet<string> | undefined, before: HuntSection | undefined): QueryPlan {
  const leftOutQueries: { query: HuntQuery; missing: readonly string[] }[] = [];
  const names = new Set<string>();
  const canRun = (query: HuntQuery): boolean => {
    const missing = query.tables.filter((table) => tables?.has(table) === false);
    if (missing.length > 0) leftOutQueries.push({ query, missing });
    const runs = missing.length === 0 && (query.results ?? []).every((name) => names.has(name));
    if (runs) names.add(query.name);
    return runs;
  };
  const known = [...identitySections, ...endpointSections, ...networkSections];
  const wanted = known.filter(({ needs }) => needs !== undefined && values.has(needs));
  const sections = [...(before ? [before] : []), ...wanted]
    .map((section) => ({ ...section, queries: section.queries.filter(canRun) }))
    .filter((section) => section.queries.length > 0);
  return { sections, leftOut: leftOutQueries };
}

function sectionCells({ needs, title, about, queries }: HuntSection): Cells {
  return [
    markdownCell(`${needs ?? 'evidence'}-about`, `## ${title}\n\n${about}`),
    ...queries.map((query) => kqlCell(query.name, `//| name: ${query.name}\n// ${query.about}\n${query.kql}`)),
  ];
}

function leftOut(queries: QueryPlan['leftOut']): string {
  const lines = queries.map(({ query, missing }) => `- \`${query.name}\`: needs ${missing.map((table) => `\`${table}\``).join(', ')}`);
  return `## Left out\n\nThe workspace has no such tables:\n\n${lines.join('\n')}`;
}

function timelineCells(sections: readonly HuntSection[]): Cells {
  const parts = sections.flatMap(({ queries }) => queries).flatMap(({ name, timeline }) => (timeline === undefined ? [] : [`    (${name}\n    ${timeline})`]));
  if (parts.length === 0) return [];
  const source = `//| name: timeline\nunion\n${parts.join(',\n')}\n| sort by TimeGenerated asc`;
  const about = '## Timeline\n\nAll results in order of time. It reads results alone: the workspace is not asked again.';
  return [markdownCell('timeline-about', about), kqlCell('timeline', source)];
}

const conclusions = `## Conclusions

- **Verdict**: true positive / benign / false positive, because …
- **What happened**: first … then … (from the timeline)
- **Scope**: accounts … machines … data …
- **Contained**: sessions revoked / password reset / machine isolated / address blocked, at …
- **Still open**: …
- **So that it does not happen again**: …`;
