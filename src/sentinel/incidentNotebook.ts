import type { Incident, IncidentAlert, IncidentComment, IncidentDetails } from '../common/incidents';
import { kqlComment, kqlDatetime } from '../common/kqlLiterals';
import { huntbookMetadata, kqlCell, markdownCell, type NotebookJson } from '../common/nbformat';
import { formatTime } from './age';
import { endpointSections } from './endpointQueries';
import type { HuntQuery, HuntSection } from './huntSection';
import { entityStatements, type EntityParameter, entityValues, type EntityValues } from './incidentEntities';
import { identitySections } from './identityQueries';
import { spacedName } from './incidentSummary';
import { networkSections } from './networkQueries';
import { markdownCode, markdownQuote, markdownText } from './markdownText';

export interface IncidentNotebookOptions {
  readonly now: Date;
  /** Tables of the connected workspace: queries on others are left out, and the notebook says so. Absent: all are written. */
  readonly tables?: ReadonlySet<string> | undefined;
}

/** Hours looked at before the first and after the last activity. */
const HOURS_BEFORE = 12;
const HOURS_AFTER = 12;
const HOUR = 3_600_000;

const MAX_ALERTS = 25;
const MAX_COMMENTS = 10;

/** A name for the notebook's file, without extension. */
export function incidentNotebookName(incident: Incident): string {
  return `incident-${incident.number}`;
}

/**
 * "Hunt from incident": a notebook with what the incident says, its time window and entities as parameters, the first queries for each
 * kind of entity, a timeline of their results, and questions to conclude with. Text of the incident appears as text in Markdown and as
 * literals in the parameters cell, nowhere else.
 */
