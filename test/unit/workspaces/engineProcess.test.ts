import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { yamlModules } from '../../../scripts/lib/yamlModules.mjs';
import { neverCancelled } from '../../../src/common/cancellation';
import type { RunQuery } from '../../../src/common/engineProtocol';
import { EngineHost } from '../../../src/notebook/engineHost';
import { HuntSession } from '../../../src/notebook/session';

vi.setConfig({ testTimeout: 120_000 });

const root = path.join(import.meta.dirname, '../../..');
let folder: string;
let modulePath: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'huntbook-process-'));
  // Below the project, so that the packages left out of the bundle are found.
  mkdirSync(path.join(root, 'out'), { recursive: true });
  modulePath = path.join(mkdtempSync(path.join(root, 'out', 'engine-')), 'engineProcess.cjs');
  await build({
    entryPoints: [path.join(root, 'src/engineProcess.ts')],
    outfile: modulePath,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    packages: 'external',
    plugins: [yamlModules],
  });
  mkdirSync(path.join(folder, 'data'));
  writeFileSync(path.join(folder, 'data', 'Logons.csv'), 'User,Failures\neve,9\nadam,1\n');
}, 120_000);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  rmSync(path.dirname(modulePath), { recursive: true, force: true });
});

/** Runs `work` with a host of the real engine process. */
async function withHost(storagePath: string, work: (host: EngineHost) => Promise<void>, memoryLimitMiB = 512): Promise<void> {
  const host = new EngineHost({ modulePath, engine: { storagePath, memoryLimitMiB, threads: 2 }, log: () => undefined });
  try {
    await work(host);
  } finally {
    host.dispose();
  }
}

const endless = 'range a from 1 to 1000000 step 1 | extend k = 1 | join kind=inner (range b from 1 to 1000000 step 1 | extend k = 1) on k | count';

describe('the engine process', () => {
  it('killed in the middle of a query: the cell says so, the next run works, names are missing by their cell', async () => {
    await withHost(path.join(folder, 'storage'), async (host) => {
      const { id } = await host.call('connect', { kind: 'folder', path: path.join(folder, 'data') });
      const { pid } = await host.call('hello', { protocol: 1 });
      const cells = new Map([
        [1, 'let least = 5;'],
        [2, '//| name: bad\nLogons | where Failures > least'],
        [3, endless],
        [4, 'bad | count'],
      ]);
      const session = new HuntSession(host, { defaultWorkspaceId: () => id, workspaceNamed: () => undefined, cells: () => cells });
      const run = (number: number, progress: () => void = () => undefined): ReturnType<HuntSession['run']> =>
        session.run({ key: String(number), number, text: cells.get(number) ?? '' }, neverCancelled, progress);
      await run(1);
      await run(2);
      await expect(run(3, () => process.kill(pid, 'SIGKILL'))).rejects.toMatchObject({ data: { kind: 'engineLost' } });
      await expect(run(4)).rejects.toMatchObject({ data: { kind: 'unknownName', name: 'bad', definedInCell: 2 } });
      await run(2);
      expect(await run(4)).toMatchObject({ kind: 'result', result: { preview: { rows: [[1]] } } });
    });
  });

  it('that cannot write its storage says why it does not start', async () => {
    const file = path.join(folder, 'file');
    writeFileSync(file, '');
    await withHost(path.join(file, 'storage'), async (host) => {
      await expect(host.call('hello', { protocol: 1 })).rejects.toThrow(/does not start: exit code 1\. It said: [^]*ENOTDIR/);
    });
  });

  it('whose query needs more than its memory and disk fails that query alone', async () => {
    const storage = path.join(folder, 'full');
    await withHost(storage, async (host) => {
      const { id } = await host.call('connect', { kind: 'folder', path: path.join(folder, 'data') });
      const { pid } = await host.call('hello', { protocol: 1 });
      // A file where rows would be spilled to: as good as a disk without space.
      const spill = path.join(storage, 'processes', String(pid), 'tmp');
      rmSync(spill, { recursive: true, force: true });
      writeFileSync(spill, '');
      const query = (text: string): RunQuery => ({ workspaceId: id, resultId: text, notebookId: 'n', text, definitions: [], results: [] });
      const large = host.call('runQuery', query('range a from 1 to 8000000 step 1 | extend b = strcat(tostring(a), "-", tostring(a * 7)), c = tostring(a) | sort by b asc'));
      await expect(large).rejects.toSatisfy((error: { data: { kind: string } }) => ['outOfMemory', 'storage', 'execution'].includes(error.data.kind));
      expect(await host.call('runQuery', query('Logons | count'))).toMatchObject({ result: { preview: { rows: [[2]] } } });
      expect((await host.call('hello', { protocol: 1 })).pid).toBe(pid);
    }, 128);
  });
});
