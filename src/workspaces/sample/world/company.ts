/** Names and numbers of the company that the sample is about. */
export const company = {
  name: 'Contoso',
  domain: 'contoso.com',
  adDomain: 'contoso.local',
  netbios: 'CONTOSO',
  /** Of Microsoft Entra. */
  tenantId: '7c1f2a94-3d5e-4b86-9a07-e2c8d1f4b350',
  /** Of the Log Analytics workspace: what the column `TenantId` holds. */
  workspaceId: '2e9d6b15-84f7-4c30-b1a9-50d3f7e8c624',
  subscriptionId: '4a8e0c72-1b96-47d3-8f25-c3e9a6d07b18',
  resourceGroup: 'rg-contoso-prod',
  location: 'uksouth',
  sidPrefix: 'S-1-5-21-1712426984-3618080182-1209977580',
} as const;

/** The resource id of something in the production resource group, spelled as Azure Monitor does in `_ResourceId`. */
export function resourceId(provider: string, name: string, group: string = company.resourceGroup): string {
  return `/subscriptions/${company.subscriptionId}/resourcegroups/${group}/providers/${provider}/${name}`.toLowerCase();
}
