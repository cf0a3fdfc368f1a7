import { lstat, mkdir, readdir, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { HuntError } from '../common/errors';

/** Ids of results are UUIDs. What a notebook's file calls one may be anything, and must not lead out of the folder. */
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const EXTENSION = '.parquet';

/** The folder beside a notebook that holds the rows of its results: `hunt.results` for `hunt.ipynb`, a Parquet file for each result. */
export class SidecarFolder {
  readonly path: string;

  /** @param notebook Absolute path of its file. */
  constructor(notebook: string) {
    const { dir, name } = path.parse(notebook);
    this.path = path.join(dir, `${name}.results`);
  }

  /** Where the rows of a result are; undefined when they are not there. */
  async find(resultId: string): Promise<string | undefined> {
    const file = this.#file(resultId);
    if (file === undefined || !(await this.#isThere())) return undefined;
    return (await lstat(file).catch(() => undefined))?.isFile() ? file : undefined;
  }

  /** Where to write the rows of a result. Makes the folder. @throws HuntError when something else stands there */
  async place(resultId: string): Promise<string> {
    const file = this.#file(resultId);
    if (file === undefined) throw new HuntError({ kind: 'refused', message: `"${resultId}" is no id of a result.` });
    await mkdir(this.path, { recursive: true });
    if (!(await this.#isThere())) throw isLink(this.path);
    const there = await lstat(file).catch(() => undefined);
    if (there && !there.isFile()) throw isLink(file);
    return file;
  }

  /** Removes the rows of results that are not named, and the folder when it is empty then. Nothing else in it is touched. */
  async keepOnly(resultIds: ReadonlySet<string>): Promise<void> {
    if (!(await this.#isThere())) return;
    for (const name of await readdir(this.path)) {
      const resultId = path.basename(name, EXTENSION);
      const isOurs = name.endsWith(EXTENSION) && uuid.test(resultId);
      if (isOurs && !resultIds.has(resultId)) await rm(path.join(this.path, name), { force: true });
    }
    if ((await readdir(this.path)).length === 0) await rmdir(this.path);
  }

  #file(resultId: string): string | undefined {
    return uuid.test(resultId) ? path.join(this.path, `${resultId}${EXTENSION}`) : undefined;
  }

  /** A link would lead elsewhere: it is not followed. */
  async #isThere(): Promise<boolean> {
    return (await lstat(this.path).catch(() => undefined))?.isDirectory() ?? false;
  }
}

function isLink(place: string): HuntError {
  return new HuntError({ kind: 'storage', reason: 'other', path: place, message: 'It leads elsewhere. Remove it to keep rows there.' });
}
