import { randomUUID } from 'node:crypto';
import type * as Sentinel from '@azure/arm-securityinsight';
import { toHuntError } from '../../../common/errors';
import type { Column } from '../../../common/kqlTypes';
import { MAX_WATCHLIST_ROWS, type Watchlist, type WatchlistRow, type WatchlistRows } from '../../../common/sentinelService';
import { aliasTaken, checkNewWatchlist, checkWatchlistRows } from '../../sentinelChecks';
import type { WorkspaceSentinel } from '../../workspaceSentinel';
import type { SentinelClient } from '../incidents/sentinelClient';
import { explained, isUncertain, type SentinelWork } from '../incidents/sentinelErrors';
import { timeOf, textOf } from '../incidents/rawValues';
import { fewAtOnce } from '../wire/atOnce';
import { type Caller, callerOf } from '../wire/azureCall';
import { ServiceFailure } from '../wire/serviceFailure';
import { watchlistCsv } from './watchlistCsv';

type WatchlistAnswers = Pick<WorkspaceSentinel, 'listWatchlists' | 'readWatchlist' | 'addWatchlistRows' | 'createWatchlist'>;

/** Rows are many calls one after the other: a service that is busy in the middle is waited for longer than for a list. */
const PATIENCE = 12;

/**
 * Watchlists of Microsoft Sentinel. The service tells their columns with their items alone; what is written takes some minutes until
 * queries see it.
 * @see https://learn.microsoft.com/rest/api/securityinsights/watchlists
 */
export function azureWatchlists(client: SentinelClient): WatchlistAnswers {
  const watchlists = new Watchlists(client);
  return {
    listWatchlists: async (_asked, token) =>
      explained(client, reading(), async () => {
        const found = (await watchlists.list(callerOf(token))).filter(({ isDeleted }) => isDeleted !== true);
        const described = await fewAtOnce(found, async (raw) => watchlistOf(raw, await watchlists.columns(raw, callerOf(token))));
        return [...described].sort((left, right) => left.name.localeCompare(right.name));
      }),
    readWatchlist: async ({ alias }, token) => explained(client, reading(alias), () => watchlists.read(alias, callerOf(token))),
    addWatchlistRows: async ({ alias, rows }, token, progress) => {
      const caller = { token, progress };
      const { columns } = await explained(client, reading(alias), () => watchlists.read(alias, caller, 1));
      const names = columns.length > 0 ? columns.map(({ name }) => name) : namesOf(rows);
      checkWatchlistRows(alias, names, rows);
      for (const [index, row] of rows.entries()) {
        progress(`Adding row ${index + 1} of ${rows.length} to ${alias}`);
        try {
          await explained(client, writing(alias), () => watchlists.addItem(alias, wholeRow(row, names), caller));
        } catch (thrown) {
          if (index === 0) throw thrown;
          const { data, message } = toHuntError(thrown);
          return { added: index, failure: data.kind === 'cancelled' ? 'It was stopped.' : message };
        }
      }
      return { added: rows.length };
    },
    createWatchlist: async (list, token) => {
      const { alias, rows } = list;
      const columns = checkNewWatchlist(list);
      const rawContent = watchlistCsv(alias, columns, rows);
      const caller = callerOf(token);
      const known = await explained(client, reading(alias), () => watchlists.find(alias, caller));
      // Writing one that is there would change it.
      if (known && known.isDeleted !== true) throw aliasTaken(alias);
      const written = await explained(client, writing(alias), () => watchlists.create(list, rawContent, caller));
      return { ...watchlistOf(written, columns), itemCount: rows.length };
    },
  };
}

/** The calls, with errors as they come. */
class Watchlists {
  readonly #client: SentinelClient;
  readonly #columns = new Map<string, readonly string[]>();

  constructor(client: SentinelClient) {
    this.#client = client;
  }

