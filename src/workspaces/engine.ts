import { mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Disposable } from '../common/disposable';
import type { HostService } from '../common/azure';
import type { EngineProcessOptions } from '../common/engineOptions';
import { ENGINE_PROTOCOL_VERSION, type EngineService, type QueryAnswer, type RunQuery } from '../common/engineProtocol';
import { HuntError, toHuntError } from '../common/errors';
import type { CancellationToken } from '../common/cancellation';
import type { Answer, Argument, Handlers } from '../common/rpc';
import { Database } from '../engine/database';
import { AllowedFiles } from '../engine/externalFiles';
import { chartImage, type ImageSubject } from '../results/chartImage';
import { resultAnswers } from '../results/resultAnswers';
import { ResultStore } from '../results/resultStore';
import type { LocalEngine } from './local/localWorkspace';
import type { AzureServices, AzureTuning } from './logAnalytics/azureServices';
import { WorkspaceRegistry } from './workspaceRegistry';
import { sentinelAnswers } from './workspaceSentinel';

export interface EngineOptions extends EngineProcessOptions {
  /** The clock that `now()` and the sample's times go by; for tests. */
  readonly now?: (() => Date) | undefined;
  /** Answers what the engine asks of whoever runs it; without it there is no editor with an account. */
  readonly host?: HostClient | undefined;
  /** Shows what people have to do to sign in with a credential that asks them; told as progress besides. */
  readonly signInPrompt?: ((message: string) => void) | undefined;
  /** Other than usual times and limits of Azure; for tests. */
  readonly azure?: AzureTuning | undefined;
}

/** The calling side of {@link HostService}. */
export interface HostClient {
  call<N extends keyof HostService>(
    method: N,
    argument: Argument<HostService[N]>,
    token?: CancellationToken,
  ): Promise<Answer<HostService[N]>>;
}

/** What the setting huntbook.engine.memoryLimit is when nobody sets it. */
const DEFAULT_MEMORY_MIB = 2048;

/** The engine behind {@link EngineService}: workspaces, the query database and the result store. */
export class Engine implements Disposable {
  readonly handlers: Handlers<EngineService>;
  readonly #database: Database;
  readonly #store: ResultStore;
  readonly #workspaces: WorkspaceRegistry;
  readonly #ownFolder: string;

  private constructor(local: LocalEngine, folders: Folders, openAzure: () => Promise<AzureServices>) {
    this.#database = local.database;
    this.#ownFolder = folders.own;
    this.#store = local.store;
    this.#workspaces = new WorkspaceRegistry(local, folders.workspaces, openAzure);
    this.handlers = this.#makeHandlers();
  }

  /** @throws HuntError `storage` when the folder cannot be written. */
  static async open(options: EngineOptions): Promise<Engine> {
    const workspacesFolder = path.join(options.storagePath, 'workspaces');
    const processes = path.join(options.storagePath, 'processes');
    // Spilled rows must not be shared with another engine that runs at the same time.
    const ownFolder = path.join(processes, String(process.pid));
    const answers = path.join(ownFolder, 'answers');
    try {
      await makeFolder(workspacesFolder);
      await makeFolder(processes);
      await removeLeftovers(processes);
    } catch (thrown) {
      throw toHuntError(thrown);
    }
    const memoryLimitMiB = options.memoryLimitMiB ?? DEFAULT_MEMORY_MIB;
    const external = new AllowedFiles(options.allowedFiles ?? []);
    const database = await Database.open({
      directory: ownFolder,
      memoryLimitMiB,
      threads: options.threads,
      allowedDirectories: [workspacesFolder, answers, exportsFolder(ownFolder), ...external.folders],
      allowedFiles: external.files,
      geoIpDatabase: options.geoIpDatabase,
    });
    const schemaChanged = (workspaceId: string): void => void options.host?.call('schemaChanged', { workspaceId }).catch(() => undefined);
    const now = options.now ?? (() => new Date());
    const local: LocalEngine = { database, store: new ResultStore(database), external, now, schemaChanged };
    const folders: Folders = { own: ownFolder, answers, schemas: path.join(options.storagePath, 'schemas'), workspaces: workspacesFolder };
    return new Engine(local, folders, () => openAzure(local, folders, options));
  }

