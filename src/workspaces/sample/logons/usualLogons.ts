import type { Generation } from '../generation';
import { accountOf, systemAccount, type WindowsAccount } from '../processes/processModel';
import type { Random } from '../random';
import { DAY, DAYS_OF_DATA, HOUR, MINUTE, SECOND } from '../storyTime';
import { company } from '../world/company';
import type { Device } from '../world/devices';
import { momentIn, type Session } from '../world/sessions';
import type { Logon } from './logonModel';

/** Logons of a usual fortnight: people, machines, services, administrators, and the failures that mean nothing. */
export function usualLogons(generation: Generation): readonly Logon[] {
  const random = generation.random('logons');
  const logons: Logon[] = [];
  for (const session of generation.world.sessions) addSession(logons, session, generation, random);
  addMachines(logons, generation, random);
  addServices(logons, generation, random);
  addAdministrators(logons, generation, random);
  addScanner(logons, generation, random);
  addExpiredPassword(logons, generation, random);
  return logons;
}

export function newLogonId(random: Random): number {
  return random.whole(0x20_000, 0xfff_ffff);
}

function addSession(logons: Logon[], session: Session, generation: Generation, random: Random): void {
  const { world } = generation;
  const device = world.workstationOf(session.person);
  if (!device) return;
  const account = accountOf(session.person);
  const local = { device, account, ip: '127.0.0.1', package: 'Negotiate' } as const;
  const first = session.start - random.between(2, 5) * MINUTE;
  if (random.chance(0.06))
    logons.push({ ...local, time: first - random.between(6, 25) * SECOND, type: 2, logonId: 0, failure: '0xc000006a' });
  logons.push({ ...local, time: first, type: session.place === 'home' ? 11 : 2, logonId: newLogonId(random), length: session.end - first });
  const unlocks = random.whole(2, 5);
  for (let index = 0; index < unlocks; index++) {
    const time = momentIn(session, random);
    if (random.chance(0.05))
      logons.push({ ...local, time: time - random.between(4, 12) * SECOND, type: 7, logonId: 0, failure: '0xc000006a' });
    logons.push({ ...local, time, type: 7, logonId: newLogonId(random), length: random.whole(30, 400) * SECOND });
  }
  const remote = { account, ip: device.ip, source: device, type: 3, package: 'Kerberos' } as const;
  const controllers = [world.device('DC01'), world.device('DC02')];
  const visits = random.whole(3, 6);
  for (let index = 0; index < visits; index++) {
    logons.push({
      ...remote,
      time: momentIn(session, random),
      device: random.pick(controllers),
      logonId: newLogonId(random),
      length: random.whole(1, 20) * SECOND,
    });
  }
  if (session.place === 'office') {
    logons.push({
      ...remote,
      time: momentIn(session, random),
      device: world.device('FS01'),
      logonId: newLogonId(random),
      length: random.whole(60, 3000) * SECOND,
    });
  }
}

function machineAccount(device: Device): WindowsAccount {
  return {
    name: `${device.name.toLowerCase()}$`,
    domain: company.netbios.toLowerCase(),
    sid: `${company.sidPrefix}-${2000 + (device.name.charCodeAt(3) % 90)}`,
    upn: '',
    objectId: '',
  };
}

/** Every Windows machine reads its policies from a domain controller. */
function addMachines(logons: Logon[], generation: Generation, random: Random): void {
  const { world } = generation;
  const controllers = [world.device('DC01'), world.device('DC02')];
  for (const source of [...world.workstations, ...world.windowsServers]) {
    const account = machineAccount(source);
    const visits = source.kind === 'workstation' ? 3 : 8;
    for (let day = -DAYS_OF_DATA; day <= 0; day++) {
      for (let index = 0; index < visits; index++) {
        logons.push({
          time: day * DAY + Math.round(random.next() * DAY),
          device: random.pick(controllers),
          account,
          type: 3,
          ip: source.ip,
          source,
          logonId: newLogonId(random),
          package: 'Kerberos',
          length: random.whole(1, 9) * SECOND,
        });
      }
    }
  }
}

