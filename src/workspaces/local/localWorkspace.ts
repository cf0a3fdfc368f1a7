import { type CancellationToken, throwIfCancelled } from '../../common/cancellation';
import type { IncidentPage, WorkspaceInfo, WorkspaceSchema } from '../../common/engineProtocol';
import { HuntError } from '../../common/errors';
import { kqlLiteral } from '../../common/kqlLiterals';
import type { Incident, IncidentChange, IncidentDetails, IncidentQuery } from '../../common/incidents';
import { TICKS_PER_MILLISECOND, UNIX_EPOCH_TICKS } from '../../common/kqlTypes';
import type { Catalog, CatalogTable, NamedWorkspace } from '../../engine/catalog';
import { type Database, quoteName } from '../../engine/database';
import { translateWithData } from '../../engine/dataTranslation';
import type { ExternalFiles } from '../../engine/externalFiles';
import { translate } from '../../engine/translate';
import { timespanRange } from '../../kql/timespan';
import type { ResultStore } from '../../results/resultStore';
import { listIncidents } from '../incidentList';
import type { Workspace, WorkspaceAnswer, WorkspaceQuery } from '../workspace';
import type { WorkspaceSentinel } from '../workspaceSentinel';
import type { IncidentDesk } from './incidentDesk';
import type { LocalData, LocalTable } from './localData';
import { type QueryCatalog, QueryCatalogs } from './queryCatalog';
import { type Bundled, LocalSentinel } from './sentinel/localSentinel';
import type { SentinelFileOptions } from './sentinel/sentinelFile';

export interface LocalEngine {
  readonly database: Database;
  readonly store: ResultStore;
  readonly now: () => Date;
  /** Files that `externaldata` may read. */
  readonly external: ExternalFiles;
  /** The connected workspaces that queries in another can read. */
  readonly connected?: (() => readonly NamedWorkspace[]) | undefined;
  /** Told when queries can name other things in a workspace than before. */
  readonly schemaChanged?: ((workspaceId: string) => void) | undefined;
}

/** What people write to a local workspace, and where it is kept. */
export interface LocalNotes {
  readonly desk: IncidentDesk;
  readonly sentinel: SentinelFileOptions;
  readonly bundled: Bundled;
}

type Identity = Pick<WorkspaceInfo, 'id' | 'kind' | 'name'>;

/** A workspace over a database file: the sample, or a folder of data files. */
export class LocalWorkspace implements Workspace {
  readonly #engine: LocalEngine;
  readonly #identity: Identity;
  readonly #data: LocalData;
  readonly #desk: IncidentDesk;
  readonly #sentinel: LocalSentinel;
  readonly #alias: string;
  readonly #tables: ReadonlyMap<string, LocalTable>;
  #catalog: Catalog;
  #catalogs: QueryCatalogs;
  #isAttached = false;

  private constructor(engine: LocalEngine, identity: Identity, data: LocalData, { desk, sentinel, bundled }: LocalNotes, alias: string) {
    this.#engine = engine;
    this.#identity = identity;
    this.#data = data;
    this.#desk = desk;
    this.#alias = alias;
    const watchlists = data.watchlists.map((watchlist) => ({ ...attached(watchlist, alias), rowCount: watchlist.rowCount }));
    const onChange = (): void => this.#refreshWatchlists();
    const place = { database: engine.database, prefix: alias, data: watchlists, onChange };
    this.#sentinel = new LocalSentinel({ ...sentinel, desk, bundled }, place);
    this.#catalog = catalogOf(data, this.#sentinel.watchlists, alias);
    this.#catalogs = new QueryCatalogs(this.#catalog, engine.store);
    this.#tables = new Map(data.tables.map((table) => [table.name, table]));
  }

  /** @param alias Name under which the data's file is attached to the database; not used before. */
  static async attach(engine: LocalEngine, identity: Identity, data: LocalData, notes: LocalNotes, alias: string): Promise<LocalWorkspace> {
    await engine.database.attach(data.databaseFile, alias);
    const workspace = new LocalWorkspace(engine, identity, data, notes, alias);
    await workspace.#sentinel.load();
    workspace.#isAttached = true;
    return workspace;
  }

