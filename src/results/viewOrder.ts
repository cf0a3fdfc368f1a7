import type { SortKey } from '../common/engineProtocol';
import type { Column } from '../common/kqlTypes';

/**
 * SQL that orders stored rows by a view's sort keys, as KQL's `sort` does: nulls first ascending, last descending. Equal rows keep the
 * order of the result. Keys beyond the columns are ignored.
 */
export function viewOrder(columns: readonly Column[], sort: readonly SortKey[]): string {
  const keys = sort.flatMap(({ column, descending }) => {
    const type = columns[column]?.type;
    if (type === undefined) return [];
    const direction = descending ? 'DESC NULLS LAST' : 'ASC NULLS FIRST';
    const name = `c${column}`;
    // Numbers inside dynamic values sort as numbers, before what is no number; null is lowest.
    if (type === 'dynamic') {
      return [
        `${name} IS NOT NULL ${descending ? 'DESC' : 'ASC'}`,
        `TRY_CAST(CAST(${name} AS VARCHAR) AS DOUBLE) ${descending ? 'DESC' : 'ASC'} NULLS LAST`,
        `CAST(${name} AS VARCHAR) ${direction}`,
      ];
    }
    return [`${name} ${direction}`];
  });
  return [...keys, 'rowid'].join(', ');
}
