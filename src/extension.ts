import * as vscode from 'vscode';
import { AzureAccounts } from './auth/vscodeAccounts';
import { AzureSettings } from './auth/vscodeAzureSettings';
import { allCommands } from './commands/allCommands';
import { CommandRegistry } from './commands/commandRegistry';
import { IncidentWriter } from './commands/incidentWriting';
import { runOnRows } from './commands/shownResult';
import { FunctionDocuments } from './language/vscodeFunctionDocuments';
import { HeldValues } from './language/vscodeHeldValues';
import { KqlLanguage } from './language/vscodeLanguageClient';
import { PipeOnEnter } from './language/vscodePipeOnEnter';
import { WatchlistTables } from './language/vscodeWatchlistTables';
import { EngineHost, type EngineState } from './notebook/engineHost';
import { ActiveHunt } from './notebook/vscodeActiveHunt';
import { AzureWorkspaces } from './notebook/vscodeAzureWorkspaces';
import { CellStatus } from './notebook/vscodeCellStatus';
import { ShownResults } from './notebook/vscodeCells';
import { HuntController } from './notebook/vscodeController';
import { CellDiagnostics } from './notebook/vscodeDiagnostics';
import { engineOptions } from './notebook/vscodeEngineOptions';
import { HuntNotebooks } from './notebook/vscodeHuntNotebooks';
import { KqlFiles } from './notebook/vscodeKqlFiles';
import { Results } from './notebook/vscodeResults';
import { RunLens } from './notebook/vscodeRunLens';
import { RunWishes } from './notebook/vscodeRunWishes';
import { RunningCells } from './notebook/vscodeRunningCells';
import { NotebookSessions } from './notebook/vscodeSessions';
import { TrustedEngine } from './notebook/vscodeTrustedEngine';
import { Workspaces } from './notebook/vscodeWorkspaces';
import { WorkspaceSettings } from './notebook/vscodeWorkspaceSettings';
import { templateWorkerOptions } from './templates/vscodeTemplateWorker';
import { TemplateWorkerHost } from './templates/templateWorkerHost';
import { IncidentDecorations } from './views/incidentDecorations';
import { IncidentNotebooks } from './views/incidentNotebooks';
import { IncidentPages } from './views/incidentPages';
import { HuntingRuns } from './views/huntingRuns';
import { SentinelView } from './views/sentinelView';
import { IncidentsView } from './views/incidentsView';
import { TemplateFiles } from './views/templateFiles';
import { TemplateLibrary } from './views/templateLibrary';
import { TemplateMarks } from './views/templateMarks';
import { TemplatePages } from './views/templatePages';
import { TemplatesView } from './views/templatesView';
import { WorkspacesView } from './views/workspacesView';
import { WorkspaceStatus } from './views/workspaceStatus';

/** What the product tells other extensions, and its own tests. */
export interface HuntbookApi {
  readonly engineState: () => EngineState;
}

/** Constructs the product; nothing runs yet. The engine process starts when a view or a cell first asks it something. */
export function activate(context: vscode.ExtensionContext): HuntbookApi {
  const own = <T extends vscode.Disposable>(feature: T): T => {
    context.subscriptions.push(feature);
    return feature;
  };
  const extensionId = context.extension.id;

  const log = own(vscode.window.createOutputChannel('Huntbook', { log: true }));
  const azureSettings = new AzureSettings();
  const accounts = own(new AzureAccounts(azureSettings, log));
  const engine = own(
    new EngineHost({
      ...engineOptions(context, log),
      host: {
        ...accounts.handlers,
        schemaChanged: async ({ workspaceId }) => {
          workspaces.schemaChanged(workspaceId);
          return null;
        },
      },
    }),
  );
  const client = new TrustedEngine(engine);
  const azure = own(new AzureWorkspaces(client, accounts, azureSettings, context.globalState, context.workspaceState));
  const workspaces = own(new Workspaces(client, engine, new WorkspaceSettings(), azure, accounts, context.workspaceState));
  const shown = new ShownResults();
  const running = own(new RunningCells());
  const wishes = new RunWishes();
  const diagnostics = own(new CellDiagnostics());
  const sessions = own(new NotebookSessions(client, engine, workspaces, shown, log));
  const hunt = own(new ActiveHunt());
  const notebooks = new HuntNotebooks(extensionId);
  own(new HuntController(sessions, diagnostics, running, wishes, accounts, log));
  const results = own(new Results(context.extensionUri, client, engine, sessions, shown, log));
  const kqlFiles = own(new KqlFiles(client, engine, workspaces, accounts, diagnostics, results.panels));
  own(new RunLens(kqlFiles));
  own(new PipeOnEnter());
  const values = new HeldValues(client, engine, shown, kqlFiles);
  const watchlists = own(new WatchlistTables(client, log));
  own(new KqlLanguage(context.asAbsolutePath('dist/languageServer.js'), workspaces, shown, values, watchlists, log));
  own(new FunctionDocuments(workspaces));
  own(new CellStatus(sessions, running, shown));

  const workspacesView = own(new WorkspacesView(workspaces, azure, accounts, azureSettings, context.workspaceState, log));
  const templateWorker = own(new TemplateWorkerHost(templateWorkerOptions(context)));
  const library = own(new TemplateLibrary(context.asAbsolutePath('samples/hunts'), templateWorker, client, workspaces, log));
  const templateMarks = new TemplateMarks(context.globalState);
  const templates = own(new TemplatesView(library, workspaces, templateMarks, context.workspaceState, log));
  const templateFiles = own(new TemplateFiles(library, templateWorker));
  const ofTemplates = { view: templates, worker: templateWorker, marks: templateMarks };
  const templatePages = own(new TemplatePages({ ...ofTemplates, extensionUri: context.extensionUri, workspaces }));
  const incidents = own(new IncidentsView(client, workspaces, context.workspaceState, log));
  own(new IncidentDecorations());
  const writer = own(new IncidentWriter(client, workspaces, accounts, incidents));
  const links = own(new IncidentNotebooks(workspaces, context.workspaceState));
  const ofIncidents = { workspaces, accounts, writer, notebooks, links, memory: context.workspaceState, log };
  const incidentPages = own(new IncidentPages({ ...ofIncidents, extensionUri: context.extensionUri, engine: client }));
  const sentinelView = own(new SentinelView(client, workspaces, accounts));
  const { extensionUri, workspaceState: memory } = context;
  const huntingRuns = own(new HuntingRuns({ extensionUri, engine: client, workspaces, memory }));
  results.actions.on('bookmark', (action, { origin }) => runOnRows('huntbook.bookmarkRows', origin, action));
  results.actions.on('addToWatchlist', (action, { origin }) => runOnRows('huntbook.addToWatchlist', origin, action));
  own(new WorkspaceStatus(engine, workspaces, hunt));

  const editor = { extensionId, log, diagnostics, hunt, notebooks };
  const inAzure = { accounts, azure, azureSettings, wishes };
  const ofResults = { results, kqlFiles };
  const views = { workspacesView, templates, templateFiles, templateMarks, templatePages, templateWorker, incidents, incidentPages };
  const ofFindings = { shown, writer, sentinelView, huntingRuns };
  const subjects = { ...editor, ...inAzure, ...ofFindings, ...ofResults, ...views, engine, client, workspaces, sessions };
  own(new CommandRegistry(allCommands(subjects), log));
  return { engineState: () => engine.state };
}
