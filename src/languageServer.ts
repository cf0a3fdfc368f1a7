import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { startLanguageServer } from './language/server';
import { knownTable, knownTableNames } from './workspaces/schemas/knownSchemas';

/** The language server process: serves the editor that forked it, and ends with it. */
startLanguageServer({
  connection: createConnection(ProposedFeatures.all),
  knownTables: () => knownTableNames().map((name) => ({ name, columns: knownTable(name) ?? [] })),
});
