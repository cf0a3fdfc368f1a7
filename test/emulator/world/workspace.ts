import type { Catalog, CatalogFunction, CatalogTable } from '../../../src/engine/catalog';
import type { SampleWorkspace } from '../../../src/workspaces/sample/sampleWorkspace';
import type { LogsDatabase } from '../data/logsDatabase';
import { SentinelStore } from '../sentinel/sentinelStore';
import { ownRows, WatchlistTables } from './watchlistTables';
import { sampleTasks } from '../../../src/workspaces/sample/incidentTasks';
import type { Denial, FunctionDefinition, SavedSearchDefinition, SubscriptionDefinition, TableDefinition, TablePlan, WorkspaceDefinition } from './definitions';

export interface EmulatedTable {
  readonly table: CatalogTable;
  readonly plan: TablePlan;
  readonly solution: string;
  readonly retentionInDays: number;
}

const SAMPLE_BOOKMARK = {
  incidentNumber: 1048,
  displayName: 'First upload to the rare storage service',
  notes: 'The session before the large ones: a test of the way out?',
  query: 'DeviceNetworkEvents | where RemoteUrl has "bulkstore.example" | top 1 by TimeGenerated asc',
};

/** A Log Analytics workspace: what it holds, and what may be done to it while clients use it. */
export class EmulatedWorkspace {
  /** What is refused to everyone, for want of a role. */
  readonly denied: Set<Denial>;
  readonly sentinel: SentinelStore | undefined;
  readonly savedSearches = new Map<string, { readonly etag: string; readonly search: SavedSearchDefinition }>();
  readonly resourceId: string;
  readonly #definition: WorkspaceDefinition;
  readonly #database: LogsDatabase;
  readonly #tables = new Map<string, EmulatedTable>();
  readonly #functions: readonly FunctionDefinition[];
  readonly #watchlistTables: WatchlistTables;
  #watchlists: readonly CatalogTable[] = [];
  #catalog: Catalog | undefined;

  constructor(
    definition: WorkspaceDefinition,
    readonly subscription: SubscriptionDefinition,
    database: LogsDatabase,
    now: () => Date,
  ) {
    const { name, subscriptionId, resourceGroup, sentinel, denied, functions, savedSearches, watchlists } = definition;
    this.#definition = definition;
    this.#database = database;
    this.#watchlistTables = new WatchlistTables(database);
    this.#functions = functions ?? [];
    this.denied = new Set(denied);
    this.resourceId = `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.OperationalInsights/workspaces/${name}`;
    this.sentinel = sentinel ? new SentinelStore(this.resourceId, now) : undefined;
    for (const details of definition.incidents ?? []) this.sentinel?.addIncident(details);
    for (const watchlist of watchlists ?? []) this.sentinel?.addWatchlist(watchlist);
    for (const search of savedSearches ?? []) this.savedSearches.set(search.id.toLowerCase(), { etag: '"1"', search });
  }

  get id(): string {
    return this.#definition.id;
  }

  get name(): string {
    return this.#definition.name;
  }

  get tenantId(): string {
    return this.subscription.tenantId;
  }

  get resourceGroup(): string {
    return this.#definition.resourceGroup;
  }

  get location(): string {
    return this.#definition.location;
  }

  get functions(): readonly FunctionDefinition[] {
    return this.#functions;
  }

  get tables(): readonly EmulatedTable[] {
    return [...this.#tables.values()];
  }

  table(name: string): EmulatedTable | undefined {
    return this.#tables.get(name);
  }

  /** Nothing was ever ingested: queries are answered by 204. */
  get isEmpty(): boolean {
    return this.#tables.size === 0;
  }

  /** What queries can name. The same object until the schema changes: the binder's work is cached by it. */
  get catalog(): Catalog {
    this.#catalog ??= {
      tables: this.tables.map(({ table }) => table),
      functions: this.#functions.map(
        ({ name, parameters, body }): CatalogFunction => ({ name, parameters: `(${parameters ?? ''})`, body: `{ ${body} }` }),
      ),
      watchlists: this.#watchlists,
    };
    return this.#catalog;
  }

  /** Makes what was written to watchlists readable; before each query. */
  async refreshWatchlists(): Promise<void> {
    const tables = this.sentinel && (await this.#watchlistTables.refresh(this.sentinel));
    if (!tables) return;
    this.#watchlists = tables;
    this.#catalog = undefined;
  }

  /** Makes a table or replaces it: the way to change rows and schema between two calls of a client. */
  async setTable({ name, kql, plan = 'Analytics', solution = 'LogManagement', retentionInDays = 90 }: TableDefinition): Promise<void> {
    const table = await this.#database.define(name, kql, this.catalog);
    this.#tables.set(name, { table, plan, solution, retentionInDays });
    this.#catalog = undefined;
  }

  removeTable(name: string): void {
    this.#tables.delete(name);
    this.#catalog = undefined;
  }

  /** Puts the sample's tables, watchlists and incidents in. */
  async useSample(sample: SampleWorkspace): Promise<void> {
    for (const table of sample.tables) {
      this.#tables.set(table.name, { table, plan: 'Analytics', solution: solutionOf(table.name), retentionInDays: 90 });
    }
    this.#watchlists = sample.watchlists;
    this.#catalog = undefined;
    if (this.sentinel) await this.#useSampleSentinel(this.sentinel, sample);
  }

  async #useSampleSentinel(sentinel: SentinelStore, { incidents, watchlists }: SampleWorkspace): Promise<void> {
    for (const details of incidents) {
      const incident = sentinel.addIncident(details);
      for (const task of sampleTasks(details)) sentinel.addTask(incident, task);
    }
    for (const watchlist of watchlists) {
      sentinel.addWatchlist({ alias: watchlist.name, ...ownRows(await this.#database.objects(watchlist)) });
      const stored = sentinel.watchlists.get(watchlist.name.toLowerCase());
      if (stored) this.#watchlistTables.know(stored, watchlist);
    }
    sentinel.bookmark(SAMPLE_BOOKMARK);
  }
}

function solutionOf(table: string): string {
  if (/^(?:Security|ThreatIntel|Watchlist|Sentinel)/u.test(table)) return 'SecurityInsights';
  if (/^(?:Device|Email|CloudApp|Identity|UrlClick)/u.test(table)) return 'Microsoft 365 Defender';
  return 'LogManagement';
}
