import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { CancellationSource, neverCancelled } from '../../../src/common/cancellation';
import type { RemoteSource } from '../../../src/common/templates';
import { archiveAddress, fetchAddress } from '../../../src/templates/download/addresses';
import { installArchive } from '../../../src/templates/download/download';
import { fetchArchive } from '../../../src/templates/download/fetchArchive';
import { SourceStore } from '../../../src/templates/download/sourceStore';
import { copyLimits, wantedPath } from '../../../src/templates/download/wantedFiles';

let root: string;
let store: SourceStore;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'huntbook-archive-'));
  store = new SourceStore(path.join(root, 'store'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const source: RemoteSource = { kind: 'archive', key: 'hunts', name: 'Hunts', url: 'https://example.com/hunts.tar.gz', folders: [] };

interface Entry {
  readonly name: string;
  readonly text?: string;
  readonly type?: 'file' | 'symlink' | 'link' | 'directory';
}

async function tarGz(entries: readonly Entry[]): Promise<Buffer> {
  const archive = pack();
  for (const { name, text = '', type = 'file' } of entries) {
    if (type === 'file') archive.entry({ name }, text);
    else archive.entry({ name, type, ...(type === 'directory' ? {} : { linkname: '/etc/passwd' }) });
  }
  archive.finalize();
  return gzipSync(await buffer(archive));
}

async function zip(entries: readonly Entry[]): Promise<Buffer> {
  const archive = new ZipFile();
  for (const { name, text = '', type = 'file' } of entries) {
    archive.addBuffer(Buffer.from(text), name, { mode: type === 'symlink' ? 0o120777 : 0o100644 });
  }
  archive.end();
  return buffer(archive.outputStream);
}

async function install(bytes: Buffer, version = '1') {
  const file = path.join(root, 'archive');
  await writeFile(file, bytes);
  return installArchive(store, { source, url: source.url, file, version }, { token: neverCancelled, progress: () => undefined });
}

async function filesOf(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort();
}

describe.each([
  ['tar.gz', tarGz],
  ['zip', zip],
] as const)('an archive as %s', (_kind, make) => {
  it('gives the files that templates need, without the folder around them', async () => {
    const files = [{ name: 'main/a.ipynb', text: '{}' }, { name: 'main/x/b.yaml', text: 'query: T' }, { name: 'main/c.png' }];
    const copy = await install(await make(files));
    expect(await filesOf(copy.folder)).toEqual(['a.ipynb', 'x/b.yaml']);
    expect(await readFile(path.join(copy.folder, 'x/b.yaml'), 'utf8')).toBe('query: T');
  });

  it('that ends early is refused; what was there stays', async () => {
    const whole = await make([{ name: 'r/a.ipynb', text: 'x'.repeat(50_000) }, { name: 'r/b.ipynb', text: 'y'.repeat(50_000) }]);
    const good = await install(whole);
    await expect(install(whole.subarray(0, whole.length - 40), '2')).rejects.toMatchObject({ data: { kind: 'network' } });
    expect(await store.copy('hunts')).toEqual(good);
    expect(await filesOf(good.folder)).toEqual(['a.ipynb', 'b.ipynb']);
  });

  it('passes over links', async () => {
    const copy = await install(await make([{ name: 'r/a.ipynb' }, { name: 'r/link.ipynb', text: '/etc/passwd', type: 'symlink' }]));
    expect(await filesOf(copy.folder)).toEqual(['a.ipynb']);
  });
});

describe('archives', () => {
  it('write nothing outside of their folder', async () => {
    const names = ['r/../../evil.ipynb', '/abs.ipynb', 'r/..\\evil.ipynb', 'r/C:/evil.ipynb', 'r/.git/x.ipynb', 'r/ok.ipynb', 'r/./dot.ipynb'];
    const copy = await install(await tarGz(names.map((name) => ({ name }))));
    expect(await filesOf(copy.folder)).toEqual(['abs.ipynb', 'ok.ipynb']);
    expect((await readdir(root)).sort()).toEqual(['store']);
  });

  it('that are something else are refused', async () => {
    await expect(install(Buffer.from('<html>Sign in</html>'))).rejects.toMatchObject({ data: { kind: 'network', message: expect.stringContaining('no zip or tar.gz') } });
  });

  it('without templates are refused', async () => {
    await expect(install(await tarGz([{ name: 'r/readme.md' }]))).rejects.toMatchObject({ data: { kind: 'refused' } });
  });

  it('name the file that is too large', async () => {
    const entries = pack();
    entries.entry({ name: 'r/huge.ipynb', size: copyLimits.fileBytes + 1 });
    const head = await new Promise<Buffer>((resolve) => entries.once('data', (chunk) => resolve(chunk as Buffer)));
    await expect(install(gzipSync(Buffer.concat([head, Buffer.alloc(1024)])))).rejects.toMatchObject({ data: { kind: 'refused', message: expect.stringContaining('huge.ipynb') } });
  });
});

describe('wantedPath', () => {
  it.each(['a.ipynb', 'x/Y z.ipynb', 'q.yml', 'config.json', '.hidden/a.ipynb', 'ü/狩.ipynb'])('takes %s', (name) => {
    expect(wantedPath(name, [])).toEqual(name.split('/'));
  });

  it.each(['a.txt', 'x/config.json', '../a.ipynb', 'a/../b.ipynb', '/a.ipynb', 'a//b.ipynb', 'a./b.ipynb', 'nul.ipynb', '.git/a.ipynb', 'GIT~1/a.ipynb', '.g\u200cit/a.ipynb', 'a\u0000.ipynb', `${'x'.repeat(256)}.ipynb`])(
    'leaves %j',
    (name) => {
      expect(wantedPath(name, [])).toBeUndefined();
    },
  );

  it('takes files of the folders that are named, and at the top', () => {
    const folders = ['Hunting Queries/', 'a/b'];
    const names = ['top.ipynb', 'Hunting Queries/x/q.yaml', 'a/b/c.ipynb', 'a/bc/d.ipynb', 'other/e.ipynb'];
    expect(names.filter((name) => wantedPath(name, folders))).toEqual(['top.ipynb', 'Hunting Queries/x/q.yaml', 'a/b/c.ipynb']);
  });
});

describe('fetchArchive', () => {
  const content = Buffer.from(Array.from({ length: 200_000 }, (_, index) => index % 251));
  let server: Server;
  let answers: ((response: ServerResponse, range: string | undefined) => void)[];
  const ranges: (string | undefined)[] = [];
  let url: string;
  let file: string;

  beforeEach(async () => {
    ranges.length = 0;
    server = createServer((request, response) => {
      ranges.push(request.headers.range);
      answers.shift()?.(response, request.headers.range);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/x.tar.gz`;
    file = path.join(root, 'deep', 'archive.part');
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const fetchIt = (token = neverCancelled, progress: () => void = () => undefined) => fetchArchive({ url, file, token, progress });
  const whole = (response: ServerResponse) => response.writeHead(200, { etag: '"v1"', 'content-length': content.length }).end(content);
  const half = (response: ServerResponse) => {
    response.writeHead(200, { etag: '"v1"', 'content-length': content.length });
    response.write(content.subarray(0, 100_000), () => response.destroy());
  };

  it('brings the file and what the server calls it', async () => {
    answers = [whole];
    expect(await fetchIt()).toBe('v1');
    expect((await readFile(file)).equals(content)).toBe(true);
  });

  it('goes on where it was interrupted', async () => {
    answers = [
      half,
      (response, range) => {
        const from = Number(/bytes=(\d+)-/.exec(range ?? '')?.[1]);
        response.writeHead(206, { etag: '"v1"', 'content-length': content.length - from }).end(content.subarray(from));
      },
    ];
    await expect(fetchIt()).rejects.toMatchObject({ data: { kind: 'network' } });
    const { size } = await stat(file);
    expect(await fetchIt()).toBe('v1');
    expect(size === 0 ? [] : ranges).toEqual(size === 0 ? [] : [undefined, `bytes=${size}-`]);
    expect((await readFile(file)).equals(content)).toBe(true);
  });

  it('begins anew when the file is another by then', async () => {
    const other = Buffer.from('other');
    answers = [half, (response) => response.writeHead(200, { etag: '"v2"', 'content-length': other.length }).end(other)];
    await expect(fetchIt()).rejects.toMatchObject({ data: { kind: 'network' } });
    expect(await fetchIt()).toBe('v2');
    expect((await readFile(file, 'utf8'))).toBe('other');
  });

  it('names a state without a tag by its content', async () => {
    answers = [(response) => response.writeHead(200).end('x')];
    expect(await fetchIt()).toBe(createHash('sha256').update('x').digest('hex').slice(0, 40));
  });

  it('says what the server said', async () => {
    answers = [(response) => response.writeHead(404).end()];
    await expect(fetchIt()).rejects.toMatchObject({ data: { kind: 'service', status: 404 } });
  });

  it('says that nobody is there', async () => {
    server.close();
    await expect(fetchIt()).rejects.toMatchObject({ data: { kind: 'network' } });
  });

  it('ends when people cancel', async () => {
    answers = [(response) => void response.writeHead(200, { 'content-length': content.length }).write(content.subarray(0, 10))];
    const source_ = new CancellationSource();
    await expect(fetchIt(source_.token, () => source_.cancel())).rejects.toMatchObject({ data: { kind: 'cancelled' } });
  });

  it('says that the folder cannot be made', async () => {
    await writeFile(path.join(root, 'deep'), '');
    answers = [whole];
    await expect(fetchIt()).rejects.toMatchObject({ data: { kind: expect.stringMatching(/storage|network/) } });
  });
});

describe('addresses', () => {
  it.each([
    ['https://github.com/o/r.git', undefined, 'https://github.com/o/r/archive/HEAD.tar.gz'],
    ['https://github.com/o/r/', 'v1/x', 'https://github.com/o/r/archive/v1/x.tar.gz'],
    ['https://gitlab.example.com/g/s/r.git', 'main', 'https://gitlab.example.com/g/s/r/-/archive/main/r.tar.gz'],
    ['ssh://git@github.com/o/r', undefined, undefined],
    ['git@github.com:o/r', undefined, undefined],
    ['https://example.com/r', undefined, undefined],
  ])('the archive of %s at %s is %s', (url, ref, expected) => {
    expect(archiveAddress(url, ref)).toBe(expected);
  });

  it('a mirror stands for GitHub alone', () => {
    const of = (url: string) => fetchAddress({ ...source, url }, 'https://mirror.example/gh/');
    expect(of('https://github.com/o/r.git')).toBe('https://mirror.example/gh/o/r.git');
    expect(of('https://example.com/r.git')).toBe('https://example.com/r.git');
    expect(fetchAddress({ ...source, url: 'https://github.com/o/r' }, '')).toBe('https://github.com/o/r');
  });
});
