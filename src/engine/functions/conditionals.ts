import type { KqlType } from '../../common/kqlTypes';
import { convert, toDynamic } from '../conversions';
import { asCondition, type Expression, isNullable, literal, nullOf, sql, sqlList } from '../expression';
import { bool } from '../scalars/comparisons';
import type { Call, FunctionTable, ScalarFunction } from './registry';

/** Branches of one expression, all in its type. */
export function inType(value: Expression, type: KqlType): Expression {
  if (value.type === type) return value;
  if (value.kind === 'literal' && value.value === null) return nullOf(type);
  return type === 'dynamic' ? toDynamic(value) : convert(value, type);
}

const iff: ScalarFunction = (call) => {
  const condition = asCondition(bool(call.arg(0)));
  const notNull = !isNullable(inType(call.arg(1), call.type)) && !isNullable(inType(call.arg(2), call.type));
  return sql(call.type, { notNull: notNull || undefined })`CASE WHEN ${condition} THEN ${inType(call.arg(1), call.type)} ELSE ${inType(call.arg(2), call.type)} END`;
};

const isEmpty: ScalarFunction = (call) => {
  const value = call.arg(0);
  if (value.type === 'string') return sql('bool', { notNull: true })`(${value} = '')`;
  if (value.type === 'dynamic') return sql('bool', { notNull: true })`(coalesce(${convert(value, 'string')}, '') = '')`;
  return sql('bool', { notNull: true })`(${value} IS NULL)`;
};

const isNotEmpty: ScalarFunction = (call) => {
  const value = call.arg(0);
  if (value.type === 'string') return sql('bool', { notNull: true })`(${value} <> '')`;
  if (value.type === 'dynamic') return sql('bool', { notNull: true })`(${convert(value, 'string')} <> '')`;
  return sql('bool', { notNull: true })`(${value} IS NOT NULL)`;
};

/** A string is never null. */
const isNull = (call: Call): Expression => {
  const value = call.arg(0);
  return value.type === 'string' ? literal('bool', false) : sql('bool', { notNull: true })`(${value} IS NULL)`;
};

const extreme =
  (name: 'greatest' | 'least'): ScalarFunction =>
  (call) =>
    sqlList(call.type, `${name}(`, call.args.map((value) => inType(value, call.type)), ')');

/** Choices and tests for nothing. */
export const conditionalFunctions: FunctionTable = {
  iff,
  iif: iff,
  case: (call) => {
    const { args } = call;
    let text = sql(call.type)`CASE`;
    for (let index = 0; index + 1 < args.length; index += 2) {
      text = sql(call.type)`${text} WHEN ${asCondition(bool(call.arg(index)))} THEN ${inType(call.arg(index + 1), call.type)}`;
    }
    return sql(call.type)`${text} ELSE ${inType(call.arg(args.length - 1), call.type)} END`;
  },
  // Of strings, the empty one counts as missing.
  coalesce: (call) => {
    const values = call.args.map((value) => inType(value, call.type));
    if (call.type !== 'string') return sqlList(call.type, 'coalesce(', values, ')');
    return sql('string')`${sqlList('string', 'coalesce(', values.map((value) => sql('string')`nullif(${value}, '')`), ", '')")}`;
  },
  isempty: isEmpty,
  isnotempty: isNotEmpty,
  notempty: isNotEmpty,
  isnull: (call) => isNull(call),
  isnotnull: (call) => sql('bool', { notNull: true })`(NOT ${isNull(call)})`,
  notnull: (call) => sql('bool', { notNull: true })`(NOT ${isNull(call)})`,
  not: (call) => sql('bool')`(NOT ${bool(call.arg(0))})`,
  max_of: extreme('greatest'),
  min_of: extreme('least'),
  column_ifexists: (call) => columnIfExists(call),
  columnifexists: (call) => columnIfExists(call),
};

function columnIfExists(call: Call): Expression {
  const name = call.nodes[0]?.literalText;
  if (name === undefined) return call.unsupported('column_ifexists() with a computed name');
  const found = call.scope.rows?.find(name);
  if (found) return found;
  const fallback = call.nodes[1];
  return fallback ? call.translator.scalar(fallback, call.scope) : call.invalid('column_ifexists() needs a default value.');
}
