import type { AzureConnection, AzureWorkspace } from '../../../common/azure';
import { CancellationSource } from '../../../common/cancellation';
import type { DataProblem } from '../../../common/engineProtocol';
import { HuntError, toHuntError } from '../../../common/errors';
import type { Catalog, CatalogFunction, CatalogTable } from '../../../engine/catalog';
import type { AzureWire, Caller } from '../wire/azureCall';
import type { LogsApi } from '../wire/logsApi';
import { withRetries } from '../wire/retries';
import { failureError, ServiceFailure } from '../wire/serviceFailure';
import type { KeptSchema, SchemaFolder } from './keptSchema';
import { readMetadata } from './metadata';
import { type PlannedTable, readTablePlans } from './tablePlans';

/** A kept schema that is older is read anew in the background. */
const FRESH_MS = 15 * 60_000;

export interface SchemaParts {
  readonly wire: AzureWire;
  readonly api: LogsApi;
  readonly folder: SchemaFolder;
  readonly workspace: AzureWorkspace;
  readonly connection: AzureConnection;
  /** Called when the schema was read anew in the background and is another one. */
  readonly onChange: () => void;
}

/** The schema of a workspace in Azure: from disk at once, from the service when it is old or asked for. */
export class WorkspaceSchemaSource {
  readonly #parts: SchemaParts;
  readonly #stop = new CancellationSource();
  #kept: KeptSchema;
  #catalog: Catalog | undefined;
  problems: readonly DataProblem[] = [];

  private constructor(parts: SchemaParts, kept: KeptSchema) {
    this.#parts = parts;
    this.#kept = kept;
  }

  /** @throws HuntError when nothing is kept and the service does not answer. */
  static async open(parts: SchemaParts, caller: Caller): Promise<WorkspaceSchemaSource> {
    const kept = await parts.folder.read(parts.workspace.customerId);
    const source = new WorkspaceSchemaSource(parts, kept ?? { readAt: '', tables: [], functions: [] });
    if (!kept) {
      caller.progress(`Reading the schema of ${parts.workspace.name}`);
      await source.refresh(caller);
    } else if (parts.wire.now() - Date.parse(kept.readAt) > FRESH_MS) source.#refreshLater();
    return source;
  }

  /** The workspace, with what the service says of one that was named by its GUID alone. */
  get workspace(): AzureWorkspace {
    const { workspace } = this.#parts;
    const own = this.#kept.workspace;
    if (!own) return workspace;
    const { customerId, name, resourceId } = workspace;
    return { ...workspace, name: name === customerId ? own.name : name, resourceId: resourceId ?? own.resourceId };
  }

  get current(): KeptSchema {
    return this.#kept;
  }

  /** What queries can name, for the binder; the same object until the schema changes. */
  get catalog(): Catalog {
    this.#catalog ??= catalogOf(this.#kept);
    return this.#catalog;
  }

