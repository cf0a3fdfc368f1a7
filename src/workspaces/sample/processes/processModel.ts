import type { Device } from '../world/devices';
import { company } from '../world/company';
import type { Person, ServiceAccount } from '../world/people';
import type { Image } from './images';

export interface WindowsAccount {
  readonly name: string;
  readonly domain: string;
  readonly sid: string;
  readonly upn: string;
  readonly objectId: string;
}

export const systemAccount: WindowsAccount = { name: 'system', domain: 'nt authority', sid: 'S-1-5-18', upn: '', objectId: '' };

export function accountOf({ name, sid, upn, objectId }: Person | ServiceAccount): WindowsAccount {
  return { name, domain: company.netbios.toLowerCase(), sid, upn, objectId };
}

/** A running process. Times are offsets. */
export interface Process {
  readonly image: Image;
  readonly id: number;
  readonly created: number;
  readonly commandLine: string;
  readonly account: WindowsAccount;
  readonly integrity: 'System' | 'High' | 'Medium';
  readonly logonId: number;
  readonly parent?: Process;
}

/** A process that starts on a device: a row of DeviceProcessEvents and, on Windows, a 4688. */
export interface ProcessStart {
  readonly device: Device;
  readonly process: Process & { readonly parent: Process };
}

export function pathOf(image: Image): string {
  return `${image.folder}\\${image.file}`;
}

/** How Windows names an account in its events: `CONTOSO\tomas.rivera`, `NT AUTHORITY\SYSTEM`. */
export function accountText({ name, domain }: WindowsAccount): string {
  return domain === systemAccount.domain ? `NT AUTHORITY\\${name.toUpperCase()}` : `${domain.toUpperCase()}\\${name}`;
}

export function startOf(
  process: Process,
  image: Image,
  id: number,
  created: number,
  commandLine: string,
  changes: Partial<Process> = {},
): Process & { readonly parent: Process } {
  const { account, integrity, logonId } = process;
  return { image, id, created, commandLine, account, integrity, logonId, ...changes, parent: process };
}