  async list(caller: Caller): Promise<readonly Sentinel.Watchlist[]> {
    return this.#client.call(caller, async (client, { resourceGroup, name }) => {
      const watchlists: Sentinel.Watchlist[] = [];
      for await (const watchlist of client.watchlists.list(resourceGroup, name)) watchlists.push(watchlist);
      return watchlists;
    });
  }

  /** Of its first item; none where that cannot be read. They stay what they are, and are asked for once. */
  async columns({ name: alias = '', created }: Sentinel.Watchlist, caller: Caller): Promise<readonly string[]> {
    const key = `${alias} ${created?.toISOString() ?? ''}`;
    const known = this.#columns.get(key);
    if (known) return known;
    try {
      const columns = (await this.read(alias, caller, 1)).columns.map(({ name }) => name);
      if (columns.length > 0) this.#columns.set(key, columns);
      return columns;
    } catch (thrown) {
      if (toHuntError(thrown).data.kind === 'cancelled') throw thrown;
      return [];
    }
  }

  async find(alias: string, caller: Caller): Promise<Sentinel.Watchlist | undefined> {
    try {
      return await this.#client.call(caller, (client, { resourceGroup, name }) => client.watchlists.get(resourceGroup, name, alias));
    } catch (thrown) {
      if (thrown instanceof ServiceFailure && thrown.status === 404) return undefined;
      throw thrown;
    }
  }

  async create({ alias, ...list }: NewList, rawContent: string, caller: Caller): Promise<Sentinel.Watchlist> {
    const watchlist: Sentinel.Watchlist = {
      displayName: list.name,
      description: list.description,
      provider: 'Custom',
      source: 'Huntbook.csv',
      sourceType: 'Local file',
      itemsSearchKey: list.searchKey,
      contentType: 'text/csv',
      numberOfLinesToSkip: 0,
      rawContent,
    };
    try {
      return await this.#client.call(caller, (client, { resourceGroup, name }) =>
        client.watchlists.createOrUpdate(resourceGroup, name, alias, watchlist),
      );
    } catch (thrown) {
      const written = isUncertain(thrown) ? await this.find(alias, caller).catch(() => undefined) : undefined;
      if (written) return written;
      throw thrown;
    }
  }

  /** @param most Items that are read; there may be more. */
  async read(alias: string, caller: Caller, most = MAX_WATCHLIST_ROWS): Promise<WatchlistRows> {
    const found = await this.#client.call(caller, async (client, { resourceGroup, name }) => {
      const some: Readonly<Record<string, unknown>>[] = [];
      // The service may give an empty list of items for a watchlist that is not there.
      await client.watchlists.get(resourceGroup, name, alias);
      for await (const { itemsKeyValue, isDeleted } of client.watchlistItems.list(resourceGroup, name, alias)) {
        if (isDeleted !== true) some.push(itemsKeyValue ?? {});
        if (some.length > most) break;
      }
      return some;
    });
    const items = found.slice(0, most);
    const isCut = found.length > most;
    const columns = namesOf(items).map((name): Column => ({ name, type: 'string' }));
    const rows = items.map((item) => columns.map(({ name }) => textOfValue(item[name])));
    return { columns, rows, total: found.length, ...(isCut ? { totalIsLeast: true } : {}) };
  }

  async addItem(alias: string, itemsKeyValue: WatchlistRow, caller: Caller): Promise<void> {
    const id = randomUUID();
    const item = { itemsKeyValue };
    try {
      await this.#client.call(
        caller,
        (client, { resourceGroup, name }) => client.watchlistItems.createOrUpdate(resourceGroup, name, alias, id, item),
        this.#client.mostWaitMs * PATIENCE,
      );
    } catch (thrown) {
      if (!isUncertain(thrown)) throw thrown;
      const found = this.#client.call(caller, (client, { resourceGroup, name }) =>
        client.watchlistItems.get(resourceGroup, name, alias, id),
      );
      if (!(await found.catch(() => undefined))) throw thrown;
    }
  }
}

type NewList = Parameters<WorkspaceSentinel['createWatchlist']>[0];

function reading(alias?: string): SentinelWork {
  return { kind: 'other', what: 'the watchlists of', role: 'Microsoft Sentinel Reader', missing: missing(alias) };
}

function writing(alias: string): SentinelWork {
  return { kind: 'other', what: 'writing watchlists of', role: 'Microsoft Sentinel Contributor', missing: missing(alias) };
}

function missing(alias: string | undefined): { readonly what: string; readonly name: string } | undefined {
  return alias === undefined ? undefined : { what: 'watchlist', name: alias };
}

function watchlistOf(raw: Sentinel.Watchlist, columns: readonly string[]): Watchlist {
  const alias = textOf(raw.watchlistAlias) ?? raw.name ?? '';
  return {
    alias,
    name: textOf(raw.displayName) ?? alias,
    description: textOf(raw.description) ?? '',
    searchKey: textOf(raw.itemsSearchKey) ?? '',
    columns: columns.map((name) => ({ name, type: 'string' })),
    updatedTime: timeOf(raw.updated),
  };
}

/** In order of appearance. */
function namesOf(rows: readonly Readonly<Record<string, unknown>>[]): readonly string[] {
  return [...new Set(rows.flatMap((row) => Object.keys(row)))];
}

/** The service has a field of every item for every column. */
function wholeRow(row: WatchlistRow, columns: readonly string[]): WatchlistRow {
  return Object.fromEntries(columns.map((column) => [column, row[column] ?? '']));
}

function textOfValue(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
