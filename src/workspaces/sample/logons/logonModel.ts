import type { WindowsAccount } from '../processes/processModel';
import type { Device } from '../world/devices';

/** Windows' logon types: https://learn.microsoft.com/windows/security/threat-protection/auditing/event-4624 */
export type LogonType = 2 | 3 | 4 | 5 | 7 | 10 | 11;

/** A logon, or an attempt, on a Windows device. */
export interface Logon {
  readonly time: number;
  readonly device: Device;
  readonly account: WindowsAccount;
  readonly type: LogonType;
  /** Empty for a local one. */
  readonly ip: string;
  readonly source?: Device;
  readonly logonId: number;
  readonly package: 'Kerberos' | 'NTLM' | 'Negotiate';
  /** NTSTATUS of a failed attempt. */
  readonly failure?: '0xc000006a' | '0xc0000064' | '0xc0000071' | '0xc0000234' | '0xc000015b';
  readonly privileged?: boolean;
  /** Milliseconds until logoff; absent when the logoff is not seen. */
  readonly length?: number;
}

export const logonTypeNames: Readonly<Record<LogonType, string>> = {
  2: 'Interactive',
  3: 'Network',
  4: 'Batch',
  5: 'Service',
  7: 'Unlock',
  10: 'RemoteInteractive',
  11: 'CachedInteractive',
};

export const failureTexts: Readonly<Record<NonNullable<Logon['failure']>, string>> = {
  '0xc000006a': 'Unknown user name or bad password.',
  '0xc0000064': 'The user name does not exist.',
  '0xc0000071': 'The password has expired.',
  '0xc0000234': 'The account is locked out.',
  '0xc000015b': 'The user has not been granted the requested logon type at this machine.',
};