export function incidentNotebook(details: IncidentDetails, options: IncidentNotebookOptions): NotebookJson {
  const { incident } = details;
  const values = entityValues(details.entities);
  const plan = planQueries(values, options.tables);
  return {
    cells: [
      markdownCell('summary', summary(details)),
      kqlCell('parameters', parameters(incident, values, options.now), { tags: ['parameters'] }),
      ...alertCells(values, options.tables),
      ...plan.sections.flatMap(sectionCells),
      ...(plan.leftOut.length === 0 ? [] : [markdownCell('left-out', leftOut(plan.leftOut))]),
      ...timelineCells(plan.sections),
      markdownCell('conclusions', conclusions),
    ],
    metadata: {
      ...huntbookMetadata,
      huntbook: {
        created: options.now.toISOString(),
        incident: { number: incident.number, title: incident.title },
        tactics: incident.tactics,
        techniques: incident.techniques,
      },
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
}

function summary({ incident, alerts, comments }: IncidentDetails): string {
  const facts = [
    `**${incident.severity}** · ${incident.status} · ${incident.owner ? markdownText(incident.owner.name, 100) : 'unassigned'}`,
    `Activity: ${formatTime(incident.firstActivityTime)} to ${formatTime(incident.lastActivityTime)}`,
    `Created: ${formatTime(incident.createdTime)}`,
    ...(incident.tactics.length === 0 ? [] : [`Tactics: ${incident.tactics.map((tactic) => markdownText(spacedName(tactic), 60)).join(', ')}`]),
    ...(incident.techniques.length === 0 ? [] : [`Techniques: ${incident.techniques.map((id) => markdownCode(id, 20)).join(', ')}`]),
    ...(incident.providers.length === 0 ? [] : [`Sources: ${incident.providers.map((name) => markdownText(name, 60)).join(', ')}`]),
  ];
  return [
    `# Incident ${incident.number}: ${markdownText(incident.title)}`,
    facts.map((fact) => `- ${fact}`).join('\n'),
    ...(incident.description === '' ? [] : [markdownQuote(incident.description)]),
    ...(alerts.length === 0 ? [] : [`## Alerts\n\n${alertList(alerts)}`]),
    ...(comments.length === 0 ? [] : [`## Comments\n\n${commentList(comments)}`]),
    'Run the cells in order. Times and entities are parameters: change them in the next cell and everything below follows.',
  ].join('\n\n');
}

function alertList(alerts: readonly IncidentAlert[]): string {
  const lines = [...alerts]
    .sort((left, right) => Date.parse(left.startTime) - Date.parse(right.startTime))
    .slice(0, MAX_ALERTS)
    .map((alert) => `- ${formatTime(alert.startTime)} · ${alert.severity} · **${markdownText(alert.name)}** (${markdownText(alert.product, 60)})`);
  const rest = alerts.length - lines.length;
  return [...lines, ...(rest > 0 ? [`- … and ${rest} more`] : [])].join('\n');
}

function commentList(comments: readonly IncidentComment[]): string {
  const newest = [...comments]
    .sort((left, right) => Date.parse(right.createdTime) - Date.parse(left.createdTime))
    .slice(0, MAX_COMMENTS);
  return newest.map(({ author, createdTime, message }) => `${markdownText(author, 100)}, ${formatTime(createdTime)}:\n\n${markdownQuote(message, 1000)}`).join('\n\n');
}

function parameters(incident: Incident, values: EntityValues, now: Date): string {
  const { start, end } = timeWindow(incident, now);
  return [
    kqlComment(`Incident ${incident.number}: ${incident.title}`.slice(0, 120)),
    `let incidentNumber = ${Math.trunc(incident.number)};`,
    `// First activity less ${HOURS_BEFORE} h, last activity plus ${HOURS_AFTER} h.`,
    `let windowStart = ${kqlDatetime(start)};`,
    `let windowEnd = ${kqlDatetime(end)};`,
    entityStatements(values),
  ]
    .filter((part) => part !== '')
    .join('\n');
}

/** The incident's activity with time around it, in whole hours, not later than the hour that `now` ends in. */
function timeWindow(incident: Incident, now: Date): { readonly start: Date; readonly end: Date } {
  const { firstActivityTime, lastActivityTime, createdTime } = incident;
  const times = [firstActivityTime, lastActivityTime, createdTime].map(Date.parse).filter((time) => !Number.isNaN(time));
  const first = times.length === 0 ? now.getTime() : Math.min(...times);
  const last = times.length === 0 ? now.getTime() : Math.max(...times);
  const start = Math.floor((first - HOURS_BEFORE * HOUR) / HOUR) * HOUR;
  const end = Math.min(last + HOURS_AFTER * HOUR, now.getTime());
  return { start: new Date(start), end: new Date(Math.max(start + HOUR, Math.ceil(end / HOUR) * HOUR)) };
}

/** Alerts whose entities name one of the incident's: they may belong to it. */
function alertCells(values: EntityValues, tables: ReadonlySet<string> | undefined): NotebookJson['cells'] {
  const named: readonly EntityParameter[] = ['accounts', 'hosts', 'ips', 'domains', 'hashes', 'apps'];
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

interface QueryPlan {
  readonly sections: readonly HuntSection[];
  /** Queries that cannot run here, with the tables that are missing. */
  readonly leftOut: readonly { readonly query: HuntQuery; readonly missing: readonly string[] }[];
}

function planQueries(values: EntityValues, tables: ReadonlySet<string> | undefined): QueryPlan {
  const leftOutQueries: { query: HuntQuery; missing: readonly string[] }[] = [];
  const names = new Set<string>();
  const canRun = (query: HuntQuery): boolean => {
    const missing = query.tables.filter((table) => tables?.has(table) === false);
    if (missing.length > 0) leftOutQueries.push({ query, missing });
    const runs = missing.length === 0 && (query.results ?? []).every((name) => names.has(name));
    if (runs) names.add(query.name);
    return runs;
  };
  const sections = [...identitySections, ...endpointSections, ...networkSections]
    .filter((section) => values.has(section.needs))
    .map((section) => ({ ...section, queries: section.queries.filter(canRun) }))
    .filter((section) => section.queries.length > 0);
  return { sections, leftOut: leftOutQueries };
}

function sectionCells({ needs, title, about, queries }: HuntSection): NotebookJson['cells'] {
  return [
    markdownCell(`${needs}-about`, `## ${title}\n\n${about}`),
    ...queries.map((query) => kqlCell(query.name, `//| name: ${query.name}\n// ${query.about}\n${query.kql}`)),
  ];
}

function leftOut(queries: QueryPlan['leftOut']): string {
  const lines = queries.map(({ query, missing }) => `- \`${query.name}\`: needs ${missing.map((table) => `\`${table}\``).join(', ')}`);
  return `## Left out\n\nThe workspace has no such tables:\n\n${lines.join('\n')}`;
}

function timelineCells(sections: readonly HuntSection[]): NotebookJson['cells'] {
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
