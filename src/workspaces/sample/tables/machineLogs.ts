import { hosts, implant, times } from '../attack';
import type { Generation } from '../generation';
import type { Random } from '../random';
import { DAY, DAYS_OF_DATA, HOUR, MINUTE, SECOND } from '../storyTime';
import { remembered, type Row, type TableRows } from '../tableRows';
import type { Device } from '../world/devices';
import { cloudEgress } from '../world/offices';

const guessedNames = ['root', 'admin', 'ubuntu', 'test', 'oracle', 'postgres', 'git', 'deploy', 'pi', 'user'];

/** Syslog of the Linux servers: the Internet guesses at SSH all the time, cron and systemd do their work. */
export function syslog(generation: Generation): TableRows {
  const rows = generation.rows('Syslog', { SourceSystem: 'Linux', CollectorHostName: 'LNX-LOG01' });
  const random = generation.random('syslog');
  const ofDevice = remembered(({ name, ip, resourceId }: Device): Row => ({
    Computer: name,
    HostName: name.toLowerCase(),
    HostIP: ip,
    _ResourceId: resourceId,
  }));
  const add = (time: number, device: Device, facility: string, severity: string, process: string, message: string): void => {
    const at = Math.round(time);
    rows.add(
      at,
      {
        EventTime: at - 500,
        Facility: facility,
        SeverityLevel: severity,
        ProcessName: process,
        ProcessID: random.whole(400, 60_000),
        SyslogMessage: message,
      },
      ofDevice(device),
    );
  };
  for (const device of generation.world.linuxServers) {
    addRoutine(device, random, add);
    if (device.name.startsWith('LNX-WEB')) addGuessing(device, random, add);
  }
  return rows;
}

type AddLine = (time: number, device: Device, facility: string, severity: string, process: string, message: string) => void;

function addRoutine(device: Device, random: Random, add: AddLine): void {
  for (let time = -DAYS_OF_DATA * DAY; time < DAY; time += random.between(12, 40) * MINUTE) {
    add(
      time,
      device,
      'cron',
      'info',
      'CRON',
      `(root) CMD (${random.pick(['/usr/local/bin/rotate.sh', 'run-parts --report /etc/cron.hourly', '/opt/contoso/collect-metrics'])})`,
    );
    if (random.chance(0.6))
      add(
        time + 3 * SECOND,
        device,
        'daemon',
        'info',
        'systemd',
        `${random.pick(['Started', 'Finished'])} ${random.pick(['apt-daily.service', 'logrotate.service', 'sysstat-collect.service', 'man-db.service'])}.`,
      );
    if (random.chance(0.05))
      add(
        time + 8 * SECOND,
        device,
        'kern',
        'warning',
        'kernel',
        'TCP: request_sock_TCP: Possible SYN flooding on port 443. Sending cookies.',
      );
  }
  for (let day = -DAYS_OF_DATA; day <= 0; day++) {
    const time = day * DAY + 9 * HOUR + random.between(0, 7) * HOUR;
    const port = random.whole(40_000, 60_000);
    add(
      time,
      device,
      'authpriv',
      'info',
      'sshd',
      `Accepted publickey for deploy from 10.20.1.70 port ${port} ssh2: ED25519 SHA256:${random.hex(40)}`,
    );
    add(
      time + 20 * SECOND,
      device,
      'authpriv',
      'notice',
      'sudo',
      'deploy : TTY=pts/0 ; PWD=/home/deploy ; USER=root ; COMMAND=/usr/bin/systemctl restart nginx',
    );
  }
}

function addGuessing(device: Device, random: Random, add: AddLine): void {
  for (let time = -DAYS_OF_DATA * DAY; time < DAY; time += random.between(1, 40) * MINUTE) {
    const source = `198.19.${random.whole(100, 250)}.${random.whole(1, 254)}`;
    const tries = random.whole(1, 6);
    for (let index = 0; index < tries; index++) {
      const name = random.pick(guessedNames);
      const who = name === 'root' ? 'root' : `invalid user ${name}`;
      add(
        time + index * 3 * SECOND,
        device,
        'authpriv',
        'info',
        'sshd',
        `Failed password for ${who} from ${source} port ${random.whole(1024, 65_535)} ssh2`,
      );
    }
  }
}

