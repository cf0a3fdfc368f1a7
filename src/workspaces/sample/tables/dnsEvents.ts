import type { Generation } from '../generation';
import { DAY, DAYS_OF_DATA, MINUTE } from '../storyTime';
import type { TableRows } from '../tableRows';
import type { Flow } from '../traffic/flows';
import { infrastructure } from '../attack';

/** How long answers are kept before a name is asked for again. */
const usualLifetime = 3 * 60 * MINUTE;
const commandLifetime = 30 * MINUTE;

/** DnsEvents: what the domain controllers, as DNS servers, were asked. */
export function dnsEvents(generation: Generation, flows: readonly Flow[]): TableRows {
  const rows = generation.rows('DnsEvents', { SourceSystem: 'OpsManager', EventId: 256, SubType: 'LookupQuery', TaskCategory: 'LOOK_UP' });
  const random = generation.random('dns');
  const { world } = generation;
  const controllers = [world.device('DC01'), world.device('DC02')];
  const known = new Map<string, number>();
  const inOrder = flows.filter(({ domain }) => domain !== '').sort((left, right) => left.time - right.time);
  for (const { time, device, domain, remoteIp } of inOrder) {
    const key = `${device.name} ${domain}`;
    const lifetime = domain === infrastructure.commandDomain ? commandLifetime : usualLifetime;
    if (time - (known.get(key) ?? -Infinity) < lifetime) continue;
    known.set(key, time);
    const controller = device.name === 'DC01' || random.chance(0.5) ? world.device('DC02') : world.device('DC01');
    rows.add(time - random.whole(4, 60), {
      ClientIP: device.ip,
      Computer: controller.computer,
      Name: domain,
      QueryType: 'A',
      IPAddresses: remoteIp,
      Result: 'Success',
      ResultCode: 0,
      _ResourceId: controller.resourceId,
    });
  }
  const missing = [
    'wpad.contoso.local',
    'oldprint.contoso.local',
    'isatap.contoso.local',
    'intranet2.contoso.local',
    'crm-legacy.contoso.local',
  ];
  for (let time = -DAYS_OF_DATA * DAY; time < DAY; time += random.between(3, 22) * MINUTE) {
    const controller = random.pick(controllers);
    const client = random.pick(world.workstations);
    rows.add(Math.round(time), {
      ClientIP: client.ip,
      Computer: controller.computer,
      Name: random.pick(missing),
      QueryType: 'A',
      Result: 'NXDOMAIN',
      ResultCode: 3,
      _ResourceId: controller.resourceId,
    });
  }
  return rows;
}
