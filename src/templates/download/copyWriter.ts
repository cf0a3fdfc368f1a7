import { mkdir, rm, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { HuntError, toHuntError } from '../../common/errors';
import { copyLimits, wantedPath } from './wantedFiles';

/**
 * Writes the files of a new copy into a folder that nobody else uses yet. Only regular files at safe paths come in; two that differ in
 * case alone get names of their own, for a disk may not tell them apart.
 */
export class CopyWriter {
  readonly #folder: string;
  readonly #folders: readonly string[];
  readonly #time: Date;
  readonly #taken = new Set<string>();
  #files = 0;
  #bytes = 0;

  /** @param folders Folders of the source to take; everything when empty. @param time Of the files written. */
  constructor(folder: string, folders: readonly string[], time: Date) {
    this.#folder = folder;
    this.#folders = folders;
    this.#time = time;
  }

  get files(): number {
    return this.#files;
  }

  /** Whether a file of this path is wanted. */
  wants(name: string): boolean {
    return wantedPath(name, this.#folders) !== undefined;
  }

  /** @throws HuntError `refused` above the limits, `storage` when it cannot be written. */
  async write(name: string, content: Uint8Array): Promise<void> {
    const parts = wantedPath(name, this.#folders);
    if (!parts) return;
    this.checkSize(name, content.byteLength);
    this.#files += 1;
    this.#bytes += content.byteLength;
    if (this.#files > copyLimits.files) throw tooLarge(`it has more than ${copyLimits.files} notebooks and queries`);
    if (this.#bytes > copyLimits.bytes) throw tooLarge(`its notebooks and queries have more than ${copyLimits.bytes / 1e6} MB`);
    const target = path.join(this.#folder, ...this.#distinct(parts));
    try {
      await mkdir(path.dirname(target), { recursive: true });
      await writeFile(target, content, { flag: 'wx' });
      await utimes(target, this.#time, this.#time);
    } catch (thrown) {
      throw toHuntError(thrown);
    }
  }

  /** Before a file is read whole. @throws HuntError `refused` */
  checkSize(name: string, bytes: number): void {
    if (bytes > copyLimits.fileBytes) throw tooLarge(`${name} has ${Math.round(bytes / 1e6)} MB`);
  }

  /** Removes what was written. */
  async discard(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true }).catch(() => undefined);
  }

  #distinct(parts: readonly string[]): readonly string[] {
    const named = (number: number): readonly string[] => {
      if (number === 1) return parts;
      const { dir, name, ext } = path.posix.parse(parts.join('/'));
      return [...dir.split('/').filter((part) => part !== ''), `${name} (${number})${ext}`];
    };
    for (let number = 1; ; number++) {
      const key = named(number).join('/').toLowerCase();
      if (this.#taken.has(key)) continue;
      this.#taken.add(key);
      return named(number);
    }
  }
}

function tooLarge(why: string): HuntError {
  return new HuntError({ kind: 'refused', message: `The source is too large: ${why}. Name the folders to take in the setting huntbook.templates.sources.` });
}
