import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { HuntError, toHuntError } from '../../common/errors';

export interface WrittenFileOptions<T> {
  /** Its folder is made when something is written. */
  readonly file: string;
  /** For messages: `What was written to incidents`. */
  readonly what: string;
  readonly empty: T;
  /** Reads what the file holds as JSON. @throws when that is nothing of ours. */
  readonly read: (json: unknown) => T;
  readonly write: (value: T) => unknown;
}

/**
 * What people write to a local workspace, in a JSON file beside its data: whole or not at all, one write at a time, each on what another
 * window may have written since.
 */
export class WrittenFile<T> {
  readonly #options: WrittenFileOptions<T>;
  #writing: Promise<unknown> = Promise.resolve();

  constructor(options: WrittenFileOptions<T>) {
    this.#options = options;
  }

  /** @throws HuntError `storage`; for a damaged file as well: losing it in silence would be worse. */
  async read(): Promise<T> {
    const { file, what, empty, read } = this.#options;
    let text: string;
    try {
      text = await readFile(file, 'utf8');
    } catch (thrown) {
      const error = toHuntError(thrown);
      if (error.data.kind === 'storage' && error.data.reason === 'missing') return empty;
      throw error;
    }
    try {
      return read(JSON.parse(text));
    } catch (thrown) {
      const why = thrown instanceof HuntError ? thrown.message : 'is not valid JSON';
      const message = `${what} cannot be read: ${file} ${why}. Repair it, or move it away to go on without.`;
      throw new HuntError({ kind: 'storage', reason: 'other', path: file, message }, { cause: thrown });
    }
  }

  /**
   * @param make What is to be written instead of what is there; nothing is written when it throws, or gives back what it got.
   * @returns what is written.
   */
  async change(make: (now: T) => T): Promise<T> {
    const writing = this.#writing.then(async () => {
      const before = await this.read();
      const after = make(before);
      if (after !== before) await this.#replace(after);
      return after;
    });
    this.#writing = writing.catch(() => undefined);
    try {
      return await writing;
    } catch (thrown) {
      throw toHuntError(thrown);
    }
  }

  async #replace(value: T): Promise<void> {
    const { file, write } = this.#options;
    const unfinished = `${file}.${randomUUID()}.new`;
    await mkdir(path.dirname(file), { recursive: true });
    try {
      await writeFile(unfinished, JSON.stringify(write(value)));
      await rename(unfinished, file);
    } catch (thrown) {
      await rm(unfinished, { force: true }).catch(() => undefined);
      throw thrown;
    }
  }
}
