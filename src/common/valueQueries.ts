/**
 * KQL made of values of a result: conditions, lists, tables, and queries that follow an entity through Sentinel's tables. Values are
 * literals, always.
 */
import { type ColumnEntity, hashAlgorithm } from './entityColumns';
import { kqlComment, kqlDatetime, kqlLiteral, kqlName, kqlString } from './kqlLiterals';
import type { Column, KqlType, WireValue } from './kqlTypes';

/** Values written into one query, at most: a longer list belongs into a watchlist. */
export const MAX_LISTED_VALUES = 1000;

/** `where …` that keeps the rows with one of these values of a column, or the others. */
export function whereOperator(column: Column, values: readonly WireValue[], exclude = false): string {
  const name = column.type === 'dynamic' ? `tostring(${kqlName(column.name)})` : kqlName(column.name);
  const type: KqlType = column.type === 'dynamic' ? 'string' : column.type;
  const unique = [...new Set(values)].slice(0, MAX_LISTED_VALUES);
  const present = unique.filter((value) => value !== null);
  const conditions: string[] = [];
  const literals = present.map((value) => kqlLiteral(value, type));
  if (literals.length === 1) conditions.push(`${name} ${exclude ? '!=' : '=='} ${literals[0] ?? ''}`);
  if (literals.length > 1) conditions.push(`${name} ${exclude ? '!in' : 'in'} (${literals.join(', ')})`);
  // A string is never null: an absent one is empty.
  const missing = type === 'string' ? 'empty' : 'null';
  if (present.length < unique.length) conditions.push(`is${exclude ? 'not' : ''}${missing}(${name})`);
  return `where ${conditions.join(exclude ? ' and ' : ' or ')}`;
}

/** `("a", "b")`, to be written after `in`. */
export function inList(values: readonly WireValue[], type: KqlType): string {
  return `(${[...new Set(values)].filter((value) => value !== null).map((value) => kqlLiteral(value, type)).join(', ')})`;
}

/** A table of its own in a query. Columns without a name, or with one that is taken, get one. */
export function kqlDatatable(columns: readonly Column[], rows: readonly (readonly WireValue[])[]): string {
  const taken = new Set<string>();
  const heads = columns.map(({ name, type }, at) => {
    let unique = name === '' ? `Column${at + 1}` : name;
    for (let number = 2; taken.has(unique); number += 1) unique = `${name === '' ? 'Column' : name}${number}`;
    taken.add(unique);
    return `${kqlName(unique)}: ${type}`;
  });
  const lines = rows.map((row) => `    ${columns.map(({ type }, at) => kqlLiteral(row[at] ?? null, type)).join(', ')},`);
  return `datatable(${heads.join(', ')}) [\n${lines.join('\n')}\n]`;
}

export interface PivotQuery {
  /** What the query answers, for a menu. */
  readonly label: string;
  readonly kql: string;
}

/** Where an entity of a kind is found. `values` stands for the list of values, `when` for the time. */
interface EntityTable {
  readonly label: string;
  readonly table: string;
  readonly where: string;
  readonly then: string;
}

const signIns = '| summarize SignIns = count(), Failures = countif(ResultType != "0"), FirstSeen = min(TimeGenerated), LastSeen = max(TimeGenerated)';
const alerts: EntityTable = {
  label: 'Alerts that name it',
  table: 'SecurityAlert',
  where: 'Entities has_any (values)',
  then: '| project TimeGenerated, AlertSeverity, AlertName, ProductName, CompromisedEntity, Tactics, SystemAlertId\n| sort by TimeGenerated desc',
};
const intelligence: EntityTable = {
  label: 'Threat intelligence about it',
  table: 'ThreatIntelIndicators',
  where: 'ObservableValue in~ (values)',
  then: '| summarize arg_max(TimeGenerated, *) by Id\n| project TimeGenerated, ObservableKey, ObservableValue, Confidence, IsActive, ValidUntil, SourceSystem',
};

