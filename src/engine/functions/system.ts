import { collectColumns, type Expression, literal, sql } from '../expression';
import { binnedAt } from './numbers';
import type { Call, FunctionTable, ScalarFunction } from './registry';

/** Bytes of a value. How Azure holds dynamic values is not published. */
function sizeOf(call: Call, value: Expression): Expression {
  switch (value.type) {
    case 'string':
      return sql('long')`CAST(strlen(${value}) AS BIGINT)`;
    case 'bool':
      return literal('long', 1n);
    case 'int':
      return literal('long', 4n);
    case 'long':
    case 'real':
    case 'datetime':
    case 'timespan':
      return literal('long', 8n);
    case 'decimal':
    case 'guid':
      return literal('long', 16n);
    case 'dynamic':
      return call.unsupported('estimate_data_size() of dynamic values');
  }
}

const estimatedSize: ScalarFunction = (call) => {
  const all = call.nodes.some((node) => node.kind === 'StarExpression');
  const values = all ? (call.scope.rows?.all ?? []).map(({ expression }) => expression) : call.args;
  const sizes = values.map((value) => sizeOf(call, value));
  return sizes.reduce((sum, size) => sql('long', { notNull: true })`(${sum} + ${size})`, literal('long', 0n));
};

/** Computed before the rows, as Azure does: a condition that is false ends the query even when it has no rows. */
const assertion: ScalarFunction = (call) => {
  const condition = call.as(0, 'bool');
  const columns = new Set<number>();
  collectColumns(condition, columns);
  if (columns.size > 0) return call.invalid('The condition of assert() must be constant: it cannot depend on the rows.');
  const message = `assert() has failed with message: '${String(call.constant(1) ?? '')}'`;
  if (condition.kind === 'literal') return condition.value === true ? condition : call.invalid(message);
  return sql('bool', { notNull: true })`(SELECT CASE WHEN ${condition} THEN true ELSE error(${literal('string', message)}) END)`;
};

/** Size and fixed point come from `set query_bin_auto_size = …` and `set query_bin_auto_at = …`. */
const autoBin: ScalarFunction = (call) => {
  const option = (name: string): Expression | undefined => {
    const binding = call.scope.environment.find(`set ${name}`);
    return binding?.kind === 'scalar' ? binding.value() : undefined;
  };
  const size = option('query_bin_auto_size') ?? call.invalid('bin_auto() needs a size: set query_bin_auto_size = 1h;');
  const value = call.arg(0);
  const zero = literal(value.type, value.type === 'real' ? 0 : 0n);
  return binnedAt(call, value, size, option('query_bin_auto_at') ?? zero);
};

/** Names of a table's columns, known before the query runs. */
const columnNames: ScalarFunction = (call) => {
  const columns = call.nodes[0]?.columns ?? call.unsupported('column_names_of() of this');
  return literal('dynamic', JSON.stringify(columns.map(({ name }) => name)));
};

/** What concerns the query or the engine rather than a value. */
export const systemFunctions: FunctionTable = {
  assert: assertion,
  bin_auto: autoBin,
  column_names_of: columnNames,
  estimate_data_size: estimatedSize,
  datetime_list_timezones: () => sql('dynamic')`(SELECT to_json(list(name ORDER BY name)) FROM pg_timezone_names())`,
};
