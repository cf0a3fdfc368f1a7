import { setTimeout as delay } from 'node:timers/promises';
import { type Connection, DidChangeConfigurationNotification, type InitializeResult, NotebookDocuments, TextDocuments, TextDocumentSyncKind } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { KqlSchema } from '../kql/globals';
import { DiagnosticsPublisher } from './diagnosticsPublisher';
import { registerFeatures, serverCapabilities } from './features';
import {
  CONTEXT_METHOD,
  type DocumentContext,
  type LanguageSettings,
  SCHEMA_CHANGED_METHOD,
  SCHEMA_METHOD,
  type SchemaAnswer,
  type SchemaChanged,
  type SchemaRequest,
  VALUES_METHOD,
  type ValuesRequest,
  WORKSPACES_METHOD,
} from './languageProtocol';
import { OpenDocuments } from './openDocuments';
import { Schemas } from './schemas';

/** How long a list of completions waits for values of a column. */
const VALUES_WAIT_MS = 250;

/** The language id of KQL, shared with other extensions. */
const LANGUAGE = 'kusto';

export interface ServerOptions {
  readonly connection: Connection;
  /** Tables that serve for workspaces that are not connected. Called once, when first needed. */
  readonly knownTables: () => KqlSchema['tables'];
}

/** Serves KQL in notebooks and `.kql` files over a connection, until it ends. */
export function startLanguageServer({ connection, knownTables }: ServerOptions): void {
  const notebooks = new NotebookDocuments(TextDocument);
  const files = new TextDocuments(TextDocument);
  let settings: LanguageSettings = {};
  let workspaces: readonly string[] = [];

  const ask = async (workspace: string): Promise<SchemaAnswer> =>
    connection.sendRequest<SchemaAnswer>(SCHEMA_METHOD, { workspace } satisfies SchemaRequest);
  const schemas = new Schemas(
    () => ({ tables: knownTables(), functions: [], watchlists: [] }),
    ask,
    () => publisher.publishAll(),
  );
  const documents = new OpenDocuments((workspace) => schemas.get(workspace));
  const publisher = new DiagnosticsPublisher(connection, documents, () => settings.hints ?? {});

  const readSettings = async (): Promise<void> => {
    settings = ((await connection.workspace.getConfiguration('huntbook.language')) as LanguageSettings | null) ?? {};
    publisher.publishAll();
  };

  connection.onInitialize((): InitializeResult => ({
    capabilities: {
      textDocumentSync: TextDocumentSyncKind.Incremental,
      notebookDocumentSync: { notebookSelector: [{ notebook: 'jupyter-notebook', cells: [{ language: LANGUAGE }] }] },
      ...serverCapabilities,
    },
  }));
  connection.onInitialized(() => {
    void connection.client.register(DidChangeConfigurationNotification.type, { section: 'huntbook.language' });
    void readSettings();
  });
  connection.onDidChangeConfiguration(() => void readSettings());
  connection.onNotification(CONTEXT_METHOD, (context: DocumentContext) => {
    documents.setContext(context);
    publisher.publish(context.uri);
  });
  connection.onNotification(SCHEMA_CHANGED_METHOD, ({ workspace }: SchemaChanged) => schemas.changed(workspace));
  connection.onNotification(WORKSPACES_METHOD, (names: readonly string[]) => {
    workspaces = names;
  });

  const readNotebook = (uri: string): void => {
    const document = notebooks.getNotebookDocument(uri);
    if (!document) return;
    documents.set(
      uri,
      document.cells.flatMap((cell) => notebooks.getCellTextDocument(cell) ?? []),
    );
    publisher.publish(uri);
  };
  notebooks.onDidOpen((document) => readNotebook(document.uri));
  notebooks.onDidChange(({ notebookDocument }) => readNotebook(notebookDocument.uri));
  notebooks.onDidClose((document) => {
    publisher.clear(document.uri);
    documents.close(document.uri);
  });
  files.onDidChangeContent(({ document }) => {
    documents.set(document.uri, [document]);
    publisher.publish(document.uri);
  });
  files.onDidClose(({ document }) => {
    publisher.clear(document.uri);
    documents.close(document.uri);
  });

  /** Values are a help: what does not come in time is not waited for, and is there the next time. */
  const valuesOf = async (uri: string, column: string): Promise<readonly string[]> => {
    const asked = connection.sendRequest<readonly string[]>(VALUES_METHOD, { uri, column } satisfies ValuesRequest).catch(() => []);
    return Promise.race([asked, delay(VALUES_WAIT_MS, [], { ref: false })]);
  };
  registerFeatures(connection, { documents, settings: () => settings, workspaces: () => workspaces, valuesOf });
  notebooks.listen(connection);
  files.listen(connection);
  connection.listen();
}
