import { type Disposable, toDisposable } from '../../common/disposable';
import { element } from '../dom';
import type { GridModel } from './cellView';
import type { Grid, GridHandlers } from './grid';
import { HEADER_ROW } from './selection';

/** How far the pointer moves, in CSS pixels, before a press counts as a drag. */
const dragThreshold = 3;

/** Mouse and pen on the grid: select by click and drag, sort and resize in the header, open details. */
export function watchPointer(grid: Grid, model: GridModel, handlers: GridHandlers): Disposable {
  const root = grid.element;
  let drag: ((event: PointerEvent) => void) | undefined;
  /** What ends a drag of a header. */
  let dropped: (() => void) | undefined;
  let frame = 0;

  const stop = (): void => {
    drag = undefined;
    cancelAnimationFrame(frame);
    dropped?.();
    dropped = undefined;
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

  const resizeFrom = (event: PointerEvent, place: number): void => {
    const width = model.layout.width(place);
    const column = model.columns.indexAt(place);
    follow(event, (moved) => handlers.resize(column, width + moved.clientX - event.clientX));
  };

  /** A header that is dragged goes where it is let go. */
  const moveFrom = (event: PointerEvent, head: Element): void => {
    const place = placeOfHeader(head);
    const marker = element('div', { class: 'hb-drop' });
    let target = place;
    dropped = () => {
      marker.remove();
      head.classList.remove('hb-dragged');
      if (target === place) return;
      // The click that ends a drag is no click on the header.
      root.addEventListener('click', (click) => click.stopPropagation(), { capture: true, once: true });
      handlers.move(model.columns.indexAt(place), target);
    };
    follow(event, (moved) => {
      target = grid.positionAt(moved.clientX, moved.clientY).column;
      head.classList.add('hb-dragged');
      const beside = grid.headerAt(target);
      if (!beside || target === place) marker.remove();
      else beside.append(marker);
      marker.classList.toggle('hb-after', target > place);
    });
  };

  root.addEventListener('pointerdown', (event) => {
    const { target } = event;
    if (event.button !== 0 || !(target instanceof Element)) return;
    const resizer = target.closest<HTMLElement>('.hb-resizer');
    if (resizer) resizeFrom(event, Number(resizer.dataset['resize']));
    else if (target.closest('.hb-open')) openAt(grid, handlers, event);
    else if (target.closest('.hb-grouprow > .hb-gutter')) toggleAt(grid, model, handlers, event);
    else if (target.closest('.hb-row')) selectFrom(event, target.closest('.hb-gutter') !== null);
    else if (target.closest('.hb-headcell') && !target.closest('.hb-more')) moveFrom(event, target.closest('.hb-headcell') ?? target);
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
    const column = placeOfHeader(cell);
    grid.activate({ row: HEADER_ROW, column });
    if (target.closest('.hb-more')) handlers.menu(cell);
    else handlers.sort(model.columns.indexAt(column), event.shiftKey);
  });
  root.addEventListener('dblclick', (event) => {
    const { target } = event;
    if (!(target instanceof Element)) return;
    const resizer = target.closest<HTMLElement>('.hb-resizer');
    if (resizer) handlers.resize(model.columns.indexAt(Number(resizer.dataset['resize'])), 'fit');
    else if (target.closest('.hb-grouprow > .hb-cell')) toggleAt(grid, model, handlers, event);
    else if (target.closest('.hb-cell')) openAt(grid, handlers, event);
  });
  root.addEventListener('contextmenu', (event) => {
    const { target } = event;
    if (!(target instanceof Element)) return;
    const head = target.closest('.hb-headcell');
    const row = target.closest('.hb-row');
    if (!head && !row) return;
    event.preventDefault();
    event.stopPropagation();
    const pointed = head ? { row: HEADER_ROW, column: placeOfHeader(head) } : grid.positionAt(event.clientX, event.clientY);
    // What was selected stays selected when the menu is for it.
    if (!model.selection.contains(pointed.row, pointed.column)) grid.activate(pointed);
    handlers.menu({ x: event.clientX, y: event.clientY });
  });
  return toDisposable(() => {
    stop();
    document.removeEventListener('pointermove', moved);
    document.removeEventListener('pointerup', stop);
  });
}

function placeOfHeader(head: Element): number {
  return Number(head.getAttribute('aria-colindex')) - 2;
}

function toggleAt(grid: Grid, model: GridModel, handlers: GridHandlers, event: MouseEvent): void {
  const { row, column } = grid.positionAt(event.clientX, event.clientY);
  const group = model.source.group(row);
  grid.activate({ row, column });
  if (group) handlers.toggleGroup(row, !group.expanded);
}

function openAt(grid: Grid, handlers: GridHandlers, event: MouseEvent): void {
  grid.activate(grid.positionAt(event.clientX, event.clientY));
  handlers.open();
}
