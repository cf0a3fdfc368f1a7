import type { CancellationToken } from '../common/cancellation';
import { type Cut, MAX_CELL_CHARS, type Page, type ReadPage, type ReadValue } from '../common/engineProtocol';
import { HuntError } from '../common/errors';
import type { WireValue } from '../common/kqlTypes';
import { toWire, wireExpression } from '../engine/wire';
import { canBeLong, cutRows } from '../common/cellCut';
import type { ViewColumn } from './viewColumns';
import type { NumberedRow, ViewedResult } from './viewedResult';

/** Most rows that a page holds, whatever is asked for. */
export const MAX_PAGE_ROWS = 5_000;

/** A run of rows; long values are cut. */
export async function readPage(viewed: ViewedResult, read: ReadPage, token: CancellationToken): Promise<Page> {
  const offset = Math.max(0, Math.trunc(read.offset));
  const count = Math.max(0, Math.min(MAX_PAGE_ROWS, Math.trunc(read.count)));
  const total = await viewed.total(token);
  const page = await viewed.run(viewed.columns.map(pageExpression), { first: offset, end: offset + count }, token);
  const derived = read.view.derived?.length ?? 0;
  const types = derived === 0 ? {} : { derived: viewed.columns.slice(-derived).map(({ type }) => type) };
  return { offset, total, ...(await cutPage(viewed, page, token)), ...types };
}

/** A value in full. @throws HuntError `notFound` when the view has no such cell. */
export async function readValue(viewed: ViewedResult, read: ReadValue, token: CancellationToken): Promise<WireValue> {
  const column = viewed.columns[read.column];
  const asked = { first: read.row, end: read.row + 1 };
  const isThere = column && Number.isInteger(read.row) && read.row >= 0;
  const [row] = isThere ? await viewed.run([wireExpression(column.sql, column.type)], asked, token) : [];
  if (!column || !row) throw new HuntError({ kind: 'notFound', what: 'cell', name: `row ${read.row}, column ${read.column}` });
  return toWire(row.values[0], column.type);
}

/** Of a long value only what a page may hold is read, and one character more to know that it was cut. */
function pageExpression(column: ViewColumn): string {
  const expression = wireExpression(column.sql, column.type);
  return canBeLong(column)
    ? `CASE WHEN strlen(${expression}) > ${MAX_CELL_CHARS} THEN left(${expression}, ${MAX_CELL_CHARS + 1}) ELSE ${expression} END`
    : expression;
}

/** Cuts long values of a page, and asks how long they are in full. */
async function cutPage(viewed: ViewedResult, page: readonly NumberedRow[], token: CancellationToken): Promise<Pick<Page, 'rows' | 'cuts'>> {
  const { rows, cuts } = cutRows(
    page.map(({ values }) => viewed.columns.map(({ type }, index) => toWire(values[index], type))),
    MAX_CELL_CHARS,
  );
  if (cuts.length === 0) return { rows, cuts };
  const columns = [...new Set(cuts.map((cut) => cut.column))];
  const numbers = [...new Set(cuts.map((cut) => page[cut.row]?.number ?? 0))];
  const select = columns.map((column) => utf16Length(`CAST(${viewed.column(column).sql} AS VARCHAR)`));
  const sql = `SELECT rowid, ${select.join(', ')} FROM ${viewed.relation} WHERE rowid IN (${numbers.join(',')})`;
  const lengths = new Map((await viewed.rows(sql, token)).map(([number, ...found]) => [Number(number), found]));
  const fullLength = (cut: Cut): number =>
    Number(lengths.get(page[cut.row]?.number ?? 0)?.[columns.indexOf(cut.column)] ?? cut.fullLength);
  return { rows, cuts: cuts.map((cut) => ({ ...cut, fullLength: fullLength(cut) })) };
}

/** SQL of the UTF-16 code units of a text: its characters, those beyond the first plane twice. */
export function utf16Length(text: string): string {
  return `CASE WHEN strlen(${text}) = length(${text}) THEN length(${text}) ELSE length(${text}) + length(regexp_replace(${text}, '[^\\x{10000}-\\x{10FFFF}]', '', 'g')) END`;
}
