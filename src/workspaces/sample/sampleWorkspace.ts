import { randomUUID } from 'node:crypto';
import { access, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type CancellationToken, neverCancelled, throwIfCancelled } from '../../common/cancellation';
import { HuntError, toHuntError } from '../../common/errors';
import type { IncidentDetails } from '../../common/incidents';
import type { LocalTable } from '../local/localData';
import { GENERATOR_VERSION, readSample, type SampleMetadata, writeSample } from './sampleDatabase';
import { HOUR } from './storyTime';

export interface OpenSample {
  /** Folder for the cached database file; made when missing. */
  readonly directory: string;
  /** The moment the data ends at: nothing is later. */
  readonly now: Date;
  /** Called with a sentence for people while the data is generated. */
  readonly progress?: ((sentence: string) => void) | undefined;
  readonly token?: CancellationToken | undefined;
}

export interface SampleWorkspace {
  /** A complete DuckDB file to be attached read-only. */
  readonly databaseFile: string;
  readonly tables: readonly LocalTable[];
  /** By alias, for `_GetWatchlist`. */
  readonly watchlists: readonly LocalTable[];
  readonly incidents: readonly IncidentDetails[];
}

const HOURS_A_FILE_LASTS = 6;
/** A generation takes seconds: an unfinished file of this age was left by a crash. */
const ABANDONED_AFTER = HOUR;

/**
 * Opens the sample workspace "Contoso": 14 days of generated logs that end at `now`, with one attack in them (STORY.md).
 * The data is generated on the first call of a quarter of a UTC day and read from the cached file afterwards; a broken file is made again,
 * files of other days are removed. The file gets its name when it is complete, so a crash leaves none that is half.
 * @param write what generates the file; tests have a quicker one.
 * @throws HuntError `storage` when the folder cannot be written, `cancelled` when the token asks to stop.
 */
export async function openSample(
  { directory, now, progress = () => undefined, token = neverCancelled }: OpenSample,
  write: typeof writeSample = writeSample,
): Promise<SampleWorkspace> {
  throwIfCancelled(token);
  const databaseFile = join(directory, fileName(now));
  const metadata = (await exists(databaseFile)) ? await readSample(databaseFile) : undefined;
  if (metadata) return { databaseFile, ...workspaceOf(metadata) };
  const unfinished = join(directory, `${FILE_PREFIX}${randomUUID()}.unfinished`);
  try {
    await mkdir(directory, { recursive: true });
    await write(unfinished, now, progress, token);
    await putInPlace(unfinished, databaseFile);
  } catch (thrown) {
    await removeQuietly(unfinished);
    throw storageFailure(thrown, directory);
  }
  await removeOthers(directory, fileName(now));
  const written = await readSample(databaseFile);
  if (!written)
    throw new HuntError({
      kind: 'storage',
      reason: 'other',
      path: databaseFile,
      message: `The generated sample workspace cannot be read: ${databaseFile}`,
    });
  return { databaseFile, ...workspaceOf(written) };
}

const FILE_PREFIX = 'contoso-';

function fileName(now: Date): string {
  const quarter = Math.floor(now.getUTCHours() / HOURS_A_FILE_LASTS) * HOURS_A_FILE_LASTS;
  return `${FILE_PREFIX}v${GENERATOR_VERSION}-${now.toISOString().slice(0, 10)}T${String(quarter).padStart(2, '0')}.duckdb`;
}

function workspaceOf({ tables, watchlists, incidents }: SampleMetadata): Omit<SampleWorkspace, 'databaseFile'> {
  return { tables, watchlists, incidents };
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

/** Where a file in use cannot be replaced (Windows), another process has made the same one: then that one serves. */
async function putInPlace(unfinished: string, file: string): Promise<void> {
  try {
    await rename(unfinished, file);
  } catch (thrown) {
    if (!(await readSample(file))) throw thrown;
    await removeQuietly(unfinished);
  }
}

async function removeOthers(directory: string, kept: string): Promise<void> {
  for (const name of await readdir(directory).catch(() => [])) {
    if (!name.startsWith(FILE_PREFIX) || name === kept) continue;
    const file = join(directory, name);
    if (name.endsWith('.duckdb') || (await isAbandoned(file))) await removeQuietly(file);
  }
}

async function isAbandoned(file: string): Promise<boolean> {
  return stat(file).then(
    ({ mtimeMs }) => Date.now() - mtimeMs > ABANDONED_AFTER,
    () => false,
  );
}

/** A file that is open elsewhere may refuse to go; the next day's generation tries again. */
async function removeQuietly(file: string): Promise<void> {
  await rm(file, { force: true }).catch(() => undefined);
  await rm(`${file}.wal`, { force: true }).catch(() => undefined);
}

/** DuckDB reports what the disk refuses as text. */
export function storageFailure(thrown: unknown, path: string): HuntError {
  const error = toHuntError(thrown);
  if (error.data.kind !== 'internal') return error;
  const { message } = error.data;
  const storage = (reason: 'full' | 'readOnly' | 'denied' | 'other', text: string): HuntError =>
    new HuntError({ kind: 'storage', reason, path, message: text }, { cause: thrown });
  if (/no space left|disk full|out of disk/i.test(message)) return storage('full', message);
  if (/read-only file system/i.test(message)) return storage('readOnly', message);
  if (/permission denied|access is denied/i.test(message)) return storage('denied', message);
  if (/^IO Error|ENOTDIR|EEXIST/.test(message)) return storage('other', `The sample workspace cannot be stored in ${path}: ${message}`);
  return error;
}
