import { HuntError } from '../common/errors';
import type { Aggregate } from '../common/resultViews';
import { type Computed, computed, computedWhole, isNumeric, keySql, numberSql } from './sqlParts';
import type { ViewColumn } from './viewColumns';
import type { ViewedResult } from './viewedResult';

/**
 * An aggregate over rows. Nulls (of texts, empty ones) are not counted; NaN is no number.
 * @throws HuntError `notFound`; `refused` for what the column's type has not: the sum of texts.
 */
export function aggregateOf({ column: index, kind }: Aggregate, viewed: ViewedResult): Computed {
  const column = viewed.column(index);
  switch (kind) {
    case 'count':
      return computedWhole(`count(${column.type === 'string' ? `nullif(${column.sql}, '')` : column.sql})`);
    case 'distinct':
      return computedWhole(`count(DISTINCT ${keySql(column)})`);
    case 'min':
    case 'max':
      return computed(`${kind}(${column.type === 'dynamic' ? keySql(column) : numberSql(column)})`, column.type);
    case 'sum':
      return sumOf(column);
    case 'mean':
      return meanOf(column);
  }
}

function sumOf(column: ViewColumn): Computed {
  switch (column.type) {
    case 'int':
    case 'long':
      return computedWhole(`sum(${column.sql})`);
    case 'real':
    case 'decimal':
    case 'timespan':
      return computed(`sum(${numberSql(column)})`, column.type);
    default:
      return refuse('sum', column);
  }
}

function meanOf(column: ViewColumn): Computed {
  if (isNumeric(column.type)) return computed(`avg(${numberSql(column)})`, 'real');
  // Whole ticks: a double would lose the last digits of a datetime.
  if (column.type === 'timespan' || column.type === 'datetime') return computed(`(sum(${column.sql}) // count(${column.sql}))`, column.type);
  return refuse('mean', column);
}

function refuse(what: string, column: ViewColumn): never {
  throw new HuntError({ kind: 'refused', message: `A ${column.type} column such as "${column.name}" has no ${what}.` });
}
