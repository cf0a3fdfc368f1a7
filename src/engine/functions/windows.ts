import { convert } from '../conversions';
import { type Expression, literal, sql, sqlList } from '../expression';
import { bool } from '../scalars/comparisons';
import { orderText } from '../plan';
import { inType } from './conditionals';
import type { Call, FunctionTable, ScalarFunction } from './registry';

/** `OVER (…)` in the order of the rows. */
function over(call: Call, partition?: Expression, frame = ''): Expression {
  const order = orderText(call.scope.rows?.order ?? []);
  const keys = [call.scope.rows?.partition, partition].filter((key) => key !== undefined);
  const partitioned = keys.length > 0 ? sqlList('string', 'PARTITION BY ', keys, ' ') : sql('string')``;
  const ordered = order ? sql('string')`ORDER BY ${order}` : sql('string')``;
  return sql('string')`OVER (${partitioned}${ordered}${frame})`;
}

const neighbour =
  (name: 'lag' | 'lead'): ScalarFunction =>
  (call) => {
    const value = call.arg(0);
    const offset = call.optional(1, 'long') ?? literal('long', 1n);
    const fallback = call.args[2] ? inType(call.arg(2), value.type) : value.type === 'string' ? literal('string', '') : literal(value.type, null);
    return sql(value.type, { window: true })`${name}(${value}, ${offset}, ${fallback}) ${over(call)}`;
  };

/** Number of restarts so far: rows between two restarts belong together. */
function restarts(call: Call, index: number): Expression | undefined {
  const argument = call.args[index];
  return argument && sql('long')`${bool(argument)}`;
}

const rowNumber: ScalarFunction = (call) => {
  if (call.args.length > 1) return call.unsupported('row_number() with a restart');
  const start = call.optional(0, 'long') ?? literal('long', 1n);
  return sql('long', { window: true, notNull: true })`(row_number() ${over(call)} - 1 + ${start})`;
};

const cumulative: ScalarFunction = (call) => {
  if (restarts(call, 1)) return call.unsupported('row_cumsum() with a restart');
  const value = call.arg(0).type === 'dynamic' ? convert(call.arg(0), 'real') : call.arg(0);
  const physical = value.type === 'real' ? 'DOUBLE' : value.type === 'decimal' ? 'DECIMAL(38, 16)' : 'BIGINT';
  return sql(call.type, { window: true })`CAST(sum(${value}) ${over(call, undefined, ' ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW')} AS ${physical})`;
};

/** Functions that look at neighbouring rows. */
export const windowFunctions: FunctionTable = {
  prev: neighbour('lag'),
  next: neighbour('lead'),
  row_number: rowNumber,
  row_cumsum: cumulative,
};
