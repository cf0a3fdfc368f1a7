import type { KqlType } from '../../common/kqlTypes';
import type { DataFile } from './folderScan';
import type { Loader } from './loader';
import { type StagedColumn, type StagedFile, sqlName, sqlText } from './stagedFile';
import { physicalTypes } from '../../engine/physicalTypes';

/** Stages a Parquet file; its types are its own. @throws Error when it is damaged. */
export async function stageParquet(loader: Loader, file: DataFile): Promise<StagedFile> {
  const table = loader.tableName();
  await loader.run(`CREATE TABLE ${table} AS SELECT * FROM read_parquet(${sqlText(file.path)})`);
  const described = await loader.rows(
    `SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = ${sqlText(table)} ORDER BY column_index`,
  );
  return { name: file.name, table, columns: described.map(([name, type]) => parquetColumn(String(name), String(type))), problems: [] };
}

function parquetColumn(name: string, duckType: string): StagedColumn {
  const column = sqlName(name);
  const ticks = (microseconds: string): string => `${microseconds} * 10 + 621355968000000000`;
  const typed = (type: KqlType, value: string, text = `CAST(${column} AS VARCHAR)`): StagedColumn => ({
    name,
    text,
    typed: { type, value },
  });
  if (duckType === 'BOOLEAN') return typed('bool', column);
  if (/^U?(TINYINT|SMALLINT)$|^INTEGER$/.test(duckType)) return typed('int', `CAST(${column} AS INTEGER)`);
  if (/^(BIGINT|UINTEGER)$/.test(duckType)) return typed('long', `CAST(${column} AS BIGINT)`);
  if (/^(FLOAT|DOUBLE|U?HUGEINT|UBIGINT)$/.test(duckType)) return typed('real', `CAST(${column} AS DOUBLE)`);
  if (duckType.startsWith('DECIMAL')) return typed('decimal', `TRY_CAST(${column} AS ${physicalTypes.decimal})`);
  if (duckType === 'TIMESTAMP_NS') {
    const value = `epoch_ns(${column}) // 100 + 621355968000000000`;
    return typed('datetime', value, `strftime(${column}, '%Y-%m-%dT%H:%M:%S.%n')`);
  }
  if (duckType === 'DATE' || duckType.startsWith('TIMESTAMP')) {
    return typed(
      'datetime',
      ticks(`epoch_us(CAST(${column} AS TIMESTAMP))`),
      `strftime(CAST(${column} AS TIMESTAMP), '%Y-%m-%dT%H:%M:%S.%f')`,
    );
  }
  if (duckType === 'TIME' || duckType === 'INTERVAL') return typed('timespan', `epoch_us(${column}) * 10`);
  if (duckType === 'UUID') return typed('guid', column);
  if (duckType === 'VARCHAR') return { name, text: column };
  if (duckType === 'BLOB') return { name, text: `to_base64(${column})` };
  return typed('dynamic', `to_json(${column})`, `CAST(to_json(${column}) AS VARCHAR)`);
}
