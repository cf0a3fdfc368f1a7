import * as vscode from 'vscode';
import type { CancellationToken } from '../common/cancellation';
import { HuntError, toHuntError } from '../common/errors';
import type { DownloadProgress } from '../common/templateService';
import type { DownloadedCopy, RemoteSource } from '../common/templates';
import { archiveAddress, fetchAddress } from '../templates/download/addresses';
import { fetchArchive } from '../templates/download/fetchArchive';
import type { TemplateWorkerHost } from '../templates/templateWorkerHost';

/**
 * Brings the newest version of a source: a git repository by git where there is one, else, and where git fails to reach it, as the archive
 * that its host makes of it.
 */
export async function downloadSource(
  worker: TemplateWorkerHost,
  source: RemoteSource,
  token: CancellationToken,
  progress: (progress: DownloadProgress) => void,
  log: vscode.LogOutputChannel,
): Promise<DownloadedCopy> {
  const url = fetchAddress(source, vscode.workspace.getConfiguration('huntbook').get('templates.mirror', '').trim());
  if (source.kind === 'archive') return downloadArchive(worker, source, url, token, progress);
  try {
    return await worker.call('downloadWithGit', { source, url, proxy: proxySetting() }, token, progress);
  } catch (thrown) {
    const error = toHuntError(thrown);
    const archive = archiveAddress(url, source.ref);
    const unreachable = error.data.kind === 'network' || (error.data.kind === 'notFound' && error.data.what === 'program');
    if (!unreachable) throw error;
    if (archive === undefined) throw error.data.kind === 'network' ? error : needsGit(url);
    log.info(`${source.name}: ${error.message} Trying ${archive}.`);
    try {
      return await downloadArchive(worker, source, archive, token, progress);
    } catch (second) {
      // What git said is the first reason; without git, the archive's is the only one.
      throw error.data.kind === 'network' && toHuntError(second).data.kind !== 'cancelled' ? error : second;
    }
  }
}

/** By the editor's own `fetch`: its proxy, its certificates. */
async function downloadArchive(
  worker: TemplateWorkerHost,
  source: RemoteSource,
  url: string,
  token: CancellationToken,
  progress: (progress: DownloadProgress) => void,
): Promise<DownloadedCopy> {
  const file = await worker.call('archiveFile', { key: source.key });
  const version = await fetchArchive({ url, file, token, progress });
  return worker.call('installArchive', { source, url: source.url, file, version }, token, progress);
}

/** For git, which does not know the editor's settings. */
function proxySetting(): string | undefined {
  const http = vscode.workspace.getConfiguration('http');
  const proxy = http.get('proxy', '').trim();
  return proxy === '' || http.get('proxySupport') === 'off' ? undefined : proxy;
}

function needsGit(url: string): HuntError {
  return new HuntError({ kind: 'refused', message: `git is needed to download ${url}, and was not found. Install it, or name an https archive as the source.` });
}
