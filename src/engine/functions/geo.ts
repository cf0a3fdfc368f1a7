import { physicalTypes } from '../physicalTypes';
import { convert } from '../conversions';
import { type Expression, literal, sql, sqlList } from '../expression';
import { geoNames } from '../routines/geo';
import type { FunctionTable, ScalarFunction } from './registry';

const ARGUMENTS = 6;

const computed =
  (name: string): ScalarFunction =>
  (call) => {
    const given = call.args.map((_, index) => argument(call.arg(index)));
    if (given.length > ARGUMENTS) return call.unsupported(`${name}() with ${given.length} arguments`);
    const missing = Array.from({ length: ARGUMENTS - given.length }, () => sql('string', { notNull: false })`NULL::VARCHAR`);
    const answer = sql('string', { notNull: false })`${sqlList('string', 'routine_geo(', [literal('string', name), ...given, ...missing], ')')}`;
    return call.type === 'string' ? sql('string')`coalesce(${answer}, '')` : sql(call.type)`CAST(${answer} AS ${physicalTypes[call.type]})`;
  };

/** A null that was given is not an argument that was left out. */
function argument(value: Expression): Expression {
  const text = value.type === 'dynamic' ? sql('string', { notNull: false })`CAST(${value} AS VARCHAR)` : sql('string', { notNull: false })`nullif(${convert(value, 'string')}, '')`;
  return sql('string')`coalesce(${text}, 'null')`;
}

/** Geospatial functions, on a sphere. */
export const geoFunctions: FunctionTable = Object.fromEntries(geoNames.map((name) => [name, computed(name)]));
