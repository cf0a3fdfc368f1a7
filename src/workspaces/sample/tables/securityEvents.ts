import type { Generation } from '../generation';
import { failureTexts, type Logon, logonTypeNames } from '../logons/logonModel';
import { newLogonId } from '../logons/usualLogons';
import type { Image } from '../processes/images';
import { accountOf, pathOf, type ProcessStart, systemAccount, type WindowsAccount } from '../processes/processModel';
import type { Random } from '../random';
import { SECOND } from '../storyTime';
import { remembered, type Row, type TableRows } from '../tableRows';
import { momentIn } from '../world/sessions';
import { addAccountWork } from './accountEvents';
import { addAttackEvents } from './attackEvents';
import {
  accountColumns,
  computerColumns,
  hexadecimal,
  kindColumns,
  securityEventConstants,
  subjectColumns,
  targetColumns,
} from './securityEventShapes';

/** What many events share: their kind, the computer, the account. Events add them in this order. */
class SharedColumns {
  readonly kind = remembered(kindColumns);
  readonly computer = remembered(computerColumns);
  readonly subject = remembered((account: WindowsAccount): Row => ({ ...accountColumns(account), ...subjectColumns(account) }));
  readonly target = remembered((account: WindowsAccount): Row => ({ ...accountColumns(account), ...targetColumns(account) }));
  readonly image = remembered((image: Image): Row => ({ NewProcessName: pathOf(image), Process: image.file }));
  /** Of a logon: its type and package. */
  readonly logon = remembered((key: string): Row => {
    const [type = '', protocol = ''] = key.split(' ');
    return {
      AuthenticationPackageName: protocol,
      LogonProcessName: protocol === 'Kerberos' ? 'Kerberos' : protocol === 'NTLM' ? 'NtLmSsp' : 'User32',
      LogonType: Number(type),
      LogonTypeName: `${type} - ${logonTypeNames[Number(type) as Logon['type']]}`,
      ProcessName: type === '3' ? '-' : 'C:\\Windows\\System32\\svchost.exe',
    };
  });
}

/** SecurityEvent: what Windows writes into its Security log (and new services from System). */
export function securityEvents(generation: Generation, starts: readonly ProcessStart[], logons: readonly Logon[]): TableRows {
  const rows = generation.rows('SecurityEvent', securityEventConstants);
  const random = generation.random('security events');
  const shared = new SharedColumns();
  for (const start of starts) addProcess(rows, start, shared);
  for (const logon of logons) addLogon(rows, logon, shared, random);
  addKerberos(rows, generation, shared, random);
  addAccountWork(rows, generation, random);
  addAttackEvents(rows, generation);
  return rows;
}

const mandatoryLabels = { System: 'S-1-16-16384', High: 'S-1-16-12288', Medium: 'S-1-16-8192' } as const;

function addProcess(rows: TableRows, { device, process }: ProcessStart, shared: SharedColumns): void {
  const { account, image, parent } = process;
  const own = {
    CommandLine: process.commandLine,
    MandatoryLabel: mandatoryLabels[process.integrity],
    NewProcessId: hexadecimal(process.id),
    ParentProcessName: pathOf(parent.image),
    ProcessId: hexadecimal(parent.id),
    SubjectLogonId: hexadecimal(process.logonId),
    TokenElevationType: process.integrity === 'Medium' ? '%%1938' : '%%1936',
  };
  rows.add(process.created + 1, own, shared.kind(4688), shared.computer(device), shared.subject(account), shared.image(image));
}

const systemSubject = { ...subjectColumns(systemAccount, 0x3e7) };

function addLogon(rows: TableRows, logon: Logon, shared: SharedColumns, random: Random): void {
  const { time, device, account, type, ip, source, logonId, failure } = logon;
  const computer = shared.computer(device);
  const target = shared.target(account);
  const how = shared.logon(`${type} ${logon.package}`);
  const TargetLogonId = hexadecimal(logonId);
  const base = {
    IpAddress: ip || '-',
    IpPort: source ? String(random.whole(49_152, 65_535)) : '-',
    WorkstationName: source?.name ?? (ip === '127.0.0.1' ? device.name : '-'),
  };
  if (failure) {
    const own = {
      ...base,
      FailureReason: failureTexts[failure],
      Status: failure === '0xc0000234' ? failure : '0xc000006d',
      SubStatus: failure,
    };
    rows.add(time, own, shared.kind(4625), computer, target, how);
    return;
  }
  const own = { ...base, TargetLogonId, ElevatedToken: logon.privileged ? '%%1842' : '%%1843', LogonGuid: random.guid() };
  rows.add(time, own, shared.kind(4624), computer, target, how, systemSubject);
  if (logon.privileged) {
    const privileges = {
      SubjectLogonId: TargetLogonId,
      PrivilegeList: 'SeSecurityPrivilege SeBackupPrivilege SeRestorePrivilege SeTakeOwnershipPrivilege SeDebugPrivilege',
    };
    rows.add(time + 1, privileges, shared.kind(4672), computer, shared.subject(account));
  }
  if (logon.length !== undefined) {
    const { LogonType, LogonTypeName } = how;
    rows.add(time + logon.length, { TargetLogonId, LogonType, LogonTypeName }, shared.kind(4634), computer, target);
  }
}

const services = ['krbtgt', 'FS01$', 'DC01$', 'SQL01$', 'MGMT01$', 'PRINT$'];

/** Tickets that people's machines ask the domain controllers for, and shares they open. */
function addKerberos(rows: TableRows, generation: Generation, shared: SharedColumns, random: Random): void {
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
      const own = {
        IpAddress: `::ffff:${device.ip}`,
        IpPort: String(random.whole(49_152, 65_535)),
        ServiceName: id === 4768 ? 'krbtgt' : random.pick(services),
        Status: '0x0',
      };
      rows.add(time, own, shared.kind(id), shared.computer(random.pick(controllers)), shared.target(account));
    }
    if (session.place !== 'office') continue;
    const opened = random.whole(1, 3);
    for (let index = 0; index < opened; index++) {
      const own = {
        AccessMask: '0x1',
        IpAddress: device.ip,
        IpPort: String(random.whole(49_152, 65_535)),
        ShareLocalPath: `\\??\\E:\\Shares\\${session.person.department}`,
        ShareName: `\\\\*\\${session.person.department}`,
        SubjectLogonId: hexadecimal(newLogonId(random)),
      };
      rows.add(momentIn(session, random), own, shared.kind(5140), shared.computer(fileServer), shared.subject(account));
    }
  }
}
