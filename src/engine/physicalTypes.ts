import type { KqlType } from '../common/kqlTypes';

/** The DuckDB type that stores a KQL type: the storage convention of catalog.ts. */
export const physicalTypes: Readonly<Record<KqlType, string>> = {
  bool: 'BOOLEAN',
  int: 'INTEGER',
  long: 'BIGINT',
  real: 'DOUBLE',
  // 28 digits before the point, so that parse_version() fits (four for the first number, eight for each of three more), and 10 after it.
  decimal: 'DECIMAL(38, 10)',
  string: 'VARCHAR',
  datetime: 'BIGINT',
  timespan: 'BIGINT',
  guid: 'UUID',
  dynamic: 'JSON',
};
