import type { Column, WireRow, WireValue } from '../../../src/common/kqlTypes';
import type { ColumnFilter, View } from '../../../src/common/resultViews';

/** What a view shows, as a reader of `resultViews.ts` would compute it by hand: numbers of rows in the view's order. */
export function viewModel(columns: readonly Column[], rows: readonly WireRow[], view: View): readonly number[] {
  const shown = rows.map((_row, index) => index).filter((index) => isShown(rows[index] ?? [], columns, view));
  return shown.sort((left, right) => compareRows(rows[left] ?? [], rows[right] ?? [], view) || left - right);
}

function isShown(row: WireRow, columns: readonly Column[], { filter, columnFilters = [] }: View): boolean {
  if (filter !== '' && !row.some((value) => textOf(value).toLowerCase().includes(filter.toLowerCase()))) return false;
  return columnFilters.every((wanted) => fits(row[wanted.column] ?? null, wanted, columns) !== (wanted.exclude === true));
}

function textOf(value: WireValue): string {
  return value === null ? '' : String(value);
}

function fits(value: WireValue, wanted: ColumnFilter, columns: readonly Column[]): boolean {
  switch (wanted.kind) {
    case 'empty':
      return value === null || value === '';
    case 'values':
      return wanted.values.some((one) => one === value || (one === null && value === '' && columns[wanted.column]?.type === 'string'));
    case 'range':
      return inRange(value, wanted);
    case 'text':
      return matches(textOf(value), wanted);
  }
}

function inRange(value: WireValue, { from, to, toExcluded }: Extract<ColumnFilter, { kind: 'range' }>): boolean {
  if (value === null || value === 'NaN') return false;
  const least = from === undefined || from === null || compare(value, from) >= 0;
  const order = to === undefined || to === null ? -1 : compare(value, to);
  return least && (toExcluded === true ? order < 0 : order <= 0);
}

function matches(shown: string, { match, text, caseSensitive }: Extract<ColumnFilter, { kind: 'text' }>): boolean {
  const [value, part] = caseSensitive === true ? [shown, text] : [shown.toLowerCase(), text.toLowerCase()];
  switch (match) {
    case 'contains':
      return value.includes(part);
    case 'equals':
      return value === part;
    case 'startsWith':
      return value.startsWith(part);
    case 'endsWith':
      return value.endsWith(part);
    case 'regex':
      return new RegExp(text, caseSensitive === true ? 'u' : 'iu').test(shown);
  }
}

function compareRows(left: WireRow, right: WireRow, { sort }: View): number {
  for (const { column, descending } of sort) {
    const order = compare(left[column] ?? null, right[column] ?? null);
    if (order !== 0) return descending ? -order : order;
  }
  return 0;
}

/** Null is least, NaN greatest; texts by their bytes. Numbers of long columns may be digits. */
export function compare(left: WireValue, right: WireValue): number {
  if (left === null || right === null) return Number(right === null) - Number(left === null);
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  const [first, second] = [realOf(left), realOf(right)];
  if (first !== undefined && second !== undefined) return order(first, second);
  return Math.sign(Buffer.compare(Buffer.from(String(left)), Buffer.from(String(right))));
}

/** Digits, and reals that JSON has no number for; undefined for other texts. */
function realOf(value: WireValue): bigint | number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return undefined;
  if (value === 'NaN' || value === 'Infinity' || value === '-Infinity') return Number(value);
  return /^-?\d{16,}$/u.test(value) ? BigInt(value) : undefined;
}

function order(left: bigint | number, right: bigint | number): number {
  if (Number.isNaN(left) || Number.isNaN(right)) return Number(Number.isNaN(left)) - Number(Number.isNaN(right));
  return left < right ? -1 : left > right ? 1 : 0;
}
