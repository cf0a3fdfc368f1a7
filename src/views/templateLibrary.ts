import * as os from 'node:os';
import * as vscode from 'vscode';
import type { CancellationToken } from '../common/cancellation';
import { type Disposable, DisposableStore } from '../common/disposable';
import { HuntError, toHuntError } from '../common/errors';
import type { HuntingQuery } from '../common/sentinelService';
import type { ChangedTemplate, DownloadProgress } from '../common/templateService';
import { BUNDLED_SOURCE, type DownloadedCopy, type RemoteSource, type Template, type TemplateEntry, type TemplateSource } from '../common/templates';
import type { EngineClient } from '../notebook/engineClient';
import type { Workspaces } from '../notebook/vscodeWorkspaces';
import type { TemplateWorkerHost } from '../templates/templateWorkerHost';
import { type ReadSources, readSources } from '../templates/templateSources';

/** A source and what there is of it. */
export type SourceState = { readonly source: TemplateSource } & (
  /** Nothing is downloaded before people ask for it. */
  | { readonly kind: 'absent' }
  /** The service is being asked. */
  | { readonly kind: 'loading' }
  | { readonly kind: 'read'; readonly entries: readonly TemplateEntry[]; readonly copy?: DownloadedCopy | undefined }
  | { readonly kind: 'failed'; readonly error: HuntError; readonly copy?: DownloadedCopy | undefined }
);

export function isRemote(source: TemplateSource): source is RemoteSource {
  return source.kind === 'git' || source.kind === 'archive';
}

const SETTINGS = ['huntbook.templates.sources', 'huntbook.templates.mirror'];

/** The templates of all sources that the settings name: read when someone first looks, and again when something changed. */
export class TemplateLibrary implements Disposable {
  readonly #bundledFolder: string;
  readonly #worker: TemplateWorkerHost;
  readonly #engine: EngineClient;
  readonly #workspaces: Workspaces;
  readonly #log: vscode.LogOutputChannel;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new vscode.EventEmitter<void>());
  #read: Promise<readonly SourceState[]> | undefined;
  #latest: readonly SourceState[] = [];
  /** Of the workspace that was last asked: its saved queries, or why there are none. */
  #saved: { readonly workspace: string; readonly result?: readonly Template[] | HuntError } | undefined;

  readonly onDidChange = this.#changed.event;

