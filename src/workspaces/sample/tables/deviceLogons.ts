import type { Generation } from '../generation';
import { type Logon, logonTypeNames } from '../logons/logonModel';
import type { WindowsAccount } from '../processes/processModel';
import { remembered, type Row, type TableRows } from '../tableRows';
import { deviceColumns, deviceConstants } from './deviceRows';

/** DeviceLogonEvents: logons of people and service accounts, not those of machines and services. */
export function deviceLogonEvents(generation: Generation, logons: readonly Logon[]): TableRows {
  const rows = generation.rows('DeviceLogonEvents', {
    ...deviceConstants,
    InitiatingProcessFileName: 'lsass.exe',
    InitiatingProcessFolderPath: 'C:\\Windows\\System32\\lsass.exe',
    InitiatingProcessCommandLine: 'lsass.exe',
    InitiatingProcessAccountName: 'system',
    InitiatingProcessAccountDomain: 'nt authority',
    InitiatingProcessAccountSid: 'S-1-5-18',
  });
  const random = generation.random('logon events');
  const ofDevice = remembered(deviceColumns);
  const ofAccount = remembered(({ domain, name, sid }: WindowsAccount): Row => ({
    AccountDomain: domain,
    AccountName: name,
    AccountSid: sid,
  }));
  for (const { time, device, account, type, ip, source, logonId, failure, privileged, package: protocol } of logons) {
    if (type === 5 || account.name.endsWith('$')) continue;
    const own = {
      ActionType: failure ? 'LogonFailed' : 'LogonSuccess',
      AdditionalFields: JSON.stringify({ IsLocalLogon: ip === '127.0.0.1' }),
      FailureReason: failure ? 'InvalidUserNameOrPassword' : '',
      InitiatingProcessId: 4 * random.whole(170, 240),
      IsLocalAdmin: privileged ?? false,
      LogonId: logonId,
      LogonType: logonTypeNames[type],
      Protocol: protocol,
      RemoteDeviceName: source?.name.toLowerCase() ?? '',
      RemoteIP: ip,
      RemoteIPType: ip === '127.0.0.1' ? 'Loopback' : ip ? 'Private' : '',
      RemotePort: source ? random.whole(49_152, 65_535) : null,
      ReportId: random.whole(1000, 900_000),
    };
    rows.add(time, own, ofDevice(device), ofAccount(account));
  }
  return rows;
}
