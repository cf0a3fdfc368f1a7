import type * as vscode from 'vscode';
import type { AzureAccounts } from '../auth/vscodeAccounts';
import type { AzureSettings } from '../auth/vscodeAzureSettings';
import type { EngineClient } from '../notebook/engineClient';
import type { EngineHost } from '../notebook/engineHost';
import type { ActiveHunt } from '../notebook/vscodeActiveHunt';
import type { AzureWorkspaces } from '../notebook/vscodeAzureWorkspaces';
import type { CellDiagnostics } from '../notebook/vscodeDiagnostics';
import type { HuntNotebooks } from '../notebook/vscodeHuntNotebooks';
import type { RunWishes } from '../notebook/vscodeRunWishes';
import type { NotebookSessions } from '../notebook/vscodeSessions';
import type { Workspaces } from '../notebook/vscodeWorkspaces';
import type { IncidentsView } from '../views/incidentsView';
import type { WorkspacesView } from '../views/workspacesView';
import { AddFavourite } from './addFavourite';
import { AssignIncident } from './assignIncident';
import { ChangeIncidentSeverity } from './changeIncidentSeverity';
import { ChangeIncidentStatus } from './changeIncidentStatus';
import { ClearAzureFilter } from './clearAzureFilter';
import { ClearIncidentFilters } from './clearIncidentFilters';
import { CloseIncident } from './closeIncident';
import type { Command } from './command';
import { CommentOnIncident } from './commentOnIncident';
import { ConnectLocalWorkspace } from './connectLocalWorkspace';
import { CopyIncidentNumber } from './copyIncidentNumber';
import { CopyIncidentTitle } from './copyIncidentTitle';
import { CopySchema } from './copySchema';
import { CopyWorkspaceId } from './copyWorkspaceId';
import { DisconnectWorkspace } from './disconnectWorkspace';
import { EditIncidentLabels } from './editIncidentLabels';
import { EnterWorkspaceId } from './enterWorkspaceId';
import { ExportReport } from './exportReport';
import { FilterAzure } from './filterAzure';
import { FilterIncidents } from './filterIncidents';
import { HuntFromIncident } from './huntFromIncident';
import { findingCommands, type FindingCommandSubjects } from './findingCommands';
import { incidentCommands, type IncidentSubjects } from './incidentCommands';
import { InsertName } from './insertName';
import { type LanguageSubjects, languageCommands } from './languageCommands';
import { LoadMoreIncidents } from './loadMoreIncidents';
import { NewHunt } from './newHunt';
import { OpenIncidentInAzure } from './openIncidentInAzure';
import { OpenIncidentInDefender } from './openIncidentInDefender';
import { OpenWalkthrough } from './openWalkthrough';
import { OpenWorkspaceInPortal } from './openWorkspaceInPortal';
import { PreviewTable } from './previewTable';
import { RefreshIncidents } from './refreshIncidents';
import { RefreshWorkspace } from './refreshWorkspace';
import { RefreshWorkspaces } from './refreshWorkspaces';
import { RemoveFavourite } from './removeFavourite';
import { Restart } from './restart';
import { RestartEngine } from './restartEngine';
import { type ResultSubjects, resultCommands } from './resultCommands';
import { RunAgain } from './runAgain';
import { RunFresh } from './runFresh';
import { RunInParts } from './runInParts';
import { SelectNotebookWorkspace } from './selectNotebookWorkspace';
import { SelectWorkspace } from './selectWorkspace';
import { SetTimespan } from './setTimespan';
import { ShowDataProblems } from './showDataProblems';
import { ShowLog } from './showLog';
import { SignIn } from './signIn';
import { SortIncidents } from './sortIncidents';
import { templateCommands, type TemplateSubjects } from './templateCommands';
import { UseWorkspace } from './useWorkspace';

/** What commands work on. */
export interface CommandSubjects extends ResultSubjects, LanguageSubjects, IncidentSubjects, FindingCommandSubjects, TemplateSubjects {
  readonly extensionId: string;
  readonly log: vscode.LogOutputChannel;
  readonly engine: EngineHost;
  readonly client: EngineClient;
  readonly workspaces: Workspaces;
  readonly azure: AzureWorkspaces;
  readonly azureSettings: AzureSettings;
  readonly accounts: AzureAccounts;
  readonly wishes: RunWishes;
  readonly sessions: NotebookSessions;
  readonly diagnostics: CellDiagnostics;
  readonly hunt: ActiveHunt;
  readonly notebooks: HuntNotebooks;
  readonly incidents: IncidentsView;
  readonly workspacesView: WorkspacesView;
}

/** Every command of package.json, each with what it needs. */
export function allCommands(subjects: CommandSubjects): readonly Command[] {
  const { extensionId, log, diagnostics, hunt, notebooks } = subjects;
  const { engine, client, workspaces, sessions, incidents } = subjects;
  const { accounts, azure, azureSettings, wishes, workspacesView, writer } = subjects;
  const closeIncident = new CloseIncident(writer);
  return [
    new NewHunt(notebooks),
    ...templateCommands(subjects),
    new HuntFromIncident(client, workspaces, accounts, notebooks),
    new ConnectLocalWorkspace(workspaces),
    new DisconnectWorkspace(workspaces),
    new UseWorkspace(workspaces, accounts),
    new SelectWorkspace(workspaces, accounts),
    new SelectNotebookWorkspace(workspaces),
    new RefreshWorkspaces(workspaces, azure, accounts),
    new RefreshWorkspace(workspaces, accounts),
    new AddFavourite(workspaces, azure),
    new RemoveFavourite(workspaces, azure),
    new CopyWorkspaceId(workspaces),
    new OpenWorkspaceInPortal(workspaces),
    new FilterAzure(workspacesView),
    new ClearAzureFilter(workspacesView),
    new EnterWorkspaceId(workspaces, azure, accounts, azureSettings),
    new ShowDataProblems(workspaces),
    new SignIn(accounts, azure),
    new PreviewTable(workspaces, notebooks, hunt),
    new InsertName(),
    new CopySchema(),
    new FilterIncidents(incidents),
    new ClearIncidentFilters(incidents),
    new SortIncidents(incidents),
    new RefreshIncidents(incidents, workspaces, accounts),
    new LoadMoreIncidents(incidents),
    ...incidentCommands(subjects),
    ...findingCommands(subjects),
    new CopyIncidentNumber(),
    new CopyIncidentTitle(),
    new ChangeIncidentSeverity(writer),
    new ChangeIncidentStatus(writer, closeIncident),
    closeIncident,
    new AssignIncident(writer),
    new EditIncidentLabels(writer),
    new CommentOnIncident(writer),
    new OpenIncidentInAzure(writer),
    new OpenIncidentInDefender(writer),
    new RunAgain(),
    new RunFresh(wishes),
    new RunInParts(wishes),
    new SetTimespan(),
    new ExportReport(),
    new Restart(sessions, diagnostics),
    new RestartEngine(engine, workspaces),
    ...resultCommands(subjects),
    ...languageCommands(subjects),
    new ShowLog(log),
    new OpenWalkthrough(extensionId),
  ];
}
