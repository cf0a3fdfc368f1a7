import type { ReadPage } from '../../../src/common/engineProtocol';
import type { FromRenderer, ToRenderer } from '../../../src/common/rendererProtocol';
import { RESULT_MIME, type SavedResult } from '../../../src/common/savedResult';
import { activate } from '../../../src/renderer/result/index';
import type { PagedData, PeerGrid } from './pagedData';

/** Our renderer as a notebook has it: a preview of 100 rows in the item, the others by messages. */
export const grid: PeerGrid = {
  rowHeight: 24,
  show(container: HTMLElement, data: PagedData): void {
    const listeners = new Set<(message: unknown) => void>();
    const send = (message: ToRenderer): void => listeners.forEach((listener) => listener(message));
    const readPage = async (requestId: string, { offset, count }: ReadPage): Promise<void> => {
      send({ type: 'page', requestId, page: { offset, rows: await data.page(offset, count), total: data.rowCount, cuts: [] } });
    };
    const renderer = activate({
      postMessage: (raw: unknown) => {
        const message = raw as FromRenderer;
        if (message.type === 'attach') setTimeout(() => send({ type: 'attached', requestId: message.requestId, live: true }));
        if (message.type === 'recallState') setTimeout(() => send({ type: 'recalled', requestId: message.requestId, state: null }));
        if (message.type === 'readPage') void readPage(message.requestId, message.read);
      },
      onDidReceiveMessage: (listener) => {
        listeners.add(listener);
        return { dispose: () => void listeners.delete(listener) };
      },
    });
    void data.page(0, 100).then((rows) => {
      const saved: SavedResult = {
        version: 1,
        result: {
          resultId: 'bench',
          columns: data.columns,
          rowCount: data.rowCount,
          preview: { offset: 0, rows, total: data.rowCount, cuts: [] },
          warnings: [],
          workspace: { id: 'sample', name: 'Contoso' },
          usedResults: [],
          statistics: { elapsedMs: 1 },
          finishedAt: '2024-05-06T07:08:09Z',
        },
      };
      renderer.renderOutputItem({ id: 'bench', mime: RESULT_MIME, json: () => saved }, container);
    });
  },
  scroller: (container) => container.querySelector('.hb-grid'),
  shows: (container, text) => [...container.querySelectorAll('[role=gridcell]')].some((cell) => cell.textContent === text),
};
