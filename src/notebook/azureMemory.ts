import { type AzureCloud, type AzureWorkspace, azureClouds } from '../common/azure';
import { isObject } from './json';

/** A workspace in Azure that was used, marked or entered, as it is kept between windows. No secret is in it. */
export interface KnownWorkspace {
  readonly workspace: AzureWorkspace;
  readonly cloud: AzureCloud | 'custom';
  /** Of the account that sees it; '' for a credential that is not an account of the editor. */
  readonly accountId: string;
  readonly favourite: boolean;
  /** ISO 8601. */
  readonly usedAt?: string | undefined;
}

/** So many that are no favourites stand at the top, and are kept a little longer than that. */
export const MOST_RECENT = 5;
const MOST_KEPT = 50;
const VERSION = 1;

export function writeKnown(known: readonly KnownWorkspace[]): object {
  const byUse = [...known].sort((left, right) => compare(right.usedAt ?? '', left.usedAt ?? ''));
  const favourites = byUse.filter(({ favourite }) => favourite);
  const others = byUse.filter(({ favourite }) => !favourite).slice(0, MOST_KEPT);
  return { version: VERSION, workspaces: [...favourites, ...others] };
}

/** Reads what {@link writeKnown} made, of any version; what it does not understand is left out. */
export function readKnown(saved: unknown): readonly KnownWorkspace[] {
  const workspaces = isObject(saved) ? saved['workspaces'] : undefined;
  return Array.isArray(workspaces) ? workspaces.flatMap((one: unknown) => readOne(one) ?? []) : [];
}

function readOne(saved: unknown): KnownWorkspace | undefined {
  if (!isObject(saved) || !isObject(saved['workspace'])) return undefined;
  const { customerId, name, resourceId, tenantId, subscriptionId, subscriptionName, location, hasSentinel } = saved['workspace'];
  const cloud = [...Object.keys(azureClouds), 'custom'].find((known) => known === saved['cloud']) as KnownWorkspace['cloud'] | undefined;
  if (typeof customerId !== 'string' || typeof name !== 'string' || cloud === undefined) return undefined;
  const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
  return {
    workspace: {
      customerId,
      name,
      resourceId: text(resourceId),
      tenantId: text(tenantId),
      subscriptionId: text(subscriptionId),
      subscriptionName: text(subscriptionName),
      location: text(location),
      hasSentinel: hasSentinel === true,
    },
    cloud,
    accountId: text(saved['accountId']) ?? '',
    favourite: saved['favourite'] === true,
    usedAt: text(saved['usedAt']),
  };
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
