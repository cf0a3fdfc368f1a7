import type * as FileSystem from 'node:fs/promises';
import { access, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { neverCancelled } from '../../../src/common/cancellation';
import type { RemoteSource } from '../../../src/common/templates';
import { downloadWithGit } from '../../../src/templates/download/download';
import { SourceStore } from '../../../src/templates/download/sourceStore';
import { commit, makeRepository } from './gitServer';

/** Part of a file's name that no space is left for. */
const full = vi.hoisted(() => ({ name: '' }));

vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof FileSystem>();
  const failing: typeof real.writeFile = async (file, ...rest) => {
    if (full.name !== '' && typeof file === 'string' && file.includes(full.name)) {
      throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', path: file });
    }
    return real.writeFile(file, ...rest);
  };
  return { ...real, writeFile: failing };
});

let root: string;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'huntbook-full-'));
});
afterEach(async () => {
  full.name = '';
  await rm(root, { recursive: true, force: true });
});

it('a disk that is full is named, and the last good copy stays; with space again, the rest comes', async () => {
  const repository = path.join(root, 'repository');
  makeRepository(repository, { 'a.ipynb': '1' });
  const url = `file://${repository}`;
  const source: RemoteSource = { kind: 'git', key: 'hunts', name: 'Hunts', url, folders: [] };
  const store = new SourceStore(path.join(root, 'store'));
  const download = () => downloadWithGit(store, { source, url }, { token: neverCancelled, progress: () => undefined });
  const good = await download();
  commit(repository, { 'b.ipynb': '2', 'c.ipynb': '3' });
  full.name = 'c.ipynb';
  await expect(download()).rejects.toMatchObject({ message: expect.stringMatching(/No space is left on the disk/), data: { kind: 'storage', reason: 'full' } });
  expect(await store.copy('hunts')).toEqual(good);
  await access(path.join(good.folder, 'a.ipynb'));
  full.name = 'copy.json';
  await expect(download()).rejects.toMatchObject({ data: { kind: 'storage', reason: 'full' } });
  expect(await store.copy('hunts')).toEqual(good);
  full.name = '';
  expect(await download()).toMatchObject({ files: 3 });
});
