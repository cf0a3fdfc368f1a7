import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';

export type Encoding = 'utf-8' | 'utf-16';

/** The beginning of a data file, unpacked and decoded. */
export interface FileHead {
  readonly text: string;
  readonly encoding: Encoding;
}

const HEAD_BYTES = 256 * 1024;

/**
 * Reads the first 256 KiB. Bytes that are no UTF-8 become U+FFFD.
 * @throws Error of the file system, or of zlib when a `.gz` file is none.
 */
export async function readHead(path: string): Promise<FileHead> {
  const bytes = await firstBytes(path);
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { text: new TextDecoder('utf-16le').decode(bytes), encoding: 'utf-16' };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { text: new TextDecoder('utf-16be').decode(bytes), encoding: 'utf-16' };
  return { text: new TextDecoder('utf-8').decode(bytes), encoding: 'utf-8' };
}

async function firstBytes(path: string): Promise<Buffer> {
  const file = createReadStream(path);
  const source = path.toLowerCase().endsWith('.gz') ? file.pipe(createGunzip()) : file;
  const failed = new Promise<never>((_resolve, reject) => file.once('error', reject));
  failed.catch(() => undefined); // The loop below reports it first when the stream is not packed.
  const chunks: Buffer[] = [];
  let length = 0;
  const read = async (): Promise<void> => {
    for await (const chunk of source) {
      chunks.push(chunk as Buffer);
      length += (chunk as Buffer).length;
      if (length >= HEAD_BYTES) break;
    }
  };
  try {
    await Promise.race([read(), failed]);
  } finally {
    file.destroy();
  }
  return Buffer.concat(chunks).subarray(0, HEAD_BYTES);
}
