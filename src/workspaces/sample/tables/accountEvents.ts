import type { Generation } from '../generation';
import { accountOf } from '../processes/processModel';
import type { Random } from '../random';
import { DAY, DAYS_OF_DATA, HOUR, MINUTE, SECOND } from '../storyTime';
import type { TableRows } from '../tableRows';
import { company } from '../world/company';
import { momentIn } from '../world/sessions';
import { accountColumns, eventColumns, subjectColumns } from './securityEventShapes';

const groups = ['Finance Readers', 'VPN Users', 'CRM Users', 'Office Licences', 'Project Aurora'];

/** What the service desk does to accounts in working hours, and services that updates install. */
export function addAccountWork(rows: TableRows, generation: Generation, random: Random): void {
  const { world } = generation;
  const controller = world.device('DC01');
  const admin = accountOf(world.serviceAccount('adm-amenon'));
  let hired = 0;
  for (const session of world.sessions) {
    if (session.person.name !== 'arjun.menon') continue;
    const changes = random.whole(2, 6);
    for (let index = 0; index < changes; index++) {
      const time = momentIn(session, random);
      const subject = random.pick(world.people);
      const target = {
        TargetAccount: `${company.netbios}\\${subject.name}`,
        TargetUserName: subject.name,
        TargetDomainName: company.netbios,
        TargetSid: subject.sid,
        SamAccountName: subject.name,
      };
      const base = { ...accountColumns(admin), ...subjectColumns(admin, 0x41_22_90) };
      const kind = random.next();
      if (kind < 0.1 && hired < 6) {
        hired++;
        const name = `new.hire${hired}`;
        const created = {
          TargetAccount: `${company.netbios}\\${name}`,
          TargetUserName: name,
          TargetDomainName: company.netbios,
          TargetSid: `${company.sidPrefix}-${1500 + hired}`,
          SamAccountName: name,
        };
        rows.add(time, {
          ...eventColumns(4720, controller),
          ...base,
          ...created,
          DisplayName: `New Hire ${hired}`,
          UserPrincipalName: `${name}@${company.domain}`,
        });
        rows.add(time + SECOND, { ...eventColumns(4722, controller), ...base, ...created });
      } else if (kind < 0.55) {
        const group = random.pick(groups);
        const change = kind < 0.4 ? 4728 : 4729;
        rows.add(time, {
          ...eventColumns(change, controller),
          ...base,
          TargetAccount: `${company.netbios}\\${group}`,
          TargetUserName: group,
          TargetDomainName: company.netbios,
          MemberName: `CN=${subject.displayName},OU=${subject.department},DC=contoso,DC=local`,
          MemberSid: subject.sid,
        });
      } else {
        rows.add(time, { ...eventColumns(4724, controller), ...base, ...target });
      }
    }
  }
  addServiceInstallations(rows, generation, random);
  addLockouts(rows, generation, random);
}

const installed = [
  { name: 'MicrosoftEdgeElevationService', file: '"C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\elevation_service.exe"' },
  { name: 'Contoso Monitor Update', file: '"C:\\Program Files\\Contoso\\Monitor\\update.exe" -service' },
  { name: 'Windows Defender Advanced Threat Protection Service Update', file: 'C:\\Windows\\Temp\\MpSigStub.exe' },
];

/** 7045 comes from the System log; 4697 says the same in the Security log. */
function addServiceInstallations(rows: TableRows, generation: Generation, random: Random): void {
  for (let day = -DAYS_OF_DATA; day <= 0; day++) {
    for (const device of random.sample([...generation.world.workstations, ...generation.world.windowsServers], 3)) {
      const service = random.pick(installed);
      const time = day * DAY + 12 * HOUR + Math.round(random.next() * 6 * HOUR);
      const columns = {
        Account: 'NT AUTHORITY\\SYSTEM',
        AccountType: 'Machine',
        ServiceName: service.name,
        ServiceFileName: service.file,
        ServiceAccount: 'LocalSystem',
        ServiceType: '0x10',
        ServiceStartType: 2,
      } as const;
      rows.add(time, { ...eventColumns(7045, device), ...columns, Channel: 'System', EventSourceName: 'Service Control Manager' });
      rows.add(time + 1, {
        ...eventColumns(4697, device),
        ...columns,
        SubjectUserName: 'SYSTEM',
        SubjectDomainName: 'NT AUTHORITY',
        SubjectUserSid: 'S-1-5-18',
      });
    }
  }
}

function addLockouts(rows: TableRows, generation: Generation, random: Random): void {
  const controller = generation.world.device('DC01');
  for (const session of generation.world.sessions) {
    if (!random.chance(0.008)) continue;
    const { person } = session;
    rows.add(session.start - random.between(1, 9) * MINUTE, {
      ...eventColumns(4740, controller),
      ...accountColumns(accountOf(person)),
      TargetAccount: `${company.netbios}\\${person.name}`,
      TargetUserName: person.name,
      TargetDomainName: generation.world.workstationOf(person)?.name ?? 'MOBILE',
      TargetSid: person.sid,
    });
  }
}
