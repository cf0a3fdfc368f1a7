import { type Line, type Polygon } from './geoJson';
import { edgesOfPolygons, holds } from './overlay';
import { boundsOf, type Cell, centerOf, childrenOf, cornersOf, faces, tokenOf, towards } from './s2';
import { edgesOf } from './rings';
import { distanceToArc, type Edge, edgesOfLines, EARTH } from './sphere';

/** Coverings with more cells are refused. */
const MOST_CELLS = 65_536;
/** How far from a cell an edge may be and still count, on the face: what S2's index allows for rounding. */
const SLACK = 1e-15;

interface Covered {
  readonly polygons: readonly Polygon[];
  /** In radians; all that is so near is covered, too. */
  readonly radius: number;
}

/** Does an edge pass through a cell? On the cell's face both are straight. */
function passes(cell: Cell, [a, b]: Edge): boolean {
  const [from, to] = [towards(cell.face, a), towards(cell.face, b)];
  const { low, high } = boundsOf(cell);
  let [start, end] = [0, 1];
  const clip = (atFrom: number, atTo: number): void => {
    // The part of the edge where what is `atFrom` at its start and `atTo` at its end is not negative.
    if (atFrom < 0 && atTo < 0) end = -1;
    else if (atFrom < 0) start = Math.max(start, atFrom / (atFrom - atTo));
    else if (atTo < 0) end = Math.min(end, atFrom / (atFrom - atTo));
  };
  for (const axis of [0, 1] as const) {
    clip(from[axis] - (low[axis] - SLACK) * from[2], to[axis] - (low[axis] - SLACK) * to[2]);
    clip((high[axis] + SLACK) * from[2] - from[axis], (high[axis] + SLACK) * to[2] - to[axis]);
  }
  clip(from[2], to[2]);
  return start <= end;
}

const isNear = (cell: Cell, edge: Edge, radius: number): boolean => {
  if (passes(cell, edge)) return true;
  if (radius <= 0) return false;
  const sides = edgesOf(cornersOf(cell), true);
  const fromSides = sides.some(([a, b]) => edge.some((point) => distanceToArc(point, a, b) <= radius));
  return fromSides || sides.some(([corner]) => distanceToArc(corner, edge[0], edge[1]) <= radius);
};

/** Cells of one level below a cell that a shape meets; undefined when there are too many. */
function below(cell: Cell, edges: readonly Edge[], level: number, covered: Covered, found: string[]): boolean {
  const near = edges.filter((edge) => isNear(cell, edge, covered.radius));
  if (near.length === 0 && !covered.polygons.some((polygon) => holds(polygon, centerOf(cell)))) return true;
  if (cell.level === level) {
    found.push(tokenOf(cell));
    return found.length <= MOST_CELLS;
  }
  if (near.length === 0 && 4 ** (level - cell.level) + found.length > MOST_CELLS) return false;
  return childrenOf(cell).every((child) => below(child, near, level, covered, found));
}

function covering(edges: readonly Edge[], level: number, covered: Covered): string[] | undefined {
  const found: string[] = [];
  const isComplete = faces().every((face) => below(face, edges, level, covered, found));
  return isComplete ? found.sort() : undefined;
}

/** Tokens of the S2 cells of a level that polygons meet, with all that is within `radius` metres; undefined if there are too many. */
export const coveringOfPolygons = (polygons: readonly Polygon[], level: number, radius: number): string[] | undefined =>
  covering(edgesOfPolygons(polygons), level, { polygons, radius: radius / EARTH });

export const coveringOfLines = (lines: readonly Line[], level: number, radius: number): string[] | undefined =>
  covering(edgesOfLines(lines), level, { polygons: [], radius: radius / EARTH });
