/** Views of rows that are all here: sorted and filtered on the spot, as the result store does it. */
import type { Column, WireRow, WireValue } from '../../common/kqlTypes';
import type { ColumnFilter, DerivedColumn, SortKey, View } from '../../common/resultViews';
import { compareValues } from './compareValues';
import { valueAtPath } from './jsonNodes';

/** The columns of a view: those of the result, then the derived ones. */
export function columnsOf(columns: readonly Column[], derived: readonly DerivedColumn[] = []): readonly Column[] {
  return [...columns, ...derived.map(({ name }) => ({ name, type: 'dynamic' as const }))];
}

export function withDerived(rows: readonly WireRow[], derived: readonly DerivedColumn[] = []): readonly WireRow[] {
  if (derived.length === 0) return rows;
  return rows.map((row) => [...row, ...derived.map(({ source, path }) => valueAtPath(row[source] ?? null, path))]);
}

/** Indexes of the rows that the view keeps, in its order. */
export function orderOf(rows: readonly WireRow[], columns: readonly Column[], view: View): readonly number[] {
  const needle = view.filter.toLowerCase();
  const tests = (view.columnFilters ?? []).map((filter) => columnTest(filter, columns[filter.column]));
  const keeps = (row: WireRow): boolean => (needle === '' || hasText(row, needle)) && tests.every((test) => test(row));
  const order = rows.map((_, index) => index).filter((index) => keeps(rows[index] ?? []));
  if (view.sort.length === 0) return order;
  return order.sort((left, right) => compareRows(rows[left] ?? [], rows[right] ?? [], columns, view.sort) || left - right);
}

function hasText(row: WireRow, needle: string): boolean {
  return row.some((value) => value !== null && String(value).toLowerCase().includes(needle));
}

function compareRows(left: WireRow, right: WireRow, columns: readonly Column[], sort: readonly SortKey[]): number {
  for (const key of sort) {
    const order = compareValues(left[key.column] ?? null, right[key.column] ?? null, columns[key.column]?.type ?? 'string');
    if (order !== 0) return key.descending ? -order : order;
  }
  return 0;
}

function columnTest(filter: ColumnFilter, column: Column | undefined): (row: WireRow) => boolean {
  const test = valueTest(filter, column?.type ?? 'string');
  return (row) => test(row[filter.column] ?? null) !== (filter.exclude ?? false);
}

function valueTest(filter: ColumnFilter, type: Column['type']): (value: WireValue) => boolean {
  switch (filter.kind) {
    case 'empty':
      return (value) => value === null || value === '';
    case 'values': {
      const wanted = new Set(filter.values.map((value) => (value === null ? null : String(value))));
      return (value) => wanted.has(value === null ? null : String(value));
    }
    case 'range': {
      const { from, to } = filter;
      const isAfter = (value: WireValue): boolean => from === undefined || from === null || compareValues(value, from, type) >= 0;
      const isBefore = (value: WireValue): boolean => to === undefined || to === null || compareValues(value, to, type) <= 0;
      return (value) => value !== null && isAfter(value) && isBefore(value);
    }
    case 'text':
      return textTest(filter.match, filter.text, filter.caseSensitive ?? false);
  }
}

function textTest(match: string, text: string, caseSensitive: boolean): (value: WireValue) => boolean {
  if (match === 'regex') {
    const pattern = regexOf(text, caseSensitive);
    return (value) => value !== null && pattern?.test(String(value)) === true;
  }
  const fold = (one: string): string => (caseSensitive ? one : one.toLowerCase());
  const wanted = fold(text);
  return (value) => {
    if (value === null) return false;
    const found = fold(String(value));
    if (match === 'equals') return found === wanted;
    if (match === 'startsWith') return found.startsWith(wanted);
    return match === 'endsWith' ? found.endsWith(wanted) : found.includes(wanted);
  };
}

/** A regular expression; undefined when it is none. */
export function regexOf(text: string, caseSensitive: boolean): RegExp | undefined {
  try {
    return new RegExp(text, caseSensitive ? 'u' : 'iu');
  } catch {
    return undefined;
  }
}
