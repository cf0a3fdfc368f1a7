import { DuckDBInstance } from '@duckdb/node-api';
import { UNIX_EPOCH_TICKS } from '../../../src/common/kqlTypes';
import type { SampleWorkspace } from '../../../src/workspaces/sample/sampleWorkspace';

/** Asks a sample file in SQL, with the columns' real names and times as ISO 8601 texts. */
export class SampleFile {
  private constructor(
    private readonly instance: DuckDBInstance,
    private readonly run: (sql: string) => Promise<readonly Readonly<Record<string, unknown>>[]>,
  ) {}

  static async open(sample: SampleWorkspace): Promise<SampleFile> {
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    await connection.run(`ATTACH '${sample.databaseFile.replaceAll("'", "''")}' AS sample (READ_ONLY)`);
    for (const { name, columns, relation } of [...sample.tables, ...sample.watchlists]) {
      const named = columns.map((column, index) =>
        column.type === 'datetime'
          ? `strftime(make_timestamp((c${index} - ${UNIX_EPOCH_TICKS}) // 10), '%Y-%m-%dT%H:%M:%S.%fZ') AS "${column.name}"`
          : `c${index} AS "${column.name}"`,
      );
      await connection.run(`CREATE VIEW "${name}" AS SELECT rowid AS "#", ${named.join(', ')} FROM sample.${relation}`);
    }
    return new SampleFile(instance, async (sql) => (await connection.runAndReadAll(sql)).getRowObjectsJS());
  }

  rows(sql: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
    return this.run(sql);
  }

  /** The number in the first column of the first row. */
  async number(sql: string): Promise<number> {
    const [row] = await this.run(sql);
    return Number(Object.values(row ?? {})[0]);
  }

  close(): void {
    this.instance.closeSync();
  }
}