  get info(): WorkspaceInfo {
    const { tables, problems } = this.#data;
    const rowCount = tables.reduce((sum, table) => sum + table.rowCount, 0);
    return { ...this.#identity, tableCount: tables.length, rowCount, problems: [...problems, ...this.#sentinel.problems] };
  }

  get schema(): WorkspaceSchema {
    const { tables, functions = [] } = this.#data;
    return {
      tables: tables.map(({ name, columns, rowCount, firstTime, lastTime }) => ({ name, columns, rowCount, firstTime, lastTime })),
      functions: functions.map(({ name, parameters, body }) => ({ name, parameters: parameters.slice(1, -1), body })),
      watchlists: this.#catalog.watchlists.map(({ name }) => name),
    };
  }

  get sentinel(): WorkspaceSentinel {
    return this.#sentinel.answers;
  }

  /** As queries in other workspaces name it. */
  get named(): NamedWorkspace {
    return { name: this.#identity.name, tables: this.#catalog.tables };
  }

  /** The file that holds the data: another one means other data. */
  get databaseFile(): string {
    return this.#data.databaseFile;
  }

  /** Loads the language and binds against this workspace once, so that the first query need not wait for it. Blocks for about a second. */
  warm(): void {
    translate({ text: 'print 1', definitions: [], catalog: this.#catalogs.with([], this.#engine.connected?.()).catalog, now: UNIX_EPOCH_TICKS });
  }

  async run(query: WorkspaceQuery, token: CancellationToken, progress: (sentence: string) => void): Promise<WorkspaceAnswer> {
    throwIfCancelled(token);
    const { resultId, notebookId, text, definitions, timespan, alsoIn = [] } = query;
    if (alsoIn.length > 0) {
      const message = `${this.#identity.name} is on this machine and is asked alone; workspaces in Azure can be asked together.`;
      throw new HuntError({ kind: 'refused', message });
    }
    const now = BigInt(this.#engine.now().getTime()) * TICKS_PER_MILLISECOND + UNIX_EPOCH_TICKS;
    const names = this.#catalogs.with(query.results, this.#engine.connected?.());
    const { database, external } = this.#engine;
    const input = { text, definitions, catalog: names.catalog, now, timespan, external };
    const translation = await translateWithData(input, (sql) => database.rows(sql, token));
    if (translation.kind === 'definitions') return translation;
    progress(`Running in ${this.#identity.name}`);
    const { sql, columns, visualization, usedTables } = translation;
    const stored = await this.#engine.store.create({ resultId, notebookId, sql, columns }, token);
    const warnings = [...translation.warnings, ...this.#warnings(usedTables, names, timespan, now)];
    const usedResults = usedTables.filter((table) => names.results.has(table)).map((table) => table.name);
    return { kind: 'result', stored, visualization, warnings, usedResults };
  }

  async listIncidents(query: IncidentQuery): Promise<IncidentPage> {
    return Promise.resolve(listIncidents(this.#desk.list(), query));
  }

  async getIncident(number: number): Promise<IncidentDetails> {
    return this.#sentinel.incident(number);
  }

  async changeIncident(number: number, change: IncidentChange): Promise<Incident> {
    return this.#desk.change(number, change);
  }

  async addComment(number: number, message: string): Promise<IncidentDetails> {
    return this.#sentinel.withBookmarks(await this.#desk.addComment(number, message));
  }

  dispose(): void {
    // A query that still reads the file keeps it until it ends; a failure to let go costs a file handle, no more.
    const letGo = async (): Promise<void> => {
      await this.#sentinel.drop();
      await this.#engine.database.detach(this.#alias);
    };
    letGo().catch(() => undefined);
  }

  /** Queries that run keep what they read. */
  #refreshWatchlists(): void {
    this.#catalog = catalogOf(this.#data, this.#sentinel.watchlists, this.#alias);
    this.#catalogs = new QueryCatalogs(this.#catalog, this.#engine.store);
    if (this.#isAttached) this.#engine.schemaChanged?.(this.#identity.id);
  }

  /** Why an answer may be other than people expect. */
  #warnings(used: readonly CatalogTable[], names: QueryCatalog, timespan: string | undefined, now: bigint): readonly string[] {
    const range = timespan === undefined ? undefined : timespanRange(timespan, now);
    return used.flatMap((table) => {
      if (names.results.has(table))
        return names.shadowing.has(table.name) ? [`"${table.name}" is the result of an earlier cell here, not the workspace's table.`] : [];
      const data = this.#tables.get(table.name);
      if (!data) return [];
      if (data.rowCount === 0) return [`The table ${table.name} holds no rows in ${this.#identity.name}.`];
      const first = data.firstTime === undefined ? undefined : ticksOf(data.firstTime);
      const last = data.lastTime === undefined ? undefined : ticksOf(data.lastTime);
      if (!range || first === undefined || last === undefined || (first < range.end && last >= range.start)) return [];
      return [
        `The table ${table.name} holds no rows in the timespan ${timespan}: its rows are from ${data.firstTime} to ${data.lastTime}.`,
      ];
    });
  }
}

function attached({ name, columns, relation, timeColumn }: LocalTable, alias: string): CatalogTable {
  return { name, columns, relation: `${quoteName(alias)}.${relation}`, timeColumn };
}

function catalogOf(data: LocalData, watchlists: readonly CatalogTable[], alias: string): Catalog {
  const aliases = watchlists.map(({ name }) => kqlLiteral(name, 'string')).join(', ');
  const listAliases = { name: '_GetWatchlistAlias', parameters: '()', body: `{ datatable(WatchlistAlias:string)[${aliases}] }` };
  const functions = [...(data.functions ?? []), listAliases];
  return { tables: data.tables.map((table) => attached(table, alias)), functions, watchlists };
}

/** To the millisecond: enough to tell whether a table reaches into a timespan. */
function ticksOf(time: string): bigint {
  return BigInt(Date.parse(time)) * TICKS_PER_MILLISECOND + UNIX_EPOCH_TICKS;
}
