import { DuckDBInstance } from '@duckdb/node-api';
import { type CancellationToken, throwIfCancelled } from '../../common/cancellation';
import type { IncidentDetails } from '../../common/incidents';
import { Generation } from './generation';
import { sampleTables } from './sampleTables';
import { startOfDay } from './storyTime';
import { quotedText, TableWriter, type WrittenTable } from './tableWriter';
import { watchlistRelation, watchlistTables } from './watchlists';

/** Raise it with every change of the generated data: files of other versions are not used. */
export const GENERATOR_VERSION = 1;

const METADATA_TABLE = '_huntbook_sample';

/** What the database file says about itself. */
export interface SampleMetadata {
  readonly version: number;
  readonly tables: readonly WrittenTable[];
  readonly watchlists: readonly WrittenTable[];
  readonly incidents: readonly IncidentDetails[];
}

/** Generates the sample into a new database file. On failure the half-written file stays: the caller removes it. */
export async function writeSample(file: string, now: Date, progress: (sentence: string) => void, token: CancellationToken): Promise<SampleMetadata> {
  const instance = await DuckDBInstance.create(file, { temp_directory: '' });
  try {
    const connection = await instance.connect();
    try {
      const dayStart = startOfDay(now);
      const generation = new Generation(dayStart, now);
      const writer = new TableWriter(connection, dayStart);
      const tables: WrittenTable[] = [];
      const generator = sampleTables(generation);
      progress('Generating the sample workspace Contoso');
      let next = generator.next();
      let rowCount = 0;
      while (!next.done) {
        const table = await writer.write(next.value);
        tables.push(table);
        throwIfCancelled(token);
        rowCount += table.rowCount;
        progress(`Generating the sample workspace Contoso: ${rowCount.toLocaleString('en')} rows in ${tables.length} tables`);
        next = generator.next();
      }
      const watchlists: WrittenTable[] = [];
      for (const rows of watchlistTables(generation)) watchlists.push(await writer.write(rows, watchlistRelation(rows.name)));
      const metadata: SampleMetadata = { version: GENERATOR_VERSION, tables, watchlists, incidents: next.value };
      await connection.run(`CREATE TABLE ${METADATA_TABLE} AS SELECT ${quotedText(JSON.stringify(metadata))} AS metadata`);
      await connection.run('CHECKPOINT');
      return metadata;
    } finally {
      connection.closeSync();
    }
  } finally {
    instance.closeSync();
  }
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
