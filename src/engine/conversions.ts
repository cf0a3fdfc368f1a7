import type { KqlType } from '../common/kqlTypes';
import { type Expression, isNullable, literal, nullOf, sql } from './expression';
import { physicalTypes } from './physicalTypes';

/** Fractions of a datetime or timespan, seven digits. */
const TICKS = { second: 10_000_000n, minute: 600_000_000n, hour: 36_000_000_000n, day: 864_000_000_000n } as const;

/** A value in another type, as `tostring()`, `tolong()` and the rest convert. What does not convert is null. */
export function convert(value: Expression, to: KqlType): Expression {
  if (value.type === to) return value;
  if (value.kind === 'literal' && value.value === null) return nullOf(to);
  switch (to) {
    case 'string':
      return textOf(value);
    case 'bool':
      return toBool(value);
    case 'int':
    case 'long':
      return toWhole(value, to);
    case 'real':
    case 'decimal':
      return toNumber(value, to);
    case 'datetime':
      return toDatetime(value);
    case 'timespan':
      return toTimespan(value);
    case 'guid':
      return sql('guid')`kql.text_guid(${textOf(value)})`;
    case 'dynamic':
      return toDynamic(value);
  }
}

/** Text inside a dynamic: a string without quotes, anything else as JSON; NULL for null. */
export function dynamicText(value: Expression): Expression {
  const path = value.kind === 'sql' && value.origin?.name === 'path' ? value.origin : undefined;
  const [base] = path?.args ?? [];
  if (path?.path && base) return partOfSplit(base, path.path) ?? sql('string', { notNull: false })`json_extract_string(${base}, ${jsonPath(path.path)})`;
  return sql('string', { notNull: false })`(${value} ->> '$')`;
}

/** `split(text, delimiter)[index]` without the JSON on the way. */
function partOfSplit(base: Expression, path: readonly (string | bigint)[]): Expression | undefined {
  const [index, ...deeper] = path;
  if (base.kind !== 'sql' || base.origin?.name !== 'split' || typeof index !== 'bigint' || deeper.length > 0) return undefined;
  const [text, delimiter] = base.origin.args;
  if (!text || delimiter?.kind !== 'literal' || delimiter.value === '') return undefined;
  return sql('string', { notNull: false })`string_split(${text}, ${delimiter})[${String(index < 0n ? index : index + 1n)}]`;
}

/** What `tostring` gives: never NULL. */
export function textOf(value: Expression): Expression {
  switch (value.type) {
    case 'string':
      return value;
    case 'bool':
      return sql('string')`CASE WHEN ${value} THEN 'True' WHEN NOT ${value} THEN 'False' ELSE '' END`;
    case 'int':
    case 'long':
      return orEmpty(value, sql('string')`CAST(${value} AS VARCHAR)`);
    case 'real':
      return sql('string')`kql.real_text(${value})`;
    case 'decimal':
      return sql('string')`kql.decimal_text(${value})`;
    case 'guid':
      return orEmpty(value, sql('string')`CAST(${value} AS VARCHAR)`);
    case 'datetime':
      return sql('string')`kql.datetime_text(${value})`;
    case 'timespan':
      return sql('string')`kql.timespan_text(${value})`;
    case 'dynamic':
      return sql('string')`coalesce(${dynamicText(value)}, '')`;
  }
}

function orEmpty(value: Expression, text: Expression): Expression {
  return isNullable(value) ? sql('string')`coalesce(${text}, '')` : text;
}

function toBool(value: Expression): Expression {
  switch (value.type) {
    case 'int':
    case 'long':
    case 'real':
    case 'decimal':
      return sql('bool')`(${value} <> 0)`;
    case 'string':
      return sql('bool')`kql.text_bool(${value})`;
    case 'dynamic':
      return sql('bool')`kql.text_bool(${dynamicText(value)})`;
    default:
      return nullOf('bool');
  }
}

