import { type Disposable, toDisposable } from '../../common/disposable';
import type { GridModel } from './cellView';
import type { Grid, GridHandlers } from './grid';
import { HEADER_ROW } from './selection';

/** How far the pointer moves, in CSS pixels, before a press counts as a drag. */
const dragThreshold = 3;

/** Mouse and pen on the grid: select by click and drag, sort and resize in the header, open details. */
export function watchPointer(grid: Grid, model: GridModel, handlers: GridHandlers): Disposable {
  const root = grid.element;
  let drag: ((event: PointerEvent) => void) | undefined;
  let frame = 0;

  const stop = (): void => {
    drag = undefined;
    cancelAnimationFrame(frame);
  };

  /** Follows the pointer; while it rests beyond an edge the grid goes on scrolling. */
  const follow = (start: PointerEvent, move: (event: PointerEvent) => void): void => {
    let dragging = false;
    drag = (moved) => {
      cancelAnimationFrame(frame);
      dragging ||= Math.abs(moved.clientX - start.clientX) + Math.abs(moved.clientY - start.clientY) > dragThreshold;
      if (!dragging) return;
      // Not before: a captured press would take its click and double click away from what lies under the pointer.
      if (!root.hasPointerCapture(start.pointerId)) root.setPointerCapture(start.pointerId);
      move(moved);
      const box = root.getBoundingClientRect();
      const outside = moved.clientY < box.top || moved.clientY > box.bottom || moved.clientX < box.left || moved.clientX > box.right;
      if (outside) frame = requestAnimationFrame(() => drag?.(moved));
    };
  };

  const selectFrom = (event: PointerEvent, wholeRow: boolean): void => {
    const pick = (at: PointerEvent, extend: boolean): void => {
      const position = grid.positionAt(at.clientX, at.clientY);
      if (wholeRow) model.selection.selectRow(position.row, extend);
      else model.selection.moveTo(position, extend);
      grid.reveal(wholeRow);
      grid.mark();
    };
    pick(event, event.shiftKey);
    follow(event, (moved) => pick(moved, true));
  };

  const resizeFrom = (event: PointerEvent, column: number): void => {
    const width = model.layout.width(column);
    follow(event, (moved) => handlers.resize(column, width + moved.clientX - event.clientX));
  };

  root.addEventListener('pointerdown', (event) => {
    const { target } = event;
    if (event.button !== 0 || !(target instanceof Element)) return;
    const resizer = target.closest<HTMLElement>('.hb-resizer');
    if (resizer) resizeFrom(event, Number(resizer.dataset['resize']));
    else if (target.closest('.hb-open')) openAt(grid, handlers, event);
    else if (target.closest('.hb-row')) selectFrom(event, target.closest('.hb-gutter') !== null);
  });
  const moved = (event: PointerEvent): void => {
    if ((event.buttons & 1) === 0) stop();
    else drag?.(event);
  };
  document.addEventListener('pointermove', moved);
  document.addEventListener('pointerup', stop);
  root.addEventListener('click', (event) => {
    const { target } = event;
    if (!(target instanceof Element) || target.closest('.hb-resizer')) return;
    const cell = target.closest<HTMLElement>('.hb-headcell');
    if (!cell) return;
    const column = Number(cell.getAttribute('aria-colindex')) - 2;
    grid.activate({ row: HEADER_ROW, column });
    handlers.sort(column, event.shiftKey);
  });
  root.addEventListener('dblclick', (event) => {
    const { target } = event;
    if (!(target instanceof Element)) return;
    const resizer = target.closest<HTMLElement>('.hb-resizer');
    if (resizer) handlers.resize(Number(resizer.dataset['resize']), 'fit');
    else if (target.closest('.hb-cell')) openAt(grid, handlers, event);
  });
  return toDisposable(() => {
    stop();
    document.removeEventListener('pointermove', moved);
    document.removeEventListener('pointerup', stop);
  });
}

function openAt(grid: Grid, handlers: GridHandlers, event: MouseEvent): void {
  grid.activate(grid.positionAt(event.clientX, event.clientY));
  handlers.open();
}
