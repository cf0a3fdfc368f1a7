import type * as vscode from 'vscode';
import type { EngineClient } from '../notebook/engineClient';
import type { EngineHost } from '../notebook/engineHost';
import type { ActiveHunt } from '../notebook/vscodeActiveHunt';
import type { CellDiagnostics } from '../notebook/vscodeDiagnostics';
import type { HuntNotebooks } from '../notebook/vscodeHuntNotebooks';
import type { NotebookSessions } from '../notebook/vscodeSessions';
import type { Workspaces } from '../notebook/vscodeWorkspaces';
import type { IncidentsView } from '../views/incidentsView';
import type { TemplateFiles } from '../views/templateFiles';
import type { TemplatesView } from '../views/templatesView';
import { ClearIncidentFilters } from './clearIncidentFilters';
import type { Command } from './command';
import { ConnectLocalWorkspace } from './connectLocalWorkspace';
import { CopyIncidentNumber } from './copyIncidentNumber';
import { CopyIncidentTitle } from './copyIncidentTitle';
import { CopySchema } from './copySchema';
import { CreateFromTemplate } from './createFromTemplate';
import { DisconnectWorkspace } from './disconnectWorkspace';
import { FilterIncidents } from './filterIncidents';
import { HuntFromIncident } from './huntFromIncident';
import { InsertName } from './insertName';
import { LoadMoreIncidents } from './loadMoreIncidents';
import { NewHunt } from './newHunt';
import { OpenSampleHunt } from './openSampleHunt';
import { OpenWalkthrough } from './openWalkthrough';
import { PreviewTable } from './previewTable';
import { PreviewTemplate } from './previewTemplate';
import { RefreshIncidents } from './refreshIncidents';
import { RefreshTemplates } from './refreshTemplates';
import { RefreshWorkspaces } from './refreshWorkspaces';
import { Restart } from './restart';
import { RestartEngine } from './restartEngine';
import { SelectNotebookWorkspace } from './selectNotebookWorkspace';
import { SelectWorkspace } from './selectWorkspace';
import { ShowDataProblems } from './showDataProblems';
import { ShowLog } from './showLog';
import { SignIn } from './signIn';
import { SortIncidents } from './sortIncidents';
import { UseWorkspace } from './useWorkspace';

/** What commands work on. */
export interface CommandSubjects {
  readonly extensionId: string;
  readonly log: vscode.LogOutputChannel;
  readonly engine: EngineHost;
  readonly client: EngineClient;
  readonly workspaces: Workspaces;
  readonly sessions: NotebookSessions;
  readonly diagnostics: CellDiagnostics;
  readonly hunt: ActiveHunt;
  readonly notebooks: HuntNotebooks;
  readonly templates: TemplatesView;
  readonly templateFiles: TemplateFiles;
  readonly incidents: IncidentsView;
}

/** Every command of package.json, each with what it needs. */
export function allCommands(subjects: CommandSubjects): readonly Command[] {
  const { extensionId, log, diagnostics, hunt, notebooks } = subjects;
  const { engine, client, workspaces, sessions, templates, templateFiles, incidents } = subjects;
  return [
    new NewHunt(notebooks),
    new OpenSampleHunt(templates, notebooks),
    new CreateFromTemplate(templates, notebooks),
    new PreviewTemplate(templates, templateFiles),
    new RefreshTemplates(templates),
    new HuntFromIncident(client, workspaces, notebooks),
    new ConnectLocalWorkspace(workspaces),
    new DisconnectWorkspace(workspaces),
    new UseWorkspace(workspaces),
    new SelectWorkspace(workspaces),
    new SelectNotebookWorkspace(workspaces),
    new RefreshWorkspaces(workspaces),
    new ShowDataProblems(workspaces),
    new SignIn(),
    new PreviewTable(workspaces, notebooks, hunt),
    new InsertName(),
    new CopySchema(),
    new FilterIncidents(incidents),
    new ClearIncidentFilters(incidents),
    new SortIncidents(incidents),
    new RefreshIncidents(incidents),
    new LoadMoreIncidents(incidents),
    new CopyIncidentNumber(),
    new CopyIncidentTitle(),
    new Restart(sessions, diagnostics),
    new RestartEngine(engine, workspaces),
    new ShowLog(log),
    new OpenWalkthrough(extensionId),
  ];
}
