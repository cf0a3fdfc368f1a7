import type { Cut, Page } from '../common/engineProtocol';
import { PREVIEW_BYTES } from '../common/savedResult';
import { cutRows } from '../common/cellCut';

/** Least that a cell of a preview keeps, whatever the number of columns. */
const LEAST_CELL_CHARS = 16;

/**
 * The first rows of a result as they are saved in notebooks: at most `budget` bytes of JSON. Rows are left out from the end; when even
 * the first is too large, its values are cut shorter.
 */
export function previewOf(page: Page, columnCount: number, budget = PREVIEW_BYTES): Page {
  const fitting = fit(page, budget);
  if (fitting.rows.length > 0 || page.rows.length === 0) return fitting;
  // Twice over for escapes and quotes.
  const limit = Math.max(LEAST_CELL_CHARS, Math.floor(budget / (6 * Math.max(1, columnCount))));
  const { rows, cuts } = cutRows(page.rows.slice(0, 1), limit);
  const known = new Map(page.cuts.filter((cut) => cut.row === 0).map((cut) => [cut.column, cut]));
  const merged = new Map([
    ...known,
    ...cuts.map((cut): [number, Cut] => [cut.column, { ...cut, fullLength: known.get(cut.column)?.fullLength ?? cut.fullLength }]),
  ]);
  return fit({ ...page, rows, cuts: [...merged.values()] }, budget);
}

function fit(page: Page, budget: number): Page {
  let used = 0;
  const kept = page.rows.findIndex((row) => {
    used += Buffer.byteLength(JSON.stringify(row)) + 1;
    return used > budget;
  });
  const rows = kept === -1 ? page.rows : page.rows.slice(0, kept);
  return { ...page, rows, cuts: page.cuts.filter((cut) => cut.row < rows.length) };
}