const tables: Readonly<Partial<Record<ColumnEntity, readonly EntityTable[]>>> = {
  Ip: [
    { label: 'Sign-ins from it', table: 'SigninLogs', where: 'IPAddress in (values)', then: `${signIns}\n    by UserPrincipalName, IPAddress, AppDisplayName\n| sort by SignIns desc` },
    {
      label: 'Connections of machines to it',
      table: 'DeviceNetworkEvents',
      where: 'RemoteIP in (values) or LocalIP in (values)',
      then: '| summarize Connections = count(), FirstSeen = min(TimeGenerated), LastSeen = max(TimeGenerated)\n    by DeviceName, InitiatingProcessFileName, RemoteIP, RemotePort, ActionType\n| sort by Connections desc',
    },
    {
      label: 'Firewall and proxy traffic',
      table: 'CommonSecurityLog',
      where: 'SourceIP in (values) or DestinationIP in (values)',
      then: '| summarize Events = count(), Sent = sum(SentBytes), Received = sum(ReceivedBytes), LastSeen = max(TimeGenerated)\n    by DeviceVendor, DeviceAction, SourceIP, DestinationIP, DestinationPort\n| sort by Events desc',
    },
    { label: 'Office 365 activity from it', table: 'OfficeActivity', where: 'ClientIP has_any (values)', then: '| summarize Events = count(), LastSeen = max(TimeGenerated) by UserId, Operation, ClientIP\n| sort by Events desc' },
    alerts,
    intelligence,
  ],
  Account: [
    { label: 'Sign-ins of the account', table: 'SigninLogs', where: 'UserPrincipalName in~ (values)', then: `${signIns}\n    by UserPrincipalName, IPAddress, Location, AppDisplayName\n| sort by LastSeen desc` },
    {
      label: 'Logons on machines',
      table: 'SecurityEvent',
      where: 'EventID in (4624, 4625, 4648) and (Account has_any (values) or TargetUserName in~ (values))',
      then: '| summarize Logons = count(), FirstSeen = min(TimeGenerated), LastSeen = max(TimeGenerated) by EventID, Computer, TargetUserName, IpAddress, LogonType\n| sort by LastSeen desc',
    },
    {
      label: 'Changes the account made in the directory',
      table: 'AuditLogs',
      where: 'tostring(InitiatedBy) has_any (values) or tostring(TargetResources) has_any (values)',
      then: '| project TimeGenerated, OperationName, Result, InitiatedBy, TargetResources\n| sort by TimeGenerated desc',
    },
    { label: 'Office 365 activity', table: 'OfficeActivity', where: 'UserId in~ (values)', then: '| summarize Events = count(), FirstSeen = min(TimeGenerated), LastSeen = max(TimeGenerated) by UserId, OfficeWorkload, Operation, ClientIP\n| sort by Events desc' },
    { label: 'Processes the account ran', table: 'DeviceProcessEvents', where: 'AccountName in~ (values) or AccountUpn in~ (values)', then: '| project TimeGenerated, DeviceName, AccountName, InitiatingProcessFileName, FileName, ProcessCommandLine\n| sort by TimeGenerated desc' },
    alerts,
  ],
  Host: [
    { label: 'Processes on the machine', table: 'DeviceProcessEvents', where: 'DeviceName has_any (values)', then: '| project TimeGenerated, DeviceName, AccountName, InitiatingProcessFileName, FileName, ProcessCommandLine\n| sort by TimeGenerated desc' },
    { label: 'Logons on the machine', table: 'SecurityEvent', where: 'EventID in (4624, 4625, 4648, 4672) and Computer has_any (values)', then: '| summarize Events = count(), FirstSeen = min(TimeGenerated), LastSeen = max(TimeGenerated) by EventID, Activity, Account, IpAddress, LogonType\n| sort by Events desc' },
    { label: 'Connections of the machine', table: 'DeviceNetworkEvents', where: 'DeviceName has_any (values)', then: '| summarize Connections = count(), LastSeen = max(TimeGenerated) by InitiatingProcessFileName, RemoteIP, RemoteUrl, RemotePort\n| sort by Connections desc' },
    alerts,
  ],
  FileHash: [
    { label: 'Files with this hash', table: 'DeviceFileEvents', where: 'hashColumn in~ (values)', then: '| project TimeGenerated, DeviceName, ActionType, FolderPath, FileName, InitiatingProcessFileName, InitiatingProcessCommandLine\n| sort by TimeGenerated asc' },
    { label: 'Runs of programs with this hash', table: 'DeviceProcessEvents', where: 'hashColumn in~ (values)', then: '| project TimeGenerated, DeviceName, AccountName, FileName, ProcessCommandLine, InitiatingProcessFileName\n| sort by TimeGenerated asc' },
    { label: 'Attachments with this hash', table: 'EmailAttachmentInfo', where: 'SHA256 in~ (values)', then: '| project TimeGenerated, SenderFromAddress, RecipientEmailAddress, FileName, NetworkMessageId\n| sort by TimeGenerated asc' },
    intelligence,
  ],
  Url: [
    { label: 'Clicks on it', table: 'UrlClickEvents', where: 'Url has_any (values)', then: '| project TimeGenerated, AccountUpn, Url, ActionType, IsClickedThrough, IPAddress\n| sort by TimeGenerated desc' },
    { label: 'Connections to it', table: 'DeviceNetworkEvents', where: 'RemoteUrl has_any (values)', then: '| summarize Connections = count(), FirstSeen = min(TimeGenerated), LastSeen = max(TimeGenerated) by DeviceName, InitiatingProcessFileName, RemoteUrl, RemoteIP\n| sort by Connections desc' },
    { label: 'Mails that hold it', table: 'EmailUrlInfo', where: 'Url has_any (values)', then: '| project TimeGenerated, NetworkMessageId, Url, UrlDomain, UrlLocation\n| sort by TimeGenerated desc' },
    intelligence,
  ],
  DnsResolution: [
    { label: 'Lookups of the domain', table: 'DnsEvents', where: 'Name has_any (values)', then: '| summarize Lookups = count(), FirstSeen = min(TimeGenerated), LastSeen = max(TimeGenerated) by Computer, ClientIP, Name, IPAddresses\n| sort by Lookups desc' },
    { label: 'Connections to the domain', table: 'DeviceNetworkEvents', where: 'RemoteUrl has_any (values)', then: '| summarize Connections = count(), LastSeen = max(TimeGenerated) by DeviceName, InitiatingProcessFileName, RemoteUrl, RemoteIP\n| sort by Connections desc' },
    { label: 'Mails with links to it', table: 'EmailUrlInfo', where: 'UrlDomain in~ (values)', then: '| project TimeGenerated, NetworkMessageId, Url, UrlDomain\n| sort by TimeGenerated desc' },
    intelligence,
  ],
  File: [
    { label: 'What happened to the file', table: 'DeviceFileEvents', where: 'FileName in~ (values) or FolderPath in~ (values)', then: '| project TimeGenerated, DeviceName, ActionType, FolderPath, FileName, SHA256, InitiatingProcessFileName\n| sort by TimeGenerated asc' },
    { label: 'Runs of it', table: 'DeviceProcessEvents', where: 'FileName in~ (values) or FolderPath in~ (values)', then: '| project TimeGenerated, DeviceName, AccountName, FileName, ProcessCommandLine, InitiatingProcessFileName\n| sort by TimeGenerated asc' },
  ],
  Process: [
    { label: 'Runs of it', table: 'DeviceProcessEvents', where: 'FileName in~ (values) or ProcessCommandLine in~ (values)', then: '| project TimeGenerated, DeviceName, AccountName, FileName, ProcessCommandLine, InitiatingProcessFileName\n| sort by TimeGenerated asc' },
    { label: 'What it started', table: 'DeviceProcessEvents', where: 'InitiatingProcessFileName in~ (values) or InitiatingProcessCommandLine in~ (values)', then: '| project TimeGenerated, DeviceName, AccountName, InitiatingProcessCommandLine, FileName, ProcessCommandLine\n| sort by TimeGenerated asc' },
    { label: 'Process creation on Windows', table: 'SecurityEvent', where: 'EventID == 4688 and (NewProcessName has_any (values) or CommandLine has_any (values))', then: '| project TimeGenerated, Computer, Account, ParentProcessName, NewProcessName, CommandLine\n| sort by TimeGenerated asc' },
  ],
  Mailbox: [
    { label: 'Mails from or to it', table: 'EmailEvents', where: 'SenderFromAddress in~ (values) or RecipientEmailAddress in~ (values)', then: '| project TimeGenerated, SenderFromAddress, RecipientEmailAddress, Subject, DeliveryAction, ThreatTypes, NetworkMessageId\n| sort by TimeGenerated desc' },
    { label: 'Sign-ins of the account', table: 'SigninLogs', where: 'UserPrincipalName in~ (values)', then: `${signIns}\n    by UserPrincipalName, IPAddress, Location, AppDisplayName\n| sort by LastSeen desc` },
  ],
};

