import { arc, type Edge } from './sphere';

/** A box around an arc in space, wide enough for what is `margin` away from it. */
interface Box {
  readonly index: number;
  readonly low: readonly number[];
  readonly high: readonly number[];
}

function boxOf([a, b]: Edge, index: number, margin: number): Box {
  // An arc bulges beyond the straight line between its ends.
  const pad = 1 - Math.cos(arc(a, b) / 2) + margin;
  const low = a.map((value, axis) => Math.min(value, b[axis] ?? value) - pad);
  const high = a.map((value, axis) => Math.max(value, b[axis] ?? value) + pad);
  return { index, low, high };
}

const overlap = (a: Box, b: Box): boolean =>
  a.low.every((low, axis) => low <= (b.high[axis] ?? 0) && (b.low[axis] ?? 0) <= (a.high[axis] ?? 0));

/** Visits the pairs of edges that may come within `margin` (radians) of each other; true from `visit` ends it. */
export function someNearPair(
  first: readonly Edge[],
  second: readonly Edge[],
  margin: number,
  visit: (first: number, second: number) => boolean,
): boolean {
  const [rows, columns] = [first, second].map((edges) => edges.map((edge, index) => boxOf(edge, index, margin / 2))) as [Box[], Box[]];
  const axis = widestAxis(columns);
  const start = (box: Box): number => box.low[axis] ?? 0;
  columns.sort((a, b) => start(a) - start(b));
  const longest = columns.reduce((width, box) => Math.max(width, (box.high[axis] ?? 0) - start(box)), 0);
  return rows.some((row) => {
    for (let at = lowerBound(columns, start(row) - longest, start); at < columns.length; at++) {
      const column = columns[at];
      if (!column || start(column) > (row.high[axis] ?? 0)) return false;
      if (overlap(row, column) && visit(row.index, column.index)) return true;
    }
    return false;
  });
}

function widestAxis(boxes: readonly Box[]): number {
  const extents = [0, 1, 2].map((axis) => {
    const values = boxes.map(({ low }) => low[axis] ?? 0);
    return values.reduce((most, value) => Math.max(most, value), -1) - values.reduce((least, value) => Math.min(least, value), 1);
  });
  return extents.indexOf(Math.max(...extents));
}

/** Index of the first box that starts at `from` or after. */
function lowerBound(boxes: readonly Box[], from: number, start: (box: Box) => number): number {
  let [low, high] = [0, boxes.length];
  while (low < high) {
    const half = (low + high) >> 1;
    const box = boxes[half];
    if (box && start(box) < from) low = half + 1;
    else high = half;
  }
  return low;
}
