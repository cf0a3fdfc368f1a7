import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { CancellationToken } from '../../common/cancellation';
import { HuntError } from '../../common/errors';
import { type FolderScan, scanFolder } from './folderScan';
import { readFunctions } from './folderFunctions';
import { folderIncidents } from './folderIncidents';
import { Loader } from './loader';
import type { LocalData, LocalTable } from './localData';
import { sqlText } from './stagedFile';
import { loadTable } from './tableLoader';

export interface OpenFolder {
  readonly folder: string;
  /** Where the loaded data is kept, so that the next opening is quick; made when missing. */
  readonly storageFolder: string;
  readonly token: CancellationToken;
  /** Called with a sentence for people. */
  readonly progress: (sentence: string) => void;
}

/**
 * Opens a folder of data files as a workspace. What was loaded before is used again as long as no file was added, removed or written. A
 * file that cannot be
 * read is reported in the problems; the rest is there.
 * @throws HuntError `storage` when the folder cannot be read or the storage folder not written, `cancelled`.
 */
export async function openFolder(options: OpenFolder): Promise<LocalData> {
  const { folder, storageFolder, token, progress } = options;
  if (!(await stat(folder)).isDirectory()) {
    throw new HuntError({
      kind: 'storage',
      reason: 'other',
      path: folder,
      message: `${folder} is not a folder. Choose the folder that holds the data files.`,
    });
  }
  progress(`Looking at ${path.basename(folder)}`);
  const scan = await scanFolder(folder);
  await mkdir(storageFolder, { recursive: true });
  const prefix = `folder-${createHash('sha256').update(path.resolve(folder)).digest('hex').slice(0, 16)}`;
  const databaseFile = path.join(storageFolder, `${prefix}-${scan.fingerprint}.duckdb`);
  const cached = await readContents(databaseFile);
  const { functions, problems } = await readFunctions(scan.functions);
  const withFunctions = (contents: Contents): LocalData => ({
    ...contents,
    databaseFile,
    functions,
    problems: [...contents.problems, ...problems],
  });
  if (cached) return withFunctions(cached);
  const contents = await load(scan, databaseFile, { ...options, token });
  await removeOlder(storageFolder, prefix, databaseFile);
  return withFunctions(contents);
}

/** What is in a database file, kept beside it. */
type Contents = Omit<LocalData, 'databaseFile' | 'functions'>;

async function load(scan: FolderScan, databaseFile: string, { storageFolder, token, progress }: OpenFolder): Promise<Contents> {
  // Written under another name, so that what has its own name is complete, whoever else loads at the same time.
  const unfinished = path.join(storageFolder, `loading-${randomUUID()}`);
  const loader = await Loader.open(`${unfinished}.tmp`, token);
  try {
    const contents = await loadAll(loader, scan, `${unfinished}.duckdb`, progress);
    loader.dispose();
    await rename(`${unfinished}.duckdb`, databaseFile);
    await writeFile(`${unfinished}.json`, JSON.stringify(contents));
    await rename(`${unfinished}.json`, contentsFile(databaseFile));
    return contents;
  } finally {
    loader.dispose();
    for (const ending of ['.duckdb', '.duckdb.wal', '.json', '.tmp']) await rm(`${unfinished}${ending}`, { recursive: true, force: true });
  }
}

async function loadAll(loader: Loader, scan: FolderScan, databaseFile: string, progress: (sentence: string) => void): Promise<Contents> {
  await loader.run(`ATTACH ${sqlText(databaseFile)} AS target`);
  const tables: LocalTable[] = [];
  const watchlists: LocalTable[] = [];
  const problems: Contents['problems'][number][] = [];
  for (const [index, data] of scan.tables.entries()) {
    progress(`Loading ${data.name} (${index + 1} of ${scan.tables.length})`);
    const loaded = await loadTable(loader, data, `"t${index}"`);
    problems.push(...loaded.problems);
    if (loaded.table) (data.kind === 'watchlist' ? watchlists : tables).push(loaded.table);
  }
  const incidents = await folderIncidents(loader, tables);
  await loader.run('DETACH target');
  return { tables, watchlists, incidents, problems };
}

function contentsFile(databaseFile: string): string {
  return databaseFile.replace(/\.duckdb$/, '.json');
}

/** Undefined when the database is not there, or not complete. */
async function readContents(databaseFile: string): Promise<Contents | undefined> {
  try {
    await stat(databaseFile);
    return JSON.parse(await readFile(contentsFile(databaseFile), 'utf8')) as Contents;
  } catch {
    return undefined;
  }
}

/** Databases of earlier states of the folder. One that is still in use elsewhere cannot be removed everywhere: the next time does. */
async function removeOlder(storageFolder: string, prefix: string, databaseFile: string): Promise<void> {
  const kept = new Set([path.basename(databaseFile), path.basename(contentsFile(databaseFile))]);
  for (const name of await readdir(storageFolder)) {
    if (name.startsWith(`${prefix}-`) && !kept.has(name)) await rm(path.join(storageFolder, name), { force: true }).catch(() => undefined);
  }
}
