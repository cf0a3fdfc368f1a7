import { createHash } from 'node:crypto';
import type { LogsDatabase } from '../data/logsDatabase';
import { serviceError } from '../http/messages';
import type { BearerCheck } from '../login/bearer';
import type { Caller } from '../login/tokens';
import type { SubscriptionDefinition, TenantDefinition, WorkspaceDefinition, WorldDefinition } from './definitions';
import { EmulatedWorkspace } from './workspace';

/** Tenants, subscriptions and workspaces. */
export class World {
  readonly tenants: readonly TenantDefinition[];
  readonly subscriptions: readonly SubscriptionDefinition[];
  readonly #database: LogsDatabase;
  readonly #now: () => Date;
  #workspaces: EmulatedWorkspace[] = [];

  constructor({ tenants, subscriptions }: WorldDefinition, database: LogsDatabase, now: () => Date) {
    this.tenants = tenants;
    this.subscriptions = subscriptions;
    this.#database = database;
    this.#now = now;
  }

  get homeTenantId(): string {
    return this.tenants[0]?.id ?? '';
  }

  get workspaces(): readonly EmulatedWorkspace[] {
    return this.#workspaces;
  }

  /** By id or domain. */
  tenant(name: string): TenantDefinition | undefined {
    const wanted = name.toLowerCase();
    return this.tenants.find(({ id, defaultDomain }) => id === wanted || defaultDomain === wanted);
  }

  async addWorkspace(definition: WorkspaceDefinition): Promise<EmulatedWorkspace> {
    const subscription = this.subscriptions.find(({ id }) => id === definition.subscriptionId);
    if (!subscription) throw new Error(`The workspace ${definition.name} names an unknown subscription.`);
    const workspace = new EmulatedWorkspace(definition, subscription, this.#database, this.#now);
    for (const table of definition.tables ?? []) await workspace.setTable(table);
    this.#workspaces.push(workspace);
    return workspace;
  }

  removeWorkspace(id: string): void {
    this.#workspaces = this.#workspaces.filter((workspace) => workspace.id !== id);
  }

  /** By workspace id, name, or resource id. */
  findWorkspace(name: string): EmulatedWorkspace | undefined {
    const wanted = name.toLowerCase();
    return this.#workspaces.find((one) => [one.id, one.name, one.resourceId].some((text) => text.toLowerCase() === wanted));
  }

  /** The workspace that an ARM path names. @throws ServiceError 401 or 404. */
  armWorkspace(params: Readonly<Record<string, string>>, caller: Caller, bearer: BearerCheck): EmulatedWorkspace {
    const { subscription = '', group = '', workspace = '' } = params;
    const owner = this.armSubscription(subscription, caller, bearer);
    const same = (left: string, right: string): boolean => left.toLowerCase() === right.toLowerCase();
    const found = this.#workspaces.find(
      (one) => one.subscription === owner && same(one.resourceGroup, group) && same(one.name, workspace),
    );
    if (found) return found;
    const message = `The Resource 'Microsoft.OperationalInsights/workspaces/${workspace}' under resource group '${group}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`;
    throw serviceError(404, 'ResourceNotFound', message);
  }

  /** @throws ServiceError 404, or 401 for a token of another tenant. */
  armSubscription(id: string, caller: Caller, bearer: BearerCheck): SubscriptionDefinition {
    const found = this.subscriptions.find((one) => one.id === id.toLowerCase());
    if (!found) throw serviceError(404, 'SubscriptionNotFound', `The subscription '${id}' could not be found.`);
    if (found.tenantId !== caller.tenantId) throw bearer.wrongTenant(caller, found.tenantId);
    return found;
  }
}

/** The same id for the same text, in every run. */
export function stableGuid(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
}
