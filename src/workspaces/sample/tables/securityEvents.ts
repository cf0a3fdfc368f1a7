import type { Generation } from '../generation';
import { failureTexts, type Logon, logonTypeNames } from '../logons/logonModel';
import { newLogonId } from '../logons/usualLogons';
import { accountOf, type ProcessStart, pathOf, systemAccount } from '../processes/processModel';
import type { Random } from '../random';
import { SECOND } from '../storyTime';
import type { TableRows } from '../tableRows';
import { momentIn } from '../world/sessions';
import { addAccountWork } from './accountEvents';
import { addAttackEvents } from './attackEvents';
import { accountColumns, eventColumns, hexadecimal, securityEventConstants, subjectColumns, targetColumns } from './securityEventShapes';

const mandatoryLabels = { System: 'S-1-16-16384', High: 'S-1-16-12288', Medium: 'S-1-16-8192' } as const;

/** SecurityEvent: what Windows writes into its Security log (and new services from System). */
export function securityEvents(generation: Generation, starts: readonly ProcessStart[], logons: readonly Logon[]): TableRows {
  const rows = generation.rows('SecurityEvent', securityEventConstants);
  const random = generation.random('security events');
  for (const start of starts) addProcess(rows, start);
  for (const logon of logons) addLogon(rows, logon, random);
  addKerberos(rows, generation, random);
  addAccountWork(rows, generation, random);
  addAttackEvents(rows, generation);
  return rows;
}

function addProcess(rows: TableRows, { device, process }: ProcessStart): void {
  const { account, image, parent } = process;
  rows.add(process.created + 1, {
    ...eventColumns(4688, device),
    ...accountColumns(account),
    ...subjectColumns(account, process.logonId),
    CommandLine: process.commandLine,
    MandatoryLabel: mandatoryLabels[process.integrity],
    NewProcessId: hexadecimal(process.id),
    NewProcessName: pathOf(image),
    ParentProcessName: pathOf(parent.image),
    Process: image.file,
    ProcessId: hexadecimal(parent.id),
    TokenElevationType: process.integrity === 'Medium' ? '%%1938' : '%%1936',
  });
}

function addLogon(rows: TableRows, logon: Logon, random: Random): void {
  const { time, device, account, type, ip, source, logonId, failure } = logon;
  const base = {
    ...accountColumns(account),
    AuthenticationPackageName: logon.package,
    IpAddress: ip || '-',
    IpPort: source ? String(random.whole(49_152, 65_535)) : '-',
    LogonProcessName: logon.package === 'Kerberos' ? 'Kerberos' : logon.package === 'NTLM' ? 'NtLmSsp' : 'User32',
    LogonType: type,
    LogonTypeName: `${type} - ${logonTypeNames[type]}`,
    ProcessName: type === 3 ? '-' : 'C:\\Windows\\System32\\svchost.exe',
    WorkstationName: source?.name ?? (ip === '127.0.0.1' ? device.name : '-'),
  };
  if (failure) {
    rows.add(time, { ...eventColumns(4625, device), ...base, ...targetColumns(account), FailureReason: failureTexts[failure], Status: failure === '0xc0000234' ? failure : '0xc000006d', SubStatus: failure });
    return;
  }
  const target = targetColumns(account, logonId);
  rows.add(time, { ...eventColumns(4624, device), ...base, ...target, ...subjectColumns(systemAccount, 0x3e7), ElevatedToken: logon.privileged ? '%%1842' : '%%1843', LogonGuid: random.guid() });
  if (logon.privileged) {
    rows.add(time + 1, { ...eventColumns(4672, device), ...accountColumns(account), ...subjectColumns(account, logonId), PrivilegeList: 'SeSecurityPrivilege SeBackupPrivilege SeRestorePrivilege SeTakeOwnershipPrivilege SeDebugPrivilege' });
  }
  if (logon.length !== undefined) {
    rows.add(time + logon.length, { ...eventColumns(4634, device), ...accountColumns(account), ...target, LogonType: type, LogonTypeName: base.LogonTypeName });
  }
}

const services = ['krbtgt', 'FS01$', 'DC01$', 'SQL01$', 'MGMT01$', 'PRINT$'];

/** Tickets that people's machines ask the domain controllers for, and shares they open. */
function addKerberos(rows: TableRows, generation: Generation, random: Random): void {
  const { world } = generation;
  const controllers = [world.device('DC01'), world.device('DC02')];
  const fileServer = world.device('FS01');
  for (const session of world.sessions) {
    const device = world.workstationOf(session.person);
    if (!device) continue;
    const account = accountOf(session.person);
    const tickets = random.whole(4, 9);
    for (let index = 0; index < tickets; index++) {
      const id = index === 0 ? 4768 : 4769;
      const time = index === 0 ? session.start - 2 * SECOND : momentIn(session, random);
      rows.add(time, {
        ...eventColumns(id, random.pick(controllers)),
        ...accountColumns(account),
        ...targetColumns(account),
        IpAddress: `::ffff:${device.ip}`,
        IpPort: String(random.whole(49_152, 65_535)),
        ServiceName: id === 4768 ? 'krbtgt' : random.pick(services),
        Status: '0x0',
      });
    }
    if (session.place !== 'office') continue;
    const opened = random.whole(1, 3);
    for (let index = 0; index < opened; index++) {
      rows.add(momentIn(session, random), {
        ...eventColumns(5140, fileServer),
        ...accountColumns(account),
        ...subjectColumns(account, newLogonId(random)),
        AccessMask: '0x1',
        IpAddress: device.ip,
        IpPort: String(random.whole(49_152, 65_535)),
        ShareLocalPath: `\\??\\E:\\Shares\\${session.person.department}`,
        ShareName: `\\\\*\\${session.person.department}`,
      });
    }
  }
}
