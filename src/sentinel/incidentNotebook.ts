import type { Incident, IncidentAlert, IncidentComment, IncidentDetails } from '../common/incidents';
import { kqlComment, kqlDatetime, kqlStringArray } from '../common/kqlLiterals';
import { huntbookMetadata, kqlCell, markdownCell, type NotebookJson } from '../common/nbformat';
import { formatTime } from './age';
import { huntCells } from './huntCells';
import type { HuntSection } from './huntSection';
import { entityStatements, entityValues, type EntityValues, MAX_VALUES } from './incidentEntities';
import { spacedName } from './incidentSummary';
import { markdownCode, markdownQuote, markdownText } from './markdownText';

export interface IncidentNotebookOptions {
  readonly now: Date;
  /** The workspace that the incident is of, so that the notebook and the incident find each other. */
  readonly workspaceId?: string | undefined;
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
  const inWorkspace = options.workspaceId === undefined ? {} : { workspaceId: options.workspaceId };
  return {
    cells: [
      markdownCell('summary', summary(details)),
      kqlCell('parameters', parameters(details, values, options.now), { tags: ['parameters'] }),
      ...huntCells(values, options.tables, details.alerts.length === 0 ? undefined : evidence),
    ],
    metadata: {
      ...huntbookMetadata,
      huntbook: {
        created: options.now.toISOString(),
        incident: { number: incident.number, title: incident.title, ...inWorkspace },
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

/** What the alerts themselves say, as results that later cells can use. */
const evidence: HuntSection = {
  title: 'Evidence',
  about: 'The alerts of the incident as their products wrote them, and what they name: later cells can use these results as tables.',
  queries: [
    {
      name: 'incident_alerts',
      about: 'The alerts of this incident.',
      tables: ['SecurityAlert'],
      kql: `SecurityAlert
| where TimeGenerated between ((windowStart - 3d) .. (windowEnd + 3d))
| where SystemAlertId in (alertIds)
| summarize arg_max(TimeGenerated, *) by SystemAlertId
| project
    StartTime, EndTime, AlertName, AlertSeverity, ProductName, Tactics, Techniques, CompromisedEntity, Description,
    Entities, ExtendedProperties, SystemAlertId
| sort by StartTime asc`,
      timeline: '| project TimeGenerated = StartTime, Source = "Alert", What = strcat(AlertName, " (", AlertSeverity, ")", iff(isempty(CompromisedEntity), "", strcat(": ", CompromisedEntity)))',
    },
    {
      name: 'incident_entities',
      about: 'Everything that the alerts name, with the alerts that name it: what stands in many is in the middle of it.',
      tables: [],
      results: ['incident_alerts'],
      kql: `incident_alerts
| mv-expand Entity = todynamic(Entities)
| extend Kind = tostring(Entity.Type)
| extend
    Value = coalesce(
        tostring(Entity.Address), tostring(Entity.HostName), tostring(Entity.Url), tostring(Entity.DomainName),
        tostring(Entity.Value), tostring(Entity.CommandLine), tostring(Entity.MailboxPrimaryAddress),
        tostring(Entity.ResourceId), tostring(Entity.Name)),
    Suffix = tostring(Entity.UPNSuffix)
| where isnotempty(Value)
| summarize Alerts = dcount(SystemAlertId), Names = make_set(AlertName, 10) by Kind, Value = iff(isempty(Suffix), Value, strcat(Value, "@", Suffix))
| sort by Alerts desc, Kind asc`,
    },
  ],
};

function parameters({ incident, alerts }: IncidentDetails, values: EntityValues, now: Date): string {
  const { start, end } = timeWindow(incident, now);
  return [
    kqlComment(`Incident ${incident.number}: ${incident.title}`.slice(0, 120)),
    `let incidentNumber = ${Math.trunc(incident.number)};`,
    `// First activity less ${HOURS_BEFORE} h, last activity plus ${HOURS_AFTER} h.`,
    `let windowStart = ${kqlDatetime(start)};`,
    `let windowEnd = ${kqlDatetime(end)};`,
    alerts.length === 0 ? '' : `// Alerts of the incident\nlet alertIds = ${kqlStringArray(alerts.map(({ id }) => id).slice(0, MAX_VALUES))};`,
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
