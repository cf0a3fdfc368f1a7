import type { Column, WireValue } from '../../common/kqlTypes';
import { RequestFailure } from '../messenger';
import type { ColumnSet } from './columnSet';
import type { RowSource } from './rowSource';
import type { CellRange } from './selection';
import { countText, plural } from './values';

/** Most cells a copy takes; a clipboard is no export. */
const maxCells = 1_000_000;
/** Most characters a copy takes. */
const maxCharacters = 16_000_000;
/** Rows read at once. */
const chunkRows = 200;
/** Cut values fetched whole for one copy; more than these are copied as they are shown. */
const maxWholeValues = 200;

/** The values of selected cells, as the service sent them. */
export interface CopiedCells {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly WireValue[])[];
  /** What was read, for people: `12 cells`. Says when it is not all. */
  readonly summary: string;
}

/** Reads the selected cells, cut values whole. Rows that stand for groups are left out. @throws RequestFailure */
export async function readCells(source: RowSource, columns: ColumnSet, range: CellRange): Promise<CopiedCells> {
  const indexes = columns.shown.slice(range.firstColumn, range.lastColumn + 1);
  const width = indexes.length;
  const wantedEnd = range.lastRow + 1;
  const end = Math.min(wantedEnd, range.firstRow + Math.max(1, Math.floor(maxCells / width)));
  const copied: WireValue[][] = [];
  let characters = 0;
  let wholeValues = 0;
  let leftCut = 0;
  let row = range.firstRow;
  while (row < end && characters < maxCharacters) {
    const chunkEnd = Math.min(end, row + chunkRows);
    const places = placesOf(source, row, chunkEnd);
    const rows = await source.read(row, chunkEnd);
    for (const [at, read] of rows.entries()) {
      const place = places[at] ?? row + at;
      const values = indexes.map((index) => read[index] ?? null);
      for (const [column, index] of indexes.entries()) {
        if (source.cutLength(place, index) === undefined) continue;
        wholeValues += 1;
        const whole = wholeValues > maxWholeValues ? undefined : await wholeValue(source, place, index);
        if (whole === undefined) leftCut += 1;
        else values[column] = whole;
      }
      for (const value of values) characters += value === null ? 1 : String(value).length + 1;
      copied.push(values);
    }
    row = chunkEnd;
  }
  const cells = plural(copied.length * width, 'cell');
  const short = row < wantedEnd ? `; the first ${countText(row - range.firstRow)} of ${plural(wantedEnd - range.firstRow, 'row')}` : '';
  const cut = leftCut > 0 ? `; ${plural(leftCut, 'long value')} cut` : '';
  const chosen = indexes.flatMap((index) => columns.all[index] ?? []);
  return { columns: chosen, rows: copied, summary: `${cells}${short}${cut}` };
}

/** Numbers of the rows that are read between two others: not those of groups. */
function placesOf(source: RowSource, first: number, end: number): readonly number[] {
  const places: number[] = [];
  for (let row = first; row < end; row += 1) if (!source.group(row)) places.push(row);
  return places;
}

async function wholeValue(source: RowSource, row: number, column: number): Promise<WireValue | undefined> {
  try {
    return await source.readValue(row, column);
  } catch (thrown) {
    if (thrown instanceof RequestFailure) return undefined;
    throw thrown;
  }
}
