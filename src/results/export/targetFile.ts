import { randomBytes } from 'node:crypto';
import { copyFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { HuntError, toHuntError } from '../../common/errors';

/**
 * Writes a file whole or not at all: under a temporary name beside it, which becomes its own when everything is written. What was
 * written until a failure or a stop is removed; a file that was there stays as it was until then.
 * @param write Makes the file of the temporary name, which does not exist.
 * @returns its size in bytes.
 * @throws HuntError `storage`, naming the file that was asked for; whatever `write` throws.
 */
export async function writeTarget(target: string, write: (temporary: string) => Promise<void>): Promise<number> {
  if (!path.isAbsolute(target)) throw new HuntError({ kind: 'badName', name: target, message: 'the path is not absolute.' });
  const temporary = path.join(path.dirname(target), `.${path.basename(target).slice(0, 100)}.${randomBytes(6).toString('hex')}.part`);
  try {
    await write(temporary);
    const { size } = await stat(temporary);
    await rename(temporary, target);
    return size;
  } catch (thrown) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw naming(target, thrown);
  }
}

/** Moves a file, to another disk as well. */
export async function moveFile(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (thrown) {
    if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'EXDEV')) throw thrown;
    await copyFile(from, to);
    await rm(from, { force: true });
  }
}

/** People know the file that they asked for, not the temporary one. */
export function naming(target: string, thrown: unknown): HuntError {
  const error = toHuntError(thrown);
  const { data } = error;
  if (data.kind === 'storage') return new HuntError({ ...data, path: target }, { cause: thrown });
  // A folder in the file's place, a name too long, a file that another program has open, and the like.
  const isOfFiles = data.kind === 'internal' && thrown instanceof Error && 'syscall' in thrown;
  if (!isOfFiles) return error;
  return new HuntError({ kind: 'storage', reason: 'other', path: target, message: `${target} cannot be written: ${thrown.message}` }, { cause: thrown });
}
