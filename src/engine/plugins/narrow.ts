import { convert } from '../conversions';
import { column, sql, sqlList, literal } from '../expression';
import { nest, nestKeeping, newColumn, type PlanColumn, project, reference } from '../plan';
import type { Plugin } from './registry';

/** `narrow()`: a row for each cell, with the row's number, the column's name, and the value as text. */
export const narrow: Plugin = ({ input, translator, declared }) => {
  const { ids } = translator;
  const order = sql('long', { window: true })`row_number() OVER () - 1`;
  const row = newColumn(ids, '', 'long', order);
  const texts = sqlList('dynamic', '[', input.columns.map((planColumn) => convert(reference(planColumn), 'string')), ']');
  const names = sqlList('dynamic', '[', input.columns.map(({ name }) => literal('string', name)), ']');
  const values = newColumn(ids, '', 'dynamic', texts);
  const numbered = nest(project(nest(input, ids), [row, values], ids), ids);
  const at = newColumn(ids, '', 'string', sql('string', { window: true })`unnest(${names})`);
  const value = newColumn(ids, '', 'string', sql('string', { window: true })`unnest(${reference(values)})`);
  const unnested = { ...numbered, columns: [{ ...row, expression: reference(row) }, at, value] };
  const rows = nestKeeping(unnested, new Set([at.id, value.id]), ids);
  const outputs = [row, at, value].map((planColumn, index): PlanColumn => {
    const output = declared[index] ?? planColumn;
    return newColumn(ids, output.name, output.type, convert(column(planColumn.id, planColumn.type), output.type));
  });
  return project(rows, outputs, ids);
};
