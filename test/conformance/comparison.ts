import type { Column, KqlType, WireRow, WireValue } from '../../src/common/kqlTypes';
import type { PublishedTable } from './publishedTable';

/** What a query answered. */
export interface Answer {
  readonly columns: readonly Column[];
  readonly rows: readonly WireRow[];
  /** Whether the query itself orders its rows. */
  readonly ordered: boolean;
}

/** Undefined when the answer is what was published, else how it differs. */
export function difference(answer: Answer, published: PublishedTable): string | undefined {
  if (answer.columns.length !== published.header.length) {
    return `columns: ${answer.columns.map((column) => column.name).join(', ')} instead of ${published.header.join(', ')}`;
  }
  if (answer.rows.length !== published.rows.length) return `${answer.rows.length} rows instead of ${published.rows.length}`;
  const order = columnOrder(answer.columns, published.header);
  const columns = order.map((index) => answer.columns[index]?.type ?? 'string');
  const rows = answer.rows.map((row) => order.map((index) => row[index] ?? null));
  return answer.ordered ? inOrder(rows, columns, published) : inAnyOrder(rows, columns, published);
}

/** Columns go by position, unless the same names were published in another order. */
function columnOrder(columns: readonly Column[], header: readonly string[]): number[] {
  const names = columns.map((column) => column.name);
  const unique = new Set(names).size === names.length && new Set(header).size === header.length;
  if (unique && header.every((name) => names.includes(name))) return header.map((name) => names.indexOf(name));
  return names.map((_, index) => index);
}

function inOrder(rows: readonly WireRow[], types: readonly KqlType[], published: PublishedTable): string | undefined {
  for (const [index, row] of rows.entries()) {
    const expected = published.rows[index] ?? [];
    const column = row.findIndex((value, at) => !sameValue(value, types[at] ?? 'string', expected[at] ?? ''));
    if (column >= 0) return `row ${index + 1}, ${published.header[column] ?? ''}: ${show(row[column])} instead of ${expected[column] ?? ''}`;
  }
  return undefined;
}

function inAnyOrder(rows: readonly WireRow[], types: readonly KqlType[], published: PublishedTable): string | undefined {
  const left = [...published.rows];
  for (const row of rows) {
    const at = left.findIndex((expected) => row.every((value, column) => sameValue(value, types[column] ?? 'string', expected[column] ?? '')));
    if (at < 0) return `row not published: ${row.map(show).join(' | ')}; left: ${(left[0] ?? []).join(' | ')}`;
    left.splice(at, 1);
  }
  return undefined;
}

function show(value: WireValue | undefined): string {
  return value === null || value === undefined ? 'null' : String(value);
}

/** Compares one value with its printed form: numbers to nine digits, times as instants, JSON by value. */
export function sameValue(value: WireValue, type: KqlType, printed: string): boolean {
  const text = printed.trim();
  if (value === null || value === '') return text === '' || /^(?:null|\(null\)|"")$/iu.test(text);
  switch (type) {
    case 'bool':
      return /^(?:true|1)$/iu.test(text) ? value === true : /^(?:false|0)$/iu.test(text) && value === false;
    case 'int':
    case 'long':
    case 'real':
    case 'decimal':
      return sameNumber(String(value), text);
    case 'datetime':
      return sameInstant(String(value), text);
    case 'timespan':
      return ticksOf(String(value)) !== undefined && ticksOf(String(value)) === ticksOf(text);
    case 'guid':
      return String(value).toLowerCase() === text.toLowerCase();
    case 'dynamic':
      return sameJson(String(value), text);
    case 'string':
      return sameText(String(value), text);
  }
}

