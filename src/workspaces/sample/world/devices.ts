import { Random } from '../random';
import { company, resourceId } from './company';
import type { Office } from './offices';
import type { Person } from './people';

export type DeviceKind = 'workstation' | 'server' | 'domainController' | 'linux';

export interface Device {
  readonly name: string;
  readonly kind: DeviceKind;
  readonly role: string;
  /** As Defender spells it: lower case with the domain. */
  readonly deviceName: string;
  /** As Windows spells it in its events. */
  readonly computer: string;
  readonly deviceId: string;
  readonly aadDeviceId: string;
  readonly sourceComputerId: string;
  readonly ip: string;
  readonly mac: string;
  readonly osPlatform: string;
  readonly osVersion: string;
  readonly osBuild: number;
  readonly office?: Office;
  readonly owner?: Person;
  /** Of the virtual machine; workstations have none. */
  readonly resourceId: string;
}

const workstationModels = ['Latitude 7440', 'EliteBook 845 G10', 'Surface Laptop 6', 'ThinkPad T14 Gen 4'];

export function modelOf(device: Device): { readonly vendor: string; readonly model: string } {
  if (device.kind !== 'workstation') return { vendor: 'Microsoft Corporation', model: 'Virtual Machine' };
  const model = workstationModels[device.name.charCodeAt(device.name.length - 1) % workstationModels.length] ?? 'Latitude 7440';
  const vendor = model.startsWith('Lat')
    ? 'Dell Inc.'
    : model.startsWith('Eli')
      ? 'HP'
      : model.startsWith('Sur')
        ? 'Microsoft Corporation'
        : 'LENOVO';
  return { vendor, model };
}

const servers: readonly (readonly [name: string, ip: string, kind: DeviceKind, role: string])[] = [
  ['DC01', '10.20.0.10', 'domainController', 'Domain controller, DNS'],
  ['DC02', '10.20.0.11', 'domainController', 'Domain controller, DNS'],
  ['APP01', '10.20.1.11', 'server', 'Order processing'],
  ['APP02', '10.20.1.12', 'server', 'Invoice workflow'],
  ['FS01', '10.20.1.21', 'server', 'File server'],
  ['SQL01', '10.20.1.31', 'server', 'Database'],
  ['SQL02', '10.20.1.32', 'server', 'Database'],
  ['BKP01', '10.20.1.41', 'server', 'Backup'],
  ['MGMT01', '10.20.1.51', 'server', 'Configuration management'],
  ['SCAN01', '10.20.1.60', 'server', 'Vulnerability scanner'],
  ['JUMP01', '10.20.1.70', 'server', 'Administration host'],
  ['AADC01', '10.20.1.80', 'server', 'Directory synchronisation'],
  ['WEB01', '10.20.2.11', 'server', 'Web front end'],
  ['WEB02', '10.20.2.12', 'server', 'Web front end'],
  ['BUILD01', '10.20.4.11', 'server', 'Build agent'],
  ['BUILD02', '10.20.4.12', 'server', 'Build agent'],
  ['LNX-WEB01', '10.20.3.11', 'linux', 'Public web site'],
  ['LNX-WEB02', '10.20.3.12', 'linux', 'Public web site'],
  ['LNX-DB01', '10.20.3.21', 'linux', 'Database'],
  ['LNX-LOG01', '10.20.3.31', 'linux', 'Log collector'],
];

export function makeDevices(people: readonly Person[]): readonly Device[] {
  const random = new Random('devices');
  const workstations = people.filter(({ hasWorkstation }) => hasWorkstation).map((owner) => workstation(owner, random));
  return [...workstations, ...servers.map((server) => makeServer(server, random))];
}

function workstation(owner: Person, random: Random): Device {
  const newer = random.chance(0.7);
  return {
    ...identity(`WS-${owner.office.code}-${String(owner.seat).padStart(3, '0')}`, company.adDomain, random),
    kind: 'workstation',
    role: 'Workstation',
    ip: `${owner.office.network}.10.${100 + owner.seat}`,
    osPlatform: newer ? 'Windows11' : 'Windows10',
    osVersion: '10.0',
    osBuild: newer ? 26100 : 19045,
    office: owner.office,
    owner,
    resourceId: '',
  };
}

function makeServer([name, ip, kind, role]: (typeof servers)[number], random: Random): Device {
  const linux = kind === 'linux';
  return {
    ...identity(name, company.adDomain, random),
    kind,
    role,
    ip,
    osPlatform: linux ? 'Linux' : 'WindowsServer2022',
    osVersion: linux ? '12.8' : '10.0',
    osBuild: linux ? 0 : 20348,
    resourceId: resourceId('microsoft.compute/virtualmachines', `vm-${name.toLowerCase()}`),
  };
}

function identity(
  name: string,
  domain: string,
  random: Random,
): Pick<Device, 'name' | 'deviceName' | 'computer' | 'deviceId' | 'aadDeviceId' | 'sourceComputerId' | 'mac'> {
  return {
    name,
    deviceName: `${name}.${domain}`.toLowerCase(),
    computer: `${name}.${domain}`,
    deviceId: random.hex(40),
    aadDeviceId: random.guid(),
    sourceComputerId: random.guid(),
    mac: `00155D${random.hex(6).toUpperCase()}`,
  };
}
