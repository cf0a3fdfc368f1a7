import * as vscode from 'vscode';
import type { CancellationToken } from '../common/cancellation';
import type { CellOptions } from '../kql/cellOptions';
import type { WorkspaceEntry, Workspaces } from './vscodeWorkspaces';

/**
 * Connects the workspaces that a query asks for: those its options name, else its document's own.
 * @param progress Called with a sentence for people.
 * @throws HuntError
 */
export async function connectAsked(
  all: Workspaces,
  { workspace, workspaces }: CellOptions,
  own: WorkspaceEntry | undefined,
  token: CancellationToken,
  progress: (sentence: string) => void,
): Promise<void> {
  const names = workspaces ?? (workspace === undefined ? undefined : [workspace]);
  for (const entry of names ? names.map((name) => all.named(name)) : [own]) {
    if (!entry || entry.state.kind === 'connected') continue;
    progress(vscode.l10n.t('Connecting {0}…', entry.name));
    await all.connect(entry.id, token);
  }
}

/** Id of a workspace for queries; undefined while it is not connected. */
export function connectedId(entry: WorkspaceEntry | undefined): string | undefined {
  return entry?.state.kind === 'connected' ? entry.state.info.id : undefined;
}
