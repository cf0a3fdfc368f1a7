import type { KqlType } from '../../common/kqlTypes';
import type { StagedColumn } from './stagedFile';
import { physicalTypes } from '../../engine/physicalTypes';

/** SQL for a column's values in the physical form of a type (see `src/engine/catalog.ts`); what does not fit becomes NULL. */
export function valueAs(type: KqlType, column: StagedColumn): string {
  if (column.typed?.type === type) return type === 'string' ? `coalesce(${column.typed.value}, '')` : column.typed.value;
  const text = `trim(${column.text})`;
  switch (type) {
    case 'string':
      return `coalesce(${column.text}, '')`;
    case 'bool':
      return `CASE lower(${text}) WHEN 'true' THEN true WHEN 'false' THEN false WHEN '1' THEN true WHEN '0' THEN false END`;
    case 'int':
      return whole(text, 'INTEGER');
    case 'long':
      return whole(text, 'BIGINT');
    case 'real':
      return `TRY_CAST(${text} AS DOUBLE)`;
    case 'decimal':
      return `TRY_CAST(${text} AS ${physicalTypes.decimal})`;
    case 'datetime':
      return datetime(text);
    case 'timespan':
      return timespan(text);
    case 'guid':
      return `TRY_CAST(${text} AS UUID)`;
    case 'dynamic':
      return dynamic(column);
  }
}

/** SQL that is true where a column has a value that its type has no place for. */
export function misfits(type: KqlType, column: StagedColumn): string {
  return `${column.text} IS NOT NULL AND trim(${column.text}) <> '' AND (${valueAs(type, column)}) IS NULL`;
}

/** Types that text is tried for, most special first, and what tells them at a glance. A GUID stays text: hunters compare it with text. */
export const inferredTypes: readonly { readonly type: KqlType; readonly pattern: string }[] = [
  { type: 'bool', pattern: '(?i)true|false' },
  // A leading zero is a code or a number of a phone, not a quantity.
  { type: 'long', pattern: '-?(0|[1-9]\\d{0,18})' },
  { type: 'real', pattern: '-?(0|[1-9]\\d*)(\\.\\d+)?([eE][-+]?\\d+)?' },
  {
    type: 'datetime',
    pattern: `\\d{4}-\\d{2}-\\d{2}([T ]\\d{2}:\\d{2}(:\\d{2}(\\.\\d+)?)? ?(Z|[+-]\\d{2}:?\\d{2})?)?|\\d{1,2}/\\d{1,2}/\\d{4},? \\d{1,2}:\\d{2}:\\d{2}(\\.\\d+)? [AP]M`,
  },
  { type: 'dynamic', pattern: '(?s)\\s*(\\{.*\\}|\\[.*\\])\\s*' },
];

/** The one type for what several files have under one name. */
export function commonType(types: readonly KqlType[]): KqlType {
  const distinct = new Set(types);
  const [only = 'string'] = distinct;
  if (distinct.size <= 1) return only;
  const all = (...allowed: readonly KqlType[]): boolean => [...distinct].every((type) => allowed.includes(type));
  if (all('int', 'long')) return 'long';
  if (all('int', 'long', 'real', 'decimal')) return 'real';
  return distinct.has('dynamic') ? 'dynamic' : 'string';
}

/** DuckDB's own cast would round fractions. */
function whole(text: string, physical: string): string {
  return `CASE WHEN regexp_full_match(${text}, '[-+]?\\d+(\\.0*)?') THEN TRY_CAST(split_part(${text}, '.', 1) AS ${physical}) END`;
}

/** ISO 8601 with up to seven digits and any zone, or the portal's export: `1/15/2024, 10:30:00.123 AM`. */
function datetime(text: string): string {
  const microseconds = `epoch_us(TRY_CAST(left(replace(${text}, 'T', ' '), 26) AS TIMESTAMP))`;
  const plain = `epoch_us(TRY_CAST(regexp_extract(replace(${text}, 'T', ' '), '^\\d{4}-\\d{2}-\\d{2}( \\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,6})?)?)?') AS TIMESTAMP))`;
  const seventh = `CAST('0' || regexp_extract(${text}, '\\.\\d{6}(\\d)', 1) AS BIGINT)`;
  const zone = (part: string, ticks: string): string =>
    `CAST('0' || regexp_extract(${text}, '[+-](\\d{2}):?(\\d{2})$', ${part}) AS BIGINT) * ${ticks}`;
  const offset = `(CASE WHEN regexp_matches(${text}, '-\\d{2}:?\\d{2}$') THEN -1 ELSE 1 END) * (${zone('1', '36000000000')} + ${zone('2', '600000000')})`;
  const portal = `epoch_us(TRY_STRPTIME(replace(${text}, ', ', ' '), ['%m/%d/%Y %I:%M:%S.%g %p', '%m/%d/%Y %I:%M:%S %p']))`;
  return [
    `CASE WHEN regexp_full_match(${text}, '\\d{4}-\\d{2}-\\d{2}[T ]\\d{2}:\\d{2}:\\d{2}(\\.\\d{6})?Z?') THEN ${microseconds} * 10 + 621355968000000000`,
    `WHEN regexp_full_match(${text}, '\\d{4}-\\d{2}-\\d{2}([T ]\\d{2}:\\d{2}(:\\d{2}(\\.\\d+)?)? ?Z?)?') THEN ${plain} * 10 + ${seventh} + 621355968000000000`,
    `WHEN regexp_full_match(${text}, '\\d{4}-\\d{2}-\\d{2}[T ]\\d{2}:\\d{2}(:\\d{2}(\\.\\d+)?)? ?[+-]\\d{2}:?\\d{2}') THEN ${plain} * 10 + ${seventh} - ${offset} + 621355968000000000`,
    `WHEN contains(${text}, '/') THEN ${portal} * 10 + 621355968000000000 END`,
  ].join(' ');
}

/** `[-][d.]hh:mm[:ss[.fffffff]]`. */
function timespan(text: string): string {
  const pattern = `'^-?(?:(\\d+)\\.)?(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:\\.(\\d{1,7}))?)?$'`;
  const part = (group: number): string => `CAST('0' || regexp_extract(${text}, ${pattern}, ${group}) AS BIGINT)`;
  const fraction = `CAST(rpad(regexp_extract(${text}, ${pattern}, 5), 7, '0') AS BIGINT)`;
  const ticks = `(${part(1)} * 864000000000 + ${part(2)} * 36000000000 + ${part(3)} * 600000000 + ${part(4)} * 10000000 + ${fraction})`;
  return `CASE WHEN regexp_matches(${text}, ${pattern}) THEN CASE WHEN starts_with(${text}, '-') THEN -${ticks} ELSE ${ticks} END END`;
}

/** JSON as it is; text that is JSON is taken for it, as exports write dynamic columns; other text becomes a JSON string. */
function dynamic(column: StagedColumn): string {
  const parsed = `CASE WHEN ${column.text} IS NULL OR trim(${column.text}) = '' THEN NULL WHEN json_valid(${column.text}) THEN CAST(${column.text} AS JSON) ELSE to_json(${column.text}) END`;
  return column.json === undefined ? parsed : `CASE WHEN json_type(${column.json}) = 'VARCHAR' THEN ${parsed} ELSE ${column.json} END`;
}