function addServices(logons: Logon[], generation: Generation, random: Random): void {
  const { world } = generation;
  const jobs = [
    { server: 'BKP01', name: 'svc-backup', hour: 23, targets: ['FS01', 'SQL01', 'SQL02', 'APP01'] },
    { server: 'BUILD01', name: 'svc-deploy', hour: 11, targets: ['WEB01', 'WEB02', 'APP01'] },
    { server: 'MGMT01', name: 'svc-monitor', hour: 6, targets: ['APP01', 'APP02', 'SQL01', 'WEB01'] },
  ];
  for (let day = -DAYS_OF_DATA; day <= 0; day++) {
    for (const server of world.windowsServers) {
      const count = random.whole(3, 7);
      for (let index = 0; index < count; index++) {
        logons.push({
          time: day * DAY + Math.round(random.next() * DAY),
          device: server,
          account: systemAccount,
          type: 5,
          ip: '',
          logonId: 0x3e7,
          package: 'Negotiate',
          privileged: true,
        });
      }
    }
    for (const { server, name, hour, targets } of jobs) {
      const account = accountOf(world.serviceAccount(name));
      const source = world.device(server);
      const time = day * DAY + hour * HOUR + random.between(0, 5) * MINUTE;
      logons.push({
        time,
        device: source,
        account,
        type: 4,
        ip: '',
        logonId: newLogonId(random),
        package: 'Negotiate',
        privileged: true,
        length: HOUR,
      });
      targets.forEach((target, index) => {
        logons.push({
          time: time + (index + 1) * 3 * MINUTE,
          device: world.device(target),
          account,
          type: 3,
          ip: source.ip,
          source,
          logonId: newLogonId(random),
          package: 'Kerberos',
          length: 10 * MINUTE,
        });
      });
    }
  }
}

/** Administrators work on servers over the administration host. */
function addAdministrators(logons: Logon[], generation: Generation, random: Random): void {
  const { world } = generation;
  const jump = world.device('JUMP01');
  for (const session of world.sessions) {
    const admin =
      session.person.name === 'helga.kessler' ? 'adm-hkessler' : session.person.name === 'arjun.menon' ? 'adm-amenon' : undefined;
    const workstation = world.workstationOf(session.person);
    if (!admin || !workstation) continue;
    const account = accountOf(world.serviceAccount(admin));
    const time = momentIn(session, random);
    logons.push({
      time,
      device: jump,
      account,
      type: 10,
      ip: workstation.ip,
      source: workstation,
      logonId: newLogonId(random),
      package: 'Negotiate',
      privileged: true,
      length: 2 * HOUR,
    });
    const visited = random.sample(world.windowsServers, random.whole(1, 3));
    visited.forEach((server, index) => {
      logons.push({
        time: time + (index + 1) * random.whole(3, 15) * MINUTE,
        device: server,
        account,
        type: 10,
        ip: jump.ip,
        source: jump,
        logonId: newLogonId(random),
        package: 'Negotiate',
        privileged: true,
        length: 20 * MINUTE,
      });
    });
  }
}

function addScanner(logons: Logon[], generation: Generation, random: Random): void {
  const { world } = generation;
  const source = world.device('SCAN01');
  const account = accountOf(world.serviceAccount('svc-scan'));
  for (let day = -DAYS_OF_DATA; day <= 0; day++) {
    world.windowsServers.forEach((device, index) => {
      const time = day * DAY + 2 * HOUR + index * 2 * MINUTE + random.whole(0, 60) * SECOND;
      const base = { device, account, type: 3, ip: source.ip, source, package: 'NTLM' } as const;
      for (let attempt = 0; attempt < 3; attempt++)
        logons.push({ ...base, time: time + attempt * 4 * SECOND, logonId: 0, failure: random.chance(0.6) ? '0xc000006a' : '0xc0000064' });
      if (index % 2 === 0) logons.push({ ...base, time: time + 20 * SECOND, logonId: newLogonId(random), length: 90 * SECOND });
    });
  }
}

function addExpiredPassword(logons: Logon[], generation: Generation, random: Random): void {
  const device = generation.world.device('SQL01');
  const account = accountOf(generation.world.serviceAccount('svc-sql'));
  for (let time = -6 * DAY + 4 * HOUR; time < -6 * DAY + 15 * HOUR; time += random.between(90, 240) * SECOND) {
    logons.push({ time: Math.round(time), device, account, type: 5, ip: '', logonId: 0, package: 'Negotiate', failure: '0xc0000071' });
  }
}
