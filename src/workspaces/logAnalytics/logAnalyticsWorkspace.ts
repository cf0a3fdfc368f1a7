import type { AzureConnection, AzureWorkspace } from '../../common/azure';
import { type CancellationToken, throwIfCancelled } from '../../common/cancellation';
import type { IncidentPage, WorkspaceInfo, WorkspaceSchema } from '../../common/engineProtocol';
import type { Incident, IncidentChange, IncidentDetails, IncidentQuery } from '../../common/incidents';
import type { Workspace, WorkspaceAnswer, WorkspaceQuery } from '../workspace';
import type { WorkspaceSentinel } from '../workspaceSentinel';
import type { AzureIncidents, AzureSentinel } from './azureIncidents';
import { QueryRun, type QueryServices } from './queryRun';
import type { SchemaFolder } from './schema/keptSchema';
import { readLastTimes } from './schema/lastTimes';
import { WorkspaceSchemaSource } from './schema/workspaceSchema';
import type { Caller } from './wire/azureCall';

/** The id of a workspace in Azure, among the ids of all workspaces. */
export function azureWorkspaceId(customerId: string): string {
  return `logAnalytics:${customerId.toLowerCase()}`;
}

export interface SchemaWish {
  readonly fresh?: boolean | undefined;
  readonly lastTimes?: boolean | undefined;
}

/** A Log Analytics workspace in Azure. */
export class LogAnalyticsWorkspace implements Workspace {
  readonly sentinel: WorkspaceSentinel;
  readonly #services: QueryServices;
  readonly #workspace: AzureWorkspace;
  readonly #connection: AzureConnection;
  readonly #incidents: AzureIncidents;
  readonly #schema: WorkspaceSchemaSource;
  readonly #queries: QueryRun;

  private constructor(
    services: QueryServices,
    workspace: AzureWorkspace,
    connection: AzureConnection,
    { incidents, answers }: AzureSentinel,
    schema: WorkspaceSchemaSource,
  ) {
    this.#services = services;
    this.#workspace = workspace;
    this.#connection = connection;
    this.#incidents = incidents;
    this.sentinel = withAliases(answers, schema);
    this.#schema = schema;
    this.#queries = new QueryRun(services, workspace, connection, schema);
  }

  /** @throws HuntError when nothing is known of the workspace yet and the service does not answer. */
  static async open(
    services: QueryServices,
    workspace: AzureWorkspace,
    connection: AzureConnection,
    sentinelOf: (workspace: AzureWorkspace) => AzureSentinel,
    schemas: SchemaFolder,
    onSchemaChange: (workspaceId: string) => void,
    caller: Caller,
  ): Promise<LogAnalyticsWorkspace> {
    const onChange = (): void => onSchemaChange(azureWorkspaceId(workspace.customerId));
    const { wire, api } = services;
    const schema = await WorkspaceSchemaSource.open({ wire, api, folder: schemas, workspace, connection, onChange }, caller);
    return new LogAnalyticsWorkspace(services, schema.workspace, connection, sentinelOf(schema.workspace), schema);
  }

  get info(): WorkspaceInfo {
    const { customerId, name } = this.#workspace;
    const { tables, readAt } = this.#schema.current;
    return {
      id: azureWorkspaceId(customerId),
      kind: 'logAnalytics',
      name,
      tableCount: tables.length,
      schemaReadAt: readAt,
      problems: this.#schema.problems,
    };
  }

  get schema(): WorkspaceSchema {
    const { tables, functions, watchlists = [], readAt } = this.#schema.current;
    return { tables, functions, watchlists, readAt };
  }

  /** Is it reached in the same way? Else a new connection replaces this one. */
  isConnectedAs(workspace: AzureWorkspace, { endpoints, credential, accountId }: AzureConnection): boolean {
    const own = this.#connection;
    return (
      JSON.stringify([own.endpoints, own.credential, own.accountId]) === JSON.stringify([endpoints, credential, accountId]) &&
      (workspace.resourceId === undefined || workspace.resourceId === this.#workspace.resourceId)
    );
  }

  /** The schema, as new and as complete as asked for. @throws HuntError */
  async readSchema({ fresh = false, lastTimes = false }: SchemaWish, caller: Caller): Promise<WorkspaceSchema> {
    if (fresh) await this.#schema.refresh(caller);
    if (lastTimes) {
      const known = !fresh && this.#schema.current.tables.some(({ lastTime }) => lastTime !== undefined);
      if (!known) await this.#schema.setLastTimes(await readLastTimes(this.#services, this.#workspace, this.#connection, caller));
    }
    return this.schema;
  }

  /** Prepares for the first query. Blocks for about a second. */
  warm(): void {
    this.#queries.warm();
  }

  async run(query: WorkspaceQuery, token: CancellationToken, progress: (sentence: string) => void): Promise<WorkspaceAnswer> {
    throwIfCancelled(token);
    return this.#queries.run(query, { token, progress });
  }

  async listIncidents(query: IncidentQuery, token: CancellationToken): Promise<IncidentPage> {
    return this.#incidents.list(query, token);
  }

  async getIncident(number: number, token: CancellationToken): Promise<IncidentDetails> {
    return this.#incidents.get(number, token);
  }

  async changeIncident(number: number, change: IncidentChange, token: CancellationToken): Promise<Incident> {
    return this.#incidents.change(number, change, token);
  }

  async addComment(number: number, message: string, token: CancellationToken): Promise<IncidentDetails> {
    return this.#incidents.addComment(number, message, token);
  }

  dispose(): void {
    this.#schema.dispose();
  }
}

/** The schema names the watchlists as they were last seen. */
function withAliases(answers: WorkspaceSentinel, schema: WorkspaceSchemaSource): WorkspaceSentinel {
  return {
    ...answers,
    listWatchlists: async (asked, token, progress) => {
      const listed = await answers.listWatchlists(asked, token, progress);
      await schema.setWatchlists(listed.map(({ alias }) => alias));
      return listed;
    },
    createWatchlist: async (asked, token, progress) => {
      const made = await answers.createWatchlist(asked, token, progress);
      await schema.setWatchlists([...(schema.current.watchlists ?? []), made.alias]);
      return made;
    },
  };
}
