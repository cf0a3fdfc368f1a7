import type { DuckDBConnection } from '@duckdb/node-api';
import { type Column, TICKS_PER_MILLISECOND, UNIX_EPOCH_TICKS } from '../../common/kqlTypes';
import { physicalTypes } from '../../engine/physicalTypes';
import { isTextual, numberColumn, stage, stagedColumn, stagedValue, STAGING } from './staging';
import { type Cell, noCells, type Row, type SortedRows, type TableRows } from './tableRows';

export interface WrittenTable {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly relation: string;
  readonly rowCount: number;
  readonly timeColumn?: string;
  readonly firstTime?: string;
  readonly lastTime?: string;
}

/** Where values come from: the rows themselves, or objects that rows share, to which each row then has a link. */
interface Source {
  readonly table: string;
  readonly rows: readonly Row[];
  readonly columns: ReadonlySet<string>;
  /** Index into `rows`, for each row of the table. */
  readonly links: readonly number[];
}

/** Cells of a column that fewer than one in so many rows have are written like shared ones: looking for them in every row is slow. */
const RARE = 8;

const TIME_COLUMN = 'TimeGenerated';

/**
 * Writes collected rows as a table of the storage convention (`src/engine/catalog.ts`). Columns in which all rows hold the same value are
 * virtual columns, which cost neither time nor space: a table such as SecurityEvent has 229 columns, of which an event fills twenty.
 */
export class TableWriter {
  readonly #staging: DuckDBConnection;
  readonly #inserting: DuckDBConnection;
  /** Midnight of day 0 in milliseconds since 1970. */
  readonly #dayStart: number;

  /** Two connections to the same database, so that one table is staged while another is inserted. */
  constructor(staging: DuckDBConnection, inserting: DuckDBConnection, dayStart: number) {
    this.#staging = staging;
    this.#inserting = inserting;
    this.#dayStart = dayStart;
  }

  /** Once, before the first table. */
  async prepare(): Promise<void> {
    await this.#staging.run(`ATTACH ':memory:' AS ${STAGING}`);
    // A commit above this size goes straight to the file instead of through the log.
    await this.#inserting.run(`SET checkpoint_threshold = '1KB'`);
    // Joins keep the order of the rows only when they are done as they are written.
    await this.#inserting.run(`SET disabled_optimizers = 'join_order,build_side_probe_side'`);
  }

  /** Brings the rows to the database; `insert` of the answer then makes the table, in threads of the database and one at a time. */
  async stage(table: TableRows, relationName: string = table.name): Promise<{ readonly insert: () => Promise<WrittenTable> }> {
    const rows = table.sorted();
    const relation = quoted(relationName);
    const sources = sourcesOf(table, rows);
    const stored = storedColumns(table, sources);
    const constants: Row = { Type: table.name, ...table.constants };
    const definitions = table.columns.map((column, index) =>
      stored.includes(column)
        ? `c${index} ${physicalTypes[column.type]}`
        : `c${index} ${physicalTypes[column.type]} GENERATED ALWAYS AS (${this.#literal(column, constants[column.name])}) VIRTUAL`,
    );
    const [own, ...shared] = sources;
    const links = shared.map((source, position) => numberColumn(`link${position}`, source.links));
    await stage(this.#staging, [
      { name: own.table, columns: [numberColumn('t', rows.times), ...links, ...stagedColumnsOf(own, table.columns)] },
      ...shared.map((source) => {
        const ids = source.rows.map((_, index) => index);
        return { name: source.table, columns: [numberColumn('id', ids), ...stagedColumnsOf(source, table.columns)] };
      }),
    ]);
    const targets = stored.map((column) => `c${table.columns.indexOf(column)}`);
    const values = stored.map((column) => this.#value(column, sources, table.columns.indexOf(column), constants[column.name]));
    const joins = shared.map((source, position) => `JOIN ${STAGING}.${source.table} ON ${own.table}.link${position} = ${source.table}.id`);
    const creation = `CREATE TABLE ${relation} (${definitions.join(', ')})`;
    const insertion = `INSERT INTO ${relation} (${targets.join(', ')}) SELECT ${values.join(', ')} FROM ${STAGING}.${own.table} ${joins.join(' ')}`;
    const removals = sources.map((source) => `DROP TABLE ${STAGING}.${source.table}`);
    const [first, last] = [rows.times[0], rows.times.at(-1)];
    const written: WrittenTable = {
      name: table.name,
      columns: table.columns,
      relation,
      rowCount: rows.times.length,
      ...(table.columns.some(({ name }) => name === TIME_COLUMN) ? { timeColumn: TIME_COLUMN } : {}),
      ...(first !== undefined && last !== undefined ? { firstTime: this.#iso(first), lastTime: this.#iso(last) } : {}),
    };
    return {
      insert: async () => {
        // One call: between two, the database would wait for the table that is being made here meanwhile.
        await this.#inserting.run(['BEGIN', creation, insertion, 'COMMIT', ...removals].join(';\n'));
        return written;
      },
    };
  }

  #value(column: Column, sources: readonly Source[], index: number, constant: Cell): string {
    if (column.name === TIME_COLUMN) return this.#ticks('t');
    const found = sources
      .filter(({ columns }) => columns.has(column.name))
      .map(({ table }) => stagedValue(`${table}.c${index}`, column.type));
    const staged = found.map((value) => {
      if (column.type === 'string') return value;
      return column.type === 'datetime' ? this.#ticks(value) : `CAST(${value} AS ${physicalTypes[column.type]})`;
    });
    return `COALESCE(${[...staged, this.#literal(column, constant)].join(', ')})`;
  }

  #iso(offset: number): string {
    return new Date(this.#dayStart + offset).toISOString();
  }

  /** Offsets have at most four decimals of a millisecond: ticks are whole. */
  #ticks(expression: string): string {
    return `${UNIX_EPOCH_TICKS + BigInt(this.#dayStart) * TICKS_PER_MILLISECOND} + CAST(round(${expression} * 10000) AS BIGINT)`;
  }

