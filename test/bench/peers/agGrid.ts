import { AllCommunityModule, createGrid, ModuleRegistry } from 'ag-grid-community';
import type { WireRow } from '../../../src/common/kqlTypes';
import type { PagedData, PeerGrid } from './pagedData';

interface Request {
  readonly startRow: number;
  readonly endRow: number;
  successCallback(rows: readonly object[], lastRow: number): void;
}

ModuleRegistry.registerModules([AllCommunityModule]);

export const grid: PeerGrid = {
  rowHeight: 42,
  show(container: HTMLElement, data: PagedData): void {
    const named = (row: WireRow): object => Object.fromEntries(row.map((value, index) => [`c${index}`, value]));
    createGrid(container, {
      columnDefs: data.columns.map(({ name }, index) => ({ headerName: name, field: `c${index}`, width: 120 })),
      rowModelType: 'infinite',
      cacheBlockSize: 100,
      infiniteInitialRowCount: data.rowCount,
      datasource: {
        getRows: ({ startRow, endRow, successCallback }: Request) => {
          void data.page(startRow, endRow - startRow).then((rows) => successCallback(rows.map(named), data.rowCount));
        },
      },
    });
  },
  scroller: (container) => container.querySelector('.ag-grid-viewport'),
  shows: (container, text) => [...container.querySelectorAll('.ag-cell')].some((cell) => cell.textContent === text),
};
