import { OperationalInsightsManagementClient } from '@azure/arm-operationalinsights';
import type { AzureConnection } from '../../../common/azure';
import type { TableInfo, TablePlan } from '../../../common/engineProtocol';
import { type AzureWire, callAzure, type Caller } from '../wire/azureCall';
import { armOptions } from './armClients';

/** What Azure Resource Manager knows of a table and the query API does not. */
export type PlannedTable = Pick<TableInfo, 'plan' | 'retentionDays' | 'totalRetentionDays' | 'solutions' | 'description'>;

const plans: readonly TablePlan[] = ['Analytics', 'Basic', 'Auxiliary'];

/** Parts of a workspace's id in Azure Resource Manager; undefined for another text. */
export function workspaceIdParts(
  resourceId: string,
): { readonly subscriptionId: string; readonly resourceGroup: string; readonly name: string } | undefined {
  const pattern = /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/Microsoft\.OperationalInsights\/workspaces\/([^/]+)$/iu;
  const [, subscriptionId, resourceGroup, name] = pattern.exec(resourceId) ?? [];
  if (subscriptionId === undefined || resourceGroup === undefined || name === undefined) return undefined;
  return { subscriptionId, resourceGroup, name };
}

/** The tables of a workspace by name. @throws as {@link callAzure} */
export async function readTablePlans(
  wire: AzureWire,
  connection: AzureConnection,
  resourceId: string,
  caller: Caller,
): Promise<ReadonlyMap<string, PlannedTable>> {
  const parts = workspaceIdParts(resourceId);
  if (!parts) return new Map();
  return callAzure(wire, connection, caller, async (call) => {
    const client = new OperationalInsightsManagementClient(call.credential, parts.subscriptionId, armOptions(connection, call));
    call.prepare(client.pipeline);
    const tables = new Map<string, PlannedTable>();
    for await (const table of client.tables.listByWorkspace(parts.resourceGroup, parts.name)) {
      const { name, plan, retentionInDays, totalRetentionInDays, schema } = table;
      if (name === undefined) continue;
      const solutions = schema?.solutions;
      tables.set(name, {
        plan: plans.find((known) => known === plan) ?? 'Analytics',
        retentionDays: retentionInDays,
        totalRetentionDays: totalRetentionInDays,
        ...(solutions && solutions.length > 0 ? { solutions } : {}),
        ...(schema?.description === undefined ? {} : { description: schema.description }),
      });
    }
    return tables;
  });
}
