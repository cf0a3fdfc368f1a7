import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { HuntError } from '../../../../src/common/errors';
import { type Emulator, startEmulator } from '../../../emulator/emulator';
import { defaultWorld, ids } from '../../../emulator/world/defaultWorld';
import { AzureEngine, failureOf } from './azureEngine';

const usage = `range i from 1 to 3 step 1
| project TimeGenerated = datetime(2024-05-06) + i * 1h, DataType = iff(i == 3, 'ProxyLogs_CL', 'Heartbeat'), Quantity = 1.0`;

/** With a function and a Usage table, without the sample. */
const world = {
  ...defaultWorld,
  workspaces: defaultWorld.workspaces.map((workspace) => ({
    ...workspace,
    sample: false,
    functions: workspace.name === 'contoso-ops' ? [{ name: 'Beats', parameters: 'least:long=5', body: 'Heartbeat | summarize n = count() by Computer | where n >= least' }] : [],
  })),
};

let emulator: Emulator;
const engines: AzureEngine[] = [];
beforeAll(async () => {
  emulator = await startEmulator({ world });
});
afterAll(async () => {
  for (const engine of engines) engine.close();
  await emulator.close();
});
afterEach(() => {
  emulator.faults.clear();
  emulator.requests.clear();
  for (const workspace of emulator.world.workspaces) workspace.denied.clear();
});

async function open(storage?: string): Promise<AzureEngine> {
  const engine = await AzureEngine.open(emulator, { timeouts: { answerMs: 2_000 } }, storage);
  engines.push(engine);
  return engine;
}

const always = Number.POSITIVE_INFINITY;

describe('the schema of a workspace', () => {
  it('joins what the query API and Azure Resource Manager know', async () => {
    const engine = await open();
    const workspaceId = await engine.connect('contoso-soc');
    const { tables } = await engine.client.call('schema', { workspaceId });
    expect(tables).toMatchObject([
      { name: 'ContainerLogV2', plan: 'Basic', retentionDays: 30, totalRetentionDays: 365, solutions: ['ContainerInsights'] },
      { name: 'ProxyLogs_CL', plan: 'Auxiliary' },
    ]);
    expect(tables[0]?.columns).toContainEqual({ name: 'LogMessage', type: 'dynamic' });
  });

  it('has the functions with their bodies, and queries may call them', async () => {
    const engine = await open();
    const workspaceId = await engine.connect('contoso-ops');
    const { functions } = await engine.client.call('schema', { workspaceId });
    expect(functions).toMatchObject([{ name: 'Beats', parameters: 'least:long=5' }]);
    expect((await engine.result('Beats(10) | count')).preview.rows).toEqual([[5]]);
    // The binder sees into the function: the misspelt column stands in the cell.
    expect((await engine.failure('Beats(10) | where Compter == 1')).data).toMatchObject({ kind: 'unknownName', name: 'Compter', nearest: ['Computer'] });
  });

  it('is there without a request when it was read before, and says its age', async () => {
    const storage = mkdtempSync(path.join(tmpdir(), 'huntbook-schema-'));
    const first = await AzureEngine.open(emulator, {}, storage);
    const workspaceId = await first.connect('contoso-ops');
    const { readAt } = await first.client.call('schema', { workspaceId });
    const second = await AzureEngine.open(emulator, {}, storage);
    emulator.faults.add({ on: 'all', effect: { kind: 'refuse' }, times: always });
    second.asked.length = 0;
    emulator.requests.clear();
    await second.connect('contoso-ops');
    const schema = await second.client.call('schema', { workspaceId });
    expect(schema.tables.map(({ name }) => name)).toEqual(['Heartbeat']);
    expect(schema.readAt).toBe(readAt);
    // Nobody is asked to sign in because a notebook is opened.
    expect(second.asked).toEqual([]);
    expect(emulator.requests.all()).toEqual([]);
    first.close();
    second.close();
    rmSync(storage, { recursive: true, force: true });
  });

  it('is known without plans when Azure Resource Manager does not answer', async () => {
    const engine = await open();
    emulator.faults.add({ on: 'arm', effect: { kind: 'status', status: 403 }, times: always });
    const workspace = engine.workspace('contoso-ops');
    const info = await engine.client.call('connect', { kind: 'logAnalytics', workspace, connection: engine.connection });
    expect(info.tableCount).toBe(1);
    expect(info.problems[0]?.message).toMatch(/^Plans and retention of the tables are unknown\. .*role "Log Analytics Reader"/u);
  });

  it('tells the role that is missing when it cannot be read at all', async () => {
    const engine = await open();
    emulator.workspace('contoso-ops').denied.add('metadata');
    const error = await failureOf(engine.connect('contoso-ops'));
    expect(error.data).toMatchObject({ kind: 'forbidden', role: 'Log Analytics Reader' });
  });

  it('of a workspace that does not exist is not found', async () => {
    const engine = await open();
    const workspace = { customerId: '00000000-0000-4000-8000-000000000000', name: 'gone', hasSentinel: true };
    const error = await failureOf(engine.client.call('connect', { kind: 'logAnalytics', workspace, connection: engine.connection }));
    expect(error.data).toMatchObject({ kind: 'notFound', what: 'workspace', name: 'gone' });
  });

  it('names a workspace of which only the id was known', async () => {
    const engine = await open();
    const workspace = { customerId: ids.contosoOps, name: ids.contosoOps, hasSentinel: true };
    const info = await engine.client.call('connect', { kind: 'logAnalytics', workspace, connection: engine.connection });
    expect(info).toMatchObject({ id: `logAnalytics:${ids.contosoOps}`, name: 'contoso-ops' });
  });

  it('says when tables last got data, when asked', async () => {
    await emulator.workspace('contoso-soc').setTable({ name: 'Usage', kql: usage.replace('datetime(2024-05-06)', 'bin(now() - 5h, 1h)') });
    const engine = await open();
    const workspaceId = await engine.connect('contoso-soc');
    const plain = await engine.client.call('schema', { workspaceId });
    expect(plain.tables.every(({ lastTime }) => lastTime === undefined)).toBe(true);
    emulator.requests.clear();
    const { tables } = await engine.client.call('schema', { workspaceId, lastTimes: true });
    expect(emulator.requests.of('query')).toHaveLength(1);
    expect(tables.find(({ name }) => name === 'ProxyLogs_CL')?.lastTime).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:00:00Z$/u);
    expect(tables.find(({ name }) => name === 'ContainerLogV2')?.lastTime).toBeUndefined();
    emulator.workspace('contoso-soc').removeTable('Usage');
  });
});

