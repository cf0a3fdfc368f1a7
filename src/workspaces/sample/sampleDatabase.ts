import { DuckDBInstance } from '@duckdb/node-api';
import { type CancellationToken, throwIfCancelled } from '../../common/cancellation';
import type { IncidentDetails } from '../../common/incidents';
import { Generation } from './generation';
import { sampleTables } from './sampleTables';
import { startOfDay } from './storyTime';
import { quotedText, TableWriter, type WrittenTable } from './tableWriter';
import { watchlistRelation, watchlistTables } from './watchlists';

/** Raise it with every change of the generated data: files of other versions are not used. */
export const GENERATOR_VERSION = 3;

const TASK = 'Generating the sample workspace Contoso';
export const METADATA_TABLE = '_huntbook_sample';

/** What the database file says about itself. */
export interface SampleMetadata {
  readonly version: number;
  readonly tables: readonly WrittenTable[];
  readonly watchlists: readonly WrittenTable[];
  readonly incidents: readonly IncidentDetails[];
}

/** Generates the sample into a new database file. On failure the half-written file stays: the caller removes it. */
export async function writeSample(
  file: string,
  now: Date,
  progress: (sentence: string) => void,
  token: CancellationToken,
): Promise<SampleMetadata> {
  // Its work is a queue of inserts into tables of one row group each: more threads only get into each other's way.
  const instance = await DuckDBInstance.create(file, { temp_directory: '', threads: '1' });
  try {
    const [staging, inserting] = [await instance.connect(), await instance.connect()];
    try {
      const dayStart = startOfDay(now);
      const generation = new Generation(dayStart, now);
      const writer = new TableWriter(staging, inserting, dayStart);
      await writer.prepare();
      progress(`${TASK}: people and their days`);
      const { tables, incidents } = await writeTables(writer, generation, progress, token);
      const watchlists: WrittenTable[] = [];
      for (const rows of watchlistTables(generation))
        watchlists.push(await (await writer.stage(rows, watchlistRelation(rows.name))).insert());
      const metadata: SampleMetadata = { version: GENERATOR_VERSION, tables, watchlists, incidents };
      await inserting.run(`CREATE TABLE ${METADATA_TABLE} AS SELECT ${quotedText(JSON.stringify(metadata))} AS metadata`);
      await inserting.run('CHECKPOINT');
      return metadata;
    } finally {
      staging.closeSync();
      inserting.closeSync();
    }
  } finally {
    instance.closeSync();
  }
}

/** Tables are made and staged here while the database inserts earlier ones, one after the other, in a thread of its own. */
async function writeTables(
  writer: TableWriter,
  generation: Generation,
  progress: (sentence: string) => void,
  token: CancellationToken,
): Promise<{ readonly tables: readonly WrittenTable[]; readonly incidents: readonly IncidentDetails[] }> {
  const tables: WrittenTable[] = [];
  let rowCount = 0;
  const failures: unknown[] = [];
  let inserts = Promise.resolve();
  const generator = sampleTables(generation);
  let next = generator.next();
  try {
    for (; !next.done && failures.length === 0; next = generator.next()) {
      const { insert } = await writer.stage(next.value);
      throwIfCancelled(token);
      inserts = inserts.then(async () => {
        const table = await insert();
        tables.push(table);
        rowCount += table.rowCount;
        progress(`${TASK}: ${rowCount.toLocaleString('en')} rows in ${tables.length} tables`);
      });
      inserts.catch((thrown: unknown) => failures.push(thrown));
    }
  } finally {
    // The database may only be closed when nothing runs in it.
    await Promise.allSettled([inserts]);
  }
  await inserts;
  return { tables, incidents: next.done ? next.value : [] };
}

/** Reads what a sample file says about itself; undefined when it is not a whole file of this version. */
export async function readSample(file: string): Promise<SampleMetadata | undefined> {
  try {
    const instance = await DuckDBInstance.create(file, { access_mode: 'READ_ONLY' });
    try {
      const connection = await instance.connect();
      try {
        const [row] = (await connection.runAndReadAll(`SELECT metadata FROM ${METADATA_TABLE}`)).getRows();
        const metadata = JSON.parse(String(row?.[0])) as SampleMetadata;
        return metadata.version === GENERATOR_VERSION ? metadata : undefined;
      } finally {
        connection.closeSync();
      }
    } finally {
      instance.closeSync();
    }
  } catch {
    return undefined;
  }
}
