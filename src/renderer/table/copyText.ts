import type { Column, WireValue } from '../../common/kqlTypes';
import { RequestFailure } from '../messenger';
import type { RowSource } from './rowSource';
import type { CellRange } from './selection';
import { tsvLine } from './tsv';
import { countText, plural } from './values';

/** Most cells a copy takes; a clipboard is no export. */
const maxCells = 1_000_000;
/** Most characters a copy takes. */
const maxCharacters = 16_000_000;
/** Rows read at once. */
const chunkRows = 200;
/** Cut values fetched whole for one copy; more than these are copied as they are shown. */
const maxWholeValues = 200;

export interface Copied {
  readonly text: string;
  /** What was copied, for people. */
  readonly summary: string;
}

/** The selected cells as tab-separated lines: values as the service sent them, times in UTC with all digits. */
export async function copyCells(source: RowSource, columns: readonly Column[], range: CellRange, headers: boolean): Promise<Copied> {
  const width = range.lastColumn - range.firstColumn + 1;
  const wantedEnd = range.lastRow + 1;
  const end = Math.min(wantedEnd, range.firstRow + Math.max(1, Math.floor(maxCells / width)));
  const lines: string[] = [];
  if (headers) lines.push(tsvLine(columns.slice(range.firstColumn, range.lastColumn + 1).map((column) => column.name)));
  let characters = 0;
  let wholeValues = 0;
  let leftCut = 0;
  let row = range.firstRow;
  while (row < end && characters < maxCharacters) {
    const rows = await source.read(row, Math.min(end, row + chunkRows));
    if (rows.length === 0) break;
    for (const [index, read] of rows.entries()) {
      const values: WireValue[] = read.slice(range.firstColumn, range.lastColumn + 1);
      for (let column = 0; column < width; column += 1) {
        if (source.cutLength(row + index, range.firstColumn + column) === undefined) continue;
        wholeValues += 1;
        const whole = wholeValues > maxWholeValues ? undefined : await wholeValue(source, row + index, range.firstColumn + column);
        if (whole === undefined) leftCut += 1;
        else values[column] = whole;
      }
      const line = tsvLine(values);
      characters += line.length;
      lines.push(line);
    }
    row += rows.length;
  }
  const cells = plural((row - range.firstRow) * width, 'cell');
  const short = row < wantedEnd ? `; the first ${countText(row - range.firstRow)} of ${plural(wantedEnd - range.firstRow, 'row')}` : '';
  const cut = leftCut > 0 ? `; ${plural(leftCut, 'long value')} cut` : '';
  return { text: lines.join('\n'), summary: `Copied ${cells}${short}${cut}` };
}

async function wholeValue(source: RowSource, row: number, column: number): Promise<WireValue | undefined> {
  try {
    return await source.readValue(row, column);
  } catch (thrown) {
    if (thrown instanceof RequestFailure) return undefined;
    throw thrown;
  }
}