  #literal(column: Column, value: Cell): string {
    const type = physicalTypes[column.type];
    if (value === null || value === undefined) return column.type === 'string' ? `''` : `CAST(NULL AS ${type})`;
    if (column.type === 'datetime') return this.#ticks(String(value));
    return isTextual(column.type) ? `CAST(${quotedText(String(value))} AS ${type})` : `CAST(${String(value)} AS ${type})`;
  }
}

function sourcesOf(table: TableRows, rows: SortedRows): readonly [own: Source, ...shared: Source[]] {
  const known = new Set(table.columns.map(({ name }) => name));
  const check = (columns: Iterable<string>): void => {
    for (const column of columns) if (!known.has(column)) throw new Error(`the table ${table.name} has no column ${column}`);
  };
  check(Object.keys(table.constants));
  const uses = new Map<string, number>();
  for (const row of rows.own) for (const column in row) uses.set(column, (uses.get(column) ?? 0) + 1);
  check(uses.keys());
  const isRare = (column: string): boolean => (uses.get(column) ?? 0) * RARE < rows.own.length;
  const columns = [...uses.keys()];
  const own: Source = {
    table: `${table.name}_own`,
    rows: rows.own,
    columns: new Set(columns.filter((column) => !isRare(column))),
    links: [],
  };
  const rare = new Set(columns.filter(isRare));
  const cells = rare.size === 0 ? rows.shared : [...rows.shared, rows.own.map((row) => (hasAny(row, rare) ? row : noCells))];
  const shared = cells.map((values, position): Source => {
    const different = [...new Set(values)];
    const named = new Set(different.flatMap((row) => Object.keys(row)));
    check(named);
    const indexes = new Map(different.map((row, index) => [row, index]));
    return {
      table: `${table.name}_${position}`,
      rows: different,
      columns: position < rows.shared.length ? named : rare,
      links: values.map((row) => indexes.get(row) ?? 0),
    };
  });
  return [own, ...shared];
}

function hasAny(row: Row, columns: ReadonlySet<string>): boolean {
  for (const column in row) if (columns.has(column)) return true;
  return false;
}

/** Columns that hold different values; all others are constant. A relation needs at least one. */
function storedColumns(table: TableRows, sources: readonly Source[]): readonly Column[] {
  const time = table.columns.find(({ name }) => name === TIME_COLUMN) ?? table.columns[0];
  return table.columns.filter((column) => column === time || sources.some(({ columns }) => columns.has(column.name)));
}

function stagedColumnsOf(source: Source, columns: readonly Column[]): ReturnType<typeof stagedColumn>[] {
  return columns.flatMap(({ name, type }, index) => (source.columns.has(name) ? [stagedColumn(`c${index}`, name, type, source.rows)] : []));
}

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export function quotedText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
