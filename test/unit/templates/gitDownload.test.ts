import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CancellationSource, neverCancelled } from '../../../src/common/cancellation';
import type { RemoteSource } from '../../../src/common/templates';
import { downloadWithGit } from '../../../src/templates/download/download';
import { SourceStore } from '../../../src/templates/download/sourceStore';
import { commit, commitEntries, git, type GitServer, makeRepository, serveRepositories } from './gitServer';

let root: string;
let repository: string;
let store: SourceStore;
let server: GitServer | undefined;

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'huntbook-git-'));
  repository = path.join(root, 'repositories', 'hunts');
  store = new SourceStore(path.join(root, 'store'));
});
afterEach(async () => {
  await server?.stop();
  server = undefined;
  await rm(root, { recursive: true, force: true });
});

const fileUrl = () => `file://${repository}`;
const sourceOf = (url: string, folders: readonly string[] = []): RemoteSource => ({ kind: 'git', key: 'hunts', name: 'Hunts', url, folders });
const download = (url: string, folders: readonly string[] = [], token = neverCancelled) =>
  downloadWithGit(store, { source: sourceOf(url, folders), url }, { token, progress: () => undefined });

async function filesOf(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => `${path.relative(folder, path.join(entry.parentPath, entry.name))}${entry.isFile() ? '' : ' (no file)'}`)
    .sort();
}

