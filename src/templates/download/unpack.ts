import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { createGunzip } from 'node:zlib';
import type { Readable } from 'node:stream';
import { extract } from 'tar-stream';
import { open as openZip, type Entry, type ZipFile } from 'yauzl';
import { type CancellationToken, throwIfCancelled } from '../../common/cancellation';
import { HuntError, toHuntError } from '../../common/errors';
import type { CopyWriter } from './copyWriter';

/** Entries of an archive at most, wanted or not. */
const MAX_ENTRIES = 200_000;

/**
 * Writes the wanted regular files of a zip or tar.gz archive. The folder that such archives wrap everything in is left out. Links, devices
 * and paths that leave the folder are passed over; sizes are those read, not those promised.
 * @throws HuntError `network` when it is no archive or ends early, `refused` above the limits, `cancelled`, `storage`.
 */
export async function unpack(file: string, writer: CopyWriter, token: CancellationToken): Promise<void> {
  try {
    if (await isZip(file)) await unpackZip(file, writer, token);
    else await unpackTar(file, writer, token);
  } catch (thrown) {
    throwIfCancelled(token);
    const error = toHuntError(thrown);
    if (error.data.kind !== 'internal') throw error;
    throw new HuntError({ kind: 'network', host: 'the archive', message: `It is damaged, incomplete or no zip or tar.gz archive (${error.data.message}).` }, { cause: thrown });
  }
}

async function isZip(file: string): Promise<boolean> {
  const handle = await open(file, 'r');
  try {
    const { buffer: head } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    return head.toString('latin1') === 'PK\u0003\u0004';
  } finally {
    await handle.close();
  }
}

async function unpackTar(file: string, writer: CopyWriter, token: CancellationToken): Promise<void> {
  const packed = createReadStream(file);
  const gunzip = createGunzip();
  const entries = extract();
  packed.on('error', (error) => entries.destroy(error));
  gunzip.on('error', (error) => entries.destroy(error));
  packed.pipe(gunzip).pipe(entries);
  let count = 0;
  try {
    for await (const entry of entries) {
      throwIfCancelled(token);
      checkCount(++count);
      const { name, type, size } = entry.header;
      const inner = withoutWrapper(name);
      if (type === 'file' && writer.wants(inner)) {
        writer.checkSize(inner, size);
        await writer.write(inner, await buffer(entry));
      } else entry.resume();
    }
  } finally {
    packed.destroy();
    gunzip.destroy();
  }
}

async function unpackZip(file: string, writer: CopyWriter, token: CancellationToken): Promise<void> {
  const zip = await new Promise<ZipFile>((resolve, reject) => {
    const options = { lazyEntries: true, autoClose: false, validateEntrySizes: true };
    openZip(file, options, (error, opened) => (error ? reject(error) : resolve(opened)));
  });
  try {
    let count = 0;
    for (let entry = await nextEntry(zip); entry; entry = await nextEntry(zip)) {
      throwIfCancelled(token);
      checkCount(++count);
      const inner = withoutWrapper(entry.fileName);
      if (!isRegular(entry) || !writer.wants(inner)) continue;
      writer.checkSize(inner, entry.uncompressedSize);
      await writer.write(inner, await buffer(await contentOf(zip, entry)));
    }
  } finally {
    zip.close();
  }
}

function nextEntry(zip: ZipFile): Promise<Entry | undefined> {
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void): void => {
      zip.off('entry', onEntry).off('end', onEnd).off('error', onError);
      finish();
    };
    const onEntry = (entry: Entry): void => settle(() => resolve(entry));
    const onEnd = (): void => settle(() => resolve(undefined));
    const onError = (error: Error): void => settle(() => reject(error));
    zip.on('entry', onEntry).on('end', onEnd).on('error', onError);
    zip.readEntry();
  });
}

function contentOf(zip: ZipFile, entry: Entry): Promise<Readable> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => (error ? reject(error) : resolve(stream)));
  });
}

/** Neither a folder nor, by the mode that Unix archivers keep, a link. */
function isRegular(entry: Entry): boolean {
  const format = (entry.externalFileAttributes >>> 16) & 0o170000;
  return !entry.fileName.endsWith('/') && (format === 0 || format === 0o100000);
}

function checkCount(count: number): void {
  if (count > MAX_ENTRIES) throw new HuntError({ kind: 'refused', message: `The archive has more than ${MAX_ENTRIES} entries.` });
}

function withoutWrapper(name: string): string {
  const inner = name.replace(/^\.\//, '');
  const slash = inner.indexOf('/');
  return slash < 0 ? inner : inner.slice(slash + 1);
}