function toWhole(value: Expression, to: 'int' | 'long'): Expression {
  const physical = to === 'int' ? 'INTEGER' : 'BIGINT';
  switch (value.type) {
    case 'int':
    case 'long':
      return sql(to)`try_cast(${value} AS ${physical})`;
    case 'bool':
      return sql(to)`CAST(${value} AS ${physical})`;
    case 'real':
    case 'decimal':
      return sql(to)`try_cast(trunc(${value}) AS ${physical})`;
    case 'datetime':
    case 'timespan':
      return sql(to)`try_cast(${value} AS ${physical})`;
    case 'string':
      return to === 'int' ? sql(to)`try_cast(kql.text_long(${value}) AS INTEGER)` : sql(to)`kql.text_long(${value})`;
    case 'dynamic':
      return sql(to)`try_cast(kql.dynamic_long(${dynamicText(value)}) AS ${physical})`;
    case 'guid':
      return nullOf(to);
  }
}

function toNumber(value: Expression, to: 'real' | 'decimal'): Expression {
  const physical = to === 'real' ? 'DOUBLE' : physicalTypes.decimal;
  switch (value.type) {
    case 'int':
    case 'long':
    case 'real':
    case 'decimal':
    case 'bool':
      return sql(to)`try_cast(${value} AS ${physical})`;
    case 'datetime':
    case 'timespan':
      return sql(to)`CAST(${value} AS ${physical})`;
    case 'string':
      return sql(to)`try_cast(kql.text_number(${value}) AS ${physical})`;
    case 'dynamic':
      return sql(to)`try_cast(kql.text_number(${dynamicText(value)}) AS ${physical})`;
    case 'guid':
      return nullOf(to);
  }
}

function toDatetime(value: Expression): Expression {
  switch (value.type) {
    case 'int':
    case 'long':
      return sql('datetime')`CAST(${value} AS BIGINT)`;
    case 'real':
    case 'decimal':
      return sql('datetime')`try_cast(trunc(${value}) AS BIGINT)`;
    case 'string':
      return sql('datetime')`kql.text_datetime(${value})`;
    case 'dynamic':
      return sql('datetime')`kql.text_datetime(${dynamicText(value)})`;
    default:
      return nullOf('datetime');
  }
}

function toTimespan(value: Expression): Expression {
  switch (value.type) {
    case 'int':
    case 'long':
      return sql('timespan')`CAST(${value} AS BIGINT)`;
    case 'real':
    case 'decimal':
      return sql('timespan')`try_cast(trunc(${value} * ${String(TICKS.day)}) AS BIGINT)`;
    case 'string':
      return sql('timespan')`kql.text_timespan(${value})`;
    case 'dynamic':
      return sql('timespan')`kql.text_timespan(${dynamicText(value)})`;
    default:
      return nullOf('timespan');
  }
}

/** A scalar as a dynamic value: times and guids become strings. */
export function toDynamic(value: Expression): Expression {
  switch (value.type) {
    case 'dynamic':
      return value;
    case 'string':
    case 'bool':
    case 'int':
    case 'long':
      return sql('dynamic')`to_json(${value})`;
    case 'real':
      return sql('dynamic')`kql.real_json(${value})`;
    case 'decimal':
      return sql('dynamic')`CAST(nullif(kql.decimal_text(${value}), '') AS JSON)`;
    case 'datetime':
    case 'timespan':
    case 'guid':
      return sql('dynamic')`to_json(nullif(${textOf(value)}, ''))`;
  }
}

/** A JSON path as an SQL literal. Steps that a path cannot hold are written as a JSON pointer. */
export function jsonPath(path: readonly (string | bigint)[]): Expression {
  const plain = path.every((step) => typeof step === 'bigint' || !/["\\]/u.test(step));
  if (plain) {
    const text = path.map((step) => (typeof step === 'bigint' ? (step < 0n ? `[#${step}]` : `[${step}]`) : `."${step}"`)).join('');
    return literal('string', `$${text}`);
  }
  const text = path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
  return literal('string', text);
}
