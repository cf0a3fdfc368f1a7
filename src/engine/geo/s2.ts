import { type Coordinates, unit, type Vector, vectorOf } from './sphere';

/** Cells of the S2 grid: a cube around the sphere, each face a square that a Hilbert curve numbers. 30 levels. */
const MOST = 30;
const SIZE = 2 ** MOST;

/** Place of each quarter along the curve, by orientation, and the orientation it turns to. */
const positions = [
  [0, 1, 3, 2],
  [0, 3, 1, 2],
  [2, 3, 1, 0],
  [2, 1, 3, 0],
] as const;
const quarters = [
  [0, 1, 3, 2],
  [0, 2, 3, 1],
  [3, 2, 0, 1],
  [3, 1, 0, 2],
] as const;
const turns: readonly number[] = [1, 0, 0, 3];

interface Place {
  readonly face: number;
  readonly i: number;
  readonly j: number;
}

export interface Cell extends Place {
  readonly level: number;
}

function toSquare(u: number): number {
  return u >= 0 ? 0.5 * Math.sqrt(1 + 3 * u) : 1 - 0.5 * Math.sqrt(1 - 3 * u);
}

function fromSquare(s: number): number {
  return s >= 0.5 ? (4 * s * s - 1) / 3 : (1 - 4 * (1 - s) * (1 - s)) / 3;
}

function faceOf([x, y, z]: Vector): number {
  const sizes = [Math.abs(x), Math.abs(y), Math.abs(z)] as const;
  const axis = sizes[0] > sizes[1] ? (sizes[0] > sizes[2] ? 0 : 2) : sizes[1] > sizes[2] ? 1 : 2;
  return ([x, y, z][axis] ?? 0) < 0 ? axis + 3 : axis;
}

/** A point seen from the middle of the sphere towards a face: right, up, ahead. The first two over the third are its place on the face. */
export function towards(face: number, [x, y, z]: Vector): Vector {
  switch (face) {
    case 0:
      return [y, z, x];
    case 1:
      return [-x, z, y];
    case 2:
      return [-x, -y, z];
    case 3:
      return [-z, -y, -x];
    case 4:
      return [-z, x, -y];
    default:
      return [y, x, -z];
  }
}

function planeOf(face: number, point: Vector): [number, number] {
  const [right, up, ahead] = towards(face, point);
  return [right / ahead, up / ahead];
}

function pointOf(face: number, u: number, v: number): Vector {
  switch (face) {
    case 0:
      return [1, u, v];
    case 1:
      return [-u, 1, v];
    case 2:
      return [-u, -v, 1];
    case 3:
      return [-1, -v, -u];
    case 4:
      return [v, -1, -u];
    default:
      return [v, u, -1];
  }
}

const clamp = (value: number): number => Math.max(0, Math.min(SIZE - 1, Math.floor(value * SIZE)));

function placeOf(point: Vector): Place {
  const face = faceOf(point);
  const [u, v] = planeOf(face, point);
  return { face, i: clamp(toSquare(u)), j: clamp(toSquare(v)) };
}

/** Where a point stands on the curve through all cells of the finest level: two halves of its number, the higher first. */
export function curvePlace(point: Vector): readonly [number, number] {
  const { face, i, j } = placeOf(point);
  let orientation = face & 1;
  const halves: [number, number] = [face, 0];
  for (let step = MOST - 1; step >= 0; step--) {
    const position = positions[orientation]?.[(((i >> step) & 1) << 1) | ((j >> step) & 1)] ?? 0;
    const half = step >= MOST / 2 ? 0 : 1;
    halves[half] = halves[half] * 4 + position;
    orientation ^= turns[position] ?? 0;
  }
  return halves;
}

export function cellAt(coordinates: Coordinates, level: number): Cell {
  return { ...placeOf(vectorOf(coordinates)), level };
}

/** The sides of a cell on its face of the cube, where arcs of great circles are straight. */
export function boundsOf({ i, j, level }: Cell): { readonly low: readonly [number, number]; readonly high: readonly [number, number] } {
  const width = 2 ** (MOST - level);
  return { low: [fromSquare(i / SIZE), fromSquare(j / SIZE)], high: [fromSquare((i + width) / SIZE), fromSquare((j + width) / SIZE)] };
}

