import { ResourceGraphClient } from '@azure/arm-resourcegraph';
import { SubscriptionClient } from '@azure/arm-resources-subscriptions';
import type { AzureConnection, AzureDirectory, AzureProblem, AzureTenant, AzureWorkspace } from '../../../common/azure';
import { toHuntError } from '../../../common/errors';
import { type AzureWire, callAzure, type Caller } from '../wire/azureCall';
import { withRetries } from '../wire/retries';
import { failureError, ServiceFailure } from '../wire/serviceFailure';
import { isObject } from '../answer/envelope';
import { armOptions, askedOfArm } from './armClients';
import { listWorkspaces } from './workspaceListing';

/** Tenants that are read at the same time. */
const AT_ONCE = 4;

/**
 * What an account can see: its tenants, and their workspaces with Sentinel on or off. A tenant that cannot be read is told among the
 * problems; the others are there.
 * @throws HuntError when not even the tenants can be listed.
 */
export async function discover(wire: AzureWire, connection: AzureConnection, caller: Caller): Promise<AzureDirectory> {
  caller.progress('Looking for your tenants');
  const tenants = connection.tenantId === undefined ? await listTenants(wire, connection, caller) : [ownTenant(connection.tenantId)];
  const workspaces: AzureWorkspace[] = [];
  const problems: AzureProblem[] = [];
  const left = [...tenants];
  const work = async (): Promise<void> => {
    for (let tenant = left.shift(); tenant; tenant = left.shift()) {
      caller.progress(`Looking for workspaces in ${tenant.name}`);
      try {
        workspaces.push(...(await workspacesOf(wire, { ...connection, tenantId: tenant.tenantId }, caller)));
      } catch (thrown) {
        const { data, message } = toHuntError(thrown);
        if (data.kind === 'cancelled') throw thrown;
        problems.push({ tenantId: tenant.tenantId, message, ...(data.kind === 'signInNeeded' ? { signInNeeded: true } : {}) });
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, tenants.length) }, work));
  workspaces.sort((a, b) => a.name.localeCompare(b.name) || a.customerId.localeCompare(b.customerId));
  return { tenants, workspaces, problems };
}

function ownTenant(tenantId: string): AzureTenant {
  return { tenantId, name: tenantId };
}

async function listTenants(wire: AzureWire, connection: AzureConnection, caller: Caller): Promise<readonly AzureTenant[]> {
  const list = (): Promise<readonly AzureTenant[]> =>
    callAzure(wire, connection, caller, async (call) => {
      const client = new SubscriptionClient(call.credential, armOptions(connection, call));
      call.prepare(client.pipeline);
      const tenants: AzureTenant[] = [];
      for await (const { tenantId, displayName, defaultDomain } of client.tenants.list()) {
        if (tenantId === undefined) continue;
        tenants.push({ tenantId, name: displayName ?? defaultDomain ?? tenantId, domain: defaultDomain });
      }
      return tenants;
    });
  try {
    return await withRetries(wire, caller, list);
  } catch (thrown) {
    throw thrown instanceof ServiceFailure ? failureError(thrown, askedOfArm('the list of your tenants', undefined)) : thrown;
  }
}

/** One query of Resource Graph; the lists of each subscription where that is not allowed. */
async function workspacesOf(wire: AzureWire, connection: AzureConnection, caller: Caller): Promise<readonly AzureWorkspace[]> {
  try {
    return await withRetries(wire, caller, () => queryGraph(wire, connection, caller));
  } catch (thrown) {
    if (!(thrown instanceof ServiceFailure)) throw thrown;
    const asked = askedOfArm('the workspaces of this tenant', connection.tenantId);
    if (![400, 403, 404, 405].includes(thrown.status)) throw failureError(thrown, asked);
    return listWorkspaces(wire, connection, caller);
  }
}

/**
 * Sentinel in a workspace is a solution named after it. Joins are by lower-case ids: Azure spells its ids in several ways.
 * @see https://learn.microsoft.com/azure/governance/resource-graph/concepts/query-language
 */
const graphQuery = `resources
| where type =~ 'microsoft.operationalinsights/workspaces'
| extend workspaceKey = tolower(id)
| join kind=leftouter (
    resources
    | where type =~ 'microsoft.operationsmanagement/solutions' and name startswith 'SecurityInsights('
    | project workspaceKey = tolower(tostring(properties.workspaceResourceId)), solution = name
  ) on workspaceKey
| join kind=leftouter (
    resourcecontainers
    | where type =~ 'microsoft.resources/subscriptions'
    | project subscriptionId, subscriptionName = name
  ) on subscriptionId
| project id, name, location, subscriptionId, subscriptionName, tenantId, customerId = tostring(properties.customerId), hasSentinel = isnotempty(solution)
| order by id asc`;

async function queryGraph(wire: AzureWire, connection: AzureConnection, caller: Caller): Promise<readonly AzureWorkspace[]> {
  return callAzure(wire, connection, caller, async (call) => {
    const client = new ResourceGraphClient(call.credential, armOptions(connection, call));
    call.prepare(client.pipeline);
    const found: AzureWorkspace[] = [];
    let skipToken: string | undefined;
    do {
      const options = { resultFormat: 'objectArray' as const, ...(skipToken === undefined ? {} : { skipToken }) };
      const answer = await client.resources({ query: graphQuery, options });
      // The client takes the list of rows for an object, whose keys are then the numbers of the rows.
      found.push(...Object.values(answer.data).flatMap((row) => workspaceOf(row)));
      skipToken = answer.skipToken;
    } while (skipToken !== undefined && skipToken !== '');
    return found;
  });
}

function workspaceOf(row: unknown): readonly AzureWorkspace[] {
  if (!isObject(row)) return [];
  const text = (name: string): string | undefined => {
    const value = row[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const customerId = text('customerId');
  const name = text('name');
  if (customerId === undefined || name === undefined) return [];
  const hasSentinel = row['hasSentinel'] === true || row['hasSentinel'] === 1;
  return [
    {
      customerId,
      name,
      resourceId: text('id'),
      tenantId: text('tenantId'),
      subscriptionId: text('subscriptionId'),
      subscriptionName: text('subscriptionName'),
      location: text('location'),
      hasSentinel,
    },
  ];
}
