import { createHash } from 'node:crypto';
import { open, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { HuntError, toHuntError } from '../common/errors';
import type { ReadSource } from '../common/templateService';
import { BUNDLED_SOURCE, OTHER_GROUP, type TemplateEntry } from '../common/templates';
import { type CatalogueCache, type KeptEntry, readCache, writeCache } from './catalogueCache';
import { compareEntries } from './templateOrder';
import { readHuntingQuery } from './huntingQueryFile';
import { parseNotebook } from './notebookJson';
import { revisedDate, readRevisedDates } from './revisedDates';
import { describeTemplate, type TemplatePlace } from './templateReader';

/** A larger file is listed as broken: outputs make notebooks large, templates need none. */
const MAX_TEMPLATE_BYTES = 64_000_000;

/** Reads at one time: more would hold their files' texts at once. */
const CONCURRENT_READS = 8;

/** More files than any collection has; a folder chosen by mistake (a home, a disk) ends here. */
const MAX_FILES = 20_000;

/**
 * Reads all templates of a folder and of the folders in it, in the order to show them: notebooks, and hunting queries in YAML. Never fails
 * because of one file: what cannot be read is listed with its error. Links are not followed.
 * @param cacheFile Where to keep what was read; files that have not changed since (size, time, version) are not read again.
 * @throws HuntError `storage` when the folder itself cannot be read, `refused` when it holds far too much.
 */
export async function readTemplates(read: ReadSource, cacheFile?: string): Promise<readonly TemplateEntry[]> {
  const files = await templateFiles(read.folder);
  const before = cacheFile === undefined ? emptyCache : await readCache(cacheFile);
  const revised = await readRevisedDates(read.folder);
  const kept: Record<string, KeptEntry> = {};
  const left = [...files];
  let changed = Object.keys(before.files).length !== files.length;
  const work = async (): Promise<void> => {
    for (let file = left.pop(); file !== undefined; file = left.pop()) {
      const known = before.files[file];
      const state = await fileState(path.join(read.folder, file), read.version);
      if (known?.state === state) kept[file] = known;
      else {
        kept[file] = await readEntry(read, file, state, known);
        changed = true;
      }
    }
  };
  await Promise.all(Array.from({ length: CONCURRENT_READS }, work));
  if (cacheFile !== undefined && changed) await writeCache(cacheFile, { files: kept });
  return Object.values(kept)
    .flatMap(({ entry }) => (entry ? [placed(entry, read, revised)] : []))
    .sort(compareEntries);
}

const emptyCache: CatalogueCache = { files: {} };

/** The text of a template's file. @throws HuntError `badNotebook` when it is too large, `storage` when it cannot be read. */
export async function readTemplateText(file: string): Promise<string> {
  try {
    const handle = await open(file, 'r');
    try {
      const { size } = await handle.stat();
      if (size > MAX_TEMPLATE_BYTES) {
        const message = `it has ${Math.round(size / 1e6)} MB, more than the ${MAX_TEMPLATE_BYTES / 1e6} MB a template may have. Clear its outputs.`;
        throw new HuntError({ kind: 'badNotebook', path: file, message });
      }
      return await handle.readFile('utf8');
    } finally {
      await handle.close();
    }
  } catch (thrown) {
    throw toHuntError(thrown);
  }
}

export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Paths below the folder, with `/`. */
async function templateFiles(folder: string): Promise<readonly string[]> {
  let entries;
  try {
    entries = await readdir(folder, { recursive: true, withFileTypes: true });
  } catch (thrown) {
    throw toHuntError(thrown);
  }
  const files = entries
    .filter((entry) => entry.isFile() && /\.(ipynb|ya?ml)$/i.test(entry.name))
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep))
    .filter((parts) => !parts.some((part) => part.startsWith('.') || part === 'node_modules'))
    .map((parts) => parts.join('/'));
  if (files.length <= MAX_FILES) return files;
  const message = `The folder ${folder} has ${files.length} notebooks and YAML files, more than ${MAX_FILES}. Name a folder of templates.`;
  throw new HuntError({ kind: 'refused', message });
}

async function fileState(file: string, version: string | undefined): Promise<string> {
  try {
    const { size, mtimeMs } = await stat(file);
    return `${size} ${mtimeMs} ${version ?? ''}`;
  } catch {
    return 'unknown';
  }
}

async function readEntry(read: ReadSource, file: string, state: string, before: KeptEntry | undefined): Promise<KeptEntry> {
  const id = templateId(read.source, file);
  const full = path.join(read.folder, file);
  const folder = path.posix.dirname(file) === '.' ? '' : path.posix.dirname(file);
  const place = { id, source: read.source, path: full, folder };
  try {
    const text = await readTemplateText(full);
    const hash = hashOf(text);
    const entry = describeFile(text, { ...place, hash });
    if (!entry) return { state };
    const lastChange = lastChangeOf(read, state, before, hash);
    return { state, entry: lastChange === undefined ? entry : { ...entry, lastChange } };
  } catch (thrown) {
    const { message } = toHuntError(thrown);
    return { state, entry: { kind: 'broken', id, source: read.source, path: full, group: folder || OTHER_GROUP, message } };
  }
}

function describeFile(text: string, place: TemplatePlace): ReturnType<typeof readHuntingQuery> {
  return place.path.toLowerCase().endsWith('.ipynb') ? describeTemplate(parseNotebook(text, place.path), place) : readHuntingQuery(text, place);
}

/** Of a folder: the file's time. Of a downloaded copy: the time of the version in which the content was first seen to differ. */
function lastChangeOf(read: ReadSource, state: string, before: KeptEntry | undefined, hash: string): string | undefined {
  const { source, version, changedAt } = read;
  // The product's own: their files' times say when it was installed.
  if (source === BUNDLED_SOURCE) return undefined;
  if (version === undefined) return new Date(Number(state.split(' ')[1])).toISOString();
  if (before?.entry?.kind !== 'template') return undefined;
  return before.entry.hash === hash ? before.entry.lastChange : changedAt;
}

/** What the cache does not keep: the folder may be another one (a newer copy), and dates are the repository's. */
function placed(entry: TemplateEntry, { folder, source, version }: ReadSource, revised: ReadonlyMap<string, string>): TemplateEntry {
  const file = path.join(folder, relativePath(entry, source));
  if (entry.kind === 'broken') return { ...entry, path: file };
  if (version === undefined) return { ...entry, path: file };
  const lastChange = entry.lastChange ?? revisedDate(revised, entry);
  return { ...entry, path: file, ...(lastChange === undefined ? {} : { lastChange }) };
}

/** The bundled hunts had their ids before there were other sources. Extensions stay where two files could differ in them alone. */
function templateId(source: string, file: string): string {
  return source === BUNDLED_SOURCE ? file.replace(/\.ipynb$/i, '') : `${source}:${file}`;
}

function relativePath({ id, path: file }: TemplateEntry, source: string): string {
  return source === BUNDLED_SOURCE ? `${id}${path.extname(file)}` : id.slice(source.length + 1);
}
