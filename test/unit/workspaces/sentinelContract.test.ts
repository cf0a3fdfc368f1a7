import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startEmulator } from '../../emulator/emulator';
import { smallWorld } from '../emulator/smallWorld';
import { AzureEngine } from './logAnalytics/azureEngine';
import { describeSentinel, knownClients, sentinelIncidents, type SentinelWorkspace } from './sentinelContract';
import { openTestEngine } from './openTestEngine';

describeSentinel('a local workspace', openLocal);
describeSentinel('Microsoft Sentinel', openAzure);

/** A folder of data files; the sample keeps what people write in the same way. */
async function openLocal(): Promise<SentinelWorkspace> {
  const engine = await openTestEngine();
  const rows = sentinelIncidents.map(({ incident: { number, title, createdTime } }) =>
    JSON.stringify({ IncidentNumber: number, Title: title, CreatedTime: createdTime }),
  );
  writeFileSync(path.join(engine.data, 'SecurityIncident.jsonl'), rows.join('\n'));
  mkdirSync(path.join(engine.data, 'watchlists'));
  const lines = ['IPAddress,Office', ...knownClients.map(({ IPAddress, Office }) => `${IPAddress},${Office}`)];
  writeFileSync(path.join(engine.data, 'watchlists', 'KnownClients.csv'), lines.join('\n'));
  const { id: workspaceId } = await engine.client.call('connect', { kind: 'folder', path: engine.data });
  return {
    client: engine.client,
    workspaceId,
    close() {
      engine.close();
      return Promise.resolve();
    },
  };
}

async function openAzure(): Promise<SentinelWorkspace> {
  const written = { sentinel: true, incidents: sentinelIncidents, watchlists: [{ alias: 'KnownClients', searchKey: 'IPAddress', rows: knownClients }] };
  const workspaces = smallWorld.workspaces.map((workspace) => (workspace.name === 'contoso-ops' ? { ...workspace, ...written } : workspace));
  const emulator = await startEmulator({ world: { ...smallWorld, workspaces } });
  const engine = await AzureEngine.open(emulator);
  return {
    client: engine.client,
    workspaceId: await engine.connect('contoso-ops'),
    async close() {
      engine.close();
      await emulator.close();
    },
  };
}
