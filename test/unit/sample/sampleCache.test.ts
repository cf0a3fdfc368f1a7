import { mkdtemp, readdir, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CancellationSource } from '../../../src/common/cancellation';
import { HuntError } from '../../../src/common/errors';
import { GENERATOR_VERSION, METADATA_TABLE, type SampleMetadata } from '../../../src/workspaces/sample/sampleDatabase';
import { openSample, storageFailure } from '../../../src/workspaces/sample/sampleWorkspace';

let directory: string;
let written: Date[];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'huntbook-cache-'));
  written = [];
});

afterEach(() => rm(directory, { recursive: true, force: true }));

/** A generator that is quick: a whole file, without tables. */
async function writeEmpty(
  file: string,
  now: Date,
  _progress: unknown,
  _token: unknown,
  version = GENERATOR_VERSION,
): Promise<SampleMetadata> {
  written.push(now);
  const metadata: SampleMetadata = { version, tables: [], watchlists: [], incidents: [] };
  const instance = await DuckDBInstance.create(file);
  const connection = await instance.connect();
  await connection.run(`CREATE TABLE ${METADATA_TABLE} AS SELECT '${JSON.stringify(metadata)}' AS metadata`);
  connection.closeSync();
  instance.closeSync();
  return metadata;
}

const at = (time: string): Date => new Date(`2026-03-${time}Z`);
const open = (time: string): Promise<string> =>
  openSample({ directory, now: at(time) }, writeEmpty).then(({ databaseFile }) => databaseFile);
const files = (): Promise<string[]> => readdir(directory);

async function failure(work: Promise<unknown>): Promise<HuntError['data']> {
  const thrown: unknown = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(thrown instanceof HuntError)) throw new Error(`no HuntError: ${String(thrown)}`);
  return thrown.data;
}

describe('the cached sample file', () => {
  it('is used again within a quarter of a day', async () => {
    expect(await open('12T12:01:00')).toBe(await open('12T17:59:00'));
    expect(written).toHaveLength(1);
  });

  it('is made again in the next quarter, and the older one removed', async () => {
    await open('12T12:01:00');
    await open('12T18:00:00');
    expect(written).toHaveLength(2);
    expect(await files()).toEqual([`contoso-v${GENERATOR_VERSION}-2026-03-12T18.duckdb`]);
  });

  it('is made again on the next day, and the older one removed', async () => {
    await open('12T12:00:00');
    await open('13T12:00:00');
    expect(written).toHaveLength(2);
    expect(await files()).toEqual([`contoso-v${GENERATOR_VERSION}-2026-03-13T12.duckdb`]);
  });

  it('leaves files of others alone', async () => {
    await writeFile(join(directory, 'notes.duckdb'), '');
    await open('12T12:00:00');
    expect(await files()).toContain('notes.duckdb');
  });

  it.each([
    ['is no database', (file: string) => writeFile(file, 'not a database')],
    ['is empty', (file: string) => writeFile(file, '')],
    ['is cut off', (file: string) => truncate(file, 5000)],
    ['lacks its description', (file: string) => rm(file).then(async () => (await DuckDBInstance.create(file)).closeSync())],
    ['is of another version', (file: string) => rm(file).then(() => writeEmpty(file, at('12T12:00:00'), undefined, undefined, 0))],
  ])('is made again when it %s', async (_, spoil) => {
    await spoil(await open('12T12:00:00'));
    written = [];
    await open('12T12:00:00');
    expect(written).toHaveLength(1);
    await open('12T12:00:00');
    expect(written).toHaveLength(1);
  });

  it('serves two who open at once', async () => {
    const [first, second] = await Promise.all([open('12T12:00:00'), open('12T12:00:00')]);
    expect(first).toBe(second);
    expect(await files()).toHaveLength(1);
  });
});

describe('a generation that fails', () => {
  it('leaves nothing behind', async () => {
    const work = openSample({ directory, now: at('12T12:00:00') }, async (file) => {
      await writeFile(file, 'half');
      throw new Error('IO Error: Could not write file: No space left on device');
    });
    expect(await failure(work)).toMatchObject({ kind: 'storage', reason: 'full', path: directory });
    expect(await files()).toEqual([]);
  });

  it('can be stopped, and leaves nothing behind', { timeout: 60_000 }, async () => {
    const source = new CancellationSource();
    const work = openSample({ directory, now: at('12T12:00:00'), token: source.token, progress: () => source.cancel() });
    expect(await failure(work)).toEqual({ kind: 'cancelled' });
    expect(await files()).toEqual([]);
  });

  it('is cleared away later when it could not clean up itself', async () => {
    const [old, young] = [join(directory, 'contoso-a.unfinished'), join(directory, 'contoso-b.unfinished')];
    await writeFile(old, 'half');
    await writeFile(young, 'half');
    await utimes(old, at('01T00:00:00'), at('01T00:00:00'));
    await open('12T12:00:00');
    expect((await files()).filter((name) => name.endsWith('.unfinished'))).toEqual(['contoso-b.unfinished']);
  });

  it('says so when the folder cannot be made', async () => {
    const file = join(directory, 'file');
    await writeFile(file, '');
    const work = openSample({ directory: join(file, 'sample'), now: at('12T12:00:00') }, writeEmpty);
    expect(await failure(work)).toMatchObject({ kind: 'storage' });
  });

  it.each([
    ['IO Error: Could not write file "x": No space left on device', 'full'],
    ['IO Error: Cannot open file "x": Read-only file system', 'readOnly'],
    ['IO Error: Cannot open file "x": Permission denied', 'denied'],
    ['IO Error: Cannot open file "x": Access is denied.', 'denied'],
    ['IO Error: Something else', 'other'],
  ])('is a storage error: %s', (message, reason) =>
    expect(storageFailure(new Error(message), '/data').data).toMatchObject({ kind: 'storage', reason, path: '/data' }),
  );
  it('stays what it is otherwise', () => expect(storageFailure(new TypeError('oh'), '/data').data).toMatchObject({ kind: 'internal' }));
});
