import { kqlLiteral, kqlName } from '../kqlLiterals';
import type { WireValue } from '../kqlTypes';
import type { ColumnFilter, View } from '../resultViews';
import type { ChartSpec } from './chartSpec';
import { timespanMs, wireTime } from './wireNumbers';
import type { XyModel } from './xyModel';

/** A part of the x axis that people chose, both ends in it: milliseconds, numbers, or places of texts. */
export interface ChartRange {
  readonly from: number;
  readonly to: number;
}

/** Keeps the rows of a range; undefined where rows are not along the axis (arrays of make-series). */
export function rangeFilter(spec: ChartSpec, model: XyModel, range: ChartRange): ColumnFilter | undefined {
  const column = spec.x;
  if (spec.roles[column] === 'times' || spec.roles[column] === 'numbers') return undefined;
  if (model.scale === 'text') return { column, kind: 'values', values: placesIn(model, range) };
  return { column, kind: 'range', from: endOf(model, range.from), to: endOf(model, lastOf(model, range.to)) };
}

/** The view with a filter; one of the same column and kind gives way. */
export function withFilter(view: View, filter: ColumnFilter): View {
  const others = (view.columnFilters ?? []).filter(({ column, kind }) => column !== filter.column || kind !== filter.kind);
  return { ...view, columnFilters: [...others, filter] };
}

/** The range as an operator of a query: `where … between (… .. …)`. */
export function rangeOperator(spec: ChartSpec, model: XyModel, range: ChartRange): string | undefined {
  const column = spec.columns[spec.x];
  const filter = rangeFilter(spec, model, range);
  if (!column || !filter) return undefined;
  // An end of a range of whole numbers need not be one.
  const literal = (value: WireValue | undefined): string => (typeof value === 'number' ? String(value) : kqlLiteral(value ?? null, column.type));
  const name = kqlName(column.name);
  if (filter.kind === 'values') return `where ${name} in (${filter.values.map(literal).join(', ')})`;
  return filter.kind === 'range' ? `where ${name} between (${literal(filter.from)} .. ${literal(filter.to)})` : undefined;
}

function placesIn({ places }: XyModel, { from, to }: ChartRange): readonly WireValue[] {
  return places.slice(Math.max(0, Math.ceil(from)), Math.floor(to) + 1);
}

/** A bin that is in the range is in it as a whole. */
function lastOf({ bin, scale }: XyModel, to: number): number {
  return bin === undefined || scale === 'text' ? to : to + bin - (scale === 'number' ? 0 : 1);
}

function endOf({ scale }: XyModel, value: number): WireValue {
  if (scale === 'time') return wireTime(Math.round(value));
  return scale === 'duration' ? timespanMs(Math.round(value)) : value;
}
