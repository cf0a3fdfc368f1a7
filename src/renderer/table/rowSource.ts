import type { Disposable } from '../../common/disposable';
import type { View } from '../../common/engineProtocol';
import type { WireRow, WireValue } from '../../common/kqlTypes';
import type { AggregateKind } from '../../common/resultViews';

/** Rows of one view of a result, wherever they are. Rows are numbered from 0. */
export interface RowSource extends Disposable {
  readonly view: View;
  /** Rows in the view; undefined until it is known. */
  readonly total: number | undefined;
  /** A row when it is at hand. */
  row(index: number): WireRow | undefined;
  /** The group that a row stands for; undefined: it is a row of the result. */
  group(index: number): GroupRow | undefined;
  /** Where a row of the result is found again; undefined for a group. */
  place(index: number): RowPlace | undefined;
  /** Full length of a value that is cut; undefined when it is whole. */
  cutLength(row: number, column: number): number | undefined;
  /** Says what is on screen (`end` excluded), so that it is loaded. */
  show(first: number, end: number): void;
  /** Rows `first` to `end` (excluded), loaded when need be. @throws RequestFailure */
  read(first: number, end: number): Promise<readonly WireRow[]>;
  /** A value without cut. @throws RequestFailure */
  readValue(row: number, column: number): Promise<WireValue>;
  /** Tries again what failed. */
  retry(): void;
}

/** A row of a view. */
export interface RowPlace {
  readonly view: View;
  readonly row: number;
  /** How many groups it lies in. */
  readonly level: number;
}

/** A group among the rows of a grid. */
export interface GroupRow {
  /** 0 for the outermost. */
  readonly level: number;
  /** The column whose value it is, by index, and the value. */
  readonly column: number;
  readonly key: WireValue;
  /** Width of a bin, of which `key` is the start. */
  readonly bin?: number | undefined;
  readonly rows: number;
  readonly expanded: boolean;
  /** Of its siblings, from 0, and how many there are. */
  readonly position: number;
  readonly siblings: number;
  readonly aggregates: readonly { readonly column: number; readonly kind: AggregateKind; readonly value: WireValue }[];
}

/** What a source tells the table. */
export interface RowListener {
  /** Rows arrived, or the total became known. */
  readonly loaded: () => void;
  readonly failed: (message: string, gone: boolean) => void;
}
