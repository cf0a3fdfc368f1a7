import { randomUUID } from 'node:crypto';
import type { CancellationToken } from '../../../common/cancellation';
import { HuntError } from '../../../common/errors';
import type { Column } from '../../../common/kqlTypes';
import { MAX_WATCHLIST_ROWS, type Watchlist, type WatchlistRow, type WatchlistRows } from '../../../common/sentinelService';
import type { CatalogTable } from '../../../engine/catalog';
import type { Database } from '../../../engine/database';
import { aliasTaken, checkNewWatchlist, checkWatchlistRows } from '../../sentinelChecks';
import type { WorkspaceSentinel } from '../../workspaceSentinel';
import type { SentinelFile, SentinelNotes, WrittenItem, WrittenWatchlist } from './sentinelFile';
import { ownColumns, WatchlistTables } from './watchlistTables';

type WatchlistAnswers = Pick<WorkspaceSentinel, 'listWatchlists' | 'readWatchlist' | 'addWatchlistRows' | 'createWatchlist'>;
type NewList = Parameters<WorkspaceSentinel['createWatchlist']>[0];

/** A watchlist as the data has it, its relation named as queries name it. */
export interface DataWatchlist extends CatalogTable {
  readonly rowCount: number;
}

export interface LocalWatchlistOptions {
  readonly database: Database;
  /** Of this workspace alone, as a part of names. */
  readonly prefix: string;
  readonly data: readonly DataWatchlist[];
  readonly file: SentinelFile;
  readonly now: () => Date;
  /** Queries can name others now, or the same with other columns. */
  readonly onChange: () => void;
}

/** What queries see of a watchlist, and how many of the written items are in it. */
interface Held {
  readonly table: CatalogTable;
  readonly searchKey: string;
  readonly items: number;
  readonly dataRows: number;
}

/** The watchlists of a local workspace: those of its data, with what people added to them, and those that people made. */
export class LocalWatchlists {
  readonly answers: WatchlistAnswers = {
    listWatchlists: async (_asked, token) => this.#list(token),
    readWatchlist: async ({ alias }, token) => this.#read(alias, token),
    addWatchlistRows: async ({ alias, rows }, token) => this.#add(alias, rows, token),
    createWatchlist: async (list) => this.#create(list),
  };
  readonly #options: LocalWatchlistOptions;
  readonly #tables: WatchlistTables;
  readonly #held = new Map<string, Held>();
  #holding: Promise<void> = Promise.resolve();

  constructor(options: LocalWatchlistOptions) {
    this.#options = options;
    this.#tables = new WatchlistTables(options.database, options.prefix);
  }

  /** For `_GetWatchlist`. */
  get tables(): readonly CatalogTable[] {
    const { data } = this.#options;
    const held = [...this.#held].map(([, { table }]) => table);
    return [...data.filter(({ name }) => !this.#held.has(keyOf(name))), ...held];
  }

  /** Puts what was written into tables, as far as it is not there. */
  async hold({ watchlists }: Pick<SentinelNotes, 'watchlists'>): Promise<void> {
    const holding = this.#holding.then(async () => {
      const before = this.#held.size;
      for (const written of watchlists) await this.#holdOne(written);
      if (this.#held.size > before) this.#options.onChange();
    });
    this.#holding = holding.catch(() => undefined);
    await holding;
  }

  /** Lets go of what queries see. */
  async drop(): Promise<void> {
    await this.#tables.drop();
  }

  async #holdOne(written: WrittenWatchlist): Promise<void> {
    const key = keyOf(written.alias);
    const held = this.#held.get(key) ?? (await this.#table(written));
    const items = written.items.slice(held.items);
    if (items.length > 0) await this.#tables.insert(held.table, held.searchKey, items);
    this.#held.set(key, { ...held, items: Math.max(held.items, written.items.length) });
  }

  /** Additions to a watchlist that the data has no longer, or with other columns, are a watchlist by themselves. */
  async #table({ alias, columns, searchKey, extends: isAddition }: WrittenWatchlist): Promise<Held> {
    const data = isAddition ? this.#data(alias) : undefined;
    if (data && columns.every(({ name }) => data.columns.some((column) => column.name === name))) {
      return { table: await this.#tables.copy(data), searchKey, items: 0, dataRows: data.rowCount };
    }
    return { table: await this.#tables.make(alias, columns), searchKey, items: 0, dataRows: 0 };
  }

  #data(alias: string): DataWatchlist | undefined {
    return this.#options.data.find(({ name }) => keyOf(name) === keyOf(alias));
  }

  async #list(token: CancellationToken): Promise<readonly Watchlist[]> {
    const notes = await this.#options.file.read();
    await this.hold(notes);
    const untouched = this.#options.data.filter(({ name }) => !this.#held.has(keyOf(name)));
    const ofData = await Promise.all(
      untouched.map(async (table): Promise<Watchlist> => {
        const searchKey = await this.#tables.searchKeyOf(table, token);
        return { ...describeData(table.name), searchKey, columns: ownColumns(table, searchKey), itemCount: table.rowCount };
      }),
    );
    const written = notes.watchlists.map((one) => this.#describe(one));
    return [...ofData, ...written].sort((left, right) => left.name.localeCompare(right.name));
  }

  #describe({ alias, name, description, searchKey, columns, items, updatedTime }: WrittenWatchlist): Watchlist {
    const dataRows = this.#held.get(keyOf(alias))?.dataRows ?? 0;
    return { alias, name, description, searchKey, columns, itemCount: dataRows + items.length, updatedTime };
  }