describe('a repository downloaded by git', () => {
  it.each(['file', 'smart', 'dumb'] as const)('%s transport: brings the files that templates need, and a newer version', async (transport) => {
    makeRepository(repository, { 'a.ipynb': '{}', 'deep/er/b.ipynb': '[]', 'queries/q.yaml': 'query: T', 'config.json': '{}', 'data.pkl': 'x', 'deep/x.md': 'y' });
    if (transport !== 'file') server = await serveRepositories(path.dirname(repository), transport);
    const url = server ? `${server.url}/hunts${transport === 'dumb' ? '/.git' : ''}` : fileUrl();
    const publish = () => git(repository, 'update-server-info');
    publish();
    const first = await download(url);
    expect(await filesOf(first.folder)).toEqual(['a.ipynb', 'config.json', 'deep/er/b.ipynb', 'queries/q.yaml']);
    expect(first).toMatchObject({ version: git(repository, 'rev-parse', 'HEAD'), files: 4, url });
    expect(new Date(first.changedAt!).getTime()).toBe(Date.UTC(2026, 0, 2, 3, 4, 5));

    const same = await download(url);
    expect(same.folder).toBe(first.folder);

    commit(repository, { 'a.ipynb': '{"new": 1}' });
    publish();
    const second = await download(url);
    expect(second.version).not.toBe(first.version);
    expect(await readFile(path.join(second.folder, 'a.ipynb'), 'utf8')).toBe('{"new": 1}');
    expect(await store.copy('hunts')).toEqual(second);
  });

  it('takes only the folders that are named, and asks the server for no other file', async () => {
    makeRepository(repository, { 'root.ipynb': 'root', 'Hunting Queries/q.yaml': 'query', 'other/large.ipynb': 'x'.repeat(100_000) });
    const { folder } = await download(fileUrl(), ['Hunting Queries']);
    expect(await filesOf(folder)).toEqual(['Hunting Queries/q.yaml', 'root.ipynb']);
    const oid = git(repository, 'rev-parse', 'HEAD:other/large.ipynb');
    const there = git(root, `--git-dir=${store.gitDir('hunts')}`, 'rev-list', '--objects', '--missing=print', '--all');
    expect(there).toContain(`?${oid}`);
  });

  it('follows a history that was rewritten', async () => {
    makeRepository(repository, { 'a.ipynb': '1' });
    await download(fileUrl());
    git(repository, 'checkout', '--quiet', '--orphan', 'other');
    commit(repository, { 'b.ipynb': '2' });
    git(repository, 'branch', '--force', 'main', 'other');
    git(repository, 'checkout', '--quiet', 'main');
    const { folder } = await download(fileUrl());
    expect(await filesOf(folder)).toEqual(['a.ipynb', 'b.ipynb']);
  });

  it('writes no links, and nothing outside of its folder', async () => {
    makeRepository(repository, { 'a.ipynb': '1' });
    commitEntries(repository, [
      { mode: '120000', name: 'link.ipynb', text: '/etc/passwd' },
      { mode: '100644', name: 'con.ipynb', text: 'device' },
      { mode: '100644', name: 'a:stream.ipynb', text: 'stream' },
      { mode: '100644', name: 'back\\slash.ipynb', text: 'separator' },
      { mode: '100644', name: 'A.ipynb', text: 'differs in case' },
      { mode: '100755', name: 'run.ipynb', text: 'x' },
    ]);
    const { folder } = await download(fileUrl());
    expect(await filesOf(folder)).toEqual(['A.ipynb', 'a (2).ipynb', 'run.ipynb']);
    expect(await readFile(path.join(folder, 'A.ipynb'), 'utf8')).toBe('differs in case');
  });

  it('runs nothing of the repository, and fetches no submodule', async () => {
    makeRepository(repository, { 'a.ipynb': '1', '.gitattributes': '*.ipynb filter=evil', '.gitmodules': '[submodule "s"]\n path = s\n url = file:///nowhere' });
    git(repository, 'config', 'filter.evil.smudge', 'false');
    git(repository, 'update-index', '--add', '--cacheinfo', `160000,${git(repository, 'rev-parse', 'HEAD')},s`);
    git(repository, 'commit', '--quiet', '--message', 'Submodule');
    const { folder } = await download(fileUrl());
    expect(await filesOf(folder)).toEqual(['a.ipynb']);
  });

  it('keeps the last good copy when the repository is gone, empty, or has nothing for us', async () => {
    makeRepository(repository, { 'a.ipynb': '1' });
    const good = await download(fileUrl());
    git(repository, 'rm', '--quiet', 'a.ipynb');
    commit(repository, { 'readme.md': 'x' });
    await expect(download(fileUrl())).rejects.toMatchObject({ data: { kind: 'refused', message: expect.stringContaining('no notebooks') } });
    expect(await store.copy('hunts')).toMatchObject({ folder: good.folder, version: good.version });
    await rm(repository, { recursive: true });
    await expect(download(fileUrl())).rejects.toMatchObject({ data: { kind: 'network' } });
    git(root, 'init', '--quiet', repository);
    await expect(download(fileUrl())).rejects.toMatchObject({ data: { kind: 'network' } });
    expect(await filesOf((await store.copy('hunts'))!.folder)).toEqual(['a.ipynb']);
  });

  it('makes a broken repository of its own anew', async () => {
    makeRepository(repository, { 'a.ipynb': '1' });
    await download(fileUrl());
    await rm(path.join(store.gitDir('hunts'), 'objects'), { recursive: true });
    commit(repository, { 'b.ipynb': '2' });
    const { folder } = await download(fileUrl());
    expect(await filesOf(folder)).toEqual(['a.ipynb', 'b.ipynb']);
  });

  it('ends when people cancel, and leaves no half copy', async () => {
    makeRepository(repository, { 'a.ipynb': '1' });
    const source = new CancellationSource();
    const asked = { source: sourceOf(fileUrl()), url: fileUrl() };
    const work = downloadWithGit(store, asked, { token: source.token, progress: () => source.cancel() });
    await expect(work).rejects.toMatchObject({ data: { kind: 'cancelled' } });
    expect(await store.copy('hunts')).toBeUndefined();
    expect((await readdir(path.join(root, 'store', 'hunts'))).filter((name) => name.startsWith('copy'))).toEqual([]);
  });

  it.each(['ext::sh -c touch% /tmp/x', '-u/evil', 'http://example.com/x.git', 'https://-oProxy/x', 'git://example.com/x'])('refuses the address %s', async (url) => {
    await expect(download(url)).rejects.toMatchObject({ data: { kind: 'refused' } });
  });

  it.each(['--upload-pack=x', 'a..b', 'x y'])('refuses the branch %s', async (ref) => {
    makeRepository(repository, { 'a.ipynb': '1' });
    const source: RemoteSource = { kind: 'git', key: 'hunts', name: 'Hunts', url: fileUrl(), folders: [], ref };
    const work = downloadWithGit(store, { source, url: fileUrl() }, { token: neverCancelled, progress: () => undefined });
    await expect(work).rejects.toMatchObject({ data: { kind: 'refused' } });
  });

  it('says that nobody answers', async () => {
    await expect(download('http://127.0.0.1:1/x.git')).rejects.toMatchObject({ data: { kind: 'network', message: expect.stringMatching(/connect/i) } });
  });

  it('goes through the proxy that is named, whose address is not among the arguments', async () => {
    const before = { ...process.env };
    for (const name of ['no_proxy', 'NO_PROXY']) Reflect.deleteProperty(process.env, name);
    makeRepository(repository, { 'a.ipynb': '1' });
    server = await serveRepositories(path.dirname(repository), 'smart');
    try {
      const url = 'http://localhost:1/hunts';
      const asked = { source: sourceOf(url), url, proxy: server.url };
      const copy = await downloadWithGit(store, asked, { token: neverCancelled, progress: () => undefined });
      expect(copy.files).toBe(1);
      expect(server.requests[0]).toMatch(/^GET http:\/\/localhost:1\/hunts\/info\/refs/);
    } finally {
      Object.assign(process.env, before);
    }
  });

  it('a git that is missing is named', async () => {
    const before = process.env['PATH'];
    process.env['PATH'] = root;
    try {
      await expect(download(fileUrl())).rejects.toMatchObject({ data: { kind: 'notFound', what: 'program', name: 'git' } });
    } finally {
      process.env['PATH'] = before;
    }
  });
});
