import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, link, mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { HuntError, toHuntError } from '../common/errors';
import { notebookText } from '../common/nbformat';
import { notebookFileName } from './notebookName';

export interface CreateNotebookFile {
  /** Made when missing. */
  readonly folder: string;
  /** With or without `.ipynb`. */
  readonly name: string;
  /** Replace a file of that name. */
  readonly overwrite: boolean;
  /** An nbformat notebook. */
  readonly notebook: object;
}

/**
 * Writes a notebook file whole or not at all: readers never see a part of it, and a full disk costs nothing that was there.
 * @returns The file's absolute path.
 * @throws HuntError `badName`, `exists` unless `overwrite`, `storage`.
 */
export async function createNotebookFile({ folder, name, overwrite, notebook }: CreateNotebookFile): Promise<string> {
  const fileName = notebookFileName(name);
  const target = path.resolve(folder, fileName);
  const temporary = path.resolve(folder, `.${fileName}.${randomUUID()}.tmp`);
  await makeFolder(folder);
  try {
    await writeWhole(temporary, notebookText(notebook));
    if (overwrite) await rename(temporary, target);
    else await claim(temporary, target);
    return target;
  } catch (thrown) {
    if (errorCode(thrown) === 'EEXIST' || errorCode(thrown) === 'EISDIR') throw new HuntError({ kind: 'exists', path: target }, { cause: thrown });
    throw toHuntError(thrown);
  } finally {
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (thrown) {
    const code = errorCode(thrown);
    if (code !== 'EEXIST' && code !== 'ENOTDIR') throw toHuntError(thrown);
    const data = { kind: 'storage', reason: 'other', path: folder, message: `A file is in the way of the folder ${folder}.` } as const;
    throw new HuntError(data, { cause: thrown });
  }
}

async function writeWhole(file: string, text: string): Promise<void> {
  const handle = await open(file, 'wx');
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Gives the file its name unless that is taken, in one step: asking first would leave a moment for somebody else. */
async function claim(temporary: string, target: string): Promise<void> {
  try {
    await link(temporary, target);
  } catch (thrown) {
    if (errorCode(thrown) === 'EEXIST') throw thrown;
    // File systems without hard links (FAT, some network shares).
    await copyFile(temporary, target, constants.COPYFILE_EXCL);
  }
}

function errorCode(thrown: unknown): unknown {
  return thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
}
