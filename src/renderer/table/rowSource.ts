import type { Disposable } from '../../common/disposable';
import type { View } from '../../common/engineProtocol';
import type { WireRow, WireValue } from '../../common/kqlTypes';

/** Rows of one view of a result, wherever they are. Rows are numbered from 0. */
export interface RowSource extends Disposable {
  readonly view: View;
  /** Rows in the view; undefined until it is known. */
  readonly total: number | undefined;
  /** A row when it is at hand. */
  row(index: number): WireRow | undefined;
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

/** What a source tells the table. */
export interface RowListener {
  /** Rows arrived, or the total became known. */
  readonly loaded: () => void;
  readonly failed: (message: string, gone: boolean) => void;
}