  dispose(): void {
    this.#workspaces.dispose();
    this.#database.dispose();
    rm(this.#ownFolder, { recursive: true, force: true }).catch(() => undefined);
  }

  #makeHandlers(): Handlers<EngineService> {
    const workspaces = this.#workspaces;
    const store = this.#store;
    return {
      hello: () => Promise.resolve({ protocol: ENGINE_PROTOCOL_VERSION, pid: process.pid }),
      connect: async (source, token, progress) => (await workspaces.connect(source, token, progress)).info,
      disconnect: async ({ workspaceId }) => {
        workspaces.disconnect(workspaceId);
        return Promise.resolve(null);
      },
      schema: async ({ workspaceId, ...wish }, token) => workspaces.schema(workspaceId, wish, { token, progress: () => undefined }),
      runQuery: async (query, token, progress) => this.#runQuery(query, token, progress),
      ...resultAnswers(store, { database: this.#database, folder: exportsFolder(this.#ownFolder) }),
      readPage: async (read, token) => store.readPage(read, token),
      readValue: async (read, token) => store.readValue(read, token),
      forget: async (what) => {
        await ('notebookId' in what ? store.forgetNotebook(what.notebookId) : store.forget(what.resultIds));
        return null;
      },
      listIncidents: async ({ workspaceId, query }, token) => workspaces.get(workspaceId).listIncidents(query, token),
      getIncident: async ({ workspaceId, number }, token) => workspaces.get(workspaceId).getIncident(number, token),
      changeIncident: async ({ workspaceId, number, change }, token) => workspaces.get(workspaceId).changeIncident(number, change, token),
      addComment: async ({ workspaceId, number, message }, token) => workspaces.get(workspaceId).addComment(number, message, token),
      ...sentinelAnswers((workspaceId) => workspaces.get(workspaceId).sentinel),
      discover: async (connection, token, progress) => workspaces.discover(connection, { token, progress }),
    };
  }

  async #runQuery(query: RunQuery, token: CancellationToken, progress: (sentence: string) => void): Promise<QueryAnswer> {
    const started = performance.now();
    const workspace = this.#workspaces.get(query.workspaceId);
    const answer = await workspace.run(query, token, progress);
    if (answer.kind === 'definitions') return answer;
    const { stored, visualization, warnings, usedResults, notices, serviceStatistics } = answer;
    const preview = await this.#store.preview(stored.resultId, token);
    const { id, name } = workspace.info;
    const image = visualization ? await this.#image({ ...stored, rows: preview.rows, visualization }, token) : undefined;
    return {
      kind: 'result',
      result: {
        resultId: stored.resultId,
        columns: stored.columns,
        rowCount: stored.rowCount,
        preview,
        ...(visualization === undefined ? {} : { visualization }),
        ...(image === undefined ? {} : { image }),
        warnings,
        workspace: { id, name },
        usedResults,
        statistics: { elapsedMs: Math.round(performance.now() - started), ...(serviceStatistics ? { service: serviceStatistics } : {}) },
        ...(notices && notices.length > 0 ? { notices } : {}),
        finishedAt: new Date().toISOString(),
      },
    };
  }

  /** A result is a result without its picture: what cannot be drawn is seen as a table. */
  async #image(subject: ImageSubject, token: CancellationToken): Promise<string | undefined> {
    try {
      return await chartImage(this.#store, subject, token);
    } catch (thrown) {
      if (toHuntError(thrown).data.kind === 'cancelled') throw thrown;
      return undefined;
    }
  }
}

/** Loads what workspaces in Azure need: the Azure SDK, which is large. */
async function openAzure(local: LocalEngine, { answers, schemas }: Folders, options: EngineOptions): Promise<AzureServices> {
  const { host, signInPrompt, azure } = options;
  const { AzureServices: Services } = await import('./logAnalytics/azureServices');
  return new Services({
    ...local,
    answersFolder: answers,
    schemasFolder: schemas,
    ...(host ? { editorTokens: { getToken: (request, { token }) => host.call('getToken', request, token) } } : {}),
    onSchemaChange: (workspaceId) => local.schemaChanged?.(workspaceId),
    signInPrompt,
    tuning: azure,
  });
}

interface Folders {
  /** Of this engine alone, removed at its end. */
  readonly own: string;
  /** Rows of answers on their way to the result store. */
  readonly answers: string;
  /** Schemas of workspaces in Azure. */
  readonly schemas: string;
  readonly workspaces: string;
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (thrown) {
    // On a read-only disk Node says that the folder to be made is missing.
    if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT')) throw thrown;
    const message = `The folder ${folder} cannot be made. Is the disk read-only?`;
    throw new HuntError({ kind: 'storage', reason: 'other', path: folder, message }, { cause: thrown });
  }
}

/** Where the database writes and reads files for people, on their way to and from the place that they chose. */
function exportsFolder(ownFolder: string): string {
  return path.join(ownFolder, 'exports');
}

/** What engines left that did not end by themselves. */
async function removeLeftovers(processes: string): Promise<void> {
  for (const name of await readdir(processes)) {
    if (!isRunning(Number(name))) await rm(path.join(processes, name), { recursive: true, force: true }).catch(() => undefined);
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (thrown) {
    // Not ours to signal, but there.
    return thrown instanceof Error && 'code' in thrown && thrown.code === 'EPERM';
  }
}
