import { type IncidentAlert, type IncidentDetails, type IncidentStatus, type Severity, classifications } from '../../common/incidents';
import { datetimeText } from '../../engine/wire';
import type { Loader } from './loader';
import type { LocalTable } from './localData';

/**
 * The incidents of a folder that has a `SecurityIncident` table: each incident as its newest row has it, with its alerts of
 * `SecurityAlert` when that is there,
 * too. Entities and comments are not taken from there.
 */
export async function folderIncidents(loader: Loader, tables: readonly LocalTable[]): Promise<readonly IncidentDetails[]> {
  const incidents = tables.find((table) => table.name === 'SecurityIncident');
  if (!incidents) return [];
  const alertTable = tables.find((table) => table.name === 'SecurityAlert');
  const alerts = new Map((alertTable ? await records(loader, alertTable) : []).map((alert) => [text(alert, 'SystemAlertId'), alert]));
  const newest = new Map<number, DataRecord>();
  const ordered = (await records(loader, incidents)).sort((left, right) =>
    compare(text(left, 'LastModifiedTime'), text(right, 'LastModifiedTime')),
  );
  for (const record of ordered) {
    const number = Number(record['IncidentNumber']);
    if (Number.isInteger(number) && number > 0) newest.set(number, record);
  }
  return [...newest].map(([number, record]) => incidentDetails(number, record, alerts));
}

type DataRecord = Readonly<Record<string, unknown>>;

function incidentDetails(number: number, record: DataRecord, alerts: ReadonlyMap<string, DataRecord>): IncidentDetails {
  const owner = object(record['Owner']);
  const additional = object(record['AdditionalData']);
  const ownerName = text(owner, 'assignedTo') || text(owner, 'userPrincipalName') || text(owner, 'email');
  const email = text(owner, 'email') || text(owner, 'userPrincipalName');
  const classification = classifications.find((known) => known === text(record, 'Classification'));
  const created = time(record, 'CreatedTime', 'TimeGenerated');
  const modified = time(record, 'LastModifiedTime', 'CreatedTime', 'TimeGenerated');
  const own = strings(record['AlertIds'])
    .map((id) => alerts.get(id))
    .filter((alert) => alert !== undefined);
  return {
    incident: {
      number,
      title: text(record, 'Title') || `Incident ${number}`,
      description: text(record, 'Description'),
      severity: severity(text(record, 'Severity')),
      status: status(text(record, 'Status')),
      ...(ownerName === '' ? {} : { owner: { name: ownerName, ...(email === '' ? {} : { email }) } }),
      createdTime: created,
      lastModifiedTime: modified,
      firstActivityTime: time(record, 'FirstActivityTime', 'CreatedTime', 'TimeGenerated'),
      lastActivityTime: time(record, 'LastActivityTime', 'LastModifiedTime', 'CreatedTime', 'TimeGenerated'),
      tactics: strings(additional['tactics']),
      techniques: strings(additional['techniques']),
      labels: list(record['Labels']).map((label) => (typeof label === 'string' ? label : text(object(label), 'labelName'))),
      providers: [text(record, 'ProviderName')].filter((name) => name !== ''),
      alertCount: strings(record['AlertIds']).length,
      commentCount: list(record['Comments']).length,
      ...(classification === undefined ? {} : { classification }),
    },
    alerts: own.map(incidentAlert),
    entities: [],
    comments: [],
  };
}

function incidentAlert(record: DataRecord): IncidentAlert {
  return {
    id: text(record, 'SystemAlertId'),
    name: text(record, 'DisplayName') || text(record, 'AlertName'),
    description: text(record, 'Description'),
    severity: severity(text(record, 'AlertSeverity')),
    product: text(record, 'ProductName'),
    startTime: time(record, 'StartTime', 'TimeGenerated'),
    endTime: time(record, 'EndTime', 'StartTime', 'TimeGenerated'),
    tactics: text(record, 'Tactics')
      .split(/,\s*/)
      .filter((tactic) => tactic !== ''),
  };
}

/** Rows of a loaded table as objects: times as ISO 8601, dynamic values parsed. */
async function records(loader: Loader, table: LocalTable): Promise<DataRecord[]> {
  const columns = table.columns.map(({ type }, index) => (type === 'dynamic' ? `CAST(c${index} AS VARCHAR)` : `c${index}`));
  const rows = await loader.rows(`SELECT ${columns.join(', ')} FROM target.${table.relation}`);
  return rows.map((row) =>
    Object.fromEntries(
      table.columns.map(({ name, type }, index) => {
        const value = row[index];
        if (type === 'datetime') return [name, typeof value === 'bigint' ? datetimeText(value) : ''];
        return [name, type === 'dynamic' && typeof value === 'string' ? (JSON.parse(value) as unknown) : value];
      }),
    ),
  );
}

function text(record: DataRecord, key: string): string {
  const value = record[key];
  return typeof value === 'string' ? value : '';
}

function time(record: DataRecord, ...keys: readonly string[]): string {
  return keys.map((key) => text(record, key)).find((value) => value !== '') ?? '0001-01-01T00:00:00.0000000Z';
}

function object(value: unknown): DataRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as DataRecord) : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function strings(value: unknown): readonly string[] {
  return list(value).filter((item) => typeof item === 'string');
}

function severity(value: string): Severity {
  return value === 'High' || value === 'Medium' || value === 'Low' ? value : 'Informational';
}

function status(value: string): IncidentStatus {
  return value === 'Active' || value === 'Closed' ? value : 'New';
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
