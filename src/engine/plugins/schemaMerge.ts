import { columnNamed, project, reference } from '../plan';
import { constantBool } from './options';
import type { Plugin } from './registry';
import { writtenPlan } from './written';

/**
 * `schema_merge(PreserveOrder)`: one schema of several that getschema gave. A column that changes its place is an error in its row, unless
 * the order does not matter. Numbers become the wider type; how an error over other types reads is not published.
 */
export const schemaMerge: Plugin = (plugin) => {
  const { input, translator, args, named, declared, node } = plugin;
  const preserve = constantBool(plugin, named.get('PreserveOrder') ?? args[0]) ?? true;
  const columns = ['ColumnName', 'ColumnOrdinal', 'DataType', 'ColumnType'].map(
    (name) => columnNamed(input, name) ?? translator.invalid(`schema_merge() reads what getschema gives: the column ${name} is missing.`, node),
  );
  const rows = project(input, columns.map((planColumn) => ({ ...planColumn, expression: reference(planColumn) })), translator.ids);
  const moved = preserve ? `WHEN places > 1 THEN 'ERROR(columns are out of order)'` : '';
  return writtenPlan(translator, declared, 0, (writing) => {
    const merged =
      `SELECT n, count(DISTINCT o) AS places, max(o) AS o, list(DISTINCT c) AS types, ` +
      `CASE WHEN count(DISTINCT c) = 1 THEN min(c) WHEN bool_and(c IN ('int', 'long')) THEN 'long' WHEN bool_and(c IN ('int', 'long', 'real')) THEN 'real' END AS common, ` +
      `map_from_entries(list(DISTINCT {k: c, v: d})) AS names FROM ${writing.table(rows, ['n', 'o', 'd', 'c'])} GROUP BY n`;
    const judged =
      `SELECT *, CASE ${moved} WHEN common IS NULL THEN 'ERROR(types cannot be reduced: ' || array_to_string(list_sort(types), ', ') || ')' ELSE common END AS type FROM (${merged})`;
    return (
      `SELECT n, CAST(CASE WHEN bad THEN -1 ELSE row_number() OVER (ORDER BY bad, o, n) - 1 END AS BIGINT), ` +
      `CASE WHEN bad THEN 'ERROR(unknown CSL type:' || type || ')' ELSE names[type] END, type ` +
      `FROM (SELECT *, starts_with(type, 'ERROR(') AS bad FROM (${judged})) ORDER BY bad, o, n`
    );
  });
};
