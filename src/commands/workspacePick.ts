import * as vscode from 'vscode';
import type { WorkspaceSource } from '../common/engineProtocol';
import type { WorkspaceEntry, Workspaces } from '../notebook/vscodeWorkspaces';
import { workspaceIcons } from '../views/workspaceIcons';

/** Asks for one of the workspaces. @param first What stands above them. */
export async function pickWorkspace<T extends vscode.QuickPickItem>(
  workspaces: Workspaces,
  title: string,
  current: string,
  first: readonly T[],
): Promise<T | (vscode.QuickPickItem & { readonly entry: WorkspaceEntry }) | undefined> {
  const items = workspaces.entries.map((entry) => ({
    label: entry.name,
    description: entry.id === current ? vscode.l10n.t('in use') : '',
    detail: placeOf(entry.source),
    iconPath: new vscode.ThemeIcon(workspaceIcons[entry.source.kind]),
    entry,
  }));
  return vscode.window.showQuickPick([...first, ...items], { title, matchOnDetail: true });
}

function placeOf(source: WorkspaceSource): string {
  switch (source.kind) {
    case 'sample':
      return vscode.l10n.t('Sample workspace on this machine');
    case 'folder':
      return source.path;
    case 'logAnalytics':
      return source.workspace.subscriptionName ?? source.workspace.customerId;
  }
}