  /** Reads the schema from the service. @throws HuntError; what was known stays. */
  async refresh(caller: Caller): Promise<void> {
    const { wire, api, folder, workspace, connection } = this.#parts;
    const metadata = await this.#read(caller, `the schema of ${workspace.name}`, () => api.metadata(connection, workspace.customerId, caller));
    const { workspace: own, tables, functions } = readMetadata(metadata);
    const plans = await this.#plans(own, caller);
    const former = new Map(this.#kept.tables.map((table) => [table.name, table]));
    const joined = tables.map((table) => ({ ...table, ...plans.get(table.name), ...lastTimeOf(former.get(table.name)) }));
    const changed = JSON.stringify([joined, functions]) !== JSON.stringify([this.#kept.tables, this.#kept.functions]);
    const { watchlists } = this.#kept;
    this.#kept = { readAt: new Date(wire.now()).toISOString(), tables: joined, functions, workspace: own, watchlists };
    if (changed) this.#catalog = undefined;
    await folder.write(workspace.customerId, this.#kept);
    if (changed) this.#parts.onChange();
  }

  /** Notes when tables last got rows. */
  async setLastTimes(times: ReadonlyMap<string, string>): Promise<void> {
    const tables = this.#kept.tables.map((table) => ({ ...table, ...lastTimeOf({ lastTime: times.get(table.name) ?? table.lastTime }) }));
    this.#kept = { ...this.#kept, tables };
    await this.#parts.folder.write(this.#parts.workspace.customerId, this.#kept);
  }

  /** Notes the aliases of the watchlists, which no schema of the service has. */
  async setWatchlists(aliases: readonly string[]): Promise<void> {
    const watchlists = [...new Set(aliases)].sort((left, right) => left.localeCompare(right));
    if (JSON.stringify(watchlists) === JSON.stringify(this.#kept.watchlists ?? [])) return;
    this.#kept = { ...this.#kept, watchlists };
    await this.#parts.folder.write(this.#parts.workspace.customerId, this.#kept);
    this.#parts.onChange();
  }

  dispose(): void {
    this.#stop.cancel();
  }

  /** Without the right to read tables in Azure Resource Manager, their plans are unknown: queries work all the same. */
  async #plans(own: KeptSchema['workspace'], caller: Caller): ReturnType<typeof readTablePlans> {
    const { wire, connection, workspace } = this.#parts;
    const resourceId = workspace.resourceId ?? own?.resourceId;
    if (resourceId === undefined) return new Map();
    try {
      const plans = await this.#read(caller, `the tables of ${workspace.name}`, () => readTablePlans(wire, connection, resourceId, caller));
      this.problems = [];
      return plans;
    } catch (thrown) {
      const { data, message } = toHuntError(thrown);
      if (data.kind === 'cancelled') throw thrown;
      this.problems = [{ file: workspace.name, message: `Plans and retention of the tables are unknown. ${message}` }];
      return new Map(this.#kept.tables.map((table) => [table.name, planOf(table)]));
    }
  }

  async #read<T>(caller: Caller, what: string, work: () => Promise<T>): Promise<T> {
    const { wire, workspace } = this.#parts;
    try {
      return await withRetries(wire, caller, work);
    } catch (thrown) {
      if (!(thrown instanceof ServiceFailure)) throw thrown;
      if (thrown.status === 404) throw new HuntError({ kind: 'notFound', what: 'workspace', name: workspace.name }, { cause: thrown });
      const asked = { service: 'Log Analytics', what, role: 'Log Analytics Reader', seconds: 60, tenantId: workspace.tenantId };
      throw failureError(thrown, asked);
    }
  }

  /** Nobody waits: a failure leaves what is known, and its age says how old that is. */
  #refreshLater(): void {
    const caller: Caller = { token: this.#stop.token, progress: () => undefined };
    this.refresh(caller).catch((thrown: unknown) => {
      const { data, message } = toHuntError(thrown);
      if (data.kind !== 'cancelled') this.problems = [{ file: this.#parts.workspace.name, message: `The schema is of ${this.#kept.readAt}. ${message}` }];
    });
  }
}

function planOf({ plan, retentionDays, totalRetentionDays }: KeptSchema['tables'][number]): PlannedTable {
  return { plan, retentionDays, totalRetentionDays };
}

function lastTimeOf(table: { readonly lastTime?: string | undefined } | undefined): { readonly lastTime?: string } {
  return table?.lastTime === undefined ? {} : { lastTime: table.lastTime };
}

/** For binding alone: no relation of these names is ever read. */
function catalogOf({ tables, functions }: KeptSchema): Catalog {
  const table = ({ name, columns, timeColumn }: KeptSchema['tables'][number]): CatalogTable => ({ name, columns, relation: '', timeColumn });
  const stored = ({ name, parameters, body }: KeptSchema['functions'][number]): CatalogFunction => ({
    name,
    parameters: `(${parameters})`,
    body: `{ ${body}\n}`,
  });
  return { tables: tables.map(table), functions: functions.map(stored), watchlists: [] };
}
