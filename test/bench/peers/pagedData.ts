import type { Column, WireRow } from '../../../src/common/kqlTypes';
import { tableData } from '../../renderer/page/data';

/** Rows behind a page of their own: nobody has them all, as nobody has those of a result store. */
export interface PagedData {
  readonly columns: readonly Column[];
  readonly rowCount: number;
  page(offset: number, count: number): Promise<readonly WireRow[]>;
}

/** The same rows that the page of the renderer's own tests makes, with an answer in a later task, as messages have. */
export function pagedData(rowCount: number, columnCount: number): PagedData {
  const data = tableData({ kind: 'events', rows: rowCount, columns: columnCount });
  return {
    columns: data.columns,
    rowCount,
    page: (offset, count) =>
      new Promise((resolve) => {
        setTimeout(() => {
          const rows = Array.from({ length: Math.max(0, Math.min(count, rowCount - offset)) }, (_, row) =>
            data.columns.map((_column, column) => data.value(offset + row, column)),
          );
          resolve(JSON.parse(JSON.stringify(rows)) as WireRow[]);
        });
      }),
  };
}

/** What each of the grids can do on the page of the bench. */
export interface PeerGrid {
  /** Shows the data in an element 400 CSS pixels high; the promise ends when the grid is set up, not when rows are on screen. */
  show(container: HTMLElement, data: PagedData): void;
  /** The element that scrolls. */
  scroller(container: HTMLElement): Element | null;
  /** Height of a row, CSS pixels. */
  readonly rowHeight: number;
  /** Is the text of a cell on screen? */
  shows(container: HTMLElement, text: string): boolean;
}
