/** Answers to questions about rows that are all here: those kept in the file, of a table of another kernel, of a pivot. */
import type { Column, WireRow, WireValue } from '../../../common/kqlTypes';
import type {
  Aggregate,
  ColumnStatistics,
  FindInView,
  FoundInView,
  Group,
  GroupPage,
  HistogramBar,
  Pivot,
  ReadColumnStatistics,
  ReadGroups,
  ReadPivot,
  ReadSelectionStatistics,
  ReadValueCounts,
  SelectionStatistics,
  ValueCount,
  ValueCounts,
  View,
} from '../../../common/resultViews';
import { RequestFailure } from '../../messenger';
import { compareValues, sizeOf } from '../compareValues';
import { columnsOf, orderOf, withDerived } from '../localView';
import type { Ask } from '../questions';

const bars = 30;

type Asked<T> = Omit<T, 'resultId'>;

export function localAnswers(kept: readonly WireRow[], columns: readonly Column[]): Ask {
  const answer = async (method: string, argument: unknown): Promise<unknown> => {
    const { view } = argument as { readonly view: View };
    const table = viewed(kept, columns, view);
    switch (method) {
      case 'findInView':
        return find(table, argument as Asked<FindInView>);
      case 'readGroups':
        return groups(table, argument as Asked<ReadGroups>);
      case 'readPivot':
        return pivot(table, argument as Asked<ReadPivot>);
      case 'readValueCounts':
        return valueCounts(table, argument as Asked<ReadValueCounts>);
      case 'readColumnStatistics':
        return columnStatistics(table, argument as Asked<ReadColumnStatistics>);
      case 'readSelectionStatistics':
        return selectionStatistics(table, argument as Asked<ReadSelectionStatistics>);
      default:
        throw new RequestFailure('The rows of this result are no longer held; run the cell again.', false);
    }
  };
  return answer as Ask;
}

interface Table {
  readonly rows: readonly WireRow[];
  readonly columns: readonly Column[];
}

function viewed(kept: readonly WireRow[], columns: readonly Column[], view: View): Table {
  const rows = withDerived(kept, view.derived);
  const all = columnsOf(columns, view.derived);
  return { rows: orderOf(rows, all, view).map((index) => rows[index] ?? []), columns: all };
}

function find({ rows }: Table, { text, from, backwards, columns }: Asked<FindInView>): FoundInView {
  const needle = text.toLowerCase();
  const hits = rows.flatMap((row, index) =>
    columns.flatMap((column, place) => (textOf(row[column] ?? null).toLowerCase().includes(needle) ? [{ row: index, column, place }] : [])),
  );
  const start = columns.indexOf(from.column);
  const order = (hit: (typeof hits)[number]): number => hit.row - from.row || hit.place - start;
  const at = backwards ? hits.findLastIndex((hit) => order(hit) < 0) : hits.findIndex((hit) => order(hit) > 0);
  const found = at >= 0 ? at : backwards ? hits.length - 1 : 0;
  const hit = hits[found];
  return hit ? { hit: { row: hit.row, column: hit.column }, ordinal: found + 1, total: hits.length } : { ordinal: 0, total: 0 };
}

function groups({ rows, columns }: Table, asked: Asked<ReadGroups>): GroupPage {
  const type = columns[asked.by]?.type ?? 'string';
  const found = grouped(rows, (row) => binned(row[asked.by] ?? null, type, asked.bin));
  const all = [...found.values()].map((members): Group => {
    const key = binned(members[0]?.[asked.by] ?? null, type, asked.bin);
    return { key, rows: members.length, aggregates: asked.aggregates.map((one) => aggregate(members, one, columns)) };
  });
  const sign = asked.descending ? -1 : 1;
  const { orderBy } = asked;
  all.sort((left, right) => {
    if (orderBy === 'count') return sign * (left.rows - right.rows);
    if (orderBy === 'key') return sign * compareValues(left.key, right.key, type);
    return sign * compareValues(left.aggregates[orderBy] ?? null, right.aggregates[orderBy] ?? null, 'real');
  });
  return { groups: all.slice(asked.offset, asked.offset + asked.count), total: all.length };
}

function pivot({ rows, columns }: Table, asked: Asked<ReadPivot>): Pivot {
  const across = counted(rows, asked.across).map(({ value }) => value);
  const shown = across.slice(0, asked.maxColumns);
  const found = grouped(rows, (row) => JSON.stringify(asked.rows.map((column) => row[column] ?? null)));
  const lines = [...found.values()].slice(0, asked.maxRows).map((members) => ({
    keys: asked.rows.map((column) => members[0]?.[column] ?? null),
    cells: shown.map((value) => {
      const fitting = members.filter((row) => textOf(row[asked.across] ?? null) === textOf(value));
      return fitting.length === 0 ? null : aggregate(fitting, asked.aggregate, columns);
    }),
  }));
  return { across: shown, rows: lines, totalRows: found.size, totalColumns: across.length };
}

