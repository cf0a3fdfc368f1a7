/** Runs in the page of the bench: one grid, driven and timed from inside, so that no message between processes is in a figure. */
import { type PagedData, pagedData, type PeerGrid } from './pagedData';

export interface BenchPage {
  /** From the wish to show to the first rows painted, ms. */
  firstPage(): Promise<number>;
  /** Times between frames while scrolling, ms. */
  scroll(frames: number): Promise<readonly number[]>;
  /** From a jump to the rows there on screen, ms. */
  jump(row: number): Promise<number>;
}

declare global {
  interface Window {
    peer: BenchPage;
  }
}

export function drive(grid: PeerGrid, rowCount: number, columnCount: number): void {
  const container = document.createElement('div');
  container.style.cssText = 'width: 1150px; height: 400px';
  document.body.append(container);
  const data = pagedData(rowCount, columnCount);
  window.peer = {
    firstPage: async () => {
      const wanted = await commentOf(data, 2);
      const start = performance.now();
      grid.show(container, data);
      return shown(grid, container, wanted, start);
    },
    scroll: async (frames) => {
      const scroller = grid.scroller(container);
      const times: number[] = [];
      let last = await frame();
      for (let step = 0; step < frames; step += 1) {
        scroller?.scrollBy(7, 311);
        const now = await frame();
        times.push(now - last);
        last = now;
      }
      return times;
    },
    jump: async (row) => {
      const scroller = grid.scroller(container);
      if (!scroller) throw new Error('nothing scrolls');
      const start = performance.now();
      // Scroll bars of several grids are not in proportion to the rows, so the share of the height says where to go.
      scroller.scrollTo(0, (row / rowCount) * scroller.scrollHeight);
      return near(container, row, start);
    },
  };
}

async function commentOf(data: PagedData, row: number): Promise<string> {
  const [values] = await data.page(row, 1);
  return String(values?.[1]);
}

async function shown(grid: PeerGrid, container: HTMLElement, text: string, start: number): Promise<number> {
  while (!grid.shows(container, text)) {
    await frame();
    if (performance.now() - start > 10_000) throw new Error('no rows in ten seconds');
  }
  return performance.now() - start;
}

/** Waits until rows about there are on screen: the first column holds the time of the row, a second apart from the next. */
async function near(container: HTMLElement, row: number, start: number): Promise<number> {
  for (;;) {
    await frame();
    const cells = [...container.querySelectorAll('[role=gridcell], td, .slick-cell')];
    if (cells.some((cell) => Math.abs(rowOf(cell.textContent) - row) < FAR)) return performance.now() - start;
    if (performance.now() - start > 10_000) throw new Error('the row did not come in ten seconds');
  }
}

/** Rows that a share of the scroll bar may be off. */
const FAR = 3000;
const firstTime = Date.UTC(2024, 4, 6, 7, 8, 9);

function rowOf(text: string): number {
  return /^\d{4}-\d\d-\d\d[T ]\d\d:/.test(text) ? (Date.parse(`${text.slice(0, 19).replace(' ', 'T')}Z`) - firstTime) / 1000 : Number.NaN;
}

function frame(): Promise<number> {
  return new Promise((resolve) => requestAnimationFrame(resolve));
}
