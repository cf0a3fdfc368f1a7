import type { KqlType } from '../../common/kqlTypes';
import { convert } from '../conversions';
import { sql } from '../expression';
import type { FunctionTable, ScalarFunction } from './registry';

const to =
  (type: KqlType): ScalarFunction =>
  (call) => {
    const value = call.arg(0);
    if (type === 'dynamic' && value.type !== 'string') return convert(value, 'dynamic');
    return convert(value, type);
  };

const parseJson: ScalarFunction = (call) => {
  const value = call.arg(0);
  if (value.type === 'dynamic') return value;
  return value.type === 'string' ? sql('dynamic')`kql.parse_json(${value})` : convert(value, 'dynamic');
};

/** Conversions between types. */
export const conversionFunctions: FunctionTable = {
  tostring: to('string'),
  toint: to('int'),
  tolong: to('long'),
  toreal: to('real'),
  todouble: to('real'),
  todecimal: to('decimal'),
  tobool: to('bool'),
  toboolean: to('bool'),
  todatetime: to('datetime'),
  totimespan: to('timespan'),
  totime: to('timespan'),
  toguid: to('guid'),
  parse_json: parseJson,
  parsejson: parseJson,
  todynamic: parseJson,
  toobject: parseJson,
  tohex: (call) => {
    const width = call.optional(1, 'long');
    const bits = call.arg(0).type === 'int' ? sql('long')`(CAST(${call.arg(0)} AS BIGINT) & 4294967295)` : call.as(0, 'long');
    const hex = sql('string')`lower(printf('%x', ${bits}))`;
    return width ? sql('string')`coalesce(lpad(${hex}, CAST(greatest(${width}, length(${hex})) AS INTEGER), '0'), '')` : sql('string')`coalesce(${hex}, '')`;
  },
  gettype: (call) => {
    const value = call.arg(0);
    if (value.type === 'dynamic') return sql('string')`kql.dynamic_type(${value})`;
    return sql('string')`'${value.type}'`;
  },
  dynamic_to_json: (call) => call.arg(0).type !== 'dynamic' ? call.text(0) : sql('string')`coalesce(routine_sorted_json(CAST(${call.as(0, 'dynamic')} AS VARCHAR)), '')`,
};
