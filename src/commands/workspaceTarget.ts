import type { WorkspaceSource } from '../common/engineProtocol';
import type { WorkspaceEntry, Workspaces } from '../notebook/vscodeWorkspaces';
import { field, textField } from './command';

export type AzureSource = Extract<WorkspaceSource, { readonly kind: 'logAnalytics' }>;

/** The workspace that a node of the Workspaces view, an id or a name means. */
export function workspaceOf(workspaces: Workspaces, given: unknown): WorkspaceEntry | undefined {
  const id = typeof given === 'string' ? given : textField(field(given, 'entry'), 'id');
  return id === undefined ? undefined : workspaces.named(id);
}

/** As {@link workspaceOf}, when it is in Azure. */
export function azureSourceOf(workspaces: Workspaces, given: unknown): AzureSource | undefined {
  const source = workspaceOf(workspaces, given)?.source;
  return source?.kind === 'logAnalytics' ? source : undefined;
}
