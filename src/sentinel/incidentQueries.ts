import type { AlertEvidence } from '../common/incidentPage';
import { entityName } from '../common/entityText';
import type { Entity, Incident, IncidentAlert } from '../common/incidents';
import { kqlDatetime, kqlString, kqlStringArray } from '../common/kqlLiterals';
import type { WireValue } from '../common/kqlTypes';
import type { IncidentRecord } from './incidentTimeline';

/** Queries about an incident on the tables in which Sentinel keeps incidents and alerts, and how their rows are read. */

/** A row by the names of its columns. */
export type NamedRow = Readonly<Record<string, WireValue>>;

const MAX_FACTS = 20;
const MAX_FACT_CHARS = 500;
const MAX_ENTITIES_CHARS = 100_000;
const DAY = 86_400_000;

/** The records of an incident, one a change, the oldest first. */
export function activityQuery({ number, createdTime }: Incident): string {
  return `SecurityIncident
| where TimeGenerated >= ${kqlDatetime(before(createdTime))} and IncidentNumber == ${Math.trunc(number)}
| project LastModifiedTime, ModifiedBy, Status, Severity, Owner, Classification, Labels
| sort by LastModifiedTime asc
| take 500`;
}

export function incidentRecord(row: NamedRow): IncidentRecord {
  const owner = parsed(row['Owner']);
  const labels: unknown = parsedValue(row['Labels']);
  return {
    time: text(row['LastModifiedTime']),
    modifiedBy: text(row['ModifiedBy']),
    status: text(row['Status']),
    severity: text(row['Severity']),
    owner: [owner['assignedTo'], owner['userPrincipalName'], owner['email']].find((name): name is string => typeof name === 'string' && name !== '') ?? '',
    classification: text(row['Classification']),
    labels: Array.isArray(labels) ? labels.map((label) => (typeof label === 'string' ? label : text(asObject(label)['labelName']))) : [],
  };
}

/** What stands in `SecurityAlert` of the alerts of an incident. */
export function evidenceQuery(incident: Incident, alerts: readonly IncidentAlert[]): string {
  return `SecurityAlert
| where TimeGenerated >= ${kqlDatetime(before(incident.firstActivityTime, 3))}
| where SystemAlertId in (${kqlStringArray(alerts.map(({ id }) => id))})
| summarize arg_max(TimeGenerated, *) by SystemAlertId
| project SystemAlertId, AlertName, StartTime, CompromisedEntity, ExtendedProperties, Entities
| sort by StartTime asc`;
}

export function alertEvidence(row: NamedRow): AlertEvidence {
  const properties = parsed(row['ExtendedProperties']);
  const query = [properties['OriginalQuery'], properties['Query'], properties['Original Query']].find(isText);
  const facts = Object.entries({ 'Compromised entity': row['CompromisedEntity'] ?? '', ...properties })
    .filter(([name]) => !/query$/i.test(name))
    .map(([name, value]) => ({ name, value: shortText(value) }))
    .filter(({ value }) => value !== '')
    .slice(0, MAX_FACTS);
  const entities = text(row['Entities']);
  return {
    alertId: text(row['SystemAlertId']),
    alertName: text(row['AlertName']),
    time: text(row['StartTime']),
    facts,
    ...(entities === '' || entities.length > MAX_ENTITIES_CHARS ? {} : { entities }),
    ...(query === undefined ? {} : { query }),
  };
}

/** Incidents of the last 90 days with an alert that names the entity, the newest first. */
export function incidentsWithQuery(entity: Entity): string {
  const words = searchWords(entity).map((word) => `Entities has ${kqlString(word)}`);
  return `let alerts =
    SecurityAlert
    | where TimeGenerated > ago(90d)
    | where ${words.join(' and ')}
    | distinct SystemAlertId;
SecurityIncident
| where TimeGenerated > ago(90d)
| summarize arg_max(TimeGenerated, *) by IncidentNumber
| mv-expand AlertId = AlertIds to typeof(string)
| where AlertId in (alerts)
| summarize Alerts = dcount(AlertId) by IncidentNumber, Title, Status, Severity, CreatedTime
| sort by CreatedTime desc
| take 200`;
}

/** `SecurityAlert` writes an account's name and the rest of its principal name apart, and a host without its domain. */
function searchWords(entity: Entity): readonly string[] {
  const name = entityName(entity);
  if (entity.kind === 'Account') return (name.split('\\').at(-1) ?? name).split('@').filter((part) => part !== '');
  if (entity.kind === 'Host') return [name.split('.')[0] ?? name];
  return [name];
}

/** Some days before, for tables get their rows late. */
function before(time: string, days = 1): Date {
  return new Date(Date.parse(time) - days * DAY);
}

function shortText(value: unknown): string {
  const whole = typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : value === null || value === undefined ? '' : JSON.stringify(value);
  return whole.length > MAX_FACT_CHARS ? `${whole.slice(0, MAX_FACT_CHARS)}…` : whole;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

function parsed(value: WireValue | undefined): Readonly<Record<string, unknown>> {
  return asObject(parsedValue(value));
}

/** Of a dynamic, which is JSON; of a string that holds JSON, as some tables have it. */
function parsedValue(value: WireValue | undefined): unknown {
  if (typeof value !== 'string') return undefined;
  try {
    const read: unknown = JSON.parse(value);
    return typeof read === 'string' ? parsedValue(read) : read;
  } catch {
    return undefined;
  }
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : {};
}
