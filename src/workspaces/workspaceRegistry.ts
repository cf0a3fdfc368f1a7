import { createHash } from 'node:crypto';
import { userInfo } from 'node:os';
import path from 'node:path';
import { type CancellationToken, throwIfCancelled } from '../common/cancellation';
import type { Disposable } from '../common/disposable';
import type { AzureConnection, AzureDirectory } from '../common/azure';
import type { EngineService, WorkspaceSchema, WorkspaceSource } from '../common/engineProtocol';
import { HuntError, toHuntError } from '../common/errors';
import type { NamedWorkspace } from '../engine/catalog';
import { openFolder } from './local/folderData';
import { type DeskOptions, IncidentDesk } from './local/incidentDesk';
import type { LocalData } from './local/localData';
import { type LocalEngine, LocalWorkspace } from './local/localWorkspace';
import { nothingBundled } from './local/sentinel/localSentinel';
import type { AzureServices } from './logAnalytics/azureServices';
import type { LogAnalyticsWorkspace } from './logAnalytics/logAnalyticsWorkspace';
import { sampleBundle } from './sample/sampleBundle';
import { openSample } from './sample/sampleWorkspace';
import type { Workspace } from './workspace';

export const SAMPLE_WORKSPACE_ID = 'sample';

/** The connected workspaces. Each is loaded once, however many ask for it at the same time. */
export class WorkspaceRegistry implements Disposable {
  readonly #engine: LocalEngine;
  readonly #folder: string;
  readonly #openAzure: () => Promise<AzureServices>;
  readonly #connected = new Map<string, LocalWorkspace | LogAnalyticsWorkspace>();
  readonly #connecting = new Map<string, Promise<Workspace>>();
  #azure: Promise<AzureServices> | undefined;
  #aliases = 0;

  /**
   * @param folder Where loaded data is kept; the query database must be allowed to read there.
   * @param openAzure Loads what workspaces in Azure need; called at the first one.
   */
  constructor(engine: LocalEngine, folder: string, openAzure: () => Promise<AzureServices>) {
    this.#engine = { ...engine, connected: () => this.#localWorkspaces() };
    this.#folder = folder;
    this.#openAzure = openAzure;
  }

  /** @throws HuntError `notConnected`. */
  get(workspaceId: string): Workspace {
    const workspace = this.#connected.get(workspaceId);
    if (!workspace) throw new HuntError({ kind: 'notConnected', workspace: workspaceId });
    return workspace;
  }

  /** Loads a workspace, or gives the one that is loaded; a folder whose files changed is loaded again. */
  async connect(source: WorkspaceSource, token: CancellationToken, progress: (sentence: string) => void): Promise<Workspace> {
    const id = workspaceId(source);
    for (;;) {
      const running = this.#connecting.get(id);
      if (!running) break;
      try {
        return await running;
      } catch (thrown) {
        // The other caller stopped it; this one still wants it.
        if (toHuntError(thrown).data.kind !== 'cancelled') throw thrown;
        throwIfCancelled(token);
      }
    }
    const caller = { token, progress };
    const connecting = source.kind === 'logAnalytics' ? this.#connectAzure(id, source, caller) : this.#load(id, source, token, progress);
    this.#connecting.set(id, connecting);
    try {
      return await connecting;
    } finally {
      this.#connecting.delete(id);
    }
  }

  disconnect(workspaceId: string): void {
    this.#connected.get(workspaceId)?.dispose();
    this.#connected.delete(workspaceId);
  }

  /** The schema of a connected workspace; of one in Azure as new as asked for. @throws HuntError */
  async schema(workspaceId: string, asked: SchemaWish, caller: Caller): Promise<WorkspaceSchema> {
    const workspace = this.#connected.get(workspaceId);
    return workspace && 'readSchema' in workspace ? workspace.readSchema(asked, caller) : this.get(workspaceId).schema;
  }

