import type { CancellationToken } from '../common/cancellation';
import type { ColumnRows, ReadColumns } from '../common/resultViews';
import { toWire, wireExpression } from '../engine/wire';
import { canBeLong } from '../common/cellCut';
import type { ViewedResult } from './viewedResult';

const MOST_ROWS = 20_000;
/** Longest value, in characters. The rest is left out: an answer of whole long values would not fit into a message. */
export const MOST_CHARACTERS = 32_768;

export async function readColumns(viewed: ViewedResult, read: ReadColumns, token: CancellationToken): Promise<ColumnRows> {
  const columns = read.columns.map((index) => viewed.column(index));
  const first = Math.max(0, Math.trunc(read.offset));
  const end = first + Math.max(0, Math.min(MOST_ROWS, Math.trunc(read.count)));
  const expressions = columns.map((column) => {
    const expression = wireExpression(column.sql, column.type);
    return canBeLong(column) ? `left(${expression}, ${MOST_CHARACTERS})` : expression;
  });
  const rows = await viewed.run(expressions, { first, end }, token);
  return {
    columns: columns.map(({ name, type }) => ({ name, type })),
    rows: rows.map(({ values }) => columns.map(({ type }, index) => toWire(values[index], type))),
    total: await viewed.total(token),
  };
}
