import { DuckDBInstance } from '@duckdb/node-api';
import { throwIfCancelled } from '../../../src/common/cancellation';
import type { ResultDatabase } from '../../../src/results/resultDatabase';

/** A real DuckDB in memory, without the query database's limits. */
export async function memoryDatabase(): Promise<ResultDatabase> {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  return {
    async run(sql, token) {
      throwIfCancelled(token);
      await connection.run(sql);
    },
    async rows(sql, token) {
      throwIfCancelled(token);
      return (await connection.runAndReadAll(sql)).getRows();
    },
    async integers(sql, token) {
      throwIfCancelled(token);
      return Int32Array.from((await connection.runAndReadAll(sql)).getRows(), ([value]) => Number(value));
    },
  };
}