/** Words for an entity kind, as in "Hunt for this …". */
export const entityWords: Readonly<Record<ColumnEntity, string>> = {
  Account: 'account',
  AzureResource: 'Azure resource',
  CloudApplication: 'application',
  DnsResolution: 'domain',
  File: 'file',
  FileHash: 'hash',
  Host: 'host',
  Ip: 'address',
  Mailbox: 'mailbox',
  Process: 'process',
  Url: 'URL',
};

/**
 * Queries that follow entities through the tables that know their kind.
 *
 * @param around a time of the row: the query looks a day before and after it; absent: the notebook's time range counts
 */
export function pivotQueries(kind: ColumnEntity, values: readonly string[], around?: string): readonly PivotQuery[] {
  const unique = [...new Set(values)].slice(0, MAX_LISTED_VALUES);
  const [first] = unique;
  if (first === undefined) return [];
  return (tables[kind] ?? []).map((found) => ({ label: `${found.label} (${found.table})`, kql: pivotQuery(kind, unique, found, around) }));
}

function pivotQuery(kind: ColumnEntity, values: readonly string[], found: EntityTable, around: string | undefined): string {
  const { label, table, where, then } = found;
  const names = kind === 'Host' ? values.map((value) => value.split('.')[0] ?? value) : values;
  const list = `let entities = dynamic([${[...new Set(names)].map(kqlString).join(', ')}]);`;
  const time = around === undefined ? '' : `| where TimeGenerated between (${kqlDatetime(around)} - 1d .. ${kqlDatetime(around)} + 1d)\n`;
  const condition = where.replaceAll('(values)', '(entities)').replaceAll('hashColumn', hashAlgorithm(values[0] ?? '') ?? 'SHA256');
  return `${kqlComment(`${label}: ${values.length === 1 ? (values[0] ?? '') : `${values.length} values`}`)}\n${list}\n${table}\n${time}| where ${condition}\n${then}`;
}
