import { createHash } from 'node:crypto';
import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { type FunctionFile, functionEnding } from './folderFunctions';
import { freeName, tableName } from './tableName';

export type DataFormat = 'csv' | 'tsv' | 'json' | 'jsonLines' | 'parquet';

export interface DataFile {
  readonly path: string;
  /** Relative to the workspace's folder, with `/`: how messages name it. */
  readonly name: string;
  readonly format: DataFormat;
  readonly bytes: number;
  readonly modified: number;
}

/** The files that make one table. */
export interface DataTable {
  readonly name: string;
  readonly kind: 'table' | 'watchlist';
  readonly files: readonly DataFile[];
}

export interface FolderScan {
  readonly tables: readonly DataTable[];
  readonly functions: readonly FunctionFile[];
  /** Changes when a file is added, removed or written. */
  readonly fingerprint: string;
}

/** Raised when the way files are read changes, so that no cache of an older way is used. */
const LOADER_VERSION = 1;
/** Its files are watchlists. */
const WATCHLISTS_FOLDER = 'watchlists';
/** Its files are stored functions. */
const FUNCTIONS_FOLDER = 'functions';

const formats: readonly [RegExp, DataFormat][] = [
  [/\.csv(\.gz)?$/i, 'csv'],
  [/\.tsv(\.gz)?$/i, 'tsv'],
  [/\.json(\.gz)?$/i, 'json'],
  [/\.(jsonl|ndjson)(\.gz)?$/i, 'jsonLines'],
  [/\.parquet$/i, 'parquet'],
];

/**
 * Finds the tables of a folder: each data file in it is one, each folder in it is one of all data files below. The folders `watchlists`
 * and `functions` hold what their names say. Files of other kinds and
 * names that
 * begin with a dot are passed over.
 * @throws Error of the file system when the folder cannot be read.
 */
export async function scanFolder(folder: string): Promise<FolderScan> {
  const tables: DataTable[] = [];
  const functions: FunctionFile[] = [];
  const names = new Set<string>();
  const watchlistNames = new Set<string>();
  for (const entry of await sortedEntries(folder)) {
    const entryPath = path.join(folder, entry.name);
    if (await isFolder(entry, entryPath)) {
      if (entry.name.toLowerCase() === FUNCTIONS_FOLDER) functions.push(...(await functionFiles(folder, entryPath)));
      const files = await filesBelow(folder, entryPath);
      if (files.length === 0) continue;
      if (entry.name.toLowerCase() === WATCHLISTS_FOLDER) {
        tables.push(
          ...files.map((file): DataTable => ({
            name: freeName(tableName(path.basename(file.path)), watchlistNames),
            kind: 'watchlist',
            files: [file],
          })),
        );
      } else {
        tables.push({ name: freeName(tableName(entry.name), names), kind: 'table', files });
      }
    } else {
      const file = await dataFile(folder, entryPath);
      if (file) tables.push({ name: freeName(tableName(entry.name), names), kind: 'table', files: [file] });
    }
  }
  return { tables, functions, fingerprint: fingerprint(tables, functions) };
}

async function filesBelow(root: string, folder: string): Promise<readonly DataFile[]> {
  const files: DataFile[] = [];
  for (const entry of await sortedEntries(folder)) {
    const entryPath = path.join(folder, entry.name);
    // A link to a folder is not followed here: it could lead back.
    if (entry.isDirectory()) {
      files.push(...(await filesBelow(root, entryPath)));
    } else {
      const file = await dataFile(root, entryPath);
      if (file) files.push(file);
    }
  }
  return files;
}

async function functionFiles(root: string, folder: string): Promise<readonly FunctionFile[]> {
  const files: FunctionFile[] = [];
  for (const entry of await sortedEntries(folder)) {
    const entryPath = path.join(folder, entry.name);
    if (entry.isDirectory()) files.push(...(await functionFiles(root, entryPath)));
    else if (functionEnding.test(entry.name)) {
      const { size, mtimeMs } = await stat(entryPath);
      files.push({ path: entryPath, name: nameBelow(root, entryPath), bytes: size, modified: mtimeMs });
    }
  }
  return files;
}

/** Relative to the workspace's folder, with `/`. */
const nameBelow = (root: string, filePath: string): string => path.relative(root, filePath).split(path.sep).join('/');

async function sortedEntries(folder: string): Promise<readonly Dirent[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.filter((entry) => !entry.name.startsWith('.')).sort((left, right) => (left.name < right.name ? -1 : 1));
}

async function isFolder(entry: Dirent, entryPath: string): Promise<boolean> {
  return entry.isDirectory() || (entry.isSymbolicLink() && (await stat(entryPath)).isDirectory());
}

async function dataFile(root: string, filePath: string): Promise<DataFile | undefined> {
  const format = formats.find(([pattern]) => pattern.test(filePath))?.[1];
  if (!format) return undefined;
  const { size, mtimeMs } = await stat(filePath);
  return { path: filePath, name: nameBelow(root, filePath), format, bytes: size, modified: mtimeMs };
}

function fingerprint(tables: readonly DataTable[], functions: readonly FunctionFile[]): string {
  const files = tables.map((table) => [table.name, table.kind, ...table.files.map((file) => [file.name, file.bytes, file.modified])]);
  return createHash('sha256')
    .update(JSON.stringify([LOADER_VERSION, files, ...functions.map((file) => [file.name, file.bytes, file.modified])]))
    .digest('hex')
    .slice(0, 16);
}
