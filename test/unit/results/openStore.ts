import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { neverCancelled } from '../../../src/common/cancellation';
import type { Column, WireRow, WireValue } from '../../../src/common/kqlTypes';
import { Database } from '../../../src/engine/database';
import { ResultStore } from '../../../src/results/resultStore';
import { wireLiteral } from '../../../src/results/wireLiteral';

const ROWS_PER_STATEMENT = 500;

/** A result store over the real query database, in a folder of its own. */
export interface OpenStore {
  readonly store: ResultStore;
  readonly database: Database;
  /** Where the database may write; below it whatever a test writes. */
  readonly folder: string;
  close(): Promise<void>;
}

export async function openStore(): Promise<OpenStore> {
  const folder = await mkdtemp(path.join(tmpdir(), 'huntbook-store-'));
  const database = await Database.open({ directory: folder, memoryLimitMiB: 2048, allowedDirectories: [folder] });
  const store = new ResultStore(database);
  const close = async (): Promise<void> => {
    database.dispose();
    await rm(folder, { recursive: true, force: true });
  };
  return { store, database, folder, close };
}

/** Keeps rows as they travel. */
export async function keepRows(
  { store, database }: Pick<OpenStore, 'store' | 'database'>,
  { resultId, columns, rows }: { readonly resultId: string; readonly columns: readonly Column[]; readonly rows: readonly WireRow[] },
): Promise<void> {
  const fill = async (relation: string): Promise<void> => {
    for (let start = 0; start < rows.length; start += ROWS_PER_STATEMENT) {
      const values = rows.slice(start, start + ROWS_PER_STATEMENT).map((row) => `(${columns.map((column, index) => stored(row[index] ?? null, column)).join(', ')})`);
      await database.run(`INSERT INTO ${relation} VALUES ${values.join(', ')}`, neverCancelled);
    }
  };
  await store.fill({ resultId, notebookId: 'notebook', columns }, fill, neverCancelled);
}

function stored(value: WireValue, column: Column): string {
  return value === null && column.type === 'string' ? "''" : wireLiteral(value, column);
}
