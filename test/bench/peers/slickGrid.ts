import { SlickGrid } from 'slickgrid';
import type { WireRow } from '../../../src/common/kqlTypes';
import type { PagedData, PeerGrid } from './pagedData';

const PAGE = 100;

export const grid: PeerGrid = {
  rowHeight: 25,
  show(container: HTMLElement, data: PagedData): void {
    const pages = new Map<number, readonly WireRow[] | 'asked'>();
    const items = {
      getLength: () => data.rowCount,
      getItem: (index: number) => {
        const page = pages.get(Math.floor(index / PAGE));
        return page === undefined || page === 'asked' ? {} : Object.fromEntries((page[index % PAGE] ?? []).map((value, at) => [String(at), value]));
      },
    };
    const columns = data.columns.map(({ name }, index) => ({ id: String(index), name, field: String(index), width: 120 }));
    const slick = new SlickGrid(container, items, columns, { enableCellNavigation: true, enableColumnReorder: false });
    const load = async (): Promise<void> => {
      const { top, bottom } = slick.getViewport();
      for (let page = Math.floor(Math.max(0, top) / PAGE); page <= Math.floor(bottom / PAGE); page += 1) {
        if (pages.has(page)) continue;
        pages.set(page, 'asked');
        pages.set(page, await data.page(page * PAGE, PAGE));
        for (let row = page * PAGE; row < (page + 1) * PAGE; row += 1) slick.invalidateRow(row);
        slick.render();
      }
    };
    slick.onViewportChanged.subscribe(() => void load());
    void load();
  },
  scroller: (container) => container.querySelector('.slick-viewport-top.slick-viewport-left') ?? container.querySelector('.slick-viewport'),
  shows: (container, text) => [...container.querySelectorAll('.slick-cell')].some((cell) => cell.textContent === text),
};