  async #read(alias: string, token: CancellationToken): Promise<WatchlistRows> {
    await this.hold(await this.#options.file.read());
    const { table, searchKey, items, dataRows } = await this.#find(alias, token);
    const columns = ownColumns(table, searchKey);
    return { columns, rows: await this.#tables.read(table, columns, MAX_WATCHLIST_ROWS, token), total: dataRows + items };
  }

  async #add(alias: string, rows: readonly WatchlistRow[], token: CancellationToken): Promise<{ readonly added: number }> {
    const { file, now } = this.#options;
    await this.hold(await file.read());
    const { table, searchKey } = await this.#find(alias, token);
    const columns = ownColumns(table, searchKey);
    checkWatchlistRows(table.name, columns.map(({ name }) => name), rows);
    await this.#tables.checkTypes(columns, rows, token);
    const updatedTime = now().toISOString();
    const items = itemsOf(rows, updatedTime);
    const notes = await file.change((before) => {
      const found = before.watchlists.find((written) => keyOf(written.alias) === keyOf(alias));
      const former = found ?? { ...describeData(table.name), searchKey, columns, items: [], extends: true };
      const after: WrittenWatchlist = { ...former, items: [...former.items, ...items], updatedTime };
      return { ...before, watchlists: [...before.watchlists.filter((other) => other !== found), after] };
    });
    await this.hold(notes);
    return { added: rows.length };
  }

  async #create(list: NewList): Promise<Watchlist> {
    const { alias, name, description, searchKey, rows } = list;
    const columns = checkNewWatchlist(list).map((column): Column => ({ name: column, type: 'string' }));
    const updatedTime = this.#options.now().toISOString();
    const items = itemsOf(rows, updatedTime);
    const made: WrittenWatchlist = { alias, name, description, searchKey, columns, items, updatedTime, extends: false };
    const notes = await this.#options.file.change((before) => {
      const isTaken = this.#data(alias) ?? before.watchlists.find((other) => keyOf(other.alias) === keyOf(alias));
      if (isTaken) throw aliasTaken(alias);
      return { ...before, watchlists: [...before.watchlists, made] };
    });
    await this.hold(notes);
    return this.#describe(made);
  }

  /** @throws HuntError `notFound` */
  async #find(alias: string, token: CancellationToken): Promise<Held> {
    const held = this.#held.get(keyOf(alias));
    if (held) return held;
    const table = this.#data(alias);
    if (!table) throw new HuntError({ kind: 'notFound', what: 'watchlist', name: alias });
    return { table, searchKey: await this.#tables.searchKeyOf(table, token), items: 0, dataRows: table.rowCount };
  }
}

/** Aliases differ in more than case. */
function keyOf(alias: string): string {
  return alias.toLowerCase();
}

function itemsOf(rows: readonly WatchlistRow[], time: string): readonly WrittenItem[] {
  return rows.map((values) => ({ id: randomUUID(), time, values }));
}

/** Files say no more than an alias: `HighValueAssets` is read as "High value assets". */
function describeData(alias: string): Pick<Watchlist, 'alias' | 'name' | 'description'> {
  const words = alias.replace(/([a-z0-9])([A-Z])|([A-Z])(?=[A-Z][a-z])|_/gu, '$1$3 $2').split(' ');
  const name = words.map((word, index) => (index === 0 || /^[A-Z]{2,}$/u.test(word) ? word : word.toLowerCase())).join(' ');
  return { alias, name: name.charAt(0).toUpperCase() + name.slice(1), description: '' };
}