  /** @param bundledFolder Where the hunts are that come with the product. */
  constructor(
    bundledFolder: string,
    worker: TemplateWorkerHost,
    engine: EngineClient,
    workspaces: Workspaces,
    log: vscode.LogOutputChannel,
  ) {
    this.#bundledFolder = bundledFolder;
    this.#worker = worker;
    this.#engine = engine;
    this.#workspaces = workspaces;
    this.#log = log;
    this.#store.add(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (SETTINGS.some((name) => event.affectsConfiguration(name))) this.refresh();
      }),
    );
    this.#store.add(workspaces.onDidChange(() => this.#followWorkspace()));
  }

  /** What is known now, without waiting. */
  get latest(): readonly SourceState[] {
    return this.#latest;
  }

  async states(): Promise<readonly SourceState[]> {
    return (this.#read ??= this.#readAll());
  }

  /** All templates that could be read, in the order of their sources. */
  async templates(): Promise<readonly Template[]> {
    return (await this.states()).flatMap((state) => (state.kind === 'read' ? state.entries : [])).filter((entry) => entry.kind === 'template');
  }

  /** The hunts that come with the product, whatever the settings name. */
  async bundled(): Promise<readonly Template[]> {
    const entries = await this.#worker.call('read', { source: BUNDLED_SOURCE, folder: this.#bundledFolder });
    return entries.filter((entry) => entry.kind === 'template');
  }

  /** @throws HuntError `notFound` */
  async template(id: string): Promise<Template> {
    const found = (await this.templates()).find((template) => template.id === id);
    if (!found) throw new HuntError({ kind: 'notFound', what: 'template', name: id });
    return found;
  }

  /** The state of the source that a template is of. */
  stateOf(template: Template): SourceState | undefined {
    return this.#latest.find(({ source }) => source.key === template.source);
  }

  /** The setting as it stands. In a folder that is not trusted, only what it does not say counts. */
  sources(): ReadSources {
    const setting = vscode.workspace.getConfiguration('huntbook').get<unknown>('templates.sources');
    const folder = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file');
    return readSources(setting, { home: os.homedir(), workspaceFolder: folder?.uri.fsPath });
  }

  refresh(): void {
    this.#saved = undefined;
    this.#readAgain();
  }

  /** Brings the newest version of one source; what is read of it follows. */
  async download(source: RemoteSource, token: CancellationToken, progress: (progress: DownloadProgress) => void): Promise<DownloadedCopy> {
    // Late: what downloads is not part of every start.
    const { downloadSource } = await import('./templateDownload');
    const copy = await downloadSource(this.#worker, source, token, progress, this.#log);
    this.refresh();
    return copy;
  }

  /** Templates that changed since a notebook was made of them. */
  async changedSinceMade(): Promise<readonly ChangedTemplate[]> {
    const templates = (await this.templates()).map(({ id, hash }) => ({ id, hash }));
    return this.#worker.call('changedSinceMade', { templates });
  }

  dispose(): void {
    this.#store.dispose();
  }

  async #readAll(): Promise<readonly SourceState[]> {
    const { sources, problems } = this.sources();
    for (const problem of problems) this.#log.warn(`huntbook.templates.sources: ${problem}`);
    const keys = sources.filter(isRemote).map(({ key }) => key);
    const copies = keys.length === 0 ? {} : await this.#worker.call('copies', { keys });
    this.#latest = await Promise.all(sources.map((source) => this.#readSource(source, copies[source.key])));
    return this.#latest;
  }

  async #readSource(source: TemplateSource, copy: DownloadedCopy | undefined): Promise<SourceState> {
    try {
      if (isRemote(source) && !copy) return { source, kind: 'absent' };
      if (source.kind === 'workspaceQueries') return this.#savedQueries(source);
      return { source, kind: 'read', entries: await this.#entries(source, copy), ...(copy ? { copy } : {}) };
    } catch (thrown) {
      const error = toHuntError(thrown);
      this.#log.error(`Templates of ${source.name}: ${error.message}`);
      return { source, kind: 'failed', error, ...(copy ? { copy } : {}) };
    }
  }

  async #entries(source: TemplateSource, copy: DownloadedCopy | undefined): Promise<readonly TemplateEntry[]> {
    if (source.kind === 'bundled') return this.#worker.call('read', { source: source.key, folder: this.#bundledFolder });
    if (source.kind === 'folder') return this.#worker.call('read', { source: source.key, folder: source.path });
    if (!copy) return [];
    return this.#worker.call('read', { source: source.key, folder: copy.folder, version: copy.version, changedAt: copy.changedAt });
  }

  /** Only of a workspace that is connected: looking at templates connects nothing. Nobody waits for the service. */
  #savedQueries(source: TemplateSource): SourceState {
    const { chosen } = this.#workspaces;
    if (chosen.state.kind !== 'connected') return { source, kind: 'read', entries: [] };
    if (this.#saved?.workspace !== chosen.id) {
      this.#saved = { workspace: chosen.id };
      void this.#askQueries(source.key, chosen.id);
    }
    const { result } = this.#saved;
    if (result === undefined) return { source, kind: 'loading' };
    return result instanceof HuntError ? { source, kind: 'failed', error: result } : { source, kind: 'read', entries: result };
  }

  async #askQueries(source: string, workspace: string): Promise<void> {
    let result: readonly Template[] | HuntError;
    try {
      const queries: readonly HuntingQuery[] = await this.#engine.call('listHuntingQueries', { workspaceId: workspace });
      result = await this.#worker.call('describeSaved', { source, queries });
    } catch (thrown) {
      result = toHuntError(thrown);
      this.#log.warn(`Hunting queries of ${workspace}: ${result.message}`);
    }
    if (this.#saved?.workspace !== workspace) return;
    this.#saved = { workspace, result };
    this.#readAgain();
  }

  #readAgain(): void {
    this.#read = undefined;
    this.#changed.fire();
  }

  #followWorkspace(): void {
    const { chosen } = this.#workspaces;
    const wanted = chosen.state.kind === 'connected' ? chosen.id : undefined;
    if (this.#read === undefined || wanted === this.#saved?.workspace) return;
    if (wanted === undefined) this.#saved = undefined;
    if (this.#latest.some(({ source }) => source.kind === 'workspaceQueries')) this.#readAgain();
  }
}