function valueCounts({ rows }: Table, { column, contains, limit }: Asked<ReadValueCounts>): ValueCounts {
  const needle = contains.toLowerCase();
  const all = counted(rows, column).filter(({ value }) => needle === '' || textOf(value).toLowerCase().includes(needle));
  return { values: all.slice(0, limit), total: all.length };
}

function columnStatistics({ rows, columns }: Table, { column }: Asked<ReadColumnStatistics>): ColumnStatistics {
  const values = rows.map((row) => row[column] ?? null);
  const present = values.filter((value) => value !== null);
  const type = columns[column]?.type ?? 'string';
  const sorted = present.toSorted((left, right) => compareValues(left, right, type));
  const top = counted(rows, column).filter(({ value }) => value !== null);
  return {
    rows: rows.length,
    nulls: values.length - present.length,
    empty: values.filter((value) => value === '').length,
    distinct: top.length,
    min: sorted[0] ?? null,
    max: sorted.at(-1) ?? null,
    mean: type === 'datetime' ? null : meanOf(present, type),
    top: top.slice(0, 10),
    histogram: histogram(sorted, type),
  };
}

function selectionStatistics({ rows, columns }: Table, asked: Asked<ReadSelectionStatistics>): SelectionStatistics {
  const { first, end, columns: chosen } = asked;
  const typeOf = (column: number): Column['type'] => columns[column]?.type ?? 'string';
  const cells = rows.slice(first, end).flatMap((row) => chosen.map((column) => ({ value: row[column] ?? null, type: typeOf(column) })));
  const countable = cells.filter(({ type }) => type !== 'datetime' && type !== 'timespan');
  const numbers = countable.map(({ value, type }) => sizeOf(value, type)).filter(Number.isFinite);
  const sum = numbers.reduce((total, number) => total + number, 0);
  const none = numbers.length === 0;
  return {
    count: cells.filter(({ value }) => value !== null && value !== '').length,
    numbers: numbers.length,
    sum: none ? null : sum,
    mean: none ? null : sum / numbers.length,
    min: none ? null : Math.min(...numbers),
    max: none ? null : Math.max(...numbers),
  };
}

function aggregate(rows: readonly WireRow[], { column, kind }: Aggregate, columns: readonly Column[]): WireValue {
  if (kind === 'count') return rows.length;
  const type = columns[column]?.type ?? 'string';
  const values = rows.map((row) => row[column] ?? null).filter((value) => value !== null);
  if (kind === 'distinct') return new Set(values.map(String)).size;
  if (values.length === 0) return null;
  const sorted = values.toSorted((left, right) => compareValues(left, right, type));
  if (kind === 'min' || kind === 'max') return (kind === 'min' ? sorted[0] : sorted.at(-1)) ?? null;
  if (type === 'timespan') return null;
  const sum = values.reduce<number>((total, value) => total + sizeOf(value, type), 0);
  return kind === 'sum' ? sum : sum / values.length;
}

function histogram(sorted: readonly WireValue[], type: Column['type']): readonly HistogramBar[] {
  const sizes = sorted.map((value) => sizeOf(value, type)).filter(Number.isFinite);
  const [min, max] = [sizes[0], sizes.at(-1)];
  if (min === undefined || max === undefined || min === max || type === 'timespan') return [];
  const step = (max - min) / bars;
  const counts = new Array<number>(bars).fill(0);
  for (const size of sizes) {
    const bar = Math.min(bars - 1, Math.floor((size - min) / step));
    counts[bar] = (counts[bar] ?? 0) + 1;
  }
  const valueOf = (size: number): WireValue => (type === 'datetime' ? new Date(size).toISOString().replace('Z', '0000Z') : size);
  return counts.map((rows, bar) => ({ from: valueOf(min + bar * step), to: valueOf(min + (bar + 1) * step), rows }));
}

function meanOf(values: readonly WireValue[], type: Column['type']): number | null {
  const sizes = type === 'timespan' ? [] : values.map((value) => sizeOf(value, type)).filter(Number.isFinite);
  return sizes.length === 0 ? null : sizes.reduce((total, size) => total + size, 0) / sizes.length;
}

/** Most frequent first. */
function counted(rows: readonly WireRow[], column: number): readonly ValueCount[] {
  const found = grouped(rows, (row) => row[column] ?? null);
  const counts = [...found.values()].map((members) => ({ value: members[0]?.[column] ?? null, rows: members.length }));
  return counts.sort((left, right) => right.rows - left.rows);
}

function grouped(rows: readonly WireRow[], keyOf: (row: WireRow) => WireValue): ReadonlyMap<WireValue, readonly WireRow[]> {
  const found = new Map<WireValue, WireRow[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const members = found.get(key);
    if (members) members.push(row);
    else found.set(key, [row]);
  }
  return found;
}

function binned(value: WireValue, type: Column['type'], bin: number | undefined): WireValue {
  const size = bin === undefined ? Number.NaN : sizeOf(value, type);
  if (bin === undefined || Number.isNaN(size)) return value;
  const start = Math.floor(size / bin) * bin;
  return type === 'datetime' ? new Date(start).toISOString().replace('Z', '0000Z') : start;
}

function textOf(value: WireValue): string {
  return value === null ? '' : String(value);
}
