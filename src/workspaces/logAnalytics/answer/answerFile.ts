import { randomUUID } from 'node:crypto';
import { mkdir, open, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { toHuntError } from '../../../common/errors';
import { readEnvelope, type AnswerEnvelope } from './envelope';
import { RowScanner } from './rowScanner';

/** The rows of an answer on disk, and what came with them. */
export interface AnswerFile {
  /** One JSON list a line, readable for this user alone. */
  readonly path: string;
  readonly rowCount: number;
  readonly longestRow: number;
  /** Bytes of the body before compression. */
  readonly bytes: number;
  readonly envelope: AnswerEnvelope;
  /** Removes the file. */
  remove(): Promise<void>;
}

/**
 * Writes the rows of an answer to a file while they arrive.
 * @throws MalformedAnswer, the stream's error, or HuntError `storage`; nothing is left on disk then.
 */
export async function receiveAnswer(body: Readable, folder: string): Promise<AnswerFile> {
  const file = path.join(folder, `${randomUUID()}.ndjson`);
  const remove = (): Promise<void> => rm(file, { force: true });
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const scanner = new RowScanner();
    const bytes = await writeRows(body, scanner, file);
    const envelope = readEnvelope(scanner.finish(), scanner.otherRows);
    return { path: file, rowCount: scanner.rowCount, longestRow: scanner.longestRow, bytes, envelope, remove };
  } catch (thrown) {
    body.destroy();
    await remove();
    throw thrown;
  }
}

/** Written in pieces of this size: a network's pieces are small. */
const PIECE = 4 * 1024 * 1024;

async function writeRows(body: Readable, scanner: RowScanner, path_: string): Promise<number> {
  const handle = await open(path_, 'wx', 0o600).catch((thrown: unknown) => {
    throw toHuntError(thrown);
  });
  let bytes = 0;
  let waiting: Uint8Array[] = [];
  let size = 0;
  const flush = async (): Promise<void> => {
    const pieces = waiting;
    waiting = [];
    size = 0;
    await handle.writev(pieces).catch((thrown: unknown) => {
      throw toHuntError(thrown);
    });
  };
  try {
    for await (const piece of body as AsyncIterable<Buffer>) {
      bytes += piece.length;
      const lines = scanner.push(piece);
      if (lines.length > 0) waiting.push(lines);
      size += lines.length;
      if (size >= PIECE) await flush();
    }
    if (size > 0) await flush();
    return bytes;
  } finally {
    await handle.close();
  }
}
