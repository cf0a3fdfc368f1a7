import * as vscode from 'vscode';
import type { WorkspaceInfo } from '../common/engineProtocol';
import type { Workspaces } from '../notebook/vscodeWorkspaces';
import { WORKSPACES_VIEW } from '../views/workspacesView';
import type { Command } from './command';

/** Makes a workspace of a folder of data files and works with it. Takes the path or URI of the folder, or asks. */
export class ConnectLocalWorkspace implements Command {
  readonly id = 'huntbook.connectLocalWorkspace';
  readonly #workspaces: Workspaces;

  constructor(workspaces: Workspaces) {
    this.#workspaces = workspaces;
  }

  async run(given?: unknown): Promise<void> {
    const folder = typeof given === 'string' ? given : given instanceof vscode.Uri ? given.fsPath : await ask();
    if (folder === undefined) return;
    const info = await vscode.window.withProgress({ location: { viewId: WORKSPACES_VIEW } }, () => this.#workspaces.addFolder(folder));
    await this.#workspaces.choose(info.id);
    void report(info);
  }
}

async function ask(): Promise<string | undefined> {
  const picked = await vscode.window.showOpenDialog({
    canSelectFiles: false,
    canSelectFolders: true,
    openLabel: vscode.l10n.t('Connect'),
    title: vscode.l10n.t('Folder of CSV, JSON or Parquet files'),
  });
  return picked?.[0]?.fsPath;
}

async function report(info: WorkspaceInfo): Promise<void> {
  const { t } = vscode.l10n;
  if (info.problems.length === 0) {
    await vscode.window.showInformationMessage(t('{0}: {1} tables, {2} rows.', info.name, info.tableCount, info.rowCount ?? 0));
    return;
  }
  const show = t('Show Data Problems');
  const message = t('{0}: {1} tables, {2} rows. {3} problems: the data they concern is not loaded.', info.name, info.tableCount, info.rowCount ?? 0, info.problems.length);
  if ((await vscode.window.showWarningMessage(message, show)) === show) await vscode.commands.executeCommand('huntbook.showDataProblems', { entry: { id: info.id } });
}
