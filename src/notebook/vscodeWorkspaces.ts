import * as path from 'node:path';
import * as vscode from 'vscode';
import type { CancellationToken } from '../common/cancellation';
import { type Disposable, DisposableStore } from '../common/disposable';
import type { WorkspaceInfo, WorkspaceSchema, WorkspaceSource } from '../common/engineProtocol';
import { HuntError, toHuntError } from '../common/errors';
import type { EngineClient } from './engineClient';
import type { EngineHost } from './engineHost';
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
}

interface Slot {
  entry: WorkspaceEntry;
  connecting?: Promise<WorkspaceInfo> | undefined;
  schema?: Promise<WorkspaceSchema> | undefined;
}

const CHOSEN = 'huntbook.chosenWorkspace';
export const SAMPLE_ID = 'sample';
export const SAMPLE_NAME = 'Contoso';

/**
 * The workspaces of this window: the sample and the folders that settings name. Connects them when someone first needs
 * them, and remembers which one the opened folder works with.
 */
export class Workspaces implements Disposable {
  readonly #engine: EngineClient;
  readonly #settings: WorkspaceSettings;
  readonly #memory: vscode.Memento;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new vscode.EventEmitter<void>());
  readonly #slots = new Map<string, Slot>();

  /** Something about the list, a state or the choice changed. */
  readonly onDidChange = this.#changed.event;

  constructor(engine: EngineClient, host: EngineHost, settings: WorkspaceSettings, memory: vscode.Memento) {
    this.#engine = engine;
    this.#settings = settings;
    this.#memory = memory;
    this.#readSettings();
    this.#store.add(settings.onDidChange(() => this.#readSettings()));
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

  /** By id, or by name ignoring case. */
  find(idOrName: string): WorkspaceEntry | undefined {
    const byId = this.#slots.get(idOrName)?.entry;
    return byId ?? this.entries.find((entry) => entry.name.toLowerCase() === idOrName.toLowerCase());
  }

  async choose(id: string): Promise<void> {
    if (!this.#slots.has(id)) throw new HuntError({ kind: 'notFound', what: 'workspace', name: id });
    await this.#memory.update(CHOSEN, id);
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

  /** Tables, their columns and row counts; connects first. Kept until {@link refresh}. */
  async schema(id: string): Promise<WorkspaceSchema> {
    const slot = this.#slot(id);
    const info = await this.connect(id);
    const schema = (slot.schema ??= this.#engine.call('schema', { workspaceId: info.id }));
    try {
      return await schema;
    } catch (thrown) {
      slot.schema = undefined;
      throw toHuntError(thrown);
    }
  }

  /** Reads the workspace's data anew. */
  async refresh(id: string): Promise<void> {
    const slot = this.#slot(id);
    if (slot.entry.state.kind === 'connecting') return;
    await this.#disconnect(slot);
    await this.connect(id);
  }

  /** Adds a folder to the settings and connects it. */
  async addFolder(folder: string): Promise<WorkspaceInfo> {
    await this.#settings.addFolder(folder);
    this.#readSettings();
    return this.connect(folderId(path.resolve(folder)));
  }

  /** Forgets a folder: it leaves the settings, and the engine lets go of it. */
  async removeFolder(id: string): Promise<void> {
    const slot = this.#slot(id);
    if (slot.entry.source.kind !== 'folder') return;
    await this.#disconnect(slot);
    await this.#settings.removeFolder(slot.entry.source.path);
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
    slot.schema = undefined;
    if (state.kind === 'connected') await this.#engine.call('disconnect', { workspaceId: state.info.id });
    this.#set(slot, { kind: 'known' });
  }

  #set(slot: Slot, state: WorkspaceState): void {
    slot.entry = { ...slot.entry, state };
    this.#changed.fire();
  }

  /** What was connected is to be connected again: an engine that starts anew may fail to. */
  #engineEnded(): void {
    for (const slot of this.#slots.values()) {
      slot.schema = undefined;
      if (slot.entry.state.kind === 'connected') slot.entry = { ...slot.entry, state: { kind: 'known' } };
    }
    this.#changed.fire();
  }

  #readSettings(): void {
    const wanted: readonly WorkspaceSource[] = [{ kind: 'sample' }, ...this.#settings.folders.map((folder) => ({ kind: 'folder', path: folder }) as const)];
    const kept = new Map(wanted.map((source) => [idOf(source), source]));
    for (const id of [...this.#slots.keys()]) if (!kept.has(id)) this.#slots.delete(id);
    for (const [id, source] of kept) {
      if (!this.#slots.has(id)) this.#slots.set(id, { entry: { id, source, name: nameOf(source), state: { kind: 'known' } } });
    }
    this.#changed.fire();
  }
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
