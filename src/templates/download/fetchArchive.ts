import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type CancellationToken, throwIfCancelled } from '../../common/cancellation';
import { HuntError, toHuntError } from '../../common/errors';
import type { DownloadProgress } from '../../common/templateService';

/** Larger archives are no collection of notebooks. */
const MAX_ARCHIVE_BYTES = 1_500_000_000;

/** Longest silence of a server, milliseconds. */
const SILENCE_MS = 60_000;

export interface FetchArchive {
  readonly url: string;
  /** Where it goes. What an interrupted download left there is continued when the server still has the same. */
  readonly file: string;
  readonly token: CancellationToken;
  readonly progress: (progress: DownloadProgress) => void;
}

/**
 * Downloads a file over HTTPS by `fetch`, which in the extension host goes the editor's way: its proxy, its certificates.
 * @returns What the server calls this state of the file, or its hash.
 * @throws HuntError `network`, `service` with the status, `refused` when it is too large, `cancelled`, `storage`.
 */
export async function fetchArchive({ url, file, token, progress }: FetchArchive): Promise<string> {
  throwIfCancelled(token);
  const controller = new AbortController();
  const registration = token.onCancellationRequested(() => controller.abort());
  let silence = setTimeout(() => controller.abort(), SILENCE_MS);
  const heard = (): void => {
    clearTimeout(silence);
    silence = setTimeout(() => controller.abort(), SILENCE_MS);
  };
  try {
    const begun = await begunDownload(file);
    const response = await request(url, begun, controller.signal);
    heard();
    const etag = response.headers.get('etag') ?? '';
    const append = response.status === 206;
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(tagFile(file), etag);
    await receive(response, file, append ? begun.bytes : 0, (bytes, total) => {
      heard();
      progress(sizeProgress(bytes, total));
    });
    return etag.replace(/^W\/|"/g, '') || (await hash(file));
  } catch (thrown) {
    throwIfCancelled(token);
    throw downloadError(thrown, url);
  } finally {
    clearTimeout(silence);
    registration.dispose();
  }
}

interface Begun {
  readonly bytes: number;
  readonly etag: string;
}

async function begunDownload(file: string): Promise<Begun> {
  try {
    const [{ size }, etag] = await Promise.all([stat(file), readFile(tagFile(file), 'utf8')]);
    // Only a strong tag says that the bytes are the same.
    return etag.startsWith('"') ? { bytes: size, etag } : { bytes: 0, etag: '' };
  } catch {
    return { bytes: 0, etag: '' };
  }
}

async function request(url: string, { bytes, etag }: Begun, signal: AbortSignal): Promise<Response> {
  const headers = bytes > 0 ? { range: `bytes=${bytes}-`, 'if-range': etag } : {};
  const response = await fetch(url, { headers, signal, redirect: 'follow' });
  if (response.status === 416) return request(url, { bytes: 0, etag: '' }, signal);
  if (response.ok && response.body !== null) return response;
  const message = response.status === 404 ? `There is nothing at ${url}.` : `${url} cannot be downloaded.`;
  throw new HuntError({ kind: 'service', service: new URL(url).host, status: response.status, message });
}

type Report = (bytes: number, total: number | undefined) => void;

async function receive(response: Response, file: string, from: number, report: Report): Promise<void> {
  const isPlain = response.headers.get('content-encoding') === null;
  const length = isPlain ? Number(response.headers.get('content-length') ?? 'NaN') : Number.NaN;
  const total = Number.isNaN(length) ? undefined : from + length;
  const handle = await open(file, from > 0 ? 'a' : 'w');
  let bytes = from;
  try {
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      await handle.write(chunk);
      bytes += chunk.byteLength;
      if (bytes > MAX_ARCHIVE_BYTES) throw new HuntError({ kind: 'refused', message: `The archive has more than ${MAX_ARCHIVE_BYTES / 1e6} MB.` });
      report(bytes, total);
    }
  } finally {
    await handle.close();
  }
  if (total !== undefined && bytes < total) throw new Error(`${bytes} of ${total} bytes came`);
}

function sizeProgress(bytes: number, total: number | undefined): DownloadProgress {
  const megabytes = (bytes / 1e6).toFixed(1);
  if (total === undefined) return { message: `${megabytes} MB` };
  return { message: `${megabytes} of ${(total / 1e6).toFixed(1)} MB`, fraction: bytes / total };
}

async function hash(file: string): Promise<string> {
  return createHash('sha256').update(await readFile(file)).digest('hex').slice(0, 40);
}

function tagFile(file: string): string {
  return `${file}.etag`;
}

/** Removes an archive, whole or begun. */
export async function removeArchive(file: string): Promise<void> {
  await Promise.all([file, tagFile(file)].map((name) => rm(name, { force: true }).catch(() => undefined)));
}

function downloadError(thrown: unknown, url: string): HuntError {
  const error = toHuntError(thrown);
  if (error.data.kind !== 'internal') return error;
  const isSilent = thrown instanceof Error && thrown.name === 'AbortError';
  const cause = thrown instanceof Error && thrown.cause instanceof Error ? thrown.cause.message : error.data.message;
  const message = isSilent ? `It sent nothing for ${SILENCE_MS / 1000} s.` : `${cause}.`;
  return new HuntError({ kind: 'network', host: hostOf(url), message }, { cause: thrown });
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
