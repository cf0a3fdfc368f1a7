import * as path from 'node:path';
import * as vscode from 'vscode';
import type { AccountChange, AzureAccounts } from '../auth/vscodeAccounts';
import type { AzureConnection } from '../common/azure';
import type { CancellationToken } from '../common/cancellation';
import { type Disposable, DisposableStore } from '../common/disposable';
import type { WorkspaceInfo, WorkspaceSchema, WorkspaceSource } from '../common/engineProtocol';
import { HuntError, toHuntError } from '../common/errors';
import type { EngineClient } from './engineClient';
import type { EngineHost } from './engineHost';
import { SchemaCache } from './schemaCache';
import type { AzureWorkspaces } from './vscodeAzureWorkspaces';
import { notebookWorkspace } from './vscodeNotebookMetadata';
import type { WorkspaceSettings } from './vscodeWorkspaceSettings';

export type WorkspaceState =
  /** Nothing asked for it yet. */
  | { readonly kind: 'known' }
  | { readonly kind: 'connecting'; readonly progress: string }
  | { readonly kind: 'connected'; readonly info: WorkspaceInfo }
  | { readonly kind: 'failed'; readonly error: HuntError };

/** A workspace that people can choose. */
export interface WorkspaceEntry {
  /** As {@link WorkspaceInfo.id}. */
  readonly id: string;
  readonly source: WorkspaceSource;
  readonly name: string;
  readonly state: WorkspaceState;
  /** When the schema at hand was read from the service, ISO 8601; absent where it cannot age. */
  readonly schemaReadAt?: string | undefined;
}

interface Slot {
  entry: WorkspaceEntry;
  connecting?: Promise<WorkspaceInfo> | undefined;
}

const CHOSEN = 'huntbook.chosenWorkspace';
export const SAMPLE_ID = 'sample';
export const SAMPLE_NAME = 'Contoso';

/**
 * The workspaces of this window: the sample, the folders that settings name, and those in Azure. Connects them when someone first needs
 * them, and remembers which one the opened folder works with.
 */
export class Workspaces implements Disposable {
  readonly #engine: EngineClient;
  readonly #settings: WorkspaceSettings;
  readonly #azure: AzureWorkspaces;
  readonly #memory: vscode.Memento;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new vscode.EventEmitter<void>());
  readonly #schemaChanges = this.#store.add(new vscode.EventEmitter<string>());
  readonly #slots = new Map<string, Slot>();
  readonly #schemas: SchemaCache;

  /** Something about the list, a state or the choice changed. */
  readonly onDidChange = this.#changed.event;
  /** A connected workspace, by its id, has other tables, functions or watchlists than it had. */
  readonly onDidChangeSchema = this.#schemaChanges.event;

