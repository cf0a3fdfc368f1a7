import type { Cut } from './engineProtocol';
import type { Column, WireRow, WireValue } from './kqlTypes';

/** Can values of the column be long? */
export function canBeLong(column: Column): boolean {
  return column.type === 'string' || column.type === 'dynamic';
}

/** The first `limit` UTF-16 code units, without half a surrogate pair at the end. */
export function cutText(text: string, limit: number): string {
  const last = text.charCodeAt(limit - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? limit - 1 : limit);
}

/** Cuts long values of rows; `fullLength` of each cut is the length found. */
export function cutRows(rows: readonly WireRow[], limit: number): { readonly rows: readonly WireRow[]; readonly cuts: readonly Cut[] } {
  const cuts: Cut[] = [];
  const cut = rows.map((values, row) => {
    if (!values.some((value) => isLong(value, limit))) return values;
    return values.map((value, column) => {
      if (!isLong(value, limit)) return value;
      cuts.push({ row, column, fullLength: value.length });
      return cutText(value, limit);
    });
  });
  return { rows: cut, cuts };
}

function isLong(value: WireValue, limit: number): value is string {
  return typeof value === 'string' && value.length > limit;
}
