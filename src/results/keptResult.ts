import { randomBytes } from 'node:crypto';
import { copyFile, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { CancellationToken } from '../common/cancellation';
import { HuntError } from '../common/errors';
import type { Column } from '../common/kqlTypes';
import type { Exported, KeepResult, RestoreResult } from '../common/resultFiles';
import { wholeView } from '../common/resultViews';
import { physicalTypes } from '../engine/physicalTypes';
import { quoteText } from '../engine/render';
import { moveFile, naming, writeTarget } from './export/targetFile';
import type { ResultDatabase } from './resultDatabase';
import type { ResultStore } from './resultStore';

/** Where files are made and read: the database may do so in this folder alone. */
export interface FilesPlace {
  readonly database: ResultDatabase;
  readonly folder: string;
}

/** Key of the file's metadata that holds the columns; with the version of the format. */
const COLUMNS_KEY = 'huntbook_columns_1';

/** Writes a result as it is stored (columns `c0`, `c1`, …), so that nothing is lost, and its columns as KQL has them beside the rows. */
export async function keepResult(store: ResultStore, keep: KeepResult, place: FilesPlace, token: CancellationToken): Promise<Exported> {
  const { relation, columns, rowCount } = await store.viewed({ resultId: keep.resultId, view: wholeView }, token);
  const metadata = `KV_METADATA {${COLUMNS_KEY}: ${quoteText(columnsText(columns))}}`;
  const bytes = await writeTarget(keep.path, (file) =>
    withOwnFile(place, async (own) => {
      await place.database.run(`COPY ${relation} TO ${quoteText(own)} (FORMAT PARQUET, COMPRESSION ZSTD, ${metadata})`, token);
      await moveFile(own, file);
    }),
  );
  return { rows: rowCount, bytes, remarks: [] };
}

/**
 * Reads a file of {@link keepResult}.
 * @throws HuntError `storage` when the file is missing, is none of ours, or is of other columns than the result has.
 */
export async function restoreResult(
  store: ResultStore,
  restore: RestoreResult,
  place: FilesPlace,
  token: CancellationToken,
): Promise<{ readonly rows: number }> {
  const { path: file, columns } = restore;
  return withOwnFile(place, async (own) => {
    try {
      await copyFile(file, own);
    } catch (thrown) {
      throw naming(file, thrown);
    }
    const metadata = `SELECT decode(value) FROM parquet_kv_metadata(${quoteText(own)}) WHERE decode(key) = '${COLUMNS_KEY}'`;
    const [kept] = await reading(file, () => place.database.rows(metadata, token));
    if (!kept) throw unreadable(file, 'is no file of rows that Huntbook keeps');
    if (kept[0] !== columnsText(columns)) throw unreadable(file, 'holds rows of other columns than the result has');
    const read = columns.map(restoredSql).join(', ') || 'c0';
    const rows = `SELECT ${read} FROM read_parquet(${quoteText(own)})`;
    const fill = (relation: string): Promise<void> => reading(file, () => place.database.run(`INSERT INTO ${relation} ${rows}`, token));
    return { rows: (await store.fill(restore, fill, token)).rowCount };
  });
}

/** Gives a name for a file of ours, and removes it afterwards. */
export async function withOwnFile<T>({ folder }: FilesPlace, work: (file: string) => Promise<T>): Promise<T> {
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, `${randomBytes(8).toString('hex')}.parquet`);
  try {
    return await work(file);
  } finally {
    await rm(file, { force: true });
  }
}

function columnsText(columns: readonly Column[]): string {
  return JSON.stringify(columns.map(({ name, type }) => [name, type]));
}

/** The file may be anyone's: what it holds is made to fit the stored types (texts without nulls, JSON that is JSON), or refused. */
function restoredSql({ type }: Column, index: number): string {
  const text = `CAST(c${index} AS VARCHAR)`;
  if (type === 'string') return `coalesce(${text}, '')`;
  return type === 'dynamic' ? `CAST(${text} AS JSON)` : `CAST(c${index} AS ${physicalTypes[type]})`;
}

async function reading<T>(file: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (thrown) {
    if (thrown instanceof HuntError && thrown.data.kind !== 'execution') throw thrown;
    throw unreadable(file, `cannot be read (${thrown instanceof Error ? thrown.message : String(thrown)})`);
  }
}

function unreadable(file: string, why: string): HuntError {
  return new HuntError({ kind: 'storage', reason: 'other', path: file, message: `${file} ${why}. Run the cell again for its rows.` });
}
