import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../../emulator/emulator';
import { smallWorld } from '../../emulator/smallWorld';
import { AzureEngine } from './azureEngine';

let emulator: Emulator;
let engine: AzureEngine;
beforeAll(async () => {
  emulator = await startEmulator({ world: smallWorld });
  engine = await AzureEngine.open(emulator);
});
afterAll(async () => {
  engine.close();
  await emulator.close();
});
afterEach(() => emulator.faults.clear());

describe('a connected workspace', () => {
  it('has the schema of the service', async () => {
    const workspaceId = await engine.connect('contoso-ops');
    const { tables } = await engine.client.call('schema', { workspaceId });
    expect(tables.map(({ name, plan }) => [name, plan])).toEqual([['Heartbeat', 'Analytics']]);
  });

  it('answers a query', async () => {
    const result = await engine.result('Heartbeat | summarize Beats = count() by Computer | sort by Computer asc');
    expect(result.columns).toEqual([
      { name: 'Computer', type: 'string' },
      { name: 'Beats', type: 'long' },
    ]);
    expect(result.preview.rows).toHaveLength(5);
    expect(result.preview.rows[0]).toEqual(['ops-0', 20]);
    expect(result.statistics.service?.tables).toEqual(['Heartbeat']);
  });
});

describe('discover', () => {
  it('lists tenants and their workspaces', async () => {
    const directory = await engine.client.call('discover', engine.connection);
    expect(directory.problems).toEqual([]);
    expect(directory.workspaces.map(({ name, hasSentinel, subscriptionName }) => [name, hasSentinel, subscriptionName])).toMatchInlineSnapshot(`
      [
        [
          "contoso-new",
          true,
          "Contoso Corporate",
        ],
        [
          "contoso-ops",
          false,
          "Contoso Corporate",
        ],
        [
          "contoso-soc",
          true,
          "Contoso Production",
        ],
        [
          "fabrikam-soc",
          true,
          "Fabrikam",
        ],
      ]
    `);
  });
});
