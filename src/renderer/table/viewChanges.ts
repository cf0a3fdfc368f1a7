/** Changes of a view, as pure functions. */
import type { ColumnFilter, DerivedColumn, SortKey, View } from '../../common/resultViews';

/** The next sort when a header is chosen: ascending, descending, off. `add` keeps the other keys. */
export function nextSort(sort: readonly SortKey[], column: number, add: boolean): readonly SortKey[] {
  const current = sort.find((key) => key.column === column);
  const next = current === undefined ? { column, descending: false } : current.descending ? undefined : { column, descending: true };
  if (!add) return next ? [next] : [];
  if (current === undefined) return next ? [...sort, next] : sort;
  return sort.flatMap((key) => (key.column !== column ? [key] : next ? [next] : []));
}

/** Sorts by a column; `add` as a further key. */
export function sortedBy(view: View, column: number, descending: boolean, add: boolean): View {
  const others = add ? view.sort.filter((key) => key.column !== column) : [];
  return { ...view, sort: [...others, { column, descending }] };
}

export function filtersOf(view: View, column?: number): readonly ColumnFilter[] {
  return (view.columnFilters ?? []).filter((filter) => column === undefined || filter.column === column);
}

/** Puts a filter in the place of another one; without `before` it is added, without `after` the other one is taken away. */
export function withFilter(view: View, before: ColumnFilter | undefined, after: ColumnFilter | undefined): View {
  const filters = view.columnFilters ?? [];
  const isThere = before !== undefined && filters.includes(before);
  const put = after ? [after] : [];
  const next = isThere ? filters.flatMap((filter) => (filter === before ? put : [filter])) : [...filters, ...put];
  return withFilters(view, next);
}

/** The filters of some columns take the place of all that were on these columns. */
export function withColumnsFiltered(view: View, filters: readonly ColumnFilter[]): View {
  const replaced = new Set(filters.map(({ column }) => column));
  return withFilters(view, [...filtersOf(view).filter(({ column }) => !replaced.has(column)), ...filters]);
}

export function withFilters(view: View, columnFilters: readonly ColumnFilter[]): View {
  const { sort, filter, derived } = view;
  return { sort, filter, ...(columnFilters.length > 0 ? { columnFilters } : {}), ...(derived ? { derived } : {}) };
}

/** Adds a column read out of a `dynamic` one, unless it is there already. */
export function withDerivedColumn(view: View, column: DerivedColumn): View {
  const derived = view.derived ?? [];
  const isThere = derived.some((one) => one.source === column.source && JSON.stringify(one.path) === JSON.stringify(column.path));
  return isThere ? view : { ...view, derived: [...derived, column] };
}

/**
 * The view without a derived column; what sorted or filtered by it goes too, later ones move up.
 *
 * @param count of the result's own columns
 */
export function withoutDerivedColumn(view: View, count: number, index: number): View {
  const derived = (view.derived ?? []).filter((_, at) => count + at !== index);
  const moved = (column: number): number => (column > index ? column - 1 : column);
  const keep = <T extends { readonly column: number }>(list: readonly T[]): readonly T[] =>
    list.filter(({ column }) => column !== index).map((one) => ({ ...one, column: moved(one.column) }));
  const next = withFilters({ filter: view.filter, sort: keep(view.sort) }, keep(view.columnFilters ?? []));
  return derived.length > 0 ? { ...next, derived } : next;
}

/** Whether all rows are shown in the order of the result, with its own columns. */
export function isWhole(view: View): boolean {
  return view.sort.length === 0 && keepsAll(view) && (view.derived?.length ?? 0) === 0;
}

/** Whether no row is filtered out. */
export function keepsAll(view: View): boolean {
  return view.filter === '' && (view.columnFilters?.length ?? 0) === 0;
}

/**
 * Only what fits the columns: a remembered view may be of another result, or of another version.
 *
 * @param count of the result's own columns
 */
export function fittingView(view: View, count: number): View {
  const derived = (view.derived ?? []).filter(({ source }) => source < count);
  const all = derived.length === (view.derived ?? []).length ? count + derived.length : count;
  const fits = ({ column }: { readonly column: number }): boolean => Number.isInteger(column) && column >= 0 && column < all;
  const next = withFilters({ sort: view.sort.filter(fits), filter: view.filter }, (view.columnFilters ?? []).filter(fits));
  return all > count ? { ...next, derived } : next;
}