const routineEvents = [
  {
    id: 7036,
    source: 'Service Control Manager',
    log: 'System',
    level: 4,
    name: 'Information',
    text: 'The Windows Update service entered the running state.',
  },
  {
    id: 1014,
    source: 'Microsoft-Windows-DNS-Client',
    log: 'System',
    level: 3,
    name: 'Warning',
    text: 'Name resolution for the name wpad timed out.',
  },
  { id: 1000, source: 'Application Error', log: 'Application', level: 2, name: 'Error', text: 'Faulting application name: EXCEL.EXE.' },
  {
    id: 19,
    source: 'Microsoft-Windows-WindowsUpdateClient',
    log: 'System',
    level: 4,
    name: 'Information',
    text: 'Installation Successful: Windows successfully installed an update.',
  },
  { id: 6005, source: 'EventLog', log: 'System', level: 4, name: 'Information', text: 'The Event log service was started.' },
] as const;

/** Event: the System and Application logs of Windows servers. */
export function windowsEvents(generation: Generation): TableRows {
  const rows = generation.rows('Event', { SourceSystem: 'OpsManager' });
  const random = generation.random('events');
  for (const device of generation.world.windowsServers) {
    for (let time = -DAYS_OF_DATA * DAY; time < DAY; time += random.between(0.5, 3) * HOUR) {
      const { id, source, log, level, name, text } = random.pick(routineEvents);
      rows.add(Math.round(time), {
        Computer: device.computer,
        EventID: id,
        Source: source,
        EventLog: log,
        EventLevel: level,
        EventLevelName: name,
        RenderedDescription: text,
        UserName: 'N/A',
        _ResourceId: device.resourceId,
      });
    }
  }
  const device = generation.world.device(hosts.fileServer);
  rows.add(times.remoteService, {
    Computer: device.computer,
    EventID: 7045,
    Source: 'Service Control Manager',
    EventLog: 'System',
    EventLevel: 4,
    EventLevelName: 'Information',
    UserName: 'CONTOSO\\svc-backup',
    RenderedDescription: `A service was installed in the system. Service Name: ${implant.service} Service File Name: C:\\Windows\\${implant.file} Service Type: user mode service Service Start Type: auto start Service Account: LocalSystem`,
    EventData: `<DataItem type="System.XmlData"><EventData><Data Name="ServiceName">${implant.service}</Data><Data Name="ImagePath">C:\\Windows\\${implant.file}</Data></EventData></DataItem>`,
    _ResourceId: device.resourceId,
  });
  return rows;
}

/** Heartbeat: every server, twice an hour. */
export function heartbeat(generation: Generation): TableRows {
  const rows = generation.rows('Heartbeat', {
    Category: 'Azure Monitor Agent',
    ComputerEnvironment: 'Azure',
    IsGatewayInstalled: false,
    ResourceGroup: 'rg-contoso-prod',
    ResourceProvider: 'Microsoft.Compute',
    ResourceType: 'virtualMachines',
    RemoteIPCountry: 'United Kingdom',
  });
  const random = generation.random('heartbeat');
  for (const device of generation.world.servers) {
    const linux = device.kind === 'linux';
    const columns = {
      Computer: linux ? device.name : device.computer,
      ComputerIP: cloudEgress,
      ComputerPrivateIPs: JSON.stringify([device.ip]),
      OSName: linux ? 'Debian' : 'Windows Server 2022 Datacenter',
      OSType: linux ? 'Linux' : 'Windows',
      OSMajorVersion: linux ? '12' : '10',
      OSMinorVersion: linux ? '8' : '0',
      Resource: `vm-${device.name.toLowerCase()}`,
      ResourceId: device.resourceId,
      SourceSystem: linux ? 'Linux' : 'OpsManager',
      Version: linux ? '1.33.1' : '1.30.0',
      VMUUID: device.sourceComputerId,
      _ResourceId: device.resourceId,
    };
    const first = random.between(0, 30) * MINUTE;
    for (let time = -DAYS_OF_DATA * DAY + first; time < DAY; time += 30 * MINUTE) rows.add(Math.round(time), {}, columns);
  }
  return rows;
}
