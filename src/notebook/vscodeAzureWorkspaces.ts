import * as vscode from 'vscode';
import type { AzureAccounts } from '../auth/vscodeAccounts';
import type { AzureSettings } from '../auth/vscodeAzureSettings';
import type { AzureDirectory, AzureWorkspace } from '../common/azure';
import { type Disposable, DisposableStore } from '../common/disposable';
import type { WorkspaceSource } from '../common/engineProtocol';
import { HuntError, toHuntError } from '../common/errors';
import { type KnownWorkspace, MOST_RECENT, readKnown, writeKnown } from './azureMemory';
import type { EngineClient } from './engineClient';

/** What an account sees, as far as it has been read. */
export type DirectoryState =
  | { readonly kind: 'unread' }
  | { readonly kind: 'reading'; readonly progress: string }
  | { readonly kind: 'read'; readonly directory: AzureDirectory }
  | { readonly kind: 'failed'; readonly error: HuntError };

const KNOWN = 'huntbook.azureWorkspaces';
const CHOSEN = 'huntbook.chosenAzureWorkspace';

/** The account of a credential that is not VS Code's. */
export const OTHER_ACCOUNT = '';

/**
 * The workspaces in Azure that can be chosen: those of the directories that were read, and those that were used, marked or entered before,
 * which are kept for every window. The one that the opened folder works with is kept for the folder.
 */
export class AzureWorkspaces implements Disposable {
  readonly #engine: EngineClient;
  readonly #settings: AzureSettings;
  readonly #everywhere: vscode.Memento;
  readonly #folder: vscode.Memento;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new vscode.EventEmitter<void>());
  readonly #directories = new Map<string, DirectoryState>();
  readonly #reading = new Map<string, Promise<AzureDirectory>>();

  /** A directory, or the list of known workspaces, changed. */
  readonly onDidChange = this.#changed.event;

