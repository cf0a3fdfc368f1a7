import { HuntError } from '../common/errors';
import type { WireValue } from '../common/kqlTypes';
import type { ColumnFilter } from '../common/resultViews';
import { quoteText } from '../engine/render';
import { displayText, searchedText } from './columnText';
import type { ViewColumn } from './viewColumns';
import { wireLiteral } from './wireLiteral';

/**
 * SQL of a condition that is never NULL: the row belongs to the view.
 * @throws HuntError `refused` for values that do not fit the column.
 */
export function filterCondition(filter: ColumnFilter, columns: readonly ViewColumn[]): string {
  const column = columns[filter.column];
  if (!column) throw new HuntError({ kind: 'notFound', what: 'column', name: String(filter.column + 1) });
  const condition = keeps(filter, column);
  return `(${condition}) IS ${filter.exclude === true ? 'NOT ' : ''}TRUE`;
}

function keeps(filter: ColumnFilter, column: ViewColumn): string {
  switch (filter.kind) {
    case 'text':
      return textCondition(filter, column);
    case 'range':
      return rangeCondition(filter, column);
    case 'values':
      return valuesCondition(filter.values, column);
    case 'empty':
      return emptyCondition(column);
  }
}

type TextFilter = Extract<ColumnFilter, { readonly kind: 'text' }>;

/** A null shows nothing, so that its text is empty. */
function textCondition({ match, text, caseSensitive = false }: TextFilter, column: ViewColumn): string {
  const shown = `coalesce(${displayText(column.sql, column.type)}, '')`;
  if (match === 'regex') return `regexp_matches(${shown}, ${quoteText(text)}, '${caseSensitive ? 'c' : 'i'}')`;
  const wanted = quoteText(searchedText(text, column.type));
  const [value, part] = caseSensitive ? [shown, wanted] : [`lower(${shown})`, `lower(${wanted})`];
  switch (match) {
    case 'contains':
      return `contains(${value}, ${part})`;
    case 'equals':
      return `${value} = ${part}`;
    case 'startsWith':
      return `starts_with(${value}, ${part})`;
    case 'endsWith':
      return `ends_with(${value}, ${part})`;
  }
}

type RangeFilter = Extract<ColumnFilter, { readonly kind: 'range' }>;

function rangeCondition({ from, to, toExcluded }: RangeFilter, column: ViewColumn): string {
  const isGiven = (bound: WireValue | undefined): bound is Exclude<WireValue, null> => bound !== undefined && bound !== null;
  const { value, literal } = comparable(column);
  const conditions = [
    ...(isGiven(from) ? [`${value} >= ${literal(from)}`] : []),
    ...(isGiven(to) ? [`${value} ${toExcluded === true ? '<' : '<='} ${literal(to)}`] : []),
    // DuckDB puts NaN above all numbers; in no range of numbers it is.
    ...(column.type === 'real' ? [`NOT isnan(${column.sql})`] : []),
  ];
  return conditions.length === 0 ? `${value} IS NOT NULL` : conditions.join(' AND ');
}

/** Of `dynamic` columns the numbers have an order. */
function comparable(column: ViewColumn): { readonly value: string; readonly literal: (bound: WireValue) => string } {
  if (column.type !== 'dynamic') return { value: column.sql, literal: (bound) => wireLiteral(bound, column) };
  const asNumber = { name: column.name, type: 'real' } as const;
  return { value: `TRY_CAST(CAST(${column.sql} AS VARCHAR) AS DOUBLE)`, literal: (bound) => wireLiteral(bound, asNumber) };
}

function valuesCondition(values: readonly WireValue[], column: ViewColumn): string {
  const present = values.filter((value) => value !== null);
  const sql = column.type === 'dynamic' ? `CAST(${column.sql} AS VARCHAR)` : column.sql;
  const conditions = [
    ...(present.length > 0 ? [`${sql} IN (${present.map((value) => wireLiteral(value, column)).join(', ')})`] : []),
    // A string is never null: where one is asked for, the empty one is meant.
    ...(present.length < values.length ? [column.type === 'string' ? `${sql} = ''` : `${sql} IS NULL`] : []),
  ];
  return conditions.join(' OR ') || 'false';
}

function emptyCondition(column: ViewColumn): string {
  if (column.type === 'string') return `${column.sql} = ''`;
  return column.type === 'dynamic' ? `${column.sql} IS NULL OR CAST(${column.sql} AS VARCHAR) = '""'` : `${column.sql} IS NULL`;
}
