import { OperationalInsightsManagementClient } from '@azure/arm-operationalinsights';
import { SubscriptionClient } from '@azure/arm-resources-subscriptions';
import type { AzureConnection, AzureWorkspace } from '../../../common/azure';
import { type AzureWire, callAzure, type Caller } from '../wire/azureCall';
import { withRetries } from '../wire/retries';
import { failureError, ServiceFailure } from '../wire/serviceFailure';
import { armOptions, askedOfArm } from './armClients';

interface Subscription {
  readonly id: string;
  readonly name: string;
}

/**
 * The workspaces of a tenant, subscription by subscription: for accounts that Resource Graph does not answer. Without it nothing says
 * where Sentinel is on, so that every workspace is taken to have it.
 * @throws HuntError
 */
export async function listWorkspaces(wire: AzureWire, connection: AzureConnection, caller: Caller): Promise<readonly AzureWorkspace[]> {
  try {
    const subscriptions = await withRetries(wire, caller, () => listSubscriptions(wire, connection, caller));
    const lists: (readonly AzureWorkspace[])[] = [];
    for (const subscription of subscriptions) {
      lists.push(await withRetries(wire, caller, () => listOf(wire, connection, subscription, caller)));
    }
    return lists.flat();
  } catch (thrown) {
    if (!(thrown instanceof ServiceFailure)) throw thrown;
    throw failureError(thrown, askedOfArm('the workspaces of this tenant', connection.tenantId));
  }
}

async function listSubscriptions(wire: AzureWire, connection: AzureConnection, caller: Caller): Promise<readonly Subscription[]> {
  return callAzure(wire, connection, caller, async (call) => {
    const client = new SubscriptionClient(call.credential, armOptions(connection, call));
    call.prepare(client.pipeline);
    const found: Subscription[] = [];
    for await (const { subscriptionId, displayName } of client.subscriptions.list()) {
      if (subscriptionId !== undefined) found.push({ id: subscriptionId, name: displayName ?? subscriptionId });
    }
    return found;
  });
}

async function listOf(
  wire: AzureWire,
  connection: AzureConnection,
  subscription: Subscription,
  caller: Caller,
): Promise<readonly AzureWorkspace[]> {
  return callAzure(wire, connection, caller, async (call) => {
    const client = new OperationalInsightsManagementClient(call.credential, subscription.id, armOptions(connection, call));
    call.prepare(client.pipeline);
    const found: AzureWorkspace[] = [];
    for await (const { customerId, name, id, location } of client.workspaces.list()) {
      if (customerId === undefined || name === undefined) continue;
      const owner = { tenantId: connection.tenantId, subscriptionId: subscription.id, subscriptionName: subscription.name };
      found.push({ customerId, name, resourceId: id, location, ...owner, hasSentinel: true });
    }
    return found;
  });
}