  /** @param everywhere What all windows remember. @param folder What the opened folder remembers. */
  constructor(
    engine: EngineClient,
    accounts: AzureAccounts,
    settings: AzureSettings,
    everywhere: vscode.Memento,
    folder: vscode.Memento,
  ) {
    this.#engine = engine;
    this.#settings = settings;
    this.#everywhere = everywhere;
    this.#folder = folder;
    this.#store.add(
      accounts.onDidChange(({ removed }) => {
        for (const id of removed) this.#directories.delete(id);
        // Another session may see what was refused before.
        for (const [id, { kind }] of this.#directories) if (kind === 'failed') this.#directories.delete(id);
        this.#changed.fire();
      }),
    );
    this.#store.add(
      settings.onDidChange(() => {
        this.#directories.clear();
        this.#changed.fire();
      }),
    );
  }

  /** Each workspace once, the ones that were used before the ones that are only seen. */
  get sources(): readonly WorkspaceSource[] {
    const known = new Map<string, KnownWorkspace>();
    for (const one of [...this.#pinned(), ...this.#seen()]) {
      if (!known.has(one.workspace.customerId)) known.set(one.workspace.customerId, one);
    }
    return [...known.values()].flatMap((one) => this.#sourceOf(one) ?? []);
  }

  /** Was it marked, entered or lately used? Then it stands at the top. */
  isPinned(customerId: string): boolean {
    return this.#pinned().some(({ workspace }) => workspace.customerId === customerId);
  }

  isFavourite(customerId: string): boolean {
    return this.#known().some(({ workspace, favourite }) => workspace.customerId === customerId && favourite);
  }

  directory(accountId: string): DirectoryState {
    return this.#directories.get(accountId) ?? { kind: 'unread' };
  }

  /**
   * Reads what an account sees, unless that is being done or, without `again`, was done.
   * @throws HuntError as the engine threw it, `signInNeeded` among them.
   */
  async read(accountId: string, again = false): Promise<AzureDirectory> {
    const state = this.directory(accountId);
    if (state.kind === 'read' && !again) return state.directory;
    const reading = this.#reading.get(accountId) ?? this.#read(accountId);
    this.#reading.set(accountId, reading);
    return reading;
  }

  /** Forgets what was read of directories, so that it is read anew when someone looks. */
  forgetDirectories(): void {
    this.#directories.clear();
    this.#changed.fire();
  }

  /** Marks or unmarks a workspace that people want at hand. */
  async setFavourite(customerId: string, favourite: boolean): Promise<void> {
    await this.#update(customerId, (one) => ({ ...one, favourite }));
  }

  /** It is used now: it stays at hand for a while, and the opened folder works with it. */
  async used(customerId: string): Promise<void> {
    await this.#update(customerId, (one) => ({ ...one, usedAt: new Date().toISOString() }));
    await this.#folder.update(CHOSEN, writeKnown(this.#known().filter(({ workspace }) => workspace.customerId === customerId)));
  }

  /** Takes a workspace in that was entered, not found. */
  async add(workspace: AzureWorkspace, accountId: string): Promise<void> {
    const { customerId } = workspace;
    const seen = this.#seen().find((one) => one.workspace.customerId === customerId);
    const added: KnownWorkspace = seen ?? { workspace, cloud: this.#settings.cloud, accountId, favourite: false };
    const others = this.#known().filter((one) => one.workspace.customerId !== customerId);
    await this.#keep([{ ...added, usedAt: new Date().toISOString() }, ...others]);
  }

  /** Takes a workspace off the list at the top; it stays in its directory. */
  async remove(customerId: string): Promise<void> {
    const isOther = ({ workspace }: KnownWorkspace): boolean => workspace.customerId !== customerId;
    await this.#folder.update(CHOSEN, writeKnown(readKnown(this.#folder.get(CHOSEN)).filter(isOther)));
    await this.#keep(this.#known().filter(isOther));
  }

  dispose(): void {
    this.#store.dispose();
  }

  async #read(accountId: string): Promise<AzureDirectory> {
    this.#set(accountId, { kind: 'reading', progress: '' });
    try {
      const connection = this.#settings.connection(this.#settings.cloud, undefined, accountId === OTHER_ACCOUNT ? undefined : accountId);
      const report = (progress: string): void => this.#set(accountId, { kind: 'reading', progress });
      const directory = await this.#engine.call('discover', connection, undefined, report);
      this.#set(accountId, { kind: 'read', directory });
      return directory;
    } catch (thrown) {
      const error = toHuntError(thrown);
      this.#set(accountId, { kind: 'failed', error });
      throw error;
    } finally {
      this.#reading.delete(accountId);
    }
  }

  #set(accountId: string, state: DirectoryState): void {
    this.#directories.set(accountId, state);
    this.#changed.fire();
  }

  #sourceOf({ workspace, cloud, accountId }: KnownWorkspace): WorkspaceSource | undefined {
    try {
      const account = accountId === OTHER_ACCOUNT ? undefined : accountId;
      return { kind: 'logAnalytics', workspace, connection: this.#settings.connection(cloud, workspace.tenantId, account) };
    } catch {
      return undefined; // Of a custom cloud whose endpoints the settings no longer name.
    }
  }

  #seen(): readonly KnownWorkspace[] {
    const { cloud } = this.#settings;
    return [...this.#directories].flatMap(([accountId, state]) =>
      state.kind === 'read' ? state.directory.workspaces.map((workspace) => ({ workspace, cloud, accountId, favourite: false })) : [],
    );
  }

  /** The folder's first, then favourites, then by their last use. */
  #pinned(): readonly KnownWorkspace[] {
    const known = this.#known();
    const recent = known.filter(({ favourite }) => !favourite).slice(0, MOST_RECENT);
    return [...readKnown(this.#folder.get(CHOSEN)), ...known.filter(({ favourite }) => favourite), ...recent];
  }

  #known(): readonly KnownWorkspace[] {
    return readKnown(this.#everywhere.get(KNOWN));
  }

  async #update(customerId: string, change: (one: KnownWorkspace) => KnownWorkspace): Promise<void> {
    const known = this.#known();
    const all = [...known, ...readKnown(this.#folder.get(CHOSEN)), ...this.#seen()];
    const one = all.find(({ workspace }) => workspace.customerId === customerId);
    if (!one) throw new HuntError({ kind: 'notFound', what: 'workspace', name: customerId });
    await this.#keep([change(one), ...known.filter(({ workspace }) => workspace.customerId !== customerId)]);
  }

  async #keep(known: readonly KnownWorkspace[]): Promise<void> {
    await this.#everywhere.update(KNOWN, writeKnown(known));
    this.#changed.fire();
  }
}

