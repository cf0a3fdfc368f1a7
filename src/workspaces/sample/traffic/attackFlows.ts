import { counts, hosts, infrastructure, secondVictim, times } from '../attack';
import type { Generation } from '../generation';
import type { AttackProcesses } from '../processes/attackProcesses';
import type { Process } from '../processes/processModel';
import type { Random } from '../random';
import { SECOND } from '../storyTime';
import type { Device } from '../world/devices';
import type { Flow } from './flows';

/** Bytes that the exfiltration sends in all: the archive's parts and what the protocol adds. */
const uploadBytes = counts.archivePartBytes * counts.archiveParts * 1.022;

/** The attack on the wire: downloads, beacons, lateral movement, upload. */
export function attackFlows(generation: Generation, processes: AttackProcesses): readonly Flow[] {
  const random = generation.random('attack flows');
  const { world } = generation;
  const { commandIp, commandDomain, lureHost, dropIp, dropDomain } = infrastructure;
  const workstation = world.device(secondVictim.workstation);
  const server = world.device(hosts.application);
  const fileServer = world.device(hosts.fileServer);
  const command = { remoteIp: commandIp, port: 443, domain: commandDomain, application: 'ssl' };
  const get = (bytes: number): Pick<Flow, 'sent' | 'received' | 'duration'> => ({
    sent: random.whole(700, 1400),
    received: bytes,
    duration: random.whole(300, 2000),
  });

  const flows: Flow[] = [
    {
      ...command,
      ...get(24_118),
      domain: lureHost,
      time: times.lureClicked + 2 * SECOND,
      device: workstation,
      process: processes.workstationBrowser,
    },
    { ...command, ...get(61_240), time: times.lureRun + 5 * SECOND, device: workstation, process: processes.workstationPowerShell },
    { ...command, ...get(419_300), time: times.serverRun + 7 * SECOND, device: server, process: processes.serverPowerShell },
    ...beacon(workstation, processes.workstationImplant, times.workstationBeacon, random),
    ...beacon(server, processes.serverImplant, times.serverBeacon, random),
  ];

  const internal = (target: string, port: number, time: number, failed: boolean): void => {
    const { ip } = world.device(target);
    flows.push({
      time,
      device: server,
      process: processes.serverImplant,
      remoteIp: ip,
      port,
      domain: '',
      application: port === 3389 ? 'ms-rdp' : 'ms-ds-smb',
      sent: random.whole(4_000, 90_000),
      received: random.whole(2_000, 40_000),
      duration: random.whole(400, 30_000),
      failed,
    });
  };
  const { start } = times.lateralMovement;
  lateralTargets.forEach(({ name, succeeds }, index) => internal(name, 445, start + index * 150 * SECOND, !succeeds));
  internal(hosts.domainController, 3389, times.remoteDesktop - 4 * SECOND, false);

  const upload = times.upload;
  const step = (upload.end - upload.start) / counts.uploadSessions;
  for (let index = 0; index < counts.uploadSessions; index++) {
    flows.push({
      time: Math.round(upload.start + index * step + random.between(1, 5) * SECOND),
      device: fileServer,
      process: processes.uploader,
      remoteIp: dropIp,
      port: 443,
      domain: dropDomain,
      application: 'ssl',
      sent: Math.round((uploadBytes / counts.uploadSessions) * random.between(0.99, 1.01)),
      received: random.whole(1_200_000, 1_900_000),
      duration: Math.round(step - 20 * SECOND),
    });
  }
  return flows;
}

/** Where the stolen service account is tried, in this order. */
export const lateralTargets = [
  { name: hosts.fileServer, succeeds: true },
  { name: 'SQL01', succeeds: true },
  { name: hosts.domainController, succeeds: false },
  { name: 'DC02', succeeds: false },
  { name: 'BKP01', succeeds: true },
  { name: 'WEB01', succeeds: false },
] as const;

function beacon(
  device: Device,
  process: Process,
  { start, end, interval, jitter }: typeof times.serverBeacon | typeof times.workstationBeacon,
  random: Random,
): Flow[] {
  const flows: Flow[] = [];
  for (let time = start; time < end; time += interval + random.whole(-jitter, jitter)) {
    const tasked = random.chance(0.06);
    flows.push({
      time,
      device,
      process,
      remoteIp: infrastructure.commandIp,
      port: 443,
      domain: infrastructure.commandDomain,
      application: 'ssl',
      sent: tasked ? random.whole(4_000, 60_000) : random.whole(610, 660),
      received: tasked ? random.whole(2_000, 30_000) : random.whole(330, 360),
      duration: random.whole(120, 900),
    });
  }
  return flows;
}
