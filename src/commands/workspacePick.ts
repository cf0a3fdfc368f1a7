import * as vscode from 'vscode';
import type { WorkspaceEntry, Workspaces } from '../notebook/vscodeWorkspaces';

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
    detail: entry.source.kind === 'sample' ? vscode.l10n.t('Sample workspace on this machine') : entry.source.path,
    iconPath: new vscode.ThemeIcon(entry.source.kind === 'sample' ? 'beaker' : 'folder-library'),
    entry,
  }));
  return vscode.window.showQuickPick([...first, ...items], { title, matchOnDetail: true });
}
