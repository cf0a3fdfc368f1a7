import type { KqlType } from '../common/kqlTypes';
import type { SortKey, View } from '../common/resultViews';
import { filterCondition } from './columnFilter';
import { containsText } from './columnText';
import type { ViewColumn } from './viewColumns';

/** A view as parts of SQL over the table of its result. */
export interface ViewQuery {
  readonly columns: readonly ViewColumn[];
  /** ` WHERE …` with a blank before it; empty when the view has all rows. */
  readonly where: string;
  /** What belongs behind `ORDER BY`. */
  readonly order: string;
  /** Are its rows those of the result, in their order? */
  readonly isWhole: boolean;
  /** Equal for views of one result that have the same rows in the same order. */
  readonly key: string;
}

export function viewQuery(view: View, columns: readonly ViewColumn[]): ViewQuery {
  const filters = view.columnFilters ?? [];
  const conditions = [
    ...(view.filter === '' ? [] : [searchCondition(columns, view.filter)]),
    ...filters.map((filter) => filterCondition(filter, columns)),
  ];
  const where = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
  const order = viewOrder(columns, view.sort);
  return { columns, where, order, isWhole: where === '' && order === 'rowid', key: `${where} ORDER BY ${order}` };
}

/** SQL for "some column's displayed text contains this, ignoring case". */
function searchCondition(columns: readonly ViewColumn[], text: string): string {
  const conditions = columns.flatMap(({ sql, type }) => containsText(sql, type, text) ?? []);
  return conditions.length === 0 ? 'false' : `(${conditions.join(' OR ')})`;
}

/**
 * SQL that orders stored rows by a view's sort keys, as KQL's `sort` does: nulls first ascending, last descending. Equal rows keep the
 * order of the result. Keys beyond the columns are ignored.
 */
function viewOrder(columns: readonly ViewColumn[], sort: readonly SortKey[]): string {
  const keys = sort.flatMap(({ column, descending }) => {
    const found = columns[column];
    return found ? orderBy(found.sql, found.type, descending) : [];
  });
  return [...keys, 'rowid'].join(', ');
}

/** SQL of sort keys for one column. */
export function orderBy(sql: string, type: KqlType, descending: boolean): readonly string[] {
  const direction = descending ? 'DESC NULLS LAST' : 'ASC NULLS FIRST';
  if (type !== 'dynamic') return [`${sql} ${direction}`];
  // Numbers inside dynamic values sort as numbers, before what is no number; null is lowest.
  return [
    `${sql} IS NOT NULL ${descending ? 'DESC' : 'ASC'}`,
    `TRY_CAST(CAST(${sql} AS VARCHAR) AS DOUBLE) ${descending ? 'DESC' : 'ASC'} NULLS LAST`,
    `CAST(${sql} AS VARCHAR) ${direction}`,
  ];
}
