import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { neverCancelled } from '../../../src/common/cancellation';
import type { HoldRows } from '../../../src/common/resultFiles';
import { Database } from '../../../src/engine/database';
import { ResultStore } from '../../../src/results/resultStore';

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
export async function keepRows({ store }: Pick<OpenStore, 'store'>, rows: Omit<HoldRows, 'notebookId'>): Promise<void> {
  await store.hold({ notebookId: 'notebook', ...rows }, neverCancelled);
}
