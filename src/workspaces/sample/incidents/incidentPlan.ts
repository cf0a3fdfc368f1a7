import type { Entity, IncidentOwner, IncidentStatus, Severity } from '../../../common/incidents';
import { company } from '../world/company';
import type { Person } from '../world/people';
import type { Device } from '../world/devices';

export type AlertProduct =
  | 'Azure Sentinel'
  | 'Microsoft Defender for Endpoint'
  | 'Microsoft Entra ID Protection'
  | 'Microsoft Defender for Office 365'
  | 'Microsoft Defender for Cloud';

export interface AlertPlan {
  readonly name: string;
  readonly description: string;
  readonly severity: Severity;
  readonly product: AlertProduct;
  /** Offsets. */
  readonly start: number;
  readonly end: number;
  readonly tactics: readonly string[];
  readonly techniques: readonly string[];
}

/** An incident before it becomes details, alerts and rows. Times are offsets. */
export interface IncidentPlan {
  readonly number: number;
  readonly title: string;
  readonly description: string;
  readonly severity: Severity;
  readonly status: IncidentStatus;
  readonly owner?: IncidentOwner;
  readonly created: number;
  readonly modified: number;
  readonly labels: readonly string[];
  readonly alerts: readonly AlertPlan[];
  readonly entities: readonly Entity[];
  readonly comments: readonly { readonly author: string; readonly time: number; readonly message: string }[];
  /** Of a closed one. */
  readonly closing?: {
    readonly classification: 'TruePositive' | 'BenignPositive' | 'FalsePositive' | 'Undetermined';
    readonly reason: string;
    readonly comment: string;
  };
}

export const analysts = {
  priya: { name: 'Priya Raman', email: `priya.raman@${company.domain}` },
  lucas: { name: 'Lucas Meyer', email: `lucas.meyer@${company.domain}` },
  amara: { name: 'Amara Diallo', email: `amara.diallo@${company.domain}` },
} as const satisfies Readonly<Record<string, IncidentOwner>>;

export function accountEntity(person: Pick<Person, 'upn' | 'name' | 'objectId'>): Entity {
  return { kind: 'Account', upn: person.upn, name: person.name, objectId: person.objectId };
}

export function hostEntity(device: Device): Entity {
  return { kind: 'Host', name: device.name, domain: company.adDomain, os: device.kind === 'linux' ? 'Linux' : 'Windows' };
}

export function ipEntity(address: string, country?: string): Entity {
  return country === undefined ? { kind: 'Ip', address } : { kind: 'Ip', address, country };
}
