import { rm } from 'node:fs/promises';
import type { CancellationToken } from '../../common/cancellation';
import { HuntError, toHuntError } from '../../common/errors';
import type { DownloadProgress } from '../../common/templateService';
import type { DownloadedCopy, RemoteSource } from '../../common/templates';
import { removeArchive } from './fetchArchive';
import { fetchLatest, type GitCopyOptions, writeFiles } from './gitCopy';
import type { SourceStore } from './sourceStore';
import { unpack } from './unpack';

interface Work {
  readonly token: CancellationToken;
  readonly progress: (progress: DownloadProgress) => void;
}

/**
 * Brings the newest version of a repository. When it is the one in use, nothing is written.
 * @throws as {@link fetchLatest} and {@link writeFiles}; `refused` when there is nothing in it that templates need.
 */
export async function downloadWithGit(
  store: SourceStore,
  { source, url, proxy }: { readonly source: RemoteSource; readonly url: string; readonly proxy?: string | undefined },
  { token, progress }: Work,
): Promise<DownloadedCopy> {
  const ref = source.kind === 'git' ? source.ref : undefined;
  const options: GitCopyOptions = { url, ref, gitDir: store.gitDir(source.key), proxy, token, progress };
  const { commit, date } = await fetchAnew(options);
  const before = await store.copy(source.key);
  if (before?.version === commit) return store.confirm(source.key, before);
  return notEmpty(source, await store.install(source, { version: commit, changedAt: date, url: source.kind === 'git' ? source.url : url }, (writer) => writeFiles(options, writer)));
}

/** A repository of ours that was left broken (a full disk, a machine that was switched off) is made anew, once. */
async function fetchAnew(options: GitCopyOptions): ReturnType<typeof fetchLatest> {
  try {
    return await fetchLatest(options);
  } catch (thrown) {
    const broken = /not (?:a git repository|in a git directory)|bad object|corrupt|unable to read (sha1|tree)|index-pack died|\.lock|shallow file has changed/i;
    if (!broken.test(toHuntError(thrown).message)) throw thrown;
    await rm(options.gitDir, { recursive: true, force: true });
    return fetchLatest(options);
  }
}

/** Unpacks an archive that was downloaded whole and makes it the copy in use; the archive is removed, unless the disk was at fault. */
export async function installArchive(
  store: SourceStore,
  { source, url, file, version }: { readonly source: RemoteSource; readonly url: string; readonly file: string; readonly version: string },
  { token, progress }: Work,
): Promise<DownloadedCopy> {
  progress({ message: 'Unpacking' });
  try {
    const copy = await store.install(source, { version, url }, (writer) => unpack(file, writer, token));
    await removeArchive(file);
    return notEmpty(source, copy);
  } catch (thrown) {
    const { kind } = toHuntError(thrown).data;
    if (kind !== 'storage' && kind !== 'cancelled') await removeArchive(file);
    throw thrown;
  }
}

function notEmpty(source: RemoteSource, copy: DownloadedCopy): DownloadedCopy {
  if (copy.files > 0) return copy;
  const where = source.folders.length === 0 ? '' : ` in ${source.folders.join(', ')}`;
  throw new HuntError({ kind: 'refused', message: `${source.name} has no notebooks and no hunting queries${where}. What was there before stays.` });
}
