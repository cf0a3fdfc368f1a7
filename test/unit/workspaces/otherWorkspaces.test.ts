import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { QueryAnswer } from '../../../src/common/engineProtocol';
import { openTestEngine, type TestEngine } from './openTestEngine';

vi.setConfig({ testTimeout: 60_000 });

let engine: TestEngine;
let workspaceId: string;
let runs = 0;

beforeAll(async () => {
  engine = await openTestEngine();
  const folder = (name: string): string => path.join(engine.data, name);
  for (const name of ['here/watchlists', 'There']) mkdirSync(folder(name), { recursive: true });
  writeFileSync(path.join(folder('here'), 'Logons.csv'), 'User,Failures\neve,9\n');
  writeFileSync(path.join(folder('here'), 'watchlists', 'vip.csv'), 'SearchKey\neve\n');
  writeFileSync(path.join(folder('There'), 'Logons.csv'), 'User,Failures\nbob,1\nann,2\n');
  writeFileSync(path.join(folder('There'), 'Hosts.csv'), 'Host\nweb01\n');
  workspaceId = (await engine.client.call('connect', { kind: 'folder', path: folder('here') })).id;
}, 60_000);
afterAll(() => engine.close());

async function answer(text: string): Promise<QueryAnswer> {
  return engine.client.call('runQuery', { workspaceId, resultId: `r${++runs}`, notebookId: 'n', text, definitions: [], results: [] });
}

async function firstRow(text: string): Promise<unknown> {
  const given = await answer(text);
  return given.kind === 'result' ? given.result.preview.rows[0] : given.kind;
}

describe('workspace()', () => {
  it('is an unknown table until the workspace is connected', async () => {
    await expect(answer('workspace("There").Hosts')).rejects.toMatchObject({ data: { kind: 'unknownName', name: 'Hosts' } });
  });
  it('reads tables of connected workspaces, whatever the case of their names', async () => {
    const there = await engine.client.call('connect', { kind: 'folder', path: path.join(engine.data, 'There') });
    expect(await firstRow('workspace("there").Hosts | project Host')).toEqual(['web01']);
    expect(await firstRow('union Logons, workspace("There").Logons | summarize count(), sum(Failures)')).toEqual([3, 12]);
    expect(await firstRow('workspace("here").Logons | count')).toEqual([1]);
    await engine.client.call('disconnect', { workspaceId: there.id });
    await expect(answer('workspace("There").Hosts')).rejects.toMatchObject({ data: { kind: 'unknownName' } });
  });
  it('is told from databases and clusters', async () => {
    await expect(answer('cluster("x").database("y").Logons')).rejects.toMatchObject({ data: { kind: 'unsupported' } });
    await expect(answer('database("y").Logons')).rejects.toMatchObject({ data: { kind: 'query' } });
  });
});

describe('_GetWatchlistAlias', () => {
  it('lists the watchlists', async () => {
    expect(await firstRow('_GetWatchlistAlias')).toEqual(['vip']);
    expect(await firstRow('_GetWatchlist("vip") | project SearchKey')).toEqual(['eve']);
  });
});
