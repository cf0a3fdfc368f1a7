import type { Column } from '../kqlTypes';

/** Where a result tells of a process and its parent: indexes of columns. Absent ones are not there. */
export interface ProcessColumns {
  readonly id: number;
  readonly parentId: number;
  /** File name, or path, of the program. */
  readonly name: number;
  readonly time?: number | undefined;
  readonly host?: number | undefined;
  readonly commandLine?: number | undefined;
  readonly account?: number | undefined;
  /** When the process was made: tells two processes apart that had the same id one after the other. */
  readonly created?: number | undefined;
  /** An id that is never used twice. */
  readonly uniqueId?: number | undefined;
  readonly parentName?: number | undefined;
  readonly parentCommandLine?: number | undefined;
  readonly parentCreated?: number | undefined;
  readonly parentUniqueId?: number | undefined;
  readonly grandparentId?: number | undefined;
  readonly grandparentName?: number | undefined;
  /** Not empty: an alert was raised on the process. */
  readonly alert?: number | undefined;
}

type Names = { readonly [name in keyof ProcessColumns]-?: readonly string[] };

const hosts = ['DeviceName', 'Computer', 'DvcHostname', 'Dvc', 'HostName', 'Host', 'host'];
const times = ['TimeGenerated', 'Timestamp', 'EventStartTime', 'UtcTime', 'FirstSeen'];
const alerts = ['AlertName', 'Alert', 'AlertTitle', 'AlertSeverity', 'AlertId', 'SystemAlertId'];

/**
 * The spellings of the tables that log processes, the most telling first: Microsoft Defender's DeviceProcessEvents, Windows' event 4688
 * in SecurityEvent, the ASIM process schema, and Sysmon's event 1 as its parsers name its fields.
 * Sources: https://learn.microsoft.com/defender-xdr/advanced-hunting-deviceprocessevents-table,
 * https://learn.microsoft.com/azure/sentinel/normalization-schema-process-event,
 * https://learn.microsoft.com/azure/azure-monitor/reference/tables/securityevent
 */
const spellings: readonly Names[] = [
  {
    id: ['ProcessId'],
    parentId: ['InitiatingProcessId'],
    name: ['FileName', 'ProcessName'],
    time: times,
    host: hosts,
    commandLine: ['ProcessCommandLine'],
    account: ['AccountName', 'AccountUpn'],
    created: ['ProcessCreationTime'],
    uniqueId: ['ProcessUniqueId'],
    parentName: ['InitiatingProcessFileName', 'Parent'],
    parentCommandLine: ['InitiatingProcessCommandLine'],
    parentCreated: ['InitiatingProcessCreationTime'],
    parentUniqueId: ['InitiatingProcessUniqueId'],
    grandparentId: ['InitiatingProcessParentId'],
    grandparentName: ['InitiatingProcessParentFileName', 'Grandparent'],
    alert: alerts,
  },
  {
    id: ['NewProcessId'],
    parentId: ['ProcessId', 'CreatorProcessId'],
    name: ['NewProcessName', 'Process'],
    time: times,
    host: hosts,
    commandLine: ['CommandLine'],
    account: ['SubjectUserName', 'SubjectAccount', 'Account', 'TargetUserName'],
    created: [],
    uniqueId: [],
    parentName: ['ParentProcessName', 'CreatorProcessName'],
    parentCommandLine: [],
    parentCreated: [],
    parentUniqueId: [],
    grandparentId: [],
    grandparentName: [],
    alert: alerts,
  },
  {
    id: ['TargetProcessId'],
    parentId: ['ActingProcessId'],
    name: ['TargetProcessName', 'TargetProcessFilename', 'Process'],
    time: times,
    host: hosts,
    commandLine: ['TargetProcessCommandLine', 'CommandLine'],
    account: ['TargetUsername', 'ActorUsername', 'User'],
    created: ['TargetProcessCreationTime'],
    uniqueId: ['TargetProcessGuid'],
    parentName: ['ActingProcessName'],
    parentCommandLine: ['ActingProcessCommandLine'],
    parentCreated: ['ActingProcessCreationTime'],
    parentUniqueId: ['ActingProcessGuid'],
    grandparentId: ['ParentProcessId'],
    grandparentName: ['ParentProcessName'],
    alert: alerts,
  },
  {
    id: ['ProcessId', 'ProcessID', 'Pid', 'pid'],
    parentId: ['ParentProcessId', 'ParentProcessID', 'ParentPid', 'Ppid', 'ppid'],
    name: ['Image', 'ProcessName', 'FileName', 'Name', 'process_name', 'Process'],
    time: times,
    host: hosts,
    commandLine: ['CommandLine', 'ProcessCommandLine', 'Cmdline', 'cmdline'],
    account: ['User', 'UserName', 'AccountName', 'Account', 'user'],
    created: ['ProcessCreationTime'],
    uniqueId: ['ProcessGuid'],
    parentName: ['ParentImage', 'ParentProcessName', 'ParentName'],
    parentCommandLine: ['ParentCommandLine'],
    parentCreated: [],
    parentUniqueId: ['ParentProcessGuid'],
    grandparentId: [],
    grandparentName: [],
    alert: alerts,
  },
];

/** Where the columns tell of processes; undefined when they do not say which process was made by which. */
export function processColumns(columns: readonly Column[]): ProcessColumns | undefined {
  const places = new Map(columns.map(({ name }, index) => [name, index] as const));
  for (const names of spellings) {
    const found = (wanted: readonly string[]): number | undefined => wanted.map((name) => places.get(name)).find((at) => at !== undefined);
    const { id, parentId, name } = { id: found(names.id), parentId: found(names.parentId), name: found(names.name) };
    if (id === undefined || parentId === undefined || name === undefined) continue;
    return {
      id,
      parentId,
      name,
      time: found(names.time),
      host: found(names.host),
      commandLine: found(names.commandLine),
      account: found(names.account),
      created: found(names.created),
      uniqueId: found(names.uniqueId),
      parentName: found(names.parentName),
      parentCommandLine: found(names.parentCommandLine),
      parentCreated: found(names.parentCreated),
      parentUniqueId: found(names.parentUniqueId),
      grandparentId: found(names.grandparentId),
      grandparentName: found(names.grandparentName),
      alert: found(names.alert),
    };
  }
  return undefined;
}
