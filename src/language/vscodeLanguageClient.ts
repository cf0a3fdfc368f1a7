import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { type Disposable, DisposableStore } from '../common/disposable';
import { KQL_LANGUAGE } from '../notebook/ipynb';
import { isKqlCell, NOTEBOOK_TYPE, type ShownResults } from '../notebook/vscodeCells';
import { isKqlFile } from '../notebook/vscodeKqlFiles';
import type { Workspaces } from '../notebook/vscodeWorkspaces';
import {
  CONTEXT_METHOD,
  type DocumentContext,
  SCHEMA_CHANGED_METHOD,
  SCHEMA_METHOD,
  type SchemaAnswer,
  type SchemaChanged,
  type SchemaRequest,
  VALUES_METHOD,
  type ValuesRequest,
  WORKSPACES_METHOD,
} from './languageProtocol';
import { RestartBackoff } from './restartBackoff';
import { FUNCTION_SCHEME, readFunctionPath } from './storedFunctions';
import type { HeldValues } from './vscodeHeldValues';
import type { WatchlistTables } from './vscodeWatchlistTables';

const SETTING = 'huntbook.language';

/**
 * The editor's side of the language server: starts it when the first KQL document is there, tells it what notebooks mean beyond their
 * text, and answers its questions about workspaces. Workspaces are not connected for its sake: until they are, it knows the public tables.
 */
export class KqlLanguage implements Disposable {
  readonly #module: string;
  readonly #workspaces: Workspaces;
  readonly #shown: ShownResults;
  readonly #values: HeldValues;
  readonly #watchlists: WatchlistTables;
  readonly #log: vscode.LogOutputChannel;
  readonly #store = new DisposableStore();
  readonly #backoff = new RestartBackoff();
  #client: Promise<LanguageClient | undefined> | undefined;
  /** Ids of connected workspaces, by which a change is noticed. */
  #connected = '';

