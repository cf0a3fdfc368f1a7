import { convert } from '../conversions';
import { type Expression, sql, sqlList } from '../expression';
import { asSet, columnNamed, filter, nest, newColumn, type PlanColumn, project, reference } from '../plan';
import { group } from '../operators/grouping';
import type { Plugin } from './registry';

/** `activity_counts_metrics(id, time, start, end, step, dimensions…)`: for each step rows, ids, new ids, and all ids so far. */
export const activityCounts: Plugin = ({ input, scope, environment, translator, args, declared, node }) => {
  const { ids } = translator;
  const [idNode, timeNode, startNode, endNode, stepNode, ...dimensionNodes] = args;
  if (!idNode || !timeNode || !startNode || !endNode || !stepNode) return translator.unsupported('this activity_counts_metrics', node);
  const time = translator.scalar(timeNode, scope);
  const constant = (part: typeof startNode, type: Expression['type']): Expression => convert(translator.scalar(part, { environment }), type);
  const stepType = time.type === 'datetime' ? 'timespan' : time.type;
  const step = translator.scalar(stepNode, { environment });
  if (step.type === 'string') return translator.unsupported('activity_counts_metrics with a calendar step', stepNode);
  const width = convert(step, stepType);
  const [start, end] = [constant(startNode, time.type), constant(endNode, time.type)];
  const within = filter(asSet(input, ids), [sql('bool')`${time} >= ${start}`, sql('bool')`${time} <= ${end}`], ids);
  const bin = newColumn(ids, 'bin', time.type, sql(time.type)`(${start} + ((${time} - ${start}) // ${width}) * ${width})`);
  const id = newColumn(ids, 'id', 'string', convert(translator.scalar(idNode, scope), 'string'));
  const dimensions = dimensionNodes.map((dimension) => {
    const value = translator.scalar(dimension, scope);
    return newColumn(ids, dimension.simpleName ?? '', value.type, value);
  });
  const rows = nest(project(within, [bin, id, ...dimensions], ids), ids);
  const partition = [id, ...dimensions].map(reference);
  const first = newColumn(ids, '', time.type, sql(time.type, { window: true })`min(${reference(bin)}) OVER (${sqlList('string', 'PARTITION BY ', partition, '')})`);
  const passed = rows.columns.map((planColumn): PlanColumn => ({ ...planColumn, expression: reference(planColumn) }));
  const marked = nest(project(rows, [...passed, first], ids), ids);
  const keys = [bin, ...dimensions].map((key) => newColumn(ids, key.name === 'bin' ? 'Timestamp' : key.name, key.type, reference(key)));
  const counts = [
    newColumn(ids, 'count', 'long', sql('long')`count(*)`),
    newColumn(ids, 'dcount', 'long', sql('long')`count(DISTINCT ${reference(id)})`),
    newColumn(ids, 'new_dcount', 'long', sql('long')`count(DISTINCT ${reference(id)}) FILTER (WHERE ${reference(first)} = ${reference(bin)})`),
  ];
  const grouped = nest(group(translator, marked, keys, counts), ids);
  const [timeKey, ...others] = keys;
  const fresh = counts[2];
  if (!timeKey || !fresh) return translator.unsupported('this activity_counts_metrics', node);
  const over = others.length === 0 ? sql('string')`` : sqlList('string', 'PARTITION BY ', others.map(reference), ' ');
  const total = newColumn(ids, 'aggregated_dcount', 'long', sql('long', { window: true })`CAST(sum(${reference(fresh)}) OVER (${over}ORDER BY ${reference(timeKey)}) AS BIGINT)`);
  const outputs = grouped.columns.map((planColumn): PlanColumn => ({ ...planColumn, expression: reference(planColumn) }));
  const result = project(grouped, [...outputs, total], ids);
  return {
    ...result,
    columns: declared.map(({ name }, index) => {
      const found = columnNamed(result, name) ?? (index === 0 ? result.columns[0] : undefined);
      return found ? { ...found, name } : translator.unsupported(`the column ${name} here`, node);
    }),
  };
};