  /** What an account in Azure can see. @throws HuntError */
  async discover(connection: AzureConnection, caller: Caller): Promise<AzureDirectory> {
    return (await this.#azureServices()).discover(connection, caller);
  }

  dispose(): void {
    for (const id of [...this.#connected.keys()]) this.disconnect(id);
    this.#azure?.then((azure) => azure.dispose()).catch(() => undefined);
  }

  #localWorkspaces(): NamedWorkspace[] {
    return [...this.#connected.values()].flatMap((workspace) => ('named' in workspace ? [workspace.named] : []));
  }

  async #azureServices(): Promise<AzureServices> {
    this.#azure ??= this.#openAzure();
    return this.#azure;
  }

  async #connectAzure(id: string, source: AzureSource, caller: Caller): Promise<LogAnalyticsWorkspace> {
    const { workspace, connection } = source;
    const known = this.#connected.get(id);
    if (known && 'readSchema' in known && known.isConnectedAs(workspace, connection)) return known;
    const connected = await (await this.#azureServices()).connect(workspace, connection, caller);
    known?.dispose();
    this.#connected.set(id, connected);
    // After the answer has gone out.
    setImmediate(() => connected.warm());
    return connected;
  }

  async #load(
    id: string,
    source: LocalSource,
    token: CancellationToken,
    progress: (sentence: string) => void,
  ): Promise<Workspace> {
    const known = this.#connected.get(id);
    if (known && source.kind === 'sample') return known;
    const data = await this.#data(source, token, progress);
    throwIfCancelled(token);
    if (known && 'databaseFile' in known && known.databaseFile === data.databaseFile) return known;
    const identity = { id, kind: source.kind, name: source.kind === 'sample' ? 'Contoso' : path.basename(path.resolve(source.path)) };
    const desk = await IncidentDesk.open(this.#writtenTo(id, 'incidents'), data.incidents);
    const notes = { desk, sentinel: this.#writtenTo(id, 'sentinel'), bundled: source.kind === 'sample' ? sampleBundle : nothingBundled };
    const workspace = await LocalWorkspace.attach(this.#engine, identity, data, notes, `ws${++this.#aliases}`);
    known?.dispose();
    this.#connected.set(id, workspace);
    // After the answer has gone out.
    if (this.#aliases === 1) setImmediate(() => workspace.warm());
    return workspace;
  }

  /** An id can be a path, which is no name for a file. */
  #writtenTo(id: string, folder: 'incidents' | 'sentinel'): DeskOptions {
    const name = createHash('sha256').update(id).digest('hex').slice(0, 16);
    return { file: path.join(this.#folder, folder, `${name}.json`), author: userName(), now: this.#engine.now };
  }

  async #data(source: LocalSource, token: CancellationToken, progress: (sentence: string) => void): Promise<LocalData> {
    if (source.kind === 'folder') return openFolder({ folder: source.path, storageFolder: this.#folder, token, progress });
    const sample = await openSample({ directory: path.join(this.#folder, 'sample'), now: this.#engine.now(), progress, token });
    return { ...sample, problems: [] };
  }
}

type AzureSource = Extract<WorkspaceSource, { readonly kind: 'logAnalytics' }>;
type LocalSource = Exclude<WorkspaceSource, AzureSource>;
type SchemaWish = Pick<EngineService['schema']['argument'], 'fresh' | 'lastTimes'>;

/** Who waits. */
interface Caller {
  readonly token: CancellationToken;
  readonly progress: (sentence: string) => void;
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // A process without an entry in the system's list of users.
    return 'me';
  }
}

function workspaceId(source: WorkspaceSource): string {
  switch (source.kind) {
    case 'sample':
      return SAMPLE_WORKSPACE_ID;
    case 'folder':
      return `folder:${path.resolve(source.path)}`;
    case 'logAnalytics':
      return `logAnalytics:${source.workspace.customerId.toLowerCase()}`;
  }
}
