import { backdoorAccount, hosts, implant, stolenAdminAccount, stolenServiceAccount, times } from '../attack';
import type { Generation } from '../generation';
import { attackLogonIds } from '../logons/attackLogons';
import { accountOf, systemAccount } from '../processes/processModel';
import { SECOND } from '../storyTime';
import type { TableRows } from '../tableRows';
import { company } from '../world/company';
import { accountColumns, eventColumns, hexadecimal, subjectColumns } from './securityEventShapes';

/** What the attacker's hands leave in the Windows logs besides logons and processes. */
export function addAttackEvents(rows: TableRows, generation: Generation): void {
  const { world } = generation;
  const source = world.device(hosts.application);
  const fileServer = world.device(hosts.fileServer);
  const controller = world.device(hosts.domainController);
  const service = accountOf(world.serviceAccount(stolenServiceAccount));
  const admin = accountOf(world.serviceAccount(stolenAdminAccount));
  const asService = { ...accountColumns(service), ...subjectColumns(service, attackLogonIds.fileServer) };
  const asAdmin = { ...accountColumns(admin), ...subjectColumns(admin, attackLogonIds.domainController) };

  for (const [index, share] of ['\\\\*\\ADMIN$', '\\\\*\\IPC$', '\\\\*\\C$'].entries()) {
    rows.add(times.lateralMovement.start + (3 + index) * SECOND, {
      ...eventColumns(5140, fileServer),
      ...asService,
      AccessMask: '0x1',
      IpAddress: source.ip,
      IpPort: '51522',
      ShareLocalPath: share.endsWith('IPC$') ? '' : '\\??\\C:\\Windows',
      ShareName: share,
    });
  }
  const installed = {
    ServiceName: implant.service,
    ServiceFileName: `C:\\Windows\\${implant.file}`,
    ServiceAccount: 'LocalSystem',
    ServiceType: '0x10',
    ServiceStartType: 2,
  } as const;
  rows.add(times.remoteService, {
    ...eventColumns(7045, fileServer),
    ...accountColumns(service),
    ...installed,
    Channel: 'System',
    EventSourceName: 'Service Control Manager',
  });
  rows.add(times.remoteService + 1, { ...eventColumns(4697, fileServer), ...asService, ...installed });
  rows.add(times.scheduledTask, {
    ...eventColumns(4698, fileServer),
    ...accountColumns(systemAccount),
    ...subjectColumns(systemAccount, 0x3e7),
    EventData: `<EventData><Data Name="TaskName">${implant.task}</Data><Data Name="TaskContent">&lt;Command&gt;C:\\Windows\\${implant.file}&lt;/Command&gt;</Data></EventData>`,
  });

  const backdoorSid = `${company.sidPrefix}-1987`;
  const account = {
    TargetAccount: `${company.netbios}\\${backdoorAccount}`,
    TargetUserName: backdoorAccount,
    TargetDomainName: company.netbios,
    TargetSid: backdoorSid,
    SamAccountName: backdoorAccount,
  };
  rows.add(times.backdoorCreated, { ...eventColumns(4720, controller), ...asAdmin, ...account, DisplayName: backdoorAccount });
  rows.add(times.backdoorCreated + 200, { ...eventColumns(4722, controller), ...asAdmin, ...account });
  rows.add(times.backdoorPrivileged, {
    ...eventColumns(4728, controller),
    ...asAdmin,
    TargetAccount: `${company.netbios}\\Domain Admins`,
    TargetUserName: 'Domain Admins',
    TargetDomainName: company.netbios,
    TargetSid: `${company.sidPrefix}-512`,
    MemberName: `CN=${backdoorAccount},CN=Users,DC=contoso,DC=local`,
    MemberSid: backdoorSid,
  });
  rows.add(times.logCleared, {
    ...eventColumns(1102, fileServer),
    ...accountColumns(systemAccount),
    ...subjectColumns(systemAccount, 0x3e7),
    EventSourceName: 'Microsoft-Windows-Eventlog',
    ProcessId: hexadecimal(5404),
  });
}
