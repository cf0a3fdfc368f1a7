import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wholeView } from '../../../src/common/engineProtocol';
import { InProcessEngine } from '../../../src/notebook/engineClient';
import { Engine } from '../../../src/workspaces/engine';
import { hosts, inboxRule, infrastructure, maliciousApp, victim } from '../../../src/workspaces/sample/attack';
import { sampleHuntingQueries } from '../../../src/workspaces/sample/huntingQueries';
import { refusal } from '../workspaces/incidentContract';

const now = new Date('2026-03-13T15:30:00Z');
const storage = mkdtempSync(path.join(tmpdir(), 'huntbook-queries-'));
const workspaceId = 'sample';
let engine: Engine;
let client: InProcessEngine;

beforeAll(async () => {
  engine = await Engine.open({ storagePath: storage, now: () => now });
  client = new InProcessEngine(engine.handlers);
  await client.call('connect', { kind: 'sample' });
}, 120_000);
afterAll(() => {
  engine.dispose();
  rmSync(storage, { recursive: true, force: true, maxRetries: 5 });
});

describe('the hunting queries of the sample', () => {
  /** What each finds of the story, and the most rows that leave it readable. */
  const found: Readonly<Record<string, readonly string[]>> = {
    'sample-password-spray': [infrastructure.sprayRange, victim.name],
    'sample-mfa-fatigue': [victim.name, infrastructure.operatorIp],
    'sample-inbox-rules': [inboxRule.folder, victim.upn],
    'sample-app-consent': [maliciousApp.name],
    'sample-encoded-powershell': [hosts.application.toLowerCase()],
    'sample-beacons': [infrastructure.commandIp],
    'sample-credential-dumping': ['comsvcs', 'ntdsutil'],
    'sample-run-command': ['vm-app02', infrastructure.operatorIp],
    'sample-large-uploads': [infrastructure.dropIp],
  };

  it('are these, and stay as they are', async () => {
    const listed = await client.call('listHuntingQueries', { workspaceId });
    expect(listed.map(({ id }) => id).sort()).toEqual(Object.keys(found).sort());
    const isWhole = listed.every(({ isBuiltIn, tactics, techniques }) => isBuiltIn === true && tactics.length > 0 && techniques.length > 0);
    expect(isWhole).toBe(true);
    const [first] = listed;
    if (!first) throw new Error('there are none');
    const message = expect.stringContaining('comes with the workspace') as string;
    expect(await refusal(client.call('saveHuntingQuery', { workspaceId, query: first }))).toMatchObject({ kind: 'refused', message });
    expect(await refusal(client.call('deleteHuntingQuery', { workspaceId, id: first.id }))).toMatchObject({ kind: 'refused', message });
  });

  it.each(sampleHuntingQueries.map(({ id, name, query }) => [id, name, query] as const))('%s: %s', async (id, _name, text) => {
    await client.call('runQuery', { workspaceId, resultId: id, notebookId: 'n', text, definitions: [], results: [] });
    const { rows, total } = await client.call('readPage', { resultId: id, view: wholeView, offset: 0, count: 200 });
    expect(total).toBeLessThan(60);
    for (const wanted of found[id] ?? []) expect(JSON.stringify(rows).toLowerCase()).toContain(wanted.toLowerCase());
  });
});

describe('an incident of the sample', () => {
  it('has tasks, which are completed and opened again', async () => {
    const tasks = await client.call('listTasks', { workspaceId, number: 1045 });
    expect(tasks.map(({ title, status }) => [title, status])).toContainEqual(['Look for the same elsewhere', 'New']);
    const [task] = tasks;
    if (!task) throw new Error('there are none');
    const done = await client.call('setTaskStatus', { workspaceId, number: 1045, task, status: 'Completed' });
    expect((await client.call('listTasks', { workspaceId, number: 1045 }))[0]).toEqual(done);
    expect(await refusal(client.call('setTaskStatus', { workspaceId, number: 1045, task, status: 'Completed' }))).toMatchObject({ kind: 'refused' });
    const again = await client.call('setTaskStatus', { workspaceId, number: 1045, task: done, status: 'New' });
    expect(again.status).toBe('New');
    expect(await client.call('listTasks', { workspaceId, number: 1046 })).not.toContainEqual(done);
  });

  it('has similar ones: those that name the same', async () => {
    const similar = await client.call('similarIncidents', { workspaceId, number: 1045 });
    const numbers = similar.map(({ incident }) => incident.number);
    expect(numbers[0]).toBeGreaterThanOrEqual(1040);
    expect(numbers).not.toContain(1045);
    expect(similar[0]?.shared).not.toEqual([]);
  });
});

describe('the watchlists of the sample', () => {
  it('say what they are', async () => {
    const listed = await client.call('listWatchlists', { workspaceId });
    expect(listed.map(({ alias, name, searchKey }) => [alias, name, searchKey])).toEqual([
      ['CorporateNetworks', 'Corporate networks', 'Subnet'],
      ['HighValueAssets', 'High value assets', 'AssetName'],
      ['ServiceAccounts', 'Service accounts', 'AccountName'],
      ['TerminatedEmployees', 'Terminated employees', 'UserPrincipalName'],
      ['VIPUsers', 'VIP users', 'UserPrincipalName'],
    ]);
    expect(listed.every(({ itemCount = 0, columns }) => itemCount > 0 && columns.every(({ type }) => type === 'string'))).toBe(true);
  });
});
