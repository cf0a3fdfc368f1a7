import type { Generation } from '../generation';
import type { Process } from '../processes/processModel';
import type { UsualProcesses } from '../processes/usualProcesses';
import type { Random } from '../random';
import { DAY, DAYS_OF_DATA, HOUR, MINUTE } from '../storyTime';
import type { Device } from '../world/devices';
import { backupService, monitoringService } from '../world/offices';
import type { Session } from '../world/sessions';
import { azureManagement, type Destination, destinationsOf, telemetry, updates } from './destinations';

/** A connection from a Windows device, seen by its sensor, by the firewall on its way and, with a domain, by the DNS server. */
export interface Flow {
  readonly time: number;
  readonly device: Device;
  readonly process: Process;
  readonly remoteIp: string;
  readonly port: number;
  readonly domain: string;
  readonly application: string;
  readonly sent: number;
  readonly received: number;
  /** Milliseconds. */
  readonly duration: number;
  readonly failed?: boolean;
  /** The session of the person behind it; absent for machines. */
  readonly session?: Session;
}

/** Connections of a day's work: people's programs, updates, monitoring, backup, the scanner. */
export function usualFlows(generation: Generation, processes: UsualProcesses): readonly Flow[] {
  const random = generation.random('flows');
  const flows: Flow[] = [];
  for (const session of generation.world.sessions) addSession(flows, session, generation, processes, random);
  for (const [device, { svchost, agent }] of processes.roots) {
    if (device.kind === 'workstation') addServicing(flows, device, svchost, [updates, telemetry], 2, random);
    else {
      addServicing(flows, device, svchost, [updates, azureManagement, telemetry], 9, random);
      addMonitoring(flows, device, agent, random);
    }
  }
  addBackup(flows, generation, processes, random);
  addScanner(flows, generation, processes, random);
  return flows;
}

function addSession(flows: Flow[], session: Session, generation: Generation, processes: UsualProcesses, random: Random): void {
  const device = generation.world.workstationOf(session.person);
  const own = processes.bySession.get(session)?.filter(({ image }) => destinationsOf.has(image));
  if (!device || !own || own.length === 0) return;
  const count = random.whole(14, 30);
  for (let index = 0; index < count; index++) {
    const process = random.pick(own);
    const time = process.created + Math.round(random.next() * Math.max(MINUTE, session.end - process.created));
    flows.push({ ...flowTo(random.pick(destinationsOf.get(process.image) ?? [updates]), random), time, device, process, session });
  }
  const fileServer = generation.world.device('FS01');
  const [explorer] = processes.bySession.get(session) ?? [];
  if (session.place === 'office' && explorer && random.chance(0.6)) {
    const time = session.start + Math.round(random.next() * HOUR);
    flows.push({
      time,
      device,
      process: explorer,
      session,
      remoteIp: fileServer.ip,
      port: 445,
      domain: '',
      application: 'ms-ds-smb',
      sent: random.whole(20_000, 900_000),
      received: random.whole(50_000, 9_000_000),
      duration: random.whole(10_000, 900_000),
    });
  }
}

function flowTo(destination: Destination, random: Random): Omit<Flow, 'time' | 'device' | 'process'> {
  const sent = Math.round(destination.sent * random.between(0.2, 3));
  return {
    remoteIp: random.pick(destination.addresses),
    port: destination.port,
    domain: destination.domain,
    application: destination.application,
    sent,
    received: Math.round(sent * random.between(1, 22)),
    duration: random.whole(200, 240_000),
    ...(random.chance(0.02) ? { failed: true } : {}),
  };
}

function addServicing(
  flows: Flow[],
  device: Device,
  process: Process,
  destinations: readonly Destination[],
  perDay: number,
  random: Random,
): void {
  for (let day = -DAYS_OF_DATA; day <= 0; day++) {
    for (let index = 0; index < perDay; index++) {
      flows.push({ ...flowTo(random.pick(destinations), random), time: day * DAY + Math.round(random.next() * DAY), device, process });
    }
  }
}

/** As regular as a beacon, but on every server and to a known service. */
function addMonitoring(flows: Flow[], device: Device, process: Process, random: Random): void {
  const { address, domain } = monitoringService;
  for (let time = -DAYS_OF_DATA * DAY + random.whole(0, 600_000); time < DAY; time += 30 * MINUTE) {
    const jitter = random.whole(-1500, 1500);
    flows.push({
      time: time + jitter,
      device,
      process,
      remoteIp: address,
      port: 443,
      domain,
      application: 'ssl',
      sent: random.whole(900, 1400),
      received: random.whole(400, 700),
      duration: random.whole(80, 400),
    });
  }
}

function addBackup(flows: Flow[], generation: Generation, processes: UsualProcesses, random: Random): void {
  const device = generation.world.device('BKP01');
  const jobs = processes.starts.filter((start) => start.device === device && start.process.image.file === 'VaultBackup.exe');
  for (const { process } of jobs) {
    for (let part = 0; part < 8; part++) {
      flows.push({
        time: process.created + part * 14 * MINUTE + random.whole(0, 4) * MINUTE,
        device,
        process,
        remoteIp: backupService.address,
        port: 443,
        domain: backupService.domain,
        application: 'ssl',
        sent: random.whole(900_000_000, 2_600_000_000),
        received: random.whole(2_000_000, 9_000_000),
        duration: random.whole(400_000, 800_000),
      });
    }
  }
}

const scannedPorts = [22, 80, 135, 139, 443, 445, 1433, 3389, 5985, 8080, 8443];

function addScanner(flows: Flow[], generation: Generation, processes: UsualProcesses, random: Random): void {
  const device = generation.world.device('SCAN01');
  const process = processes.roots.get(device)?.svchost;
  if (!process) return;
  for (let day = -DAYS_OF_DATA; day <= 0; day++) {
    generation.world.servers.forEach((server, index) => {
      for (const port of scannedPorts) {
        const time = day * DAY + 2 * HOUR + index * 2 * MINUTE + random.whole(0, 100_000);
        flows.push({
          time,
          device,
          process,
          remoteIp: server.ip,
          port,
          domain: '',
          application: 'incomplete',
          sent: random.whole(60, 400),
          received: random.whole(0, 300),
          duration: random.whole(1, 90),
          failed: random.chance(0.7),
        });
      }
    });
  }
}
