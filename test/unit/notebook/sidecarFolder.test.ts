import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { SidecarFolder } from '../../../src/notebook/sidecarFolder';

const one = '11111111-1111-4111-8111-111111111111';
const two = '22222222-2222-4222-8222-222222222222';
let home = '';
let folder: SidecarFolder;

beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'huntbook-sidecar-'));
  folder = new SidecarFolder(path.join(home, 'hunt.ipynb'));
});

afterEach(() => rm(home, { recursive: true }));

it('has a file for each result, in a folder beside the notebook', async () => {
  expect(await folder.find(one)).toBeUndefined();
  const file = await folder.place(one);
  expect(file).toBe(path.join(home, 'hunt.results', `${one}.parquet`));
  expect(await folder.find(one)).toBeUndefined();
  await writeFile(file, 'rows');
  expect(await folder.find(one)).toBe(file);
});

it('removes what is no longer in the notebook, and nothing else', async () => {
  for (const id of [one, two]) await writeFile(await folder.place(id), 'rows');
  for (const name of ['notes.txt', 'mine.parquet']) await writeFile(path.join(folder.path, name), 'kept');
  await folder.keepOnly(new Set([two]));
  expect((await readdir(folder.path)).sort()).toEqual([`${two}.parquet`, 'mine.parquet', 'notes.txt']);
});

it('goes when it is empty', async () => {
  await writeFile(await folder.place(one), 'rows');
  await folder.keepOnly(new Set());
  expect(existsSync(folder.path)).toBe(false);
  await folder.keepOnly(new Set());
});

it.each(['../../../etc/passwd', 'x', '', `${one}/../x`, 'AAAAAAAA-AAAA-4AAA-8AAA-AAAAAAAAAAAA', `${one}\n`])('an id %j leads nowhere', async (id) => {
  await mkdir(folder.path);
  expect(await folder.find(id)).toBeUndefined();
  await expect(folder.place(id)).rejects.toThrow('no id');
});

it('a link in place of the folder or of a file is not followed', async () => {
  const elsewhere = path.join(home, 'elsewhere');
  await mkdir(elsewhere);
  await writeFile(path.join(elsewhere, `${one}.parquet`), 'rows');
  await symlink(elsewhere, folder.path);
  expect(await folder.find(one)).toBeUndefined();
  await expect(folder.place(one)).rejects.toThrow('leads elsewhere');
  await folder.keepOnly(new Set());
  expect(existsSync(path.join(elsewhere, `${one}.parquet`))).toBe(true);

  await rm(folder.path);
  await symlink(path.join(elsewhere, `${one}.parquet`), await folder.place(one));
  expect(await folder.find(one)).toBeUndefined();
  await expect(folder.place(one)).rejects.toThrow('leads elsewhere');
  await folder.keepOnly(new Set());
  expect(existsSync(path.join(elsewhere, `${one}.parquet`))).toBe(true);
});
