import { access, mkdir, rm } from 'node:fs/promises';
import { type CancellationToken, throwIfCancelled } from '../../common/cancellation';
import { HuntError, toHuntError } from '../../common/errors';
import type { DownloadProgress } from '../../common/templateService';
import type { CopyWriter } from './copyWriter';
import { git } from './gitProcess';
import { readFiles, regularFiles, type TreeFile } from './gitObjects';

export interface GitCopyOptions {
  /** Address of the repository. */
  readonly url: string;
  readonly ref: string | undefined;
  /** A bare repository of ours; made when missing. What was fetched stays in it: an interrupted download goes on from there. */
  readonly gitDir: string;
  readonly proxy: string | undefined;
  readonly token: CancellationToken;
  readonly progress: (progress: DownloadProgress) => void;
}

/** Files that are asked for at one time: what came is kept when the rest does not. */
const FILES_PER_FETCH = 400;

const LATEST = 'refs/huntbook/latest';

export interface FetchedCommit {
  readonly commit: string;
  /** ISO 8601. */
  readonly date: string;
}

/**
 * Brings the newest commit into our repository: without history and, where the server can, without files; those wanted come later.
 * @throws HuntError `cancelled`, `notFound` of git, `network`, `storage`, `refused` for an address that git must not be given.
 */
export async function fetchLatest(options: GitCopyOptions): Promise<FetchedCommit> {
  checkAddress(options.url);
  const whole = await isWhole(options);
  await prepare(options, !whole);
  const wanted = `+${options.ref === undefined ? 'HEAD' : checkedRef(options.ref)}:${LATEST}`;
  options.progress({ message: 'Asking for the newest version' });
  const common = ['fetch', '--progress', '--no-tags', '--no-recurse-submodules', '--no-write-fetch-head', '--force'];
  try {
    if (whole) await fetch(options, [...common, 'origin', wanted]);
    else await fetch(options, [...common, '--depth=1', '--filter=blob:none', 'origin', wanted]);
  } catch (thrown) {
    // A server of files alone (dumb HTTP) can give neither a part of the history nor of the files.
    if (!(thrown instanceof HuntError) || !/dumb http|does not support (shallow|filter)/i.test(thrown.message)) throw thrown;
    await rm(options.gitDir, { recursive: true, force: true });
    await prepare(options, false);
    await fetch(options, [...common, 'origin', wanted]);
  }
  const [commit = '', date = ''] = (await git(['log', '-1', '--format=%H %cI', LATEST], run(options))).toString('utf8').trim().split(' ');
  return { commit, date };
}

/** Writes the wanted files of the newest commit. @throws as {@link fetchLatest}, and `refused` above the limits. */
export async function writeFiles(options: GitCopyOptions, writer: CopyWriter): Promise<void> {
  const listing = await git(['ls-tree', '-r', '-z', '--full-tree', LATEST], run(options));
  const files = regularFiles(listing).filter(({ name }) => writer.wants(name));
  await fetchFiles(options, files);
  let written = 0;
  await readFiles(
    files,
    run(options),
    ({ name }, bytes) => writer.checkSize(name, bytes),
    async ({ name }, content) => {
      await writer.write(name, content);
      written += 1;
      if (written % 25 === 0) options.progress({ message: `${written} of ${files.length} files`, fraction: written / files.length });
    },
  );
}

/** Asks for the files that are not there yet, many at one time; where the server cannot, all are there. */
async function fetchFiles(options: GitCopyOptions, files: readonly TreeFile[]): Promise<void> {
  const missing = await missingFiles(options, files);
  for (let start = 0; start < missing.length; start += FILES_PER_FETCH) {
    throwIfCancelled(options.token);
    options.progress({ message: `Downloading ${missing.length} files`, fraction: start / missing.length });
    const input = missing.slice(start, start + FILES_PER_FETCH).map((oid) => `${oid}\n`).join('');
    const only = ['-c', 'fetch.negotiationAlgorithm=noop', 'fetch', '--no-tags', '--no-recurse-submodules', '--no-write-fetch-head', '--filter=blob:none', '--stdin', 'origin'];
    await git(only, { ...run(options), input, onProgress: undefined });
  }
}

async function missingFiles(options: GitCopyOptions, files: readonly TreeFile[]): Promise<readonly string[]> {
  const listed = await git(['rev-list', '--objects', '--missing=print', '--no-object-names', LATEST], run(options));
  const missing = new Set(listed.toString('utf8').split('\n').filter((line) => line.startsWith('?')).map((line) => line.slice(1)));
  return [...new Set(files.map(({ oid }) => oid))].filter((oid) => missing.has(oid));
}

/** Files may be missing, which git may ask the server for. */
const partialCopy = [
  ['remote.origin.promisor', 'true'],
  ['remote.origin.partialclonefilter', 'blob:none'],
  ['core.repositoryformatversion', '1'],
  ['extensions.partialClone', 'origin'],
] as const;

/** An earlier download found that the server gives all or nothing. */
async function isWhole(options: GitCopyOptions): Promise<boolean> {
  return git(['config', '--get', 'huntbook.whole'], run(options)).then(() => true, () => false);
}

async function prepare(options: GitCopyOptions, isPartial: boolean): Promise<void> {
  const there = await access(`${options.gitDir}/HEAD`).then(() => true, () => false);
  try {
    if (!there) {
      await mkdir(options.gitDir, { recursive: true });
      await git(['init', '--bare', '--quiet', '--template=', options.gitDir], { ...run(options), gitDir: undefined });
    }
    await rm(`${options.gitDir}/shallow.lock`, { force: true });
  } catch (thrown) {
    throw toHuntError(thrown);
  }
  const settings = [['remote.origin.url', options.url], ...(isPartial ? partialCopy : [['huntbook.whole', 'true']])];
  for (const setting of settings) await git(['config', ...setting], run(options));
}

async function fetch(options: GitCopyOptions, arguments_: readonly string[]): Promise<void> {
  await git(arguments_, {
    ...run(options),
    onProgress: (line) => {
      const percent = /(\d+)%/.exec(line)?.[1];
      options.progress({ message: line.slice(0, 120), ...(percent === undefined ? {} : { fraction: Number(percent) / 100 }) });
    },
  });
}

function run({ gitDir, proxy, token }: GitCopyOptions): Pick<GitCopyOptions, 'gitDir' | 'proxy' | 'token'> {
  return { gitDir, proxy, token };
}

/** @throws HuntError `refused` */
function checkAddress(url: string): void {
  const isSsh = /^[\w.-]+@[\w.-]+:[^-].*$/.test(url);
  if (isSsh || /^(https|ssh|file):\/\/[^-]/i.test(url) || /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?\//i.test(url)) return;
  throw new HuntError({ kind: 'refused', message: `${url} is no address that templates are downloaded from. Use https://, ssh:// or file://.` });
}

/** @throws HuntError `refused` */
function checkedRef(ref: string): string {
  if (/^[\w][\w./-]*$/.test(ref) && !ref.includes('..')) return ref;
  throw new HuntError({ kind: 'refused', message: `"${ref}" is no name of a branch, a tag or a commit.` });
}
