import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { neverCancelled } from '../../../src/common/cancellation';
import { wholeView } from '../../../src/common/engineProtocol';
import { Engine } from '../../../src/workspaces/engine';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const quiet = (): void => undefined;
let folder: string;
let engine: Engine;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'huntbook-files-'));
  engine = await Engine.open({ storagePath: path.join(folder, 'storage') });
});
afterAll(async () => {
  engine.dispose();
  await rm(folder, { recursive: true, force: true });
});

async function run(resultId: string, text: string): Promise<void> {
  const { id } = await engine.handlers.connect({ kind: 'sample' }, neverCancelled, quiet);
  await engine.handlers.runQuery({ workspaceId: id, resultId, notebookId: 'n', text, definitions: [], results: [] }, neverCancelled, quiet);
}

it('the engine writes files where people want them, though its database may write in its own folder alone', async () => {
  await run('all', 'SigninLogs | take 50');
  const target = path.join(folder, 'chosen.parquet');
  const exported = await engine.handlers.exportResult({ resultId: 'all', view: wholeView, format: 'parquet', path: target }, neverCancelled, quiet);
  expect([exported.rows, exported.bytes > 0]).toEqual([50, true]);
  await engine.handlers.keepResult({ resultId: 'all', path: path.join(folder, 'kept.parquet') }, neverCancelled, quiet);
  expect((await readdir(folder)).sort()).toEqual(['chosen.parquet', 'kept.parquet', 'storage']);
});

it('a kept result of the engine is the same when it is read again', async () => {
  await run('first', 'SigninLogs | take 20');
  const file = path.join(folder, 'first.parquet');
  await engine.handlers.keepResult({ resultId: 'first', path: file }, neverCancelled, quiet);
  const { columns } = await engine.handlers.readColumns({ resultId: 'first', view: wholeView, columns: [0, 1], offset: 0, count: 1 }, neverCancelled, quiet);
  const other = { resultId: 'second', notebookId: 'n', path: file, columns };
  await expect(engine.handlers.restoreResult(other, neverCancelled, quiet)).rejects.toMatchObject({ data: { kind: 'storage' } });
  const all = await engine.handlers.readPage({ resultId: 'first', view: wholeView, offset: 0, count: 100 }, neverCancelled, quiet);
  const every = Array.from({ length: all.rows[0]?.length ?? 0 }, (_value, index) => index);
  const read = { resultId: 'first', view: wholeView, columns: every, offset: 0, count: 1 };
  const { columns: names } = await engine.handlers.readColumns(read, neverCancelled, quiet);
  await engine.handlers.restoreResult({ ...other, columns: names }, neverCancelled, quiet);
  const again = await engine.handlers.readPage({ resultId: 'second', view: wholeView, offset: 0, count: 100 }, neverCancelled, quiet);
  expect(again.rows).toEqual(all.rows);
  const ids = { left: 'first', right: 'second', keys: [], resultId: 'diff', notebookId: 'n' };
  expect((await engine.handlers.diffResults(ids, neverCancelled, quiet)).rowCount).toBe(0);
});
