import { hosts, implant, times } from '../attack';
import type { Generation } from '../generation';
import type { AttackProcesses } from '../processes/attackProcesses';
import { images } from '../processes/images';
import type { UsualProcesses } from '../processes/usualProcesses';
import { DAY, DAYS_OF_DATA, HOUR } from '../storyTime';
import { type Row, type TableRows } from '../tableRows';
import { company } from '../world/company';
import { modelOf } from '../world/devices';
import { cloudEgress } from '../world/offices';
import { deviceColumns, deviceConstants, initiatingColumns } from './deviceRows';

/** DeviceInfo: twice a day, every device says what it is. */
export function deviceInfo(generation: Generation): TableRows {
  const rows = generation.rows('DeviceInfo', {
    ...deviceConstants,
    ClientVersion: '10.8760.26100.1',
    OSArchitecture: '64-bit',
    OnboardingStatus: 'Onboarded',
    SensorHealthState: 'Active',
    IsTransient: false,
    IsExcluded: false,
  });
  const random = generation.random('device info');
  const { world } = generation;
  const critical = new Set(['DC01', 'DC02', 'FS01', 'SQL01', 'SQL02', 'AADC01', 'BKP01']);
  for (const device of world.devices) {
    const minute = random.between(0, HOUR);
    const { vendor, model } = modelOf(device);
    const { owner } = device;
    const users = owner ? JSON.stringify([{ UserName: owner.name, DomainName: company.netbios, Sid: owner.sid }]) : '[]';
    const columns: Row = {
      ...deviceColumns(device),
      AadDeviceId: device.aadDeviceId,
      AssetValue: critical.has(device.name) ? 'High' : 'Normal',
      AzureResourceId: device.resourceId,
      DeviceCategory: 'Endpoint',
      DeviceType: device.kind === 'workstation' ? 'Workstation' : 'Server',
      ExposureLevel: random.pick(['Low', 'Low', 'Medium', 'High']),
      IsAzureADJoined: device.kind === 'workstation',
      IsInternetFacing: device.role === 'Public web site',
      JoinType: device.kind === 'workstation' ? 'Hybrid Azure AD Join' : 'Domain Joined',
      LoggedOnUsers: users,
      Model: model,
      OSBuild: device.osBuild || null,
      OSPlatform: device.osPlatform,
      OSVersion: device.osVersion,
      PublicIP: device.office?.egress[0] ?? cloudEgress,
      Vendor: vendor,
    };
    for (let time = -DAYS_OF_DATA * DAY + minute; time < DAY; time += 12 * HOUR)
      rows.add(Math.round(time), { ReportId: random.whole(1000, 900_000) }, columns);
  }
  return rows;
}

const runKeys = [
  { name: 'OneDrive', value: '"C:\\Program Files\\Microsoft OneDrive\\OneDrive.exe" /background' },
  { name: 'com.squirrel.Teams.Teams', value: 'C:\\Program Files\\WindowsApps\\MSTeams\\ms-teams.exe' },
  { name: 'MicrosoftEdgeAutoLaunch', value: '"C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe" --no-startup-window' },
];

/** DeviceRegistryEvents: autostart and service keys. */
export function deviceRegistryEvents(generation: Generation, usual: UsualProcesses, attack: AttackProcesses): TableRows {
  const rows = generation.rows('DeviceRegistryEvents', { ...deviceConstants, ActionType: 'RegistryValueSet', RegistryValueType: 'String' });
  const random = generation.random('registry');
  for (const [session, processes] of usual.bySession) {
    const device = generation.world.workstationOf(session.person);
    const process = processes.find(({ image }) => image === images.oneDrive || image === images.teams || image === images.edge);
    if (!device || !process) continue;
    const { name, value } = random.pick(runKeys);
    rows.add(process.created + 400, {
      ...deviceColumns(device),
      ...initiatingColumns(process),
      RegistryKey: `HKEY_CURRENT_USER\\${session.person.sid}\\Software\\Microsoft\\Windows\\CurrentVersion\\Run`,
      RegistryValueData: value,
      RegistryValueName: name,
      ReportId: random.whole(1000, 900_000),
    });
  }
  const parent = attack.fileServerImplant.parent;
  if (parent) {
    rows.add(times.remoteService, {
      ...deviceColumns(generation.world.device(hosts.fileServer)),
      ...initiatingColumns(parent),
      RegistryKey: `HKEY_LOCAL_MACHINE\\SYSTEM\\ControlSet001\\Services\\${implant.service}`,
      RegistryValueData: `C:\\Windows\\${implant.file}`,
      RegistryValueName: 'ImagePath',
      ReportId: random.whole(1000, 900_000),
    });
  }
  return rows;
}
