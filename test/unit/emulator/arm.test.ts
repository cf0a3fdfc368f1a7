import { OperationalInsightsManagementClient } from '@azure/arm-operationalinsights';
import { ResourceGraphClient } from '@azure/arm-resourcegraph';
import { SubscriptionClient } from '@azure/arm-resources-subscriptions';
import { SecurityInsights } from '@azure/arm-securityinsight';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../emulator/emulator';
import { ids } from '../../emulator/world/defaultWorld';
import { RawClient } from './rawClient';
import { smallWorld } from './smallWorld';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ world: smallWorld });
});
afterAll(() => emulator.close());

function credential(tenantId: string = ids.contoso) {
  return { getToken: async () => ({ token: emulator.token('arm', { tenantId }), expiresOnTimestamp: Date.now() + 3_600_000 }) };
}

function options() {
  return { endpoint: emulator.url, tlsOptions: { ca: emulator.ca } };
}

async function all<T>(pages: AsyncIterable<T>): Promise<readonly T[]> {
  const found: T[] = [];
  for await (const one of pages) found.push(one);
  return found;
}

describe('tenants and subscriptions', () => {
  it('are those of the person, and of the tenant', async () => {
    const home = new SubscriptionClient(credential(), options());
    expect((await all(home.tenants.list())).map(({ displayName }) => displayName)).toEqual(['Contoso', 'Fabrikam']);
    expect((await all(home.subscriptions.list())).map(({ displayName }) => displayName)).toEqual(['Contoso Production', 'Contoso Corporate']);
    const guest = new SubscriptionClient(credential(ids.fabrikam), options());
    expect(await all(guest.subscriptions.list())).toMatchObject([{ subscriptionId: ids.fabrikamSubscription, tenantId: ids.fabrikam }]);
  });

  it('need an api-version', async () => {
    expect((await new RawClient(emulator).arm('/tenants')).json()).toMatchObject({ error: { code: 'MissingApiVersionParameter' } });
  });
});

describe('Resource Graph', () => {
  const query = `resources
| where type =~ 'Microsoft.OperationalInsights/workspaces'
| project id, name, key = tolower(id), customerId = tostring(properties.customerId)
| join kind=leftouter (
    resources
    | where type =~ 'microsoft.operationsmanagement/solutions' and name startswith 'SecurityInsights('
    | project key = tolower(tostring(properties.workspaceResourceId)), solution = name
) on key
| project id, name, customerId, sentinel = isnotempty(solution)
| order by name asc`;

  // The SDK makes an object with numbered keys of the rows' array.
  it('answers any query over the resources of the tenant', async () => {
    const { data, totalRecords } = await new ResourceGraphClient(credential(), options()).resources({ query });
    expect(totalRecords).toBe(3);
    expect(Object.values(data)).toMatchObject([
      { name: 'contoso-new', customerId: ids.contosoNew, sentinel: true },
      { name: 'contoso-ops', customerId: ids.contosoOps, sentinel: false },
      { name: 'contoso-soc', customerId: ids.contosoSoc, sentinel: true },
    ]);
  });

  it('gives pages with a token, to queries that keep the id', async () => {
    const client = new ResourceGraphClient(credential(), options());
    const first = await client.resources({ query, options: { top: 2 } });
    expect(first).toMatchObject({ count: 2, resultTruncated: 'true' });
    const last = await client.resources({ query, options: { top: 2, skipToken: first.skipToken! } });
    expect(last).toMatchObject({ count: 1, resultTruncated: 'false' });
    expect(Object.values(last.data)).toMatchObject([{ name: 'contoso-soc' }]);
    expect(last.skipToken).toBeUndefined();
    const withoutId = await client.resources({ query: 'resources | project name', options: { top: 2 } });
    expect(withoutId.skipToken).toBeUndefined();
  });

  it('keeps to the subscriptions asked for, and gives properties as objects', async () => {
    const client = new ResourceGraphClient(credential(), options());
    const text = "resources | where type == 'microsoft.operationalinsights/workspaces' | project name, properties, kind";
    const { data } = await client.resources({ query: text, subscriptions: [ids.production] });
    expect(Object.values(data)).toMatchObject([{ name: 'contoso-soc', properties: { customerId: ids.contosoSoc } }]);
  });

  it('refuses a wrong query', async () => {
    const wrong = new ResourceGraphClient(credential(), options()).resources({ query: 'resources | where' });
    await expect(wrong).rejects.toMatchObject({ statusCode: 400 });
  });
});

