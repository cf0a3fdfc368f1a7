import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { CancellationSource } from '../../../src/common/cancellation';
import type { RunQuery } from '../../../src/common/engineProtocol';
import { EngineHost, type EngineState } from '../../../src/notebook/engineHost';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let folder: string;
let modulePath: string;
const hosts: EngineHost[] = [];

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'huntbook-host-'));
  modulePath = path.join(folder, 'engine.cjs');
  await build({
    entryPoints: [path.join(import.meta.dirname, 'fakeEngineProcess.ts')],
    outfile: modulePath,
    bundle: true,
    platform: 'node',
    format: 'cjs',
  });
});

afterEach(() => {
  for (const host of hosts.splice(0)) host.dispose();
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A host of the fake engine. @param storagePath `broken` and `old` make it fail at its start. */
function open(storagePath = 'fine', now: () => number = Date.now): { host: EngineHost; states: string[]; log: string[] } {
  const log: string[] = [];
  const host = new EngineHost({ modulePath, engine: { storagePath }, log: (line) => log.push(line), now });
  hosts.push(host);
  const states: string[] = [];
  host.onState((state: EngineState) => states.push(state.kind));
  return { host, states, log };
}

function query(text: string): RunQuery {
  return { workspaceId: 'sample', resultId: 'r', notebookId: 'n', text, definitions: [], results: [] };
}

async function pid(host: EngineHost): Promise<number> {
  return (await host.call('hello', { protocol: 1 })).pid;
}

describe('the engine process', () => {
  it('is started by the first call and kept', async () => {
    const { host, states } = open();
    expect(host.state).toEqual({ kind: 'stopped' });
    const [first, second] = await Promise.all([pid(host), pid(host)]);
    expect(first).toBe(second);
    expect(first).not.toBe(process.pid);
    expect(states).toEqual(['starting', 'running']);
  });

  for (const text of ['kill', 'exit']) {
    it(`that ends (${text}) ends the running call, and is started by the next`, async () => {
      const { host, states } = open();
      const before = await pid(host);
      const reports: string[] = [];
      const waiting = host.call('runQuery', query('wait'));
      await expect(host.call('runQuery', query(text), undefined, (report) => reports.push(report))).rejects.toMatchObject({
        data: { kind: 'engineLost', message: text === 'kill' ? 'ended by SIGKILL' : 'exit code 7' },
      });
      await expect(waiting).rejects.toMatchObject({ data: { kind: 'engineLost' } });
      expect(host.state.kind).toBe('lost');
      expect(await pid(host)).not.toBe(before);
      expect(states).toEqual(['starting', 'running', 'lost', 'starting', 'running']);
    });
  }

  it('has its workspaces again after a restart, but those that were let go', async () => {
    const { host } = open();
    await host.call('connect', { kind: 'sample' });
    await host.call('connect', { kind: 'folder', path: '/gone' });
    await host.call('disconnect', { workspaceId: '/gone' });
    await expect(host.call('runQuery', query('kill'))).rejects.toMatchObject({ data: { kind: 'engineLost' } });
    expect((await host.call('schema', { workspaceId: 'sample' })).tables.map((table) => table.name)).toEqual(['sample']);
  });

  it('stops a call that is cancelled', async () => {
    const { host } = open();
    const source = new CancellationSource();
    const running = host.call('runQuery', query('wait'), source.token, () => source.cancel());
    await expect(running).rejects.toMatchObject({ data: { kind: 'cancelled' } });
    expect(host.state.kind).toBe('running');
  });

  it('can be stopped and started again', async () => {
    const { host } = open();
    const before = await pid(host);
    host.stop();
    expect(host.state.kind).toBe('stopped');
    expect(await pid(host)).not.toBe(before);
  });

  it('is not started for a call that is cancelled meanwhile', async () => {
    const { host } = open();
    const source = new CancellationSource();
    const call = host.call('hello', { protocol: 1 }, source.token);
    source.cancel();
    await expect(call).rejects.toMatchObject({ data: { kind: 'cancelled' } });
    expect(await pid(host)).toBeGreaterThan(0);
  });

  it('answers nothing after it was disposed', async () => {
    const { host } = open();
    host.dispose();
    await expect(pid(host)).rejects.toMatchObject({ data: { kind: 'engineLost' } });
  });
});

describe('an engine that does not start', () => {
  it('says why, and is tried again after a while', async () => {
    let now = 0;
    const { host, states } = open('broken', () => now);
    await expect(pid(host)).rejects.toMatchObject({
      data: { kind: 'engineNotStarted', message: 'exit code 3. It said: cannot find the native library' },
    });
    await expect(pid(host)).rejects.toThrow('the next try is possible in 1 s');
    now += 1_000;
    await expect(pid(host)).rejects.toThrow('It said');
    await expect(pid(host)).rejects.toThrow('Tried 2 times; the next try is possible in 2 s');
    expect(states).toEqual(['starting', 'lost', 'starting', 'lost']);
  });

  it('of another version is refused', async () => {
    await expect(pid(open('old').host)).rejects.toThrow('it speaks version 0 of the protocol');
  });
});