  constructor(
    engine: EngineClient,
    host: EngineHost,
    settings: WorkspaceSettings,
    azure: AzureWorkspaces,
    accounts: AzureAccounts,
    memory: vscode.Memento,
  ) {
    this.#engine = engine;
    this.#settings = settings;
    this.#azure = azure;
    this.#memory = memory;
    this.#schemas = new SchemaCache(engine, (id, { readAt }) => this.#schemaRead(id, readAt));
    this.#readSettings();
    this.#store.add(settings.onDidChange(() => this.#readSettings()));
    this.#store.add(azure.onDidChange(() => this.#readSettings()));
    this.#store.add(accounts.onDidChange((change) => this.#accountsChanged(change)));
    this.#store.add(
      host.onState(({ kind }) => {
        if (kind === 'lost' || kind === 'stopped') this.#engineEnded();
      }),
    );
    this.#store.add(vscode.workspace.onDidChangeWorkspaceFolders(() => this.#readSettings()));
    this.#store.add(vscode.workspace.onDidGrantWorkspaceTrust(() => this.#readSettings()));
  }

  get entries(): readonly WorkspaceEntry[] {
    return [...this.#slots.values()].map((slot) => slot.entry);
  }

  /** What queries run against unless a notebook or a cell says otherwise. */
  get chosen(): WorkspaceEntry {
    const remembered = this.#slots.get(this.#memory.get<string>(CHOSEN, ''));
    const chosen = remembered?.entry ?? this.find(this.#settings.defaultWorkspace) ?? this.entries[0];
    if (!chosen) throw new HuntError({ kind: 'internal', message: 'the sample workspace is missing' });
    return chosen;
  }

  /** By id, or by name ignoring case; undefined also for a name that several have, see {@link named}. */
  find(idOrName: string): WorkspaceEntry | undefined {
    const found = this.#matching(idOrName);
    return found.length === 1 ? found[0] : undefined;
  }

  /**
   * As {@link find}, for a name that people wrote.
   * @throws HuntError `refused` when several workspaces have the name: a query must not go to one by chance.
   */
  named(idOrName: string): WorkspaceEntry | undefined {
    const found = this.#matching(idOrName);
    if (found.length <= 1) return found[0];
    const ids = found.map(({ id, source }) => (source.kind === 'logAnalytics' ? source.workspace.customerId : id));
    const message = vscode.l10n.t('{0} workspaces are called "{1}". Name one by its id: {2}.', found.length, idOrName, ids.join(', '));
    throw new HuntError({ kind: 'refused', message });
  }

  /**
   * What a notebook's queries run against; undefined when it names a workspace that is not known here. One that it names by id is not
   * replaced by another of the same name.
   */
  ofNotebook(notebook: vscode.NotebookDocument): WorkspaceEntry | undefined {
    const own = notebookWorkspace(notebook);
    return own ? this.find(own.id ?? own.name) : this.chosen;
  }

  async choose(id: string): Promise<void> {
    const { source } = this.#slot(id).entry;
    await this.#memory.update(CHOSEN, id);
    if (source.kind === 'logAnalytics') await this.#azure.used(source.workspace.customerId);
    this.#changed.fire();
  }

  /**
   * Connects a workspace unless it is connected. Several callers share one attempt, so cancelling ends a caller's wait alone.
   * @throws HuntError as the engine threw it.
   */
  async connect(id: string, token?: CancellationToken): Promise<WorkspaceInfo> {
    const slot = this.#slot(id);
    if (slot.entry.state.kind === 'connected') return slot.entry.state.info;
    slot.connecting ??= this.#connect(slot);
    const info = await slot.connecting;
    if (token?.isCancellationRequested) throw new HuntError({ kind: 'cancelled' });
    return info;
  }

  /** Tables, their columns and row counts, functions; connects first. Kept until {@link refresh}. */
  async schema(id: string): Promise<WorkspaceSchema> {
    return this.#schemas.of(await this.connect(id));
  }

  /** The engine has another schema now than the one it gave. */
  schemaChanged(workspaceId: string): void {
    this.#schemas.forget(workspaceId);
    this.#changed.fire();
    this.#schemaChanges.fire(workspaceId);
  }

  /** Reads the workspace's data anew: in Azure its schema, on this machine everything. */
  async refresh(id: string): Promise<void> {
    const slot = this.#slot(id);
    if (slot.entry.state.kind === 'connecting') return;
    if (slot.entry.source.kind === 'logAnalytics') {
      await this.#schemas.refresh(await this.connect(id));
      return;
    }
    await this.#disconnect(slot);
    await this.connect(id);
  }

  /** Adds a folder to the settings and connects it. */
  async addFolder(folder: string): Promise<WorkspaceInfo> {
    await this.#settings.addFolder(folder);
    this.#readSettings();
    return this.connect(folderId(path.resolve(folder)));
  }

  /** The engine lets go of it; a folder leaves the settings, a workspace in Azure the list of those at hand. The sample stays. */
  async remove(id: string): Promise<void> {
    const slot = this.#slot(id);
    const { source } = slot.entry;
    if (source.kind === 'sample') return;
    await this.#disconnect(slot);
    if (source.kind === 'folder') await this.#settings.removeFolder(source.path);
    else await this.#azure.remove(source.workspace.customerId);
    this.#readSettings();
  }

  dispose(): void {
    this.#store.dispose();
  }

  #slot(id: string): Slot {
    const slot = this.#slots.get(id);
    if (!slot) throw new HuntError({ kind: 'notFound', what: 'workspace', name: id });
    return slot;
  }

  async #connect(slot: Slot): Promise<WorkspaceInfo> {
    this.#set(slot, { kind: 'connecting', progress: '' });
    try {
      const info = await this.#engine.call('connect', slot.entry.source, undefined, (progress) => this.#set(slot, { kind: 'connecting', progress }));
      this.#set(slot, { kind: 'connected', info });
      return info;
    } catch (thrown) {
      const error = toHuntError(thrown);
      this.#set(slot, { kind: 'failed', error });
      throw error;
    } finally {
      slot.connecting = undefined;
    }
  }

  async #disconnect(slot: Slot): Promise<void> {
    const { state } = slot.entry;
    this.#schemas.forget(slot.entry.id);
    if (state.kind === 'connected') await this.#engine.call('disconnect', { workspaceId: state.info.id });
    this.#set(slot, { kind: 'known' });
  }

  #schemaRead(id: string, schemaReadAt: string | undefined): void {
    const slot = this.#slots.get(id);
    if (!slot || schemaReadAt === undefined) return;
    slot.entry = { ...slot.entry, schemaReadAt };
    this.#changed.fire();
  }

  #set(slot: Slot, state: WorkspaceState): void {
    slot.entry = { ...slot.entry, state };
    this.#changed.fire();
  }

  /** What was connected is to be connected again: an engine that starts anew may fail to. */
  #engineEnded(): void {
    this.#schemas.clear();
    for (const slot of this.#slots.values()) {
      if (slot.entry.state.kind === 'connected') slot.entry = { ...slot.entry, state: { kind: 'known' } };
    }
    this.#changed.fire();
  }

  #matching(idOrName: string): readonly WorkspaceEntry[] {
    const wanted = idOrName.toLowerCase();
    const isCalled = ({ source }: WorkspaceEntry): boolean => source.kind === 'logAnalytics' && source.workspace.customerId.toLowerCase() === wanted;
    const byId = this.#slots.get(idOrName)?.entry ?? this.entries.find(isCalled);
    return byId ? [byId] : this.entries.filter((entry) => entry.name.toLowerCase() === wanted);
  }

  #readSettings(): void {
    const folders = this.#settings.folders.map((folder) => ({ kind: 'folder', path: folder }) as const);
    const wanted: readonly WorkspaceSource[] = [{ kind: 'sample' }, ...folders, ...this.#azure.sources];
    const kept = new Map(wanted.map((source) => [idOf(source), source]));
    for (const [id, { entry }] of [...this.#slots]) if (!kept.has(id) && !isOpen(entry)) this.#slots.delete(id);
    for (const [id, source] of kept) {
      const slot = this.#slots.get(id);
      if (!slot) this.#slots.set(id, { entry: { id, source, name: nameOf(source), state: { kind: 'known' } } });
      else if (JSON.stringify(slot.entry.source) !== JSON.stringify(source)) this.#replace(slot, source);
    }
    this.#changed.fire();
  }

  /** The same workspace, reached in another way: as another account, or with what is known of it now. */
  #replace(slot: Slot, source: WorkspaceSource): void {
    const former = slot.entry.source;
    slot.entry = { ...slot.entry, source, name: nameOf(source) };
    const sameWay = former.kind === 'logAnalytics' && source.kind === 'logAnalytics' && isSameWay(former.connection, source.connection);
    if (!sameWay) void this.#disconnect(slot).catch(() => undefined);
  }

  /** Whoever signed out takes the workspaces along that were reached as them; whoever signed in may reach those that failed. */
  #accountsChanged({ removed }: AccountChange): void {
    for (const slot of this.#slots.values()) {
      const { source, state, name } = slot.entry;
      if (source.kind !== 'logAnalytics' || source.connection.credential !== 'vscode') continue;
      const { accountId, tenantId } = source.connection;
      if (accountId !== undefined && removed.includes(accountId)) {
        const message = vscode.l10n.t('The account that opened {0} is signed out. Sign in to go on.', name);
        const error = new HuntError({ kind: 'signInNeeded', message, tenantId });
        const failed = (): void => this.#set(slot, { kind: 'failed', error });
        this.#disconnect(slot).then(failed, failed);
      } else if (state.kind === 'failed' && state.error.data.kind === 'signInNeeded') {
        this.#set(slot, { kind: 'known' });
      }
    }
  }
}

/** Does the engine hold it? One in Azure stays in the list then, though nothing else names it any more. */
function isOpen({ source, state }: WorkspaceEntry): boolean {
  return source.kind === 'logAnalytics' && (state.kind === 'connected' || state.kind === 'connecting');
}

function isSameWay(left: AzureConnection, right: AzureConnection): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

export function folderId(folder: string): string {
  return `folder:${folder}`;
}

function idOf(source: WorkspaceSource): string {
  if (source.kind === 'logAnalytics') return `logAnalytics:${source.workspace.customerId}`;
  return source.kind === 'sample' ? SAMPLE_ID : folderId(source.path);
}

function nameOf(source: WorkspaceSource): string {
  if (source.kind === 'logAnalytics') return source.workspace.name;
  return source.kind === 'sample' ? SAMPLE_NAME : path.basename(source.path);
}