function sameText(value: string, text: string): boolean {
  const fold = (raw: string): string => raw.replace(/\s+/gu, ' ').trim();
  if (fold(value) === fold(text) || fold(value) === fold(text.replace(/^"(.*)"$/su, '$1'))) return true;
  return /^[[{]/u.test(value.trim()) && sameJson(value, text);
}

function sameNumber(value: string, text: string): boolean {
  const expected = text.replace(/(?<=\d),(?=\d{3}\b)/gu, '');
  if (value === expected) return true;
  const a = Number(value);
  const b = Number(expected.replace('∞', 'Infinity'));
  if (expected === '' || Number.isNaN(b)) return Number.isNaN(a) && /^nan$/iu.test(expected);
  if (a === b) return true;
  if (closeNumbers(a, b)) return true;
  // The documentation prints some numbers with fewer digits: then ours, rounded to as many, must be the same.
  const decimals = /\.(\d+)$/u.exec(expected)?.[1]?.length;
  return decimals !== undefined && decimals >= 2 && Math.abs(a - b) <= 0.5000001 * 10 ** -decimals;
}

function closeNumbers(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b));
}

function sameInstant(value: string, text: string): boolean {
  const expected = instantTicks(text);
  return expected !== undefined && expected === instantTicks(value);
}

/** Ticks (100 ns) of an ISO-like datetime, or of the `M/d/yyyy h:mm:ss tt` form that some pages print. */
function instantTicks(text: string): bigint | undefined {
  const iso = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::(\d{2}))?(?:\.(\d{1,7}))?\d*)?\s*Z?$/u.exec(text.trim());
  if (iso) {
    const milliseconds = Date.parse(`${iso[1] ?? ''}T${iso[2] ?? '00:00'}:${iso[3] ?? '00'}Z`);
    return BigInt(milliseconds) * 10_000n + BigInt((iso[4] ?? '').padEnd(7, '0'));
  }
  const milliseconds = /\d/u.test(text) ? Date.parse(`${text} UTC`) : Number.NaN;
  return Number.isNaN(milliseconds) ? undefined : BigInt(milliseconds) * 10_000n;
}

function ticksOf(text: string): bigint | undefined {
  const parts = /^(-)?(?:(\d+)\.)?(\d{1,2}):(\d{2}):(\d{2})(?:\.(\d{1,7}))?$/u.exec(text.trim());
  if (!parts) return undefined;
  const seconds = ((BigInt(parts[2] ?? '0') * 24n + BigInt(parts[3] ?? '0')) * 60n + BigInt(parts[4] ?? '0')) * 60n + BigInt(parts[5] ?? '0');
  const ticks = seconds * 10_000_000n + BigInt((parts[6] ?? '').padEnd(7, '0'));
  return parts[1] === '-' ? -ticks : ticks;
}

function sameJson(value: string, text: string): boolean {
  const ours = parseJson(value);
  const theirs = parseJson(text);
  if (ours === undefined || theirs === undefined) return bare(value) === bare(text) || (ours !== undefined && scalarText(ours, text));
  return sameData(ours, theirs);
}

function scalarText(data: unknown, text: string): boolean {
  if (typeof data === 'number') return sameNumber(String(data), text);
  if (typeof data === 'string') return sameText(data, text) || sameInstant(data, text);
  return typeof data === 'boolean' && String(data) === text.toLowerCase();
}

/** Without quotes and spaces: some pages print JSON with single quotes or none. */
const bare = (text: string): string => text.replace(/["'\s]+/gu, '');

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function sameData(a: unknown, b: unknown): boolean {
  if (typeof a === 'number' && typeof b === 'number') return a === b || closeNumbers(a, b) || sameNumber(String(a), String(b));
  if (typeof a === 'string' && typeof b === 'string') return a === b || sameInstant(a, b) || (ticksOf(a) !== undefined && ticksOf(a) === ticksOf(b)) || sameText(a, b);
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, index) => sameData(item, b[index]));
  if (isRecord(a) && isRecord(b)) {
    const keys = Object.keys(a);
    return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && sameData(a[key], b[key]));
  }
  return a === b || (a === null && b === '') || (isPlain(a) && isPlain(b) && String(a) === String(b));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isPlain(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
