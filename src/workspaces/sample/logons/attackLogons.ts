import { hosts, stolenAdminAccount, stolenServiceAccount, times } from '../attack';
import type { Generation } from '../generation';
import { accountOf } from '../processes/processModel';
import { HOUR, MINUTE, SECOND } from '../storyTime';
import { lateralTargets } from '../traffic/attackFlows';
import type { Logon } from './logonModel';

/** The logon ids of the attacker on the file server and the domain controller: they tie events together. */
export const attackLogonIds = { fileServer: 0x5a_31_77c, domainController: 0x8b_46_130 } as const;

/** Lateral movement: network logons with the stolen service account, then remote desktop with the administrator's. */
export function attackLogons(generation: Generation): readonly Logon[] {
  const { world } = generation;
  const source = world.device(hosts.application);
  const service = accountOf(world.serviceAccount(stolenServiceAccount));
  const network = { account: service, type: 3, ip: source.ip, source, package: 'NTLM' } as const;
  const logons: Logon[] = lateralTargets.flatMap(({ name, succeeds }, index): Logon[] => {
    const device = world.device(name);
    const time = times.lateralMovement.start + index * 150 * SECOND;
    if (!succeeds)
      return [0, 7, 15].map((seconds) => ({
        ...network,
        device,
        time: time + seconds * SECOND,
        logonId: 0,
        failure: '0xc000015b' as const,
      }));
    const logonId = name === hosts.fileServer ? attackLogonIds.fileServer : attackLogonIds.fileServer + index * 0x1f3;
    return [{ ...network, device, time, logonId, privileged: true, length: 3 * HOUR }];
  });
  logons.push({
    time: times.remoteDesktop,
    device: world.device(hosts.domainController),
    account: accountOf(world.serviceAccount(stolenAdminAccount)),
    type: 10,
    ip: source.ip,
    source,
    logonId: attackLogonIds.domainController,
    package: 'Negotiate',
    privileged: true,
    length: 34 * MINUTE,
  });
  return logons;
}