  constructor(
    module: string,
    workspaces: Workspaces,
    shown: ShownResults,
    values: HeldValues,
    watchlists: WatchlistTables,
    log: vscode.LogOutputChannel,
  ) {
    this.#module = module;
    this.#workspaces = workspaces;
    this.#shown = shown;
    this.#values = values;
    this.#watchlists = watchlists;
    this.#log = log;
    this.#store.add(vscode.workspace.onDidOpenTextDocument((document) => this.#startFor(document)));
    this.#store.add(vscode.workspace.onDidOpenNotebookDocument((notebook) => this.#sendContext(notebook)));
    this.#store.add(
      vscode.workspace.onDidChangeNotebookDocument(({ notebook, contentChanges, cellChanges, metadata }) => {
        if (metadata || contentChanges.length > 0 || cellChanges.some((change) => change.outputs)) this.#sendContext(notebook);
      }),
    );
    this.#store.add(workspaces.onDidChange(() => this.#workspacesChanged()));
    const changed = (): void => this.#notify(SCHEMA_CHANGED_METHOD, (): SchemaChanged => ({}));
    this.#store.add(watchlists.onDidRead(changed));
    this.#store.add(
      workspaces.onDidChangeSchema((id) => {
        changed();
        void watchlists.refresh(id);
      }),
    );
    this.#store.add(
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration(`${SETTING}.enabled`)) void this.#restart();
      }),
    );
    for (const document of vscode.workspace.textDocuments) this.#startFor(document);
  }

  dispose(): void {
    this.#store.dispose();
    void this.#stop();
  }

  #startFor(document: vscode.TextDocument): void {
    if (document.languageId !== KQL_LANGUAGE || !isEnabled()) return;
    if (this.#client) this.#sendFileContext(document);
    else this.#client = this.#start();
  }

  async #restart(): Promise<void> {
    await this.#stop();
    for (const document of vscode.workspace.textDocuments) this.#startFor(document);
  }

  async #stop(): Promise<void> {
    const client = await this.#client;
    this.#client = undefined;
    await client?.dispose();
  }

  async #start(): Promise<LanguageClient | undefined> {
    try {
      // Loaded at the first KQL document: opening a window costs nothing.
      const { CloseAction, ErrorAction, LanguageClient: Client, TransportKind } = await import('vscode-languageclient/node');
      const server = { module: this.#module, transport: TransportKind.ipc, options: { env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' } } };
      const client = new Client(SETTING, 'Huntbook KQL', server, {
        documentSelector: [{ language: KQL_LANGUAGE }],
        errorHandler: {
          error: ({ message }) => {
            this.#log.warn(`KQL language server: ${message}`);
            return { action: ErrorAction.Continue, handled: true };
          },
          closed: async () => {
            const wait = this.#backoff.ended();
            this.#log.warn(`The KQL language server ended. It is started again in ${wait / 1000} s; cells run without it.`);
            await new Promise((resolve) => setTimeout(resolve, wait));
            return { action: CloseAction.Restart, handled: true };
          },
        },
        outputChannel: this.#log,
      });
      client.onRequest(SCHEMA_METHOD, (request: SchemaRequest) => this.#schema(request));
      client.onRequest(VALUES_METHOD, ({ uri, column }: ValuesRequest) => this.#values.of(uri, column));
      await client.start();
      await client.sendNotification(WORKSPACES_METHOD, this.#names);
      for (const context of this.#contexts()) await client.sendNotification(CONTEXT_METHOD, context);
      return client;
    } catch (thrown) {
      this.#log.error(`The KQL language server does not start: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
      return undefined;
    }
  }

  async #schema({ workspace }: SchemaRequest): Promise<SchemaAnswer> {
    const entry = this.#workspaces.find(workspace);
    if (entry?.state.kind !== 'connected') return null;
    const { tables, functions, watchlists } = await this.#workspaces.schema(entry.id);
    return {
      tables: tables.map(({ name, columns, description, columnDescriptions }) => ({ name, columns, description, columnDescriptions })),
      functions,
      watchlists: this.#watchlists.of(entry.state.info.id, watchlists),
    };
  }

  #sendContext(notebook: vscode.NotebookDocument): void {
    if (notebook.notebookType === NOTEBOOK_TYPE) this.#notify(CONTEXT_METHOD, () => this.#context(notebook));
  }

  #sendFileContext(document: vscode.TextDocument): void {
    if (isFile(document)) this.#notify(CONTEXT_METHOD, () => this.#fileContext(document));
  }

  #contexts(): readonly DocumentContext[] {
    const notebooks = vscode.workspace.notebookDocuments.filter((notebook) => notebook.notebookType === NOTEBOOK_TYPE);
    const files = vscode.workspace.textDocuments.filter(isFile);
    return [...notebooks.map((notebook) => this.#context(notebook)), ...files.map((document) => this.#fileContext(document))];
  }

  /** A file has no workspace of its own: it goes by the folder's. A stored function belongs to the workspace that stores it. */
  #fileContext({ uri }: vscode.TextDocument): DocumentContext {
    const stored = uri.scheme === FUNCTION_SCHEME ? readFunctionPath(uri.path) : undefined;
    return { uri: uri.toString(), workspace: stored?.workspace ?? this.#workspaces.chosen.id, numbers: {}, results: [] };
  }

  #context(notebook: vscode.NotebookDocument): DocumentContext {
    const cells = notebook.getCells().filter(isKqlCell);
    return {
      uri: notebook.uri.toString(),
      workspace: (this.#workspaces.ofNotebook(notebook) ?? this.#workspaces.chosen).id,
      numbers: Object.fromEntries(cells.map((cell) => [cell.document.uri.toString(), cell.index + 1])),
      results: cells.flatMap((cell) => {
        const saved = this.#shown.of(cell);
        return saved?.name === undefined ? [] : [{ name: saved.name, columns: saved.result.columns }];
      }),
    };
  }

  #workspacesChanged(): void {
    const connected = this.#workspaces.entries.filter((entry) => entry.state.kind === 'connected').map((entry) => entry.id);
    const key = [...connected, this.#workspaces.chosen.id].join('\n');
    if (key === this.#connected) return;
    this.#connected = key;
    this.#notify(WORKSPACES_METHOD, () => this.#names);
    this.#notify(SCHEMA_CHANGED_METHOD, () => ({}));
    for (const context of this.#contexts()) this.#notify(CONTEXT_METHOD, () => context);
  }

  get #names(): readonly string[] {
    return this.#workspaces.entries.map((entry) => entry.name);
  }

  #notify(method: string, content: () => unknown): void {
    this.#client
      ?.then((client) => client?.sendNotification(method, content()))
      .catch((thrown: unknown) => this.#log.warn(`KQL language server: ${String(thrown)}`));
  }
}

/** A KQL document that is not a notebook's cell. */
function isFile(document: vscode.TextDocument): boolean {
  return isKqlFile(document) || document.uri.scheme === FUNCTION_SCHEME;
}

function isEnabled(): boolean {
  return vscode.workspace.getConfiguration(SETTING).get<boolean>('enabled', true);
}
