/**
 * How the rows of a result are looked at: sorted, filtered, grouped, counted. Everything here is plain data; the
 * stored result itself never changes. Columns are numbered as the result has them, then come the derived ones.
 */
import type { Column, WireRow, WireValue } from './kqlTypes';

export interface SortKey {
  readonly column: number;
  readonly descending: boolean;
}

/**
 * A column read out of a `dynamic` one: the value at a path. Its type is what all its values have in common (`string`, `bool`, `long`,
 * `real`), else `dynamic`; answers say which it is.
 */
export interface DerivedColumn {
  /** Index of the `dynamic` column. */
  readonly source: number;
  /** Names of properties and indexes of elements, outermost first. */
  readonly path: readonly (string | number)[];
  readonly name: string;
}

/** `regex`: as for KQL's `matches regex` (RE2). */
export type TextMatch = 'contains' | 'equals' | 'startsWith' | 'endsWith' | 'regex';

/** Keeps the rows whose value in one column fits. With `exclude` it keeps the others. */
export type ColumnFilter = {
  readonly column: number;
  readonly exclude?: boolean | undefined;
} & (
  | { readonly kind: 'text'; readonly match: TextMatch; readonly text: string; readonly caseSensitive?: boolean | undefined }
  /**
   * Both ends belong to the range (the upper one not with `toExcluded`, as for the bins of groups and histograms); an absent one is open.
   * Of the column's type: numbers, datetimes and timespans as they travel. In `dynamic` columns the numbers have an order.
   */
  | {
      readonly kind: 'range';
      readonly from?: WireValue | undefined;
      readonly to?: WireValue | undefined;
      readonly toExcluded?: boolean | undefined;
    }
  /** One of these values; null stands for a missing one. */
  | { readonly kind: 'values'; readonly values: readonly WireValue[] }
  /** Null, or a text without characters. */
  | { readonly kind: 'empty' }
);

export interface View {
  readonly sort: readonly SortKey[];
  /** Rows in which some cell's text contains this, ignoring case; '' keeps all. */
  readonly filter: string;
  /** All of them must hold. */
  readonly columnFilters?: readonly ColumnFilter[] | undefined;
  readonly derived?: readonly DerivedColumn[] | undefined;
}

export const wholeView: View = { sort: [], filter: '' };

/** A result and a view of it: what most questions are about. */
export interface Viewed {
  readonly resultId: string;
  readonly view: View;
}

/** Search that jumps from hit to hit without hiding rows. */
export interface FindInView extends Viewed {
  /** Case is ignored; never empty. */
  readonly text: string;
  /** Where to start; the hit is after it (before it, backwards), and the search goes round. */
  readonly from: { readonly row: number; readonly column: number };
  readonly backwards: boolean;
  /** The columns in the order in which they are looked at. */
  readonly columns: readonly number[];
}

export interface FoundInView {
  /** Absent: nothing contains the text. */
  readonly hit?: { readonly row: number; readonly column: number } | undefined;
  /** Of the hit, from 1, in reading order. */
  readonly ordinal: number;
  /** Cells that contain the text. */
  readonly total: number;
}

/** Nulls and empty texts are not counted; sums and means are of numbers, timespans and (means) datetimes alone, and refused of others. */
export type AggregateKind = 'count' | 'distinct' | 'sum' | 'mean' | 'min' | 'max';

export interface Aggregate {
  readonly column: number;
  readonly kind: AggregateKind;
}

/**
 * Groups of the rows by the values of columns; one level at a time, so that a group is opened in place: a view with a `values` filter of
 * the key, or with the `range` of a bin, its end excluded.
 */
export interface ReadGroups extends Viewed {
  /** The column whose values make the groups. Rows of outer groups are chosen by filters of the view. */
  readonly by: number;
  /** Times are put together by this many milliseconds, numbers by steps of this size; absent: each value is a group. */
  readonly bin?: number | undefined;
  readonly aggregates: readonly Aggregate[];
  /** `key`: by value. A number: by that aggregate. */
  readonly orderBy: 'count' | 'key' | number;
  readonly descending: boolean;
  readonly offset: number;
  readonly count: number;
}

export interface Group {
  /** The value; of a bin its start. */
  readonly key: WireValue;
  readonly rows: number;
  readonly aggregates: readonly WireValue[];
}

export interface GroupPage {
  readonly groups: readonly Group[];
  /** Groups in all. */
  readonly total: number;
}

/** A cross table: a row for each value (or combination of values), a column for each value of another column. */
export interface ReadPivot extends Viewed {
  readonly rows: readonly number[];
  readonly across: number;
  readonly aggregate: Aggregate;
  readonly maxRows: number;
  readonly maxColumns: number;
}

export interface Pivot {
  /** Values across, most frequent first. */
  readonly across: readonly WireValue[];
  /** Most frequent first: keys in the order of `ReadPivot.rows`, then a cell for each value across; null where there are no rows. */
  readonly rows: readonly { readonly keys: readonly WireValue[]; readonly cells: readonly WireValue[] }[];
  /** How many there are; more than given when cut. */
  readonly totalRows: number;
  readonly totalColumns: number;
}

export interface ReadColumnStatistics extends Viewed {
  readonly column: number;
}

