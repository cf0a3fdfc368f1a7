import type { KqlType } from '../common/kqlTypes';
import { physicalTypes } from './physicalTypes';

/**
 * SQL that turns a value of a loader's column into the stored form of a KQL type (see catalog.ts). What does not convert becomes null
 * (or, for a string, its text). Works in any DuckDB, without the engine's macros.
 */
export function castToStorage(sqlExpression: string, fromDuckType: string, kqlType: KqlType): string {
  const from = fromDuckType.toUpperCase();
  const isText = from === 'VARCHAR';
  const isJson = from === 'JSON';
  const nested = from.endsWith(']') || from.startsWith('STRUCT') || from.startsWith('MAP') || from.startsWith('UNION');
  const text = isJson ? `(${sqlExpression} ->> '$')` : `CAST(${sqlExpression} AS VARCHAR)`;
  switch (kqlType) {
    case 'string':
      if (from.startsWith('TIMESTAMP')) return `coalesce(strftime(${sqlExpression}, '%Y-%m-%dT%H:%M:%S.%fZ'), '')`;
      return nested ? `coalesce(CAST(to_json(${sqlExpression}) AS VARCHAR), '')` : `coalesce(${text}, '')`;
    case 'bool':
      return `try_cast(${text} AS BOOLEAN)`;
    case 'int':
      return `try_cast(${text} AS INTEGER)`;
    case 'long':
      return `try_cast(${text} AS BIGINT)`;
    case 'real':
      return `try_cast(${text} AS DOUBLE)`;
    case 'decimal':
      return `try_cast(${text} AS ${physicalTypes.decimal})`;
    case 'guid':
      return `try_cast(${text} AS UUID)`;
    case 'datetime':
      if (from === 'TIMESTAMP_NS') return `(epoch_ns(${sqlExpression}) // 100 + ${EPOCH})`;
      if (from.startsWith('TIMESTAMP') || from === 'DATE') return `(epoch_us(CAST(${sqlExpression} AS TIMESTAMP)) * 10 + ${EPOCH})`;
      if (isText || isJson) return datetimeOfText(text);
      return `CAST(NULL AS BIGINT)`;
    case 'timespan':
      if (from === 'INTERVAL') return `CAST(epoch(${sqlExpression}) * 10000000 AS BIGINT)`;
      if (from === 'TIME') return `(epoch_us(${sqlExpression}) * 10)`;
      return isText || isJson ? timespanOfText(text) : `CAST(NULL AS BIGINT)`;
    case 'dynamic':
      if (isJson) return `nullif(${sqlExpression}, 'null'::JSON)`;
      if (isText) return `CASE WHEN ${sqlExpression} IS NULL OR ${sqlExpression} = '' THEN NULL WHEN json_valid(${sqlExpression}) THEN nullif(json(${sqlExpression}), 'null'::JSON) ELSE to_json(${sqlExpression}) END`;
      return `nullif(to_json(${sqlExpression}), 'null'::JSON)`;
  }
}

const EPOCH = '621355968000000000';

/** Seven fraction digits survive: DuckDB's own parser keeps six. */
function datetimeOfText(text: string): string {
  const fraction = `regexp_extract(${text}, '\\.(\\d{1,7})', 1)`;
  const withoutFraction = `regexp_replace(${text}, '\\.\\d+', '')`;
  return `(epoch_us(try_cast(${withoutFraction} AS TIMESTAMPTZ)) * 10 + CASE WHEN ${fraction} = '' THEN 0 ELSE CAST(rpad(${fraction}, 7, '0') AS BIGINT) END + ${EPOCH})`;
}

function timespanOfText(text: string): string {
  const part = (pattern: string): string => `coalesce(try_cast(regexp_extract(${text}, '${pattern}', 1) AS BIGINT), 0)`;
  const ticks = [
    `${part('^-?(\\d+)\\.\\d+:')} * 864000000000`,
    `${part('^-?(?:\\d+\\.)?(\\d+):')} * 36000000000`,
    `${part('^-?(?:\\d+\\.)?\\d+:(\\d+)')} * 600000000`,
    `${part(':\\d+:(\\d+)')} * 10000000`,
    `CASE WHEN regexp_matches(${text}, ':\\d+\\.\\d+$') THEN CAST(rpad(regexp_extract(${text}, ':\\d+\\.(\\d{1,7})', 1), 7, '0') AS BIGINT) ELSE 0 END`,
  ].join(' + ');
  return `CASE WHEN regexp_full_match(${text}, '-?(\\d+\\.)?\\d{1,2}:\\d{2}(:\\d{2}(\\.\\d{1,7})?)?') THEN (CASE WHEN starts_with(${text}, '-') THEN -1 ELSE 1 END) * (${ticks}) END`;
}
