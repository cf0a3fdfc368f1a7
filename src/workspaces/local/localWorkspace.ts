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
import { refusedSentinel } from '../workspaceSentinel';
import type { IncidentDesk } from './incidentDesk';
import type { LocalData, LocalTable } from './localData';
import { type QueryCatalog, QueryCatalogs } from './queryCatalog';

export interface LocalEngine {
  readonly database: Database;
  readonly store: ResultStore;
  readonly now: () => Date;
  /** Files that `externaldata` may read. */
  readonly external: ExternalFiles;
  /** The connected workspaces that queries in another can read. */
  readonly connected?: (() => readonly NamedWorkspace[]) | undefined;
}

type Identity = Pick<WorkspaceInfo, 'id' | 'kind' | 'name'>;

/** A workspace over a database file: the sample, or a folder of data files. */
export class LocalWorkspace implements Workspace {
  readonly info: WorkspaceInfo;
  readonly schema: WorkspaceSchema;
  readonly sentinel = refusedSentinel('This workspace keeps no bookmarks, watchlists or hunting queries yet.');
  readonly #engine: LocalEngine;
  readonly #data: LocalData;
  readonly #desk: IncidentDesk;
  readonly #alias: string;
  readonly #catalog: Catalog;
  readonly #catalogs: QueryCatalogs;
  readonly #tables: ReadonlyMap<string, LocalTable>;

  private constructor(engine: LocalEngine, identity: Identity, data: LocalData, desk: IncidentDesk, alias: string) {
    this.#engine = engine;
    this.#data = data;
    this.#desk = desk;
    this.#alias = alias;
    this.#catalog = catalogOf(data, alias);
    this.#catalogs = new QueryCatalogs(this.#catalog, engine.store);
    this.#tables = new Map(data.tables.map((table) => [table.name, table]));
    const rowCount = data.tables.reduce((sum, table) => sum + table.rowCount, 0);
    this.info = { ...identity, tableCount: data.tables.length, rowCount, problems: data.problems };
    this.schema = {
      tables: data.tables.map(({ name, columns, rowCount: rows, firstTime, lastTime }) => ({
        name,
        columns,
        rowCount: rows,
        firstTime,
        lastTime,
      })),
      functions: (data.functions ?? []).map(({ name, parameters, body }) => ({ name, parameters: parameters.slice(1, -1), body })),
      watchlists: data.watchlists.map((watchlist) => watchlist.name),
    };
  }

  /** @param alias Name under which the data's file is attached to the database; not used before. */
  static async attach(
    engine: LocalEngine,
    identity: Identity,
    data: LocalData,
    desk: IncidentDesk,
    alias: string,
  ): Promise<LocalWorkspace> {
    await engine.database.attach(data.databaseFile, alias);
    return new LocalWorkspace(engine, identity, data, desk, alias);
  }

  /** As queries in other workspaces name it. */
  get named(): NamedWorkspace {
    return { name: this.info.name, tables: this.#catalog.tables };
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
      const message = `${this.info.name} is on this machine and is asked alone; workspaces in Azure can be asked together.`;
      throw new HuntError({ kind: 'refused', message });
    }
    const now = BigInt(this.#engine.now().getTime()) * TICKS_PER_MILLISECOND + UNIX_EPOCH_TICKS;
    const names = this.#catalogs.with(query.results, this.#engine.connected?.());
    const { database, external } = this.#engine;
    const input = { text, definitions, catalog: names.catalog, now, timespan, external };
    const translation = await translateWithData(input, (sql) => database.rows(sql, token));
    if (translation.kind === 'definitions') return translation;
    progress(`Running in ${this.info.name}`);
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
    return Promise.resolve(this.#desk.get(number));
  }

  async changeIncident(number: number, change: IncidentChange): Promise<Incident> {
    return this.#desk.change(number, change);
  }

  async addComment(number: number, message: string): Promise<IncidentDetails> {
    return this.#desk.addComment(number, message);
  }

  dispose(): void {
    // A query that still reads the file keeps it until it ends; a failure to let go costs a file handle, no more.
    this.#engine.database.detach(this.#alias).catch(() => undefined);
  }

  /** Why an answer may be other than people expect. */
  #warnings(used: readonly CatalogTable[], names: QueryCatalog, timespan: string | undefined, now: bigint): readonly string[] {
    const range = timespan === undefined ? undefined : timespanRange(timespan, now);
    return used.flatMap((table) => {
      if (names.results.has(table))
        return names.shadowing.has(table.name) ? [`"${table.name}" is the result of an earlier cell here, not the workspace's table.`] : [];
      const data = this.#tables.get(table.name);
      if (!data) return [];
      if (data.rowCount === 0) return [`The table ${table.name} holds no rows in ${this.info.name}.`];
      const first = data.firstTime === undefined ? undefined : ticksOf(data.firstTime);
      const last = data.lastTime === undefined ? undefined : ticksOf(data.lastTime);
      if (!range || first === undefined || last === undefined || (first < range.end && last >= range.start)) return [];
      return [
        `The table ${table.name} holds no rows in the timespan ${timespan}: its rows are from ${data.firstTime} to ${data.lastTime}.`,
      ];
    });
  }
}

function catalogOf(data: LocalData, alias: string): Catalog {
  const attached = ({ name, columns, relation, timeColumn }: LocalTable): CatalogTable => ({
    name,
    columns,
    relation: `${quoteName(alias)}.${relation}`,
    timeColumn,
  });
  const aliases = data.watchlists.map(({ name }) => kqlLiteral(name, 'string')).join(', ');
  const listAliases = { name: '_GetWatchlistAlias', parameters: '()', body: `{ datatable(WatchlistAlias:string)[${aliases}] }` };
  const functions = [...(data.functions ?? []), listAliases];
  return { tables: data.tables.map(attached), functions, watchlists: data.watchlists.map(attached) };
}

/** To the millisecond: enough to tell whether a table reaches into a timespan. */
function ticksOf(time: string): bigint {
  return BigInt(Date.parse(time)) * TICKS_PER_MILLISECOND + UNIX_EPOCH_TICKS;
}
