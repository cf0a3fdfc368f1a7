import 'regular-table';
import type { WireValue } from '../../../src/common/kqlTypes';
import type { PagedData, PeerGrid } from './pagedData';

interface RegularTableElement extends HTMLElement {
  setDataListener(listener: (x0: number, y0: number, x1: number, y1: number) => Promise<object>, options: object): void;
  draw(): Promise<void>;
}

export const grid: PeerGrid = {
  rowHeight: 19,
  show(container: HTMLElement, data: PagedData): void {
    const table = document.createElement('regular-table') as RegularTableElement;
    table.style.cssText = 'position: absolute; inset: 0';
    container.style.position = 'relative';
    container.append(table);
    table.setDataListener(
      async (x0, y0, x1, y1) => {
        const rows = await data.page(y0, y1 - y0);
        const columns = data.columns.slice(x0, x1);
        return {
          num_rows: data.rowCount,
          num_columns: data.columns.length,
          column_headers: columns.map(({ name }) => [name]),
          data: columns.map((_column, index) => rows.map((row): WireValue => row[x0 + index] ?? null)),
        };
      },
      { virtual_mode: 'both' },
    );
    void table.draw();
  },
  scroller: (container) => container.querySelector('regular-table'),
  shows: (container, text) => [...container.querySelectorAll('regular-table td')].some((cell) => cell.textContent === text),
};
