import { SecurityInsights } from '@azure/arm-securityinsight';
import { gunzipSync } from 'node:zlib';
import { get } from 'node:https';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../emulator/emulator';
import { ids } from '../../emulator/world/defaultWorld';
import { RawClient } from './rawClient';

const PLACE = ['rg-contoso-soc', 'contoso-soc'] as const;

let emulator: Emulator;
let client: SecurityInsights;
beforeAll(async () => {
  emulator = await startEmulator({ gzip: true });
  const credential = { getToken: async () => ({ token: emulator.token('arm'), expiresOnTimestamp: Date.now() + 3_600_000 }) };
  client = new SecurityInsights(credential, ids.production, { endpoint: emulator.url, tlsOptions: { ca: emulator.ca } });
});
afterAll(() => emulator.close());

describe('the world that holds the sample', () => {
  it('answers queries over its tables, watchlists and functions', async () => {
    const raw = new RawClient(emulator);
    const ask = async (query: string) => (await raw.query(ids.contosoSoc, { query })).json();
    expect(await ask("_GetWatchlist('HighValueAssets') | count")).toMatchObject({ tables: [{ rows: [[expect.any(Number)]] }] });
    expect(await ask('FailedSignins(3) | getschema | project ColumnName')).toMatchObject({ tables: [{ rows: [['UserPrincipalName'], ['Failures']] }] });
  });

  it('has the incidents of the sample, with alerts, entities, comments and a bookmark', async () => {
    const incidents = [];
    for await (const incident of client.incidents.list(...PLACE)) incidents.push(incident);
    expect(incidents).toHaveLength(19);
    const upload = incidents.find(({ incidentNumber }) => incidentNumber === 1048)!;
    const { value: alerts } = await client.incidents.listAlerts(...PLACE, upload.name!);
    expect(alerts).toHaveLength(upload.additionalData?.alertsCount ?? -1);
    const { entities, metaData } = await client.incidents.listEntities(...PLACE, upload.name!);
    expect(metaData?.reduce((sum, { count }) => sum + count, 0)).toBe(entities?.length);
    const { value: bookmarks } = await client.incidents.listBookmarks(...PLACE, upload.name!);
    expect(bookmarks).toHaveLength(1);
  });

  it('links to the Defender portal what comes from there', async () => {
    const links: (string | undefined)[] = [];
    for await (const { additionalData } of client.incidents.list(...PLACE)) {
      if (additionalData?.alertProductNames?.includes('Microsoft Defender for Endpoint') === true) links.push(additionalData.providerIncidentUrl);
    }
    expect(links.length).toBeGreaterThan(0);
    expect(links.every((link) => link?.startsWith('https://security.microsoft.com/incidents/'))).toBe(true);
  });

  it('has the watchlists with their rows', async () => {
    const keys = new Map<string | undefined, string | undefined>();
    for await (const { watchlistAlias, itemsSearchKey } of client.watchlists.list(...PLACE)) keys.set(watchlistAlias, itemsSearchKey);
    expect(keys.get('HighValueAssets')).toBe('AssetName');
    const items = [];
    for await (const item of client.watchlistItems.list(...PLACE, 'HighValueAssets')) items.push(item.itemsKeyValue);
    expect(items[0]).toEqual({ AssetName: 'DC01', FQDN: expect.any(String), IPAddress: expect.any(String), Role: expect.any(String), Criticality: 'Critical' });
  });
});

describe('compression', () => {
  it('is for clients that accept it', async () => {
    const headers = { authorization: `Bearer ${emulator.token('arm')}`, 'accept-encoding': 'gzip, deflate' };
    const bytes = await new Promise<Buffer>((resolve, reject) => {
      get(`${emulator.url}/tenants?api-version=2022-12-01`, { ca: emulator.ca, headers, agent: false }, (incoming) => {
        const pieces: Buffer[] = [];
        incoming.on('data', (piece: Buffer) => pieces.push(piece));
        incoming.on('end', () => resolve(Buffer.concat(pieces)));
      }).on('error', reject);
    });
    expect(JSON.parse(gunzipSync(bytes).toString())).toMatchObject({ value: [{ displayName: 'Contoso' }, {}] });
  });
});
