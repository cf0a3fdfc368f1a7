import { convert } from '../conversions';
import { type Expression, literal, sql, sqlList } from '../expression';
import { orderText } from '../plan';
import { inType } from './conditionals';
import type { Call, FunctionTable, ScalarFunction } from './registry';
import { physicalTypes } from '../physicalTypes';

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

/** Windows restart where the call's condition holds. */
const segmentOf = (call: Call): Expression | undefined => call.scope.rows?.segments?.get(call.node.id)?.group;

const upToHere = ' ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW';

const rowNumber: ScalarFunction = (call) => {
  const start = call.optional(0, 'long') ?? literal('long', 1n);
  return sql('long', { window: true, notNull: true })`(row_number() ${over(call, segmentOf(call))} - 1 + ${start})`;
};

const cumulative: ScalarFunction = (call) => {
  const value = call.arg(0).type === 'dynamic' ? convert(call.arg(0), 'real') : call.arg(0);
  const physical = value.type === 'real' ? 'DOUBLE' : value.type === 'decimal' ? physicalTypes.decimal : 'BIGINT';
  return sql(call.type, { window: true })`CAST(sum(${value}) ${over(call, segmentOf(call), upToHere)} AS ${physical})`;
};

/** Number of changes of the term so far; with `min`, the number of the first row since the last change. */
const rank =
  (kind: 'dense' | 'min'): ScalarFunction =>
  (call) => {
    const change = call.scope.rows?.segments?.get(call.node.id)?.change ?? call.unsupported(`${call.name}() here`);
    return sql('long', { window: true })`${kind === 'dense' ? 'count' : 'max'}(${change}) ${over(call, segmentOf(call), upToHere)}`;
  };

/** Functions that look at neighbouring rows. */
export const windowFunctions: FunctionTable = {
  prev: neighbour('lag'),
  next: neighbour('lead'),
  row_number: rowNumber,
  row_cumsum: cumulative,
  row_window_session: (call) => call.scope.rows?.segments?.get(call.node.id)?.start ?? call.unsupported(`${call.name}() here`),
  row_rank_dense: rank('dense'),
  row_rank_min: rank('min'),
};
