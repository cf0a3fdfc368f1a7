import { randomUUID } from 'node:crypto';
import { access, readdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { DownloadedCopy, RemoteSource } from '../../common/templates';
import { writeJson } from '../catalogueCache';
import { CopyWriter } from './copyWriter';

const COPY_FILE = 'copy.json';

/** Copies that nobody finished are left alone for this long: another window may be at work on them. */
const UNFINISHED_MS = 3_600_000;

/** What a new copy is, beside its files. */
export type CopyFacts = Pick<DownloadedCopy, 'version' | 'changedAt' | 'url'>;

/**
 * Keeps the downloaded copies of sources, each source in a folder of its own. A new copy is written beside the one in use and takes its
 * place when it is complete: whatever fails before that, the last good copy stays.
 */
export class SourceStore {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  gitDir(key: string): string {
    return path.join(this.#folder, key, 'git');
  }

  /** Where an archive is downloaded to; what is there of it stays until it is whole. */
  archiveFile(key: string): string {
    return path.join(this.#folder, key, 'archive.part');
  }

  /** The copy in use, or undefined. */
  async copy(key: string): Promise<DownloadedCopy | undefined> {
    try {
      const copy = JSON.parse(await readFile(path.join(this.#folder, key, COPY_FILE), 'utf8')) as DownloadedCopy;
      await access(copy.folder);
      return copy;
    } catch {
      return undefined;
    }
  }

  /** The copy stays, and is found to be the newest. */
  async confirm(key: string, copy: DownloadedCopy): Promise<DownloadedCopy> {
    const confirmed = { ...copy, downloadedAt: new Date().toISOString() };
    await writeJson(path.join(this.#folder, key, COPY_FILE), confirmed);
    return confirmed;
  }

  /**
   * Makes a new copy, which `fill` writes, the one in use; one without files takes nobody's place.
   * @throws what `fill` throws; `storage` when it cannot be written.
   */
  async install(source: RemoteSource, facts: CopyFacts, fill: (writer: CopyWriter) => Promise<void>): Promise<DownloadedCopy> {
    const before = await this.copy(source.key);
    const folder = path.join(this.#folder, source.key, `copy-${randomUUID()}`);
    const changed = facts.changedAt === undefined ? new Date() : new Date(facts.changedAt);
    const writer = new CopyWriter(folder, source.folders, changed);
    try {
      await fill(writer);
      const copy = { ...facts, folder, downloadedAt: new Date().toISOString(), files: writer.files };
      if (writer.files === 0) {
        await writer.discard();
        return copy;
      }
      await writeJson(path.join(this.#folder, source.key, COPY_FILE), copy);
      await this.#removeOthers(source.key, [folder, before?.folder]);
      return copy;
    } catch (thrown) {
      await writer.discard();
      throw thrown;
    }
  }

  /** The copy before this one stays until the next: another window may show it. */
  async #removeOthers(key: string, kept: readonly (string | undefined)[]): Promise<void> {
    const names = await readdir(path.join(this.#folder, key)).catch(() => []);
    for (const name of names) {
      const folder = path.join(this.#folder, key, name);
      if (!name.startsWith('copy-') || kept.includes(folder)) continue;
      const age = await stat(folder).then(({ mtimeMs }) => Date.now() - mtimeMs, () => 0);
      if (age > UNFINISHED_MS) await rm(folder, { recursive: true, force: true }).catch(() => undefined);
    }
  }
}
