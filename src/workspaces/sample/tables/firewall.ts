import type { Generation } from '../generation';
import type { Random } from '../random';
import { DAY, DAYS_OF_DATA, HOUR } from '../storyTime';
import { remembered, type Row, type TableRows } from '../tableRows';
import type { Flow } from '../traffic/flows';
import type { Device } from '../world/devices';
import { cloudEgress, monitoringService, officeOf } from '../world/offices';
import { blockedIndicatorAddresses } from './threatIntelligence';

const london = officeOf('LON');
const ruleLabel = 'Rule';

/** CommonSecurityLog: the Palo Alto in front of the servers and the Fortinet of the London office. */
export function commonSecurityLog(generation: Generation, flows: readonly Flow[]): TableRows {
  const rows = generation.rows('CommonSecurityLog', {
    Computer: 'LNX-LOG01',
    CollectorHostName: 'LNX-LOG01',
    SourceSystem: 'OpsManager',
    DeviceFacility: 'LOG_LOCAL4',
  });
  const random = generation.random('firewall');
  const ofDevice = remembered(({ name, ip, mac }: Device): Row => ({ SourceHostName: name, SourceIP: ip, SourceMACAddress: mac }));
  for (const flow of flows) {
    // Monitoring has a route of its own; inside the server network nothing passes the firewall.
    if (flow.remoteIp === monitoringService.address || flow.remoteIp.startsWith('10.')) continue;
    // Logged when the session ends.
    const end = flow.time + flow.duration;
    if (flow.device.kind !== 'workstation')
      rows.add(end, paloAlto(flow, random), flow.failed ? paloAltoReset : paloAltoAllowed, ofDevice(flow.device));
    else if (flow.device.office === london && flow.session?.place !== 'home')
      rows.add(end, fortinet(flow, random), flow.failed ? fortinetTimeout : fortinetClosed, ofDevice(flow.device));
  }
  addInternetNoise(rows, random);
  addLinuxServers(rows, generation, ofDevice, random);
  return rows;
}

function paloAlto(flow: Flow, random: Random): Row {
  return { ...session(flow, random), DeviceEventCategory: flow.application };
}

function paloAltoTraffic(action: string): Row {
  return {
    ...paloAltoDevice('end', 'TRAFFIC'),
    CommunicationDirection: 'Outbound',
    DeviceAction: action,
    Protocol: 'TCP',
    SimplifiedDeviceAction: action,
    SourceTranslatedAddress: cloudEgress,
    DeviceCustomString1: 'servers-to-internet',
    DeviceCustomString1Label: ruleLabel,
    DeviceCustomString4: 'servers',
    DeviceCustomString4Label: 'Source Zone',
    DeviceCustomString5: 'internet',
    DeviceCustomString5Label: 'Destination Zone',
  };
}

function paloAltoDevice(eventClass: string, activity: string): Row {
  return {
    DeviceVendor: 'Palo Alto Networks',
    DeviceProduct: 'PAN-OS',
    DeviceVersion: '11.1.4',
    DeviceName: 'PA-HUB-01',
    DeviceExternalID: '013201027714',
    DeviceEventClassID: eventClass,
    Activity: activity,
    LogSeverity: activity === 'THREAT' ? '4' : '1',
  };
}

function fortinet(flow: Flow, random: Random): Row {
  return {
    ...session(flow, random),
    SourceUserName: flow.session?.person.name ?? '',
    AdditionalExtensions: `FTNTFGTlogid=0000000013;FTNTFGTduration=${Math.round(flow.duration / 1000)};FTNTFGTpolicyid=7;FTNTFGTappcat=Web.Client`,
  };
}

function fortinetTraffic(action: string): Row {
  return {
    DeviceVendor: 'Fortinet',
    DeviceProduct: 'Fortigate',
    DeviceVersion: 'v7.4.5',
    DeviceName: 'FGT-LON-01',
    DeviceExternalID: 'FG100FTK21004417',
    DeviceEventClassID: '0000000013',
    Activity: `traffic:forward ${action}`,
    LogSeverity: '3',
    CommunicationDirection: 'Outbound',
    Protocol: 'TCP',
    DeviceAction: action,
    SimplifiedDeviceAction: action,
    SourceTranslatedAddress: london.egress[0],
    DeviceInboundInterface: 'lan',
    DeviceOutboundInterface: 'wan1',
  };
}

