import { BOOLEAN, DOUBLE, type DuckDBConnection, DuckDBDataChunk, type DuckDBType, type DuckDBValue, ENUM, VARCHAR } from '@duckdb/node-api';
import { type Column, type KqlType, TICKS_PER_MILLISECOND, UNIX_EPOCH_TICKS } from '../../common/kqlTypes';
import type { Cell, Row, TableRows } from './tableRows';

const CHUNK_ROWS = 2048;
const MAX_DICTIONARY = 1000;

const storedTypes: Readonly<Record<KqlType, string>> = {
  bool: 'BOOLEAN',
  int: 'INTEGER',
  long: 'BIGINT',
  real: 'DOUBLE',
  decimal: 'DECIMAL(38, 16)',
  string: 'VARCHAR',
  datetime: 'BIGINT',
  timespan: 'BIGINT',
  guid: 'UUID',
  dynamic: 'JSON',
};

export interface WrittenTable {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly relation: string;
  readonly rowCount: number;
  readonly timeColumn?: string;
  readonly firstTime?: string;
  readonly lastTime?: string;
}

/**
 * Writes collected rows as a table of the storage convention (`src/engine/catalog.ts`). Columns in which all rows hold the same value are
 * virtual columns, which cost neither time nor space: a table such as SecurityEvent has 228 columns, of which an event fills twenty.
 */
export class TableWriter {
  readonly #connection: DuckDBConnection;
  /** Midnight of day 0 in milliseconds since 1970. */
  readonly #dayStart: number;

  constructor(connection: DuckDBConnection, dayStart: number) {
    this.#connection = connection;
    this.#dayStart = dayStart;
  }

  async write(table: TableRows, relationName: string = table.name): Promise<WrittenTable> {
    const { times, rows } = table.sorted();
    const relation = quoted(relationName);
    const hasTime = table.columns.some(({ name }) => name === 'TimeGenerated');
    const varying = varyingColumns(table, rows);
    const constants: Row = { Type: table.name, ...table.constants };
    const definitions = table.columns.map((column, index) =>
      varying.has(column.name)
        ? `c${index} ${storedTypes[column.type]}`
        : `c${index} ${storedTypes[column.type]} GENERATED ALWAYS AS (${this.#literal(column, constants[column.name])}) VIRTUAL`,
    );
    await this.#connection.run(`CREATE TABLE ${relation} (${definitions.join(', ')})`);
    await this.#fill(
      relation,
      table.columns.filter(({ name }) => varying.has(name)).map((column) => ({ column, values: valuesOf(column, rows, times, constants) })),
      table.columns,
    );
    return {
      name: table.name,
      columns: table.columns,
      relation,
      rowCount: rows.length,
      ...(hasTime ? { timeColumn: 'TimeGenerated', ...this.#range(times) } : {}),
    };
  }

  #range(times: readonly number[]): { readonly firstTime?: string; readonly lastTime?: string } {
    const [first, last] = [times[0], times.at(-1)];
    return first === undefined || last === undefined ? {} : { firstTime: this.#iso(first), lastTime: this.#iso(last) };
  }

  #iso(offset: number): string {
    return new Date(this.#dayStart + offset).toISOString();
  }

  async #fill(
    relation: string,
    filled: readonly { readonly column: Column; readonly values: readonly DuckDBValue[] }[],
    columns: readonly Column[],
  ): Promise<void> {
    const staged = filled.map(({ column, values }) => ({ column, values, type: stagedType(column.type, values) }));
    const rowCount = staged[0]?.values.length ?? 0;
    if (rowCount === 0) return;
    const names = staged.map(({ type }, index) => `s${index} ${type.toString()}`);
    await this.#connection.run(`CREATE TEMP TABLE staged (${names.join(', ')})`);
    const appender = await this.#connection.createAppender('staged', undefined, 'temp');
    const types = staged.map(({ type }) => type);
    for (let offset = 0; offset < rowCount; offset += CHUNK_ROWS) {
      const count = Math.min(CHUNK_ROWS, rowCount - offset);
      const chunk = DuckDBDataChunk.create(types, count);
      staged.forEach(({ values }, index) => chunk.setColumnValues(index, values.slice(offset, offset + count)));
      appender.appendDataChunk(chunk);
    }
    appender.closeSync();
    const targets = staged.map(({ column }) => `c${columns.indexOf(column)}`);
    const values = staged.map(({ column }, index) => (column.type === 'datetime' ? this.#ticks(`s${index}`) : `s${index}`));
    await this.#connection.run(`INSERT INTO ${relation} (${targets.join(', ')}) SELECT ${values.join(', ')} FROM staged`);
    await this.#connection.run('DROP TABLE temp.staged');
  }

  /** Offsets have at most four decimals of a millisecond: ticks are whole. */
  #ticks(expression: string): string {
    return `${UNIX_EPOCH_TICKS + BigInt(this.#dayStart) * TICKS_PER_MILLISECOND} + CAST(round(${expression} * 10000) AS BIGINT)`;
  }

  #literal(column: Column, value: Cell): string {
    const type = storedTypes[column.type];
    if (value === null || value === undefined) return column.type === 'string' ? `''` : `CAST(NULL AS ${type})`;
    if (column.type === 'datetime') return this.#ticks(String(value));
    return `CAST(${quotedText(String(value))} AS ${type})`;
  }
}

/** Columns to be stored; all others are constant. */
function varyingColumns(table: TableRows, rows: readonly Row[]): ReadonlySet<string> {
  const used = new Set<string>();
  for (const row of rows) for (const name in row) used.add(name);
  const known = new Set(table.columns.map(({ name }) => name));
  for (const name of [...used, ...Object.keys(table.constants)]) {
    if (!known.has(name)) throw new Error(`the table ${table.name} has no column ${name}`);
  }
  // A relation needs a stored column: one without rows has no times to vary.
  const first = table.columns.find(({ name }) => name === 'TimeGenerated') ?? table.columns[0];
  if (first) used.add(first.name);
  return used;
}

function valuesOf(column: Column, rows: readonly Row[], times: readonly number[], constants: Row): readonly DuckDBValue[] {
  if (column.name === 'TimeGenerated') return times;
  const fallback = constants[column.name] ?? (column.type === 'string' ? '' : null);
  return rows.map((row) => row[column.name] ?? fallback);
}

function stagedType(type: KqlType, values: readonly DuckDBValue[]): DuckDBType {
  if (type === 'bool') return BOOLEAN;
  if (type !== 'string' && type !== 'dynamic' && type !== 'guid') return DOUBLE;
  // Codes of a dictionary are copied into a chunk in one go, strings one call each.
  const limit = Math.min(MAX_DICTIONARY, values.length >> 3);
  const different = new Set<string>();
  for (const value of values) {
    if (value !== null) different.add(value as string);
    if (different.size > limit) return VARCHAR;
  }
  return different.size > 0 ? ENUM([...different]) : VARCHAR;
}

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export function quotedText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
