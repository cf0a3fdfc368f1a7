import type { KqlType } from '../../common/kqlTypes';
import { convert } from '../conversions';
import { type Expression, literal, sql, sqlList } from '../expression';
import { physicalTypes } from '../physicalTypes';
import { geoNames } from '../routines/geo';
import type { FunctionTable, ScalarFunction } from './registry';

const ARGUMENTS = 6;

/** A geospatial function of the routines, by its name in KQL. */
export function geoCall(name: string, type: KqlType, args: readonly Expression[]): Expression {
  const missing = Array.from({ length: ARGUMENTS - args.length }, () => sql('string', { notNull: false })`NULL::VARCHAR`);
  const list = [literal('string', name), ...args.map(argument), ...missing];
  const answer = sql('string', { notNull: false })`${sqlList('string', 'routine_geo(', list, ')')}`;
  return type === 'string' ? sql('string')`coalesce(${answer}, '')` : sql(type)`CAST(${answer} AS ${physicalTypes[type]})`;
}

const computed =
  (name: string): ScalarFunction =>
  (call) => {
    const given = call.args.map((_, index) => call.arg(index));
    return given.length > ARGUMENTS ? call.unsupported(`${name}() with ${given.length} arguments`) : geoCall(name, call.type, given);
  };

/** A null that was given is not an argument that was left out. */
function argument(value: Expression): Expression {
  const text =
    value.type === 'dynamic'
      ? sql('string', { notNull: false })`CAST(${value} AS VARCHAR)`
      : sql('string', { notNull: false })`nullif(${convert(value, 'string')}, '')`;
  return sql('string')`coalesce(${text}, 'null')`;
}

/** Geospatial functions, on a sphere; and where an address is. */
export const geoFunctions: FunctionTable = {
  ...Object.fromEntries(geoNames.map((name) => [name, computed(name)])),
  geo_info_from_ip_address: (call) => sql('dynamic')`CAST(routine_geo_ip(${convert(call.arg(0), 'string')}) AS JSON)`,
};
