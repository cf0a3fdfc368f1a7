import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { toHuntError } from '../common/errors';
import type { TemplateEntry } from '../common/templates';

/** What was read of a file, and in which state the file was. No entry: it is no template. */
export interface KeptEntry {
  readonly state: string;
  readonly entry?: TemplateEntry | undefined;
}

export interface CatalogueCache {
  /** By path below the source's folder. */
  readonly files: Readonly<Record<string, KeptEntry>>;
}

/** Raised whenever templates are read otherwise: what earlier versions kept is read anew. */
const VERSION = 1;

/** What an earlier reading kept; nothing when there is none or it is not ours. */
export async function readCache(file: string): Promise<CatalogueCache> {
  try {
    const kept = JSON.parse(await readFile(file, 'utf8')) as CatalogueCache & { readonly version?: unknown };
    return kept.version === VERSION && typeof kept.files === 'object' ? kept : { files: {} };
  } catch {
    return { files: {} };
  }
}

/** Whole or not at all. A cache that cannot be written costs time, nothing else. */
export async function writeCache(file: string, cache: CatalogueCache): Promise<void> {
  await writeJson(file, { version: VERSION, ...cache }).catch(() => undefined);
}

/** Writes a JSON file whole or not at all. @throws HuntError `storage` */
export async function writeJson(file: string, value: unknown): Promise<void> {
  const temporary = `${file}.${randomUUID()}.tmp`;
  try {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(temporary, JSON.stringify(value));
    await rename(temporary, file);
  } catch (thrown) {
    throw toHuntError(thrown);
  } finally {
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}
