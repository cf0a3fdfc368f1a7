import type { Column, WireRow, WireValue } from '../../../src/common/kqlTypes';

/** Rows that a test host holds, or makes on demand. */
export interface TableData {
  readonly columns: readonly Column[];
  readonly rowCount: number;
  value(row: number, column: number): WireValue;
}

/** What a test asks for; plain data, so that it travels into the page. */
export type TableSpec =
  | { readonly kind: 'rows'; readonly columns: readonly Column[]; readonly rows: readonly WireRow[] }
  | { readonly kind: 'events'; readonly rows: number; readonly columns?: number }
  /** One column with the same text of that length in each row; the text ends with "end". */
  | { readonly kind: 'long'; readonly rows: number; readonly length: number };

export function tableData(spec: TableSpec): TableData {
  if (spec.kind === 'events') return eventData(spec.rows, spec.columns ?? eventColumns.length);
  if (spec.kind === 'long') {
    const text = 'W'.repeat(spec.length - 3) + 'end';
    return { columns: [{ name: 'Text', type: 'string' }], rowCount: spec.rows, value: () => text };
  }
  const { columns, rows } = spec;
  return { columns, rowCount: rows.length, value: (row, column) => rows[row]?.[column] ?? null };
}

const eventColumns: readonly Column[] = [
  { name: 'TimeGenerated', type: 'datetime' },
  { name: 'Account', type: 'string' },
  { name: 'EventID', type: 'int' },
  { name: 'Computer', type: 'string' },
  { name: 'IpAddress', type: 'string' },
  { name: 'BytesSent', type: 'long' },
  { name: 'RiskScore', type: 'real' },
  { name: 'Success', type: 'bool' },
  { name: 'Duration', type: 'timespan' },
  { name: 'SessionId', type: 'guid' },
  { name: 'Properties', type: 'dynamic' },
  { name: 'Comment', type: 'string' },
];

const accounts = ['anna.berg', 'ben.okafor', 'carla.diaz', 'svc-backup', 'dmitri.volkov', 'administrator', 'elena.rossi'];
const started = Date.UTC(2024, 4, 6, 7, 8, 9);
const two = (value: number): string => String(value).padStart(2, '0');

/** Sign-in-like rows, each a function of its number. */
function eventData(rowCount: number, columnCount: number): TableData {
  const columns = Array.from({ length: columnCount }, (_, index) => {
    const base = eventColumns[index % eventColumns.length]!;
    return index < eventColumns.length ? base : { name: `${base.name}${Math.floor(index / eventColumns.length) + 1}`, type: base.type };
  });
  return { columns, rowCount, value: (row, column) => eventValue(row, column % eventColumns.length) };
}

function eventValue(row: number, column: number): WireValue {
  const mixed = (Math.imul(row + 1, 2_654_435_761) >>> 0) % 1_000_003;
  switch (column) {
    case 0:
      return new Date(started + row * 1000).toISOString().replace('Z', `${two(row % 100)}${two(mixed % 100)}Z`);
    case 1:
      return accounts[mixed % accounts.length]!;
    case 2:
      return [4624, 4625, 4648, 4672, 4688][mixed % 5]!;
    case 3:
      return mixed % 17 === 0 ? '' : `WS-${String(mixed % 400).padStart(4, '0')}.contoso.com`;
    case 4:
      return `10.${mixed % 4}.${mixed % 256}.${row % 256}`;
    case 5:
      return mixed % 13 === 0 ? null : mixed * 37;
    case 6:
      return (mixed % 1000) / 1000;
    case 7:
      return mixed % 3 !== 0;
    case 8:
      return `00:${two(mixed % 60)}:${two(row % 60)}.${String(mixed).padStart(7, '0')}`;
    case 9:
      return `${row.toString(16).padStart(8, '0')}-0000-4000-8000-${mixed.toString(16).padStart(12, '0')}`;
    case 10:
      return `{"os":"Windows 11","trusted":${mixed % 2 === 0},"location":{"city":"Oslo","ports":[443,${mixed % 9000}]},"id":9007199254740993}`;
    default:
      return `event ${row} of the night shift`;
  }
}