describe('a workspace', () => {
  it('has tables with their plans and columns', async () => {
    const client = new OperationalInsightsManagementClient(credential(), ids.production, options());
    const tables = await all(client.tables.listByWorkspace('rg-contoso-soc', 'contoso-soc'));
    expect(tables).toMatchObject([
      { name: 'ContainerLogV2', plan: 'Basic', retentionInDays: 30, schema: { tableType: 'Microsoft', solutions: ['ContainerInsights'] } },
      { name: 'ProxyLogs_CL', plan: 'Auxiliary', totalRetentionInDays: 365, schema: { tableType: 'CustomLog' } },
    ]);
    expect(tables[0]?.schema?.standardColumns?.[0]).toMatchObject({ name: 'TimeGenerated', type: 'dateTime' });
  });

  it('is found in its group and subscription, and nowhere else', async () => {
    const client = new OperationalInsightsManagementClient(credential(), ids.production, options());
    expect(await all(client.workspaces.list())).toMatchObject([{ name: 'contoso-soc', customerId: ids.contosoSoc }]);
    expect(await client.workspaces.get('RG-Contoso-SOC', 'Contoso-Soc')).toMatchObject({ customerId: ids.contosoSoc });
    await expect(client.workspaces.get('rg-ops', 'contoso-soc')).rejects.toMatchObject({ statusCode: 404, code: 'ResourceNotFound' });
  });

  it('has saved searches', async () => {
    const client = new OperationalInsightsManagementClient(credential(), ids.production, options());
    await client.savedSearches.createOrUpdate('rg-contoso-soc', 'contoso-soc', 'mine', {
      category: 'Hunting Queries',
      displayName: 'Mine',
      query: 'Heartbeat',
    });
    const { value } = await client.savedSearches.listByWorkspace('rg-contoso-soc', 'contoso-soc');
    expect(value?.map(({ displayName }) => displayName)).toEqual(['Rare processes', 'Daily volume', 'Mine']);
    await client.savedSearches.delete('rg-contoso-soc', 'contoso-soc', 'mine');
    await expect(client.savedSearches.get('rg-contoso-soc', 'contoso-soc', 'mine')).rejects.toMatchObject({ statusCode: 404 });
  });

  it('says whether Sentinel is on', async () => {
    const on = new SecurityInsights(credential(), ids.production, options());
    expect((await on.sentinelOnboardingStates.list('rg-contoso-soc', 'contoso-soc')).value).toHaveLength(1);
    const off = new SecurityInsights(credential(), ids.corporate, options());
    expect((await off.sentinelOnboardingStates.list('rg-ops', 'contoso-ops')).value).toEqual([]);
    await expect(off.sentinelOnboardingStates.get('rg-ops', 'contoso-ops', 'default')).rejects.toMatchObject({ statusCode: 404 });
  });

  it('has watchlists with items', async () => {
    const client = new SecurityInsights(credential(), ids.production, options());
    const place = ['rg-contoso-soc', 'contoso-soc', 'vips'] as const;
    await client.watchlists.createOrUpdate(...place, { displayName: 'VIPs', provider: 'Microsoft', itemsSearchKey: 'upn' });
    await client.watchlistItems.createOrUpdate(...place, 'aaaaaaaa-0000-4000-8000-000000000009', { itemsKeyValue: { upn: 'a@contoso.com' } });
    const items = await all(client.watchlistItems.list(...place));
    expect(items).toMatchObject([{ itemsKeyValue: { upn: 'a@contoso.com' } }]);
  });
});
