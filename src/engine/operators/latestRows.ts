import type { Column } from '../../common/kqlTypes';
import { extremeOf } from '../aggregates/tuples';
import { hasWindow, sql } from '../expression';
import { asSet, nest, newColumn, type Plan, type PlanColumn, planOf, planSource, project } from '../plan';
import { conform } from './outputs';
import type { OperatorInput } from './registry';

const names: ReadonlySet<string> = new Set(['arg_max', 'arg_min', 'argmax', 'argmin']);

/**
 * `summarize arg_max(t, …) by keys`, with no other aggregate: the row of each group that comes first, by QUALIFY, which DuckDB runs
 * several times faster than one aggregate a column. Undefined for any other summarize.
 */
export function latestRows(
  operator: OperatorInput,
  keys: readonly PlanColumn[],
  keyNames: ReadonlySet<string>,
  outputs: readonly Column[],
): Plan | undefined {
  const { node, input, scope, translator } = operator;
  const { ids } = translator;
  const [only, ...more] = node.list('Aggregates');
  const call = only?.kind === 'SimpleNamedExpression' || only?.kind === 'CompoundNamedExpression' ? only.need('Expression') : only;
  if (!call || more.length > 0 || keys.length === 0 || input.partition) return undefined;
  if (call.kind !== 'FunctionCallExpression' || !names.has(call.need('Name').simpleName ?? '')) return undefined;
  const { direction, by, others } = extremeOf(translator, call, scope, keyNames);
  if (by.type === 'dynamic') return undefined;
  const values = [by, ...others.map(({ expression }) => expression)];
  if (values.length !== outputs.length) return translator.unsupported('this combination of aggregates', node);
  const columns = [...keys, ...outputs.map(({ name, type }, index) => newColumn(ids, name, type, conform(values[index] ?? by, type)))];
  const set = asSet(input, ids);
  const inner = project(set.columns.some(({ expression }) => hasWindow(expression)) ? nest(set, ids) : set, columns, ids);
  const partition = inner.columns.slice(0, keys.length).map(({ expression }) => expression);
  const order = inner.columns[keys.length]?.expression ?? by;
  const source = {
    names: planSource(inner).names,
    render: (needed: ReadonlySet<number>, renderer: Parameters<Plan['source']['render']>[1]): string => {
      const first = sql(
        'bool',
      )`row_number() OVER (PARTITION BY ${partition.reduce((all, key) => sql('string')`${all}, ${key}`)} ORDER BY ${order} ${direction === 'max' ? 'DESC' : 'ASC'} NULLS LAST) = 1`;
      return `(${renderer.select(inner, needed, undefined, first)})`;
    },
  };
  return planOf(source, columns);
}
