import { company } from '../../../src/workspaces/sample/world/company';
import type { WorldDefinition } from './definitions';

/** Ids of the world that the emulator starts with. */
export const ids = {
  contoso: company.tenantId,
  fabrikam: 'd3b07c51-62f4-4a8e-8c15-9e7f20ab6d44',
  production: company.subscriptionId,
  corporate: '8f3c2a70-5be1-4d96-a0f7-13d9c4e82b65',
  fabrikamSubscription: 'c05e7d92-3a48-4f1b-9b6d-72e8f1a4035c',
  /** The sample. */
  contosoSoc: company.workspaceId,
  contosoOps: '91d4b6f8-0c27-4e35-a8d2-6f5b3c9e7014',
  contosoNew: '5a7e9c13-d842-4b06-9f31-e0c8b2d6475a',
  fabrikamSoc: 'e6c1f045-7b93-4d28-b5ae-08f3d7a2916c',
} as const;

const failedLogons = `range i from 1 to 40 step 1
| extend TimeGenerated = now() - i * 1h, Type = 'SecurityEvent', TenantId = '${ids.fabrikamSoc}'
| project TimeGenerated, TenantId, Computer = strcat('FAB-', i % 4), Account = strcat('FABRIKAM\\\\user', i % 7), EventID = iff(i % 3 == 0, 4624, 4625), IpAddress = strcat('203.0.113.', i), Type`;

const containerLogs = `range i from 1 to 500 step 1
| project TimeGenerated = now() - i * 1m, Computer = strcat('aks-', i % 3), ContainerName = 'web', LogMessage = dynamic({"level": "info"}), LogSource = 'stdout', TenantId = '${ids.contosoSoc}', Type = 'ContainerLogV2'`;

const proxyLogs = `range i from 1 to 500 step 1
| project TimeGenerated = now() - i * 10m, SourceIp = strcat('10.1.0.', i % 250), Url = strcat('https://example.com/', i), Bytes = tolong(i * 131), TenantId = '${ids.contosoSoc}', Type = 'ProxyLogs_CL'`;

const heartbeats = `range i from 1 to 100 step 1
| project TimeGenerated = now() - i * 5m, Computer = strcat('ops-', i % 5), OSType = 'Linux', Version = '1.0', TenantId = '${ids.contosoOps}', Type = 'Heartbeat'`;

/** Two tenants; Contoso's SOC workspace holds the sample. */
export const defaultWorld: WorldDefinition = {
  tenants: [
    { id: ids.contoso, displayName: 'Contoso', defaultDomain: 'contoso.com' },
    { id: ids.fabrikam, displayName: 'Fabrikam', defaultDomain: 'fabrikam.com' },
  ],
  subscriptions: [
    { id: ids.production, displayName: 'Contoso Production', tenantId: ids.contoso },
    { id: ids.corporate, displayName: 'Contoso Corporate', tenantId: ids.contoso },
    { id: ids.fabrikamSubscription, displayName: 'Fabrikam', tenantId: ids.fabrikam },
  ],
  workspaces: [
    {
      name: 'contoso-soc',
      id: ids.contosoSoc,
      subscriptionId: ids.production,
      resourceGroup: 'rg-contoso-soc',
      location: company.location,
      sentinel: true,
      sample: true,
      tables: [
        { name: 'ContainerLogV2', kql: containerLogs, plan: 'Basic', solution: 'ContainerInsights', retentionInDays: 30 },
        { name: 'ProxyLogs_CL', kql: proxyLogs, plan: 'Auxiliary', solution: 'Custom logs', retentionInDays: 30 },
      ],
      functions: [
        {
          name: 'FailedSignins',
          displayName: 'Failed sign-ins',
          parameters: 'least:long=5',
          body: 'SigninLogs | where ResultType != "0" | summarize Failures = count() by UserPrincipalName | where Failures >= least',
        },
      ],
      savedSearches: [
        {
          id: 'hunt-rare-process',
          category: 'Hunting Queries',
          displayName: 'Rare processes',
          query: 'DeviceProcessEvents | summarize count() by FileName | where count_ < 5',
          tags: [
            { name: 'description', value: 'Programs that hardly ever run.' },
            { name: 'tactics', value: 'Execution' },
            { name: 'techniques', value: 'T1059' },
          ],
        },
        { id: 'daily-volume', category: 'General Exploration', displayName: 'Daily volume', query: 'Usage | summarize sum(Quantity) by DataType' },
      ],
    },
    {
      name: 'contoso-ops',
      id: ids.contosoOps,
      subscriptionId: ids.corporate,
      resourceGroup: 'rg-ops',
      location: 'westeurope',
      sentinel: false,
      tables: [{ name: 'Heartbeat', kql: heartbeats }],
    },
    { name: 'contoso-new', id: ids.contosoNew, subscriptionId: ids.corporate, resourceGroup: 'rg-new', location: 'westeurope', sentinel: true },
    {
      name: 'fabrikam-soc',
      id: ids.fabrikamSoc,
      subscriptionId: ids.fabrikamSubscription,
      resourceGroup: 'rg-soc',
      location: 'eastus',
      sentinel: true,
      tables: [{ name: 'SecurityEvent', kql: failedLogons, solution: 'SecurityInsights' }],
    },
  ],
};
