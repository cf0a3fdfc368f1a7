import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { HuntError, toHuntError } from '../common/errors';
import { type Notebook, readNotebook } from '../notebook/ipynb';

/** @throws HuntError that names the file. */
export async function readNotebookFile(file: string): Promise<Notebook> {
  try {
    return readNotebook(await readFile(file, 'utf8'), file);
  } catch (thrown) {
    if (thrown instanceof HuntError) throw thrown;
    const { data, message } = toHuntError(thrown);
    throw data.kind === 'storage' ? new HuntError({ ...data, path: file }) : new HuntError({ kind: 'badNotebook', path: file, message });
  }
}

/** Writes a file; one that is there stays until the new one is complete. @throws what the file system says */
export async function replaceFile(file: string, content: string): Promise<void> {
  const unfinished = `${file}.${process.pid}.tmp`;
  try {
    await writeFile(unfinished, content);
    await rename(unfinished, file);
  } catch (thrown) {
    await rm(unfinished, { force: true });
    throw thrown;
  }
}