function session(flow: Flow, random: Random): Row {
  return {
    ApplicationProtocol: flow.application,
    DestinationHostName: flow.domain,
    DestinationIP: flow.remoteIp,
    DestinationPort: flow.port,
    EndTime: flow.time + flow.duration,
    ReceivedBytes: flow.received,
    RequestURL: flow.domain ? `${flow.domain}/` : '',
    SentBytes: flow.sent,
    SourcePort: random.whole(49_152, 65_535),
    StartTime: flow.time,
  };
}

const paloAltoAllowed = paloAltoTraffic('allow');
const paloAltoReset = paloAltoTraffic('reset-server');
const fortinetClosed = fortinetTraffic('close');
const fortinetTimeout = fortinetTraffic('timeout');

const probedPorts = [22, 23, 25, 80, 443, 445, 1433, 3306, 3389, 5900, 8080, 8443];

/** What the Internet throws at every public address: denied. */
function addInternetNoise(rows: TableRows, random: Random): void {
  const denied: Row = {
    ...paloAltoDevice('drop', 'TRAFFIC'),
    DeviceAction: 'deny',
    SimplifiedDeviceAction: 'deny',
    CommunicationDirection: 'Inbound',
    ApplicationProtocol: 'not-applicable',
    Protocol: 'TCP',
    DestinationIP: cloudEgress,
    DeviceCustomString1: 'deny-all',
    DeviceCustomString1Label: ruleLabel,
    DeviceCustomString4: 'internet',
    DeviceCustomString4Label: 'Source Zone',
    SentBytes: 60,
    ReceivedBytes: 0,
  };
  for (let time = -DAYS_OF_DATA * DAY; time < DAY; time += random.between(10_000, 250_000)) {
    const known = random.chance(0.02);
    const address = known ? random.pick(blockedIndicatorAddresses) : `198.19.${random.whole(100, 250)}.${random.whole(1, 254)}`;
    rows.add(
      Math.round(time),
      { SourceIP: address, SourcePort: random.whole(1024, 65_535), DestinationPort: random.pick(probedPorts) },
      denied,
    );
  }
  for (let day = -DAYS_OF_DATA; day <= 0; day++) {
    const count = random.whole(1, 4);
    for (let index = 0; index < count; index++) {
      rows.add(day * DAY + Math.round(random.next() * DAY), {
        ...denied,
        ...paloAltoDevice('8001', 'THREAT'),
        DeviceAction: 'drop',
        DeviceEventCategory: 'scan',
        Message: 'SCAN: TCP Port Scan(8001)',
        SourceIP: `198.19.${random.whole(100, 250)}.${random.whole(1, 254)}`,
        DestinationPort: random.pick(probedPorts),
      });
    }
  }
}

function addLinuxServers(rows: TableRows, generation: Generation, ofDevice: (device: Device) => Row, random: Random): void {
  const mirror = { remoteIp: '198.19.70.4', domain: 'deb.mirror.example', application: 'apt-get', port: 80 };
  for (const server of generation.world.linuxServers) {
    for (let time = -DAYS_OF_DATA * DAY; time < DAY; time += random.between(0.5, 3) * HOUR) {
      const start = Math.round(time);
      const duration = random.whole(200, 40_000);
      const own = {
        ApplicationProtocol: mirror.application,
        DestinationHostName: mirror.domain,
        DestinationIP: mirror.remoteIp,
        DestinationPort: mirror.port,
        DeviceEventCategory: mirror.application,
        SentBytes: random.whole(500, 20_000),
        ReceivedBytes: random.whole(2_000, 20_000_000),
        SourcePort: random.whole(32_768, 60_999),
        StartTime: start,
        EndTime: start + duration,
      };
      rows.add(start + duration, own, paloAltoAllowed, ofDevice(server));
    }
  }
}
