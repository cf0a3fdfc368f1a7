import { accountText, type WindowsAccount } from '../processes/processModel';
import type { Row } from '../tableRows';
import { company } from '../world/company';
import type { Device } from '../world/devices';

/** What each event is called, as the column `Activity` has it. */
const activities: Readonly<Record<number, string>> = {
  1102: 'The audit log was cleared.',
  4624: 'An account was successfully logged on.',
  4625: 'An account failed to log on.',
  4634: 'An account was logged off.',
  4672: 'Special privileges assigned to new logon.',
  4688: 'A new process has been created.',
  4697: 'A service was installed in the system.',
  4698: 'A scheduled task was created.',
  4720: 'A user account was created.',
  4722: 'A user account was enabled.',
  4724: "An attempt was made to reset an account's password.",
  4726: 'A user account was deleted.',
  4728: 'A member was added to a security-enabled global group.',
  4729: 'A member was removed from a security-enabled global group.',
  4740: 'A user account was locked out.',
  4768: 'A Kerberos authentication ticket (TGT) was requested.',
  4769: 'A Kerberos service ticket was requested.',
  5140: 'A network share object was accessed.',
  7045: 'A service was installed in the system.',
};

const tasks: Readonly<Record<number, number>> = {
  1102: 104,
  4624: 12544,
  4625: 12544,
  4634: 12545,
  4672: 12548,
  4688: 13312,
  4697: 12289,
  4698: 12804,
  4720: 13824,
  4722: 13824,
  4724: 13824,
  4726: 13824,
  4728: 13826,
  4729: 13826,
  4740: 13824,
  4768: 14339,
  4769: 14337,
  5140: 12808,
};

export const securityEventConstants = {
  SourceSystem: 'OpsManager',
  ManagementGroupName: `AOI-${company.workspaceId}`,
  EventSourceName: 'Microsoft-Windows-Security-Auditing',
  Channel: 'Security',
} as const;

/** What all events of an id have in common. */
export function kindColumns(id: number): Row {
  return { Activity: `${id} - ${activities[id] ?? ''}`, EventID: id, Level: '0', Task: tasks[id] ?? 0 };
}

/** What all events of a device have in common. */
export function computerColumns(device: Device): Row {
  return { Computer: device.computer, SourceComputerId: device.sourceComputerId, _ResourceId: device.resourceId };
}

/** Both, for the rare events. */
export function eventColumns(id: number, device: Device): Row {
  return { ...kindColumns(id), ...computerColumns(device) };
}

export function accountColumns(account: WindowsAccount): Row {
  const text = accountText(account);
  return { Account: text, AccountType: account.name.endsWith('$') || account.sid === 'S-1-5-18' ? 'Machine' : 'User' };
}

export function subjectColumns(account: WindowsAccount, logonId?: number): Row {
  const text = accountText(account);
  const [domain = '', user = ''] = text.split('\\');
  return {
    SubjectAccount: text,
    SubjectDomainName: domain,
    SubjectUserName: user,
    SubjectUserSid: account.sid,
    ...(logonId === undefined ? {} : { SubjectLogonId: hexadecimal(logonId) }),
  };
}

export function targetColumns(account: WindowsAccount): Row {
  const text = accountText(account);
  const [domain = '', user = ''] = text.split('\\');
  return { TargetAccount: text, TargetDomainName: domain, TargetUserName: user, TargetUserSid: account.sid };
}

export function hexadecimal(value: number): string {
  return `0x${value.toString(16)}`;
}
