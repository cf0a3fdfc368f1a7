import { kqlLiteral } from '../../../src/common/kqlLiterals';
import type { CatalogTable } from '../../../src/engine/catalog';
import { emptyCatalog, type LogsDatabase } from '../data/logsDatabase';
import type { JsonObject } from '../http/messages';
import type { WatchlistDefinition } from './definitions';
import type { SentinelStore, StoredWatchlist } from '../sentinel/sentinelStore';

const addedColumns: ReadonlySet<string> = new Set(['_DTItemId', 'LastUpdatedTimeUTC', 'SearchKey']);

/** What `_GetWatchlist` reads: tables of the watchlists as they are now. Azure takes minutes for it; tests do not wait. */
export class WatchlistTables {
  readonly #database: LogsDatabase;
  readonly #made = new Map<string, { readonly watchlist: StoredWatchlist; readonly version: number; readonly table: CatalogTable }>();

  constructor(database: LogsDatabase) {
    this.#database = database;
  }

  /** A watchlist whose table is there. */
  know(watchlist: StoredWatchlist, table: CatalogTable): void {
    this.#made.set(watchlist.name, { watchlist, version: watchlist.version, table });
  }

  /** @returns undefined when nothing has changed since the last time. */
  async refresh({ watchlists }: SentinelStore): Promise<readonly CatalogTable[] | undefined> {
    let changed = this.#made.size !== watchlists.size;
    for (const name of this.#made.keys()) if (!watchlists.has(name.toLowerCase())) this.#made.delete(name);
    for (const watchlist of watchlists.values()) {
      const made = this.#made.get(watchlist.name);
      if (made?.watchlist === watchlist && made.version === watchlist.version) continue;
      const { version } = watchlist;
      const table = await this.#database.define(watchlist.name, datatable(watchlist), emptyCatalog);
      this.#made.set(watchlist.name, { watchlist, version, table: { ...table, timeColumn: undefined } });
      changed = true;
    }
    return changed ? [...this.#made.values()].map(({ table }) => table) : undefined;
  }
}

/** The column that holds the search keys, and the rows without the columns that `_GetWatchlist` adds. */
export function ownRows(rows: readonly JsonObject[]): Pick<WatchlistDefinition, 'searchKey' | 'rows'> {
  const own = rows.map((row) =>
    Object.fromEntries(Object.entries(row).flatMap(([name, value]) => (addedColumns.has(name) ? [] : [[name, String(value)]]))),
  );
  const names = Object.keys(own[0] ?? {});
  return { searchKey: names.find((name) => rows.every((row) => row[name] === row['SearchKey'])) ?? names[0] ?? '', rows: own };
}

function datatable({ items, properties }: StoredWatchlist): string {
  const all = [...items.values()].map((item) => ({ item, values: item.properties['itemsKeyValue'] as Readonly<Record<string, string>> }));
  const names = [...new Set(all.flatMap(({ values }) => Object.keys(values)))];
  const key = String(properties['itemsSearchKey']);
  const text = (value: string | undefined): string => kqlLiteral(value ?? '', 'string');
  const rows = all.map(({ item, values }) => {
    const added = [text(item.name), `datetime(${String(item.properties['updated'])})`, text(values[key])];
    return [...added, ...names.map((name) => text(values[name]))].join(', ');
  });
  const columns = ['_DTItemId:string', 'LastUpdatedTimeUTC:datetime', 'SearchKey:string', ...names.map((name) => `['${name}']:string`)];
  return `datatable(${columns.join(', ')})[${rows.join(', ')}]`;
}