export interface ColumnStatistics {
  readonly rows: number;
  /** Null values. */
  readonly nulls: number;
  /** Texts without characters. */
  readonly empty: number;
  /** Distinct values; null is none. */
  readonly distinct: number;
  /** NaN is neither least nor greatest; of `dynamic` values their JSON texts are compared. */
  readonly min: WireValue;
  readonly max: WireValue;
  /** Of numbers and timespans; null otherwise. NaN and infinities are left out. */
  readonly mean: WireValue;
  readonly top: readonly ValueCount[];
  /** Of numbers, datetimes and timespans: at most 30 bars of equal width from `min` to `max`. NaN and infinities are in none. */
  readonly histogram: readonly HistogramBar[];
}

export interface HistogramBar {
  readonly from: WireValue;
  /** Belongs to the next bar; of the last bar it is the greatest value, and belongs to it. */
  readonly to: WireValue;
  readonly rows: number;
}

export interface ValueCount {
  readonly value: WireValue;
  readonly rows: number;
}

/** The values of a column with their counts, for choosing among them. */
export interface ReadValueCounts extends Viewed {
  readonly column: number;
  /** Only values whose text contains this, ignoring case. */
  readonly contains: string;
  readonly limit: number;
}

export interface ValueCounts {
  /** Most frequent first. */
  readonly values: readonly ValueCount[];
  /** How many there are; more than given when cut. */
  readonly total: number;
}

/** As a spreadsheet sums up what is selected: rows `first` to `end` (excluded) of the view in some columns. */
export interface ReadSelectionStatistics extends Viewed {
  readonly first: number;
  readonly end: number;
  readonly columns: readonly number[];
}

export interface SelectionStatistics {
  /** Cells with a value: neither null nor an empty text. */
  readonly count: number;
  /** Of them those that are numbers, NaN is none; the rest is null when there are none. */
  readonly numbers: number;
  /** Decimal text where the sum is beyond what a double holds exactly. */
  readonly sum: WireValue;
  readonly mean: WireValue;
  readonly min: WireValue;
  readonly max: WireValue;
}

/** Points of a chart. Many rows are put together in the store, so that a chart is drawn of at most `maxPoints`. */
export interface ReadChart extends Viewed {
  /**
   * Column of the x axis; bins of it are made when there are too many points and it is a datetime, a timespan or a number.
   * A `dynamic` one together with `dynamic` columns of `y` holds arrays as `make-series` makes them: they are read element by element.
   */
  readonly x: number;
  /** Numeric columns (timespans count as seconds), one series each for every value of the series columns. Empty: rows are counted. */
  readonly y: readonly number[];
  readonly series: readonly number[];
  /**
   * How values of one x, or of a bin of it, are put together. `none`: points stay as they are while they fit; else the lowest and the
   * highest of each bin stay, so that no spike is lost.
   */
  readonly aggregate: 'none' | 'sum' | 'mean' | 'min' | 'max' | 'count';
  readonly maxPoints: number;
  /** Values of x are put into at most this many bins; of texts, which make no bins, as many are kept. Absent: `maxPoints` alone counts. */
  readonly maxBins?: number | undefined;
  /** Series beyond this many are left out, least rows first. */
  readonly maxSeries: number;
}

export interface ChartData {
  readonly series: readonly ChartSeries[];
  /** Series in all; more than given when some were left out. */
  readonly totalSeries: number;
  /** Width of the bins of x (milliseconds, or units of x) when points were put together. */
  readonly bin?: number | undefined;
  /** Values of x that were left out since they make no bins: the last ones; the least frequent ones when rows are counted. */
  readonly leftOut?: number | undefined;
  /** Rows that the points stand for. */
  readonly rows: number;
}

export interface ChartSeries {
  /** Values of the series columns. */
  readonly keys: readonly WireValue[];
  /** Index into `ReadChart.y`. */
  readonly y: number;
  readonly x: readonly WireValue[];
  /** As long as `x`; null where there is no value. */
  readonly values: readonly (number | null)[];
}

/** Some columns of many rows, for timelines, trees and graphs. At most 20,000 rows at once; values end after 32,768 characters. */
export interface ReadColumns extends Viewed {
  readonly columns: readonly number[];
  readonly offset: number;
  readonly count: number;
}

export interface ColumnRows {
  readonly columns: readonly Column[];
  readonly rows: readonly WireRow[];
  /** Rows in the view. */
  readonly total: number;
}

/** Questions about a result beyond its pages, as {@link import('./rpc').Service}. All fail with `resultGone` when the rows are not held. */
export interface ResultQuestions {
  readonly findInView: { readonly argument: FindInView; readonly answer: FoundInView };
  readonly readGroups: { readonly argument: ReadGroups; readonly answer: GroupPage };
  readonly readPivot: { readonly argument: ReadPivot; readonly answer: Pivot };
  readonly readColumnStatistics: { readonly argument: ReadColumnStatistics; readonly answer: ColumnStatistics };
  readonly readValueCounts: { readonly argument: ReadValueCounts; readonly answer: ValueCounts };
  readonly readSelectionStatistics: { readonly argument: ReadSelectionStatistics; readonly answer: SelectionStatistics };
  readonly readChart: { readonly argument: ReadChart; readonly answer: ChartData };
  readonly readColumns: { readonly argument: ReadColumns; readonly answer: ColumnRows };
}

export const resultQuestions: readonly (keyof ResultQuestions)[] = [
  'findInView',
  'readGroups',
  'readPivot',
  'readColumnStatistics',
  'readValueCounts',
  'readSelectionStatistics',
  'readChart',
  'readColumns',
];

