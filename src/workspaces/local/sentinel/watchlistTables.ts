import { type CancellationToken, neverCancelled } from '../../../common/cancellation';
import { HuntError } from '../../../common/errors';
import type { Column, WireRow } from '../../../common/kqlTypes';
import type { WatchlistRow } from '../../../common/sentinelService';
import type { CatalogTable } from '../../../engine/catalog';
import { type Database, quoteName } from '../../../engine/database';
import { physicalTypes } from '../../../engine/physicalTypes';
import { toWire, wireExpression } from '../../../engine/wire';
import { watchlistBaseColumns } from '../../../kql/globals';
import { misfits, valueAs } from '../columnTypes';
import { sqlText } from '../stagedFile';
import type { WrittenItem } from './sentinelFile';

const ROWS_PER_INSERT = 500;
const fixedNames: ReadonlySet<string> = new Set(watchlistBaseColumns.map(({ name }) => name));
/** What `_GetWatchlist` adds to a watchlist's own columns. */
const addedColumns: readonly Column[] = watchlistBaseColumns.filter(({ name }) => name !== 'WatchlistItem');

/** Tables of the query database that hold watchlists, columns stored as `src/engine/catalog.ts` says. */
export class WatchlistTables {
  readonly #database: Database;
  /** What their names begin with: of this workspace alone. */
  readonly #prefix: string;
  readonly #made: string[] = [];

  constructor(database: Database, prefix: string) {
    this.#database = database;
    this.#prefix = prefix;
  }

  /** An empty one, with columns of its own. */
  async make(alias: string, columns: readonly Column[]): Promise<CatalogTable> {
    const all = [...addedColumns, ...columns];
    const relation = await this.#create(alias, `(${all.map(({ type }, index) => `c${index} ${physicalTypes[type]}`).join(', ')})`);
    return { name: alias, columns: all, relation };
  }

  /** One of the data, to which rows can be added. */
  async copy(table: CatalogTable): Promise<CatalogTable> {
    return { ...table, relation: await this.#create(table.name, `AS SELECT * FROM ${table.relation}`) };
  }

  async insert(table: CatalogTable, searchKey: string, items: readonly WrittenItem[]): Promise<void> {
    const values = table.columns.map((column, index) => {
      const value = valueAs(column.type, { name: column.name, text: `t${index}` });
      return `CAST(${value} AS ${physicalTypes[column.type]})`;
    });
    for (let start = 0; start < items.length; start += ROWS_PER_INSERT) {
      const some = items.slice(start, start + ROWS_PER_INSERT);
      const texts = some.map((item) => table.columns.map(({ name }) => storedText(item, name, searchKey)));
      await this.#database.run(`INSERT INTO ${table.relation} SELECT ${values.join(', ')} FROM ${valuesTable(texts)}`, neverCancelled);
    }
  }

  /** @throws HuntError `refused` for a text that is none of its column's type. */
  async checkTypes(columns: readonly Column[], rows: readonly WatchlistRow[], token: CancellationToken): Promise<void> {
    const typed = columns.filter(({ type }) => type !== 'string' && type !== 'dynamic');
    if (typed.length === 0) return;
    const texts = rows.map((row) => typed.map(({ name }) => row[name] ?? ''));
    const firsts = typed.map(({ name, type }, index) => `first(t${index}) FILTER (${misfits(type, { name, text: `t${index}` })})`);
    const [found = []] = await this.#database.rows(`SELECT ${firsts.join(', ')} FROM ${valuesTable(texts)}`, token);
    typed.forEach(({ name, type }, index) => {
      const text = found[index];
      if (typeof text !== 'string') return;
      throw new HuntError({ kind: 'refused', message: `The column ${name} holds ${type} values, and "${text}" is none.` });
    });
  }

  async read(table: CatalogTable, columns: readonly Column[], most: number, token: CancellationToken): Promise<readonly WireRow[]> {
    const values = columns.map((column) => wireExpression(`c${table.columns.findIndex(({ name }) => name === column.name)}`, column.type));
    const rows = await this.#database.rows(`SELECT ${values.join(', ')} FROM ${table.relation} LIMIT ${most}`, token);
    return rows.map((row) => columns.map(({ type }, index) => toWire(row[index], type)));
  }

  /** The column whose values are the search keys: of several, or in an empty watchlist, the first. */
  async searchKeyOf({ columns, relation }: CatalogTable, token: CancellationToken): Promise<string> {
    const key = columns.findIndex(({ name }) => name === 'SearchKey');
    const own = columns.flatMap(({ name }, index) => (fixedNames.has(name) ? [] : [{ name, index }]));
    const checks = own.map(({ index }) => `coalesce(bool_and(CAST(c${index} AS VARCHAR) IS NOT DISTINCT FROM c${key}), true)`);
    const [row = []] = checks.length === 0 ? [] : await this.#database.rows(`SELECT ${checks.join(', ')} FROM ${relation}`, token);
    return own.find((_column, index) => row[index] === true)?.name ?? 'SearchKey';
  }

  /** Lets the tables go; a query that still reads one keeps it until it ends. */
  async drop(): Promise<void> {
    for (const relation of this.#made.splice(0)) await this.#database.run(`DROP TABLE IF EXISTS ${relation}`, neverCancelled);
  }

  async #create(alias: string, definition: string): Promise<string> {
    const relation = `watchlists.${quoteName(`${this.#prefix} ${alias.toLowerCase()}`)}`;
    await this.#database.run('CREATE SCHEMA IF NOT EXISTS watchlists', neverCancelled);
    await this.#database.run(`CREATE TABLE ${relation} ${definition}`, neverCancelled);
    this.#made.push(relation);
    return relation;
  }
}

/** Without what `_GetWatchlist` adds; the search key is a column of its own where no other one is. */
export function ownColumns({ columns }: Pick<CatalogTable, 'columns'>, searchKey: string): readonly Column[] {
  return columns.filter(({ name }) => !fixedNames.has(name) || name === searchKey);
}

function storedText({ id, time, values }: WrittenItem, column: string, searchKey: string): string {
  const own = values[column];
  if (own !== undefined) return own;
  switch (column) {
    case '_DTItemId':
      return id;
    case 'LastUpdatedTimeUTC':
      return time;
    case 'SearchKey':
      return values[searchKey] ?? '';
    case 'WatchlistItem':
      return JSON.stringify(values);
    default:
      return '';
  }
}

function valuesTable(rows: readonly (readonly string[])[]): string {
  const names = (rows[0] ?? []).map((_value, index) => `t${index}`);
  return `(VALUES ${rows.map((row) => `(${row.map(sqlText).join(', ')})`).join(', ')}) AS v(${names.join(', ')})`;
}
