import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describeSentinel, knownClients, sentinelIncidents, type SentinelWorkspace } from './sentinelContract';
import { openTestEngine } from './openTestEngine';

describeSentinel('a local workspace', openLocal);

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