export const faces = (): Cell[] => [0, 1, 2, 3, 4, 5].map((face) => ({ face, i: 0, j: 0, level: 0 }));

export function childrenOf({ face, i, j, level }: Cell): Cell[] {
  const half = 2 ** (MOST - level - 1);
  return [[0, 0], [0, half], [half, 0], [half, half]].map(([x = 0, y = 0]) => ({ face, i: i + x, j: j + y, level: level + 1 }));
}

/** The cell's number in hexadecimal without the zeros at its end. */
export function tokenOf({ face, i, j, level }: Cell): string {
  let id = BigInt(face);
  let orientation = face & 1;
  for (let step = MOST - 1; step >= MOST - level; step--) {
    const quarter = (Math.floor(i / 2 ** step) % 2) * 2 + (Math.floor(j / 2 ** step) % 2);
    const position = positions[orientation]?.[quarter] ?? 0;
    id = id * 4n + BigInt(position);
    orientation ^= turns[position] ?? 0;
  }
  const number = ((id << 1n) | 1n) << BigInt(2 * (MOST - level));
  return number.toString(16).padStart(16, '0').replace(/0+$/u, '');
}

export function cellOf(token: string): Cell | undefined {
  if (!/^[0-9a-f]{1,16}$/iu.test(token)) return undefined;
  const number = BigInt(`0x${token.padEnd(16, '0')}`);
  const face = Number(number >> 61n);
  let zeros = 0;
  while (zeros <= 2 * MOST && ((number >> BigInt(zeros)) & 1n) === 0n) zeros++;
  if (face > 5 || zeros % 2 === 1 || zeros > 2 * MOST) return undefined;
  const level = MOST - zeros / 2;
  let [i, j, orientation] = [0, 0, face & 1];
  for (let step = 0; step < level; step++) {
    const position = Number((number >> BigInt(59 - 2 * step)) & 3n);
    const quarter = quarters[orientation]?.[position] ?? 0;
    i = i * 2 + (quarter >> 1);
    j = j * 2 + (quarter & 1);
    orientation ^= turns[position] ?? 0;
  }
  const scale = 2 ** (MOST - level);
  return { face, i: i * scale, j: j * scale, level };
}

function at({ face }: Place, i: number, j: number): Vector {
  return unit(pointOf(face, fromSquare(i / SIZE), fromSquare(j / SIZE)));
}

const widthOf = ({ level }: Cell): number => 2 ** (MOST - level);

export function centerOf(cell: Cell): Vector {
  const half = widthOf(cell) / 2;
  return at(cell, Math.floor(cell.i / widthOf(cell)) * widthOf(cell) + half, Math.floor(cell.j / widthOf(cell)) * widthOf(cell) + half);
}

/** Corners, counter-clockwise. */
export function cornersOf(cell: Cell): Vector[] {
  const width = widthOf(cell);
  const corners = [[0, 0], [width, 0], [width, width], [0, width]] as const;
  return corners.map(([x, y]) => at(cell, cell.i + x, cell.j + y));
}

/** Cells around a cell; beyond an edge of the cube they lie on the next face, and at its corners there is one less. */
export function neighborsOf({ face, i, j, level }: Cell): string[] {
  const width = 2 ** (MOST - level);
  const around = [[1, 1], [-1, -1], [1, -1], [0, -1], [0, 1], [1, 0], [-1, 0], [-1, 1]] as const;
  const tokens = around.map(([x, y]) => tokenOf({ ...wrapped(face, i + x * width, j + y * width), level }));
  return [...new Set(tokens)];
}

/** A place that may be beyond an edge of its face: there, one step over the edge, which both faces number alike. */
function wrapped(face: number, i: number, j: number): Place {
  if (i >= 0 && j >= 0 && i < SIZE && j < SIZE) return { face, i, j };
  const flat = (value: number): number => (2 * Math.max(-1, Math.min(SIZE, value)) + 1 - SIZE) / SIZE;
  const beyond = pointOf(face, flat(i), flat(j));
  const next = faceOf(beyond);
  const [u, v] = planeOf(next, beyond);
  return { face: next, i: clamp((u + 1) / 2), j: clamp((v + 1) / 2) };
}