describe('discovery', () => {
  it('tells a tenant that cannot be read, and lists the others', async () => {
    const engine = await open();
    const { answer } = engine;
    engine.answer = (request) => {
      if (request.tenantId === ids.fabrikam) throw new HuntError({ kind: 'signInNeeded', message: 'Sign in to Fabrikam.', tenantId: ids.fabrikam });
      return answer(request);
    };
    const directory = await engine.client.call('discover', engine.connection);
    expect(directory.tenants.map(({ name }) => name)).toEqual(['Contoso', 'Fabrikam']);
    expect(directory.problems).toEqual([{ tenantId: ids.fabrikam, message: 'Sign in to Fabrikam.', signInNeeded: true }]);
    expect(directory.workspaces.map(({ name }) => name)).toEqual(['contoso-new', 'contoso-ops', 'contoso-soc']);
  });

  it('says where Sentinel is on, by one query for each tenant', async () => {
    const engine = await open();
    const { workspaces } = await engine.client.call('discover', engine.connection);
    expect(workspaces.find(({ name }) => name === 'contoso-ops')).toMatchObject({ hasSentinel: false, subscriptionName: 'Contoso Corporate', location: 'westeurope' });
    expect(workspaces.find(({ name }) => name === 'contoso-soc')).toMatchObject({ hasSentinel: true, customerId: ids.contosoSoc });
    expect(emulator.requests.of('arm').map(({ path: asked }) => asked.split('?')[0])).toEqual(['/tenants', ...Array<string>(2).fill('/providers/Microsoft.ResourceGraph/resources')]);
  });

  it('goes through the subscriptions where Resource Graph does not answer', async () => {
    const engine = await open();
    emulator.faults.add({ on: 'arm', path: /ResourceGraph/u, effect: { kind: 'status', status: 403 }, times: always });
    const { workspaces, problems } = await engine.client.call('discover', engine.connection);
    expect(problems).toEqual([]);
    expect(workspaces.map(({ name, subscriptionName }) => [name, subscriptionName])).toEqual([
      ['contoso-new', 'Contoso Corporate'],
      ['contoso-ops', 'Contoso Corporate'],
      ['contoso-soc', 'Contoso Production'],
      ['fabrikam-soc', 'Fabrikam'],
    ]);
  });

  it('of one tenant asks no other', async () => {
    const engine = await open();
    const { workspaces } = await engine.client.call('discover', { ...engine.connection, tenantId: ids.fabrikam });
    expect(workspaces.map(({ name }) => name)).toEqual(['fabrikam-soc']);
    expect(engine.asked.every(({ tenantId }) => tenantId === ids.fabrikam)).toBe(true);
  });
});
