import type { WorkspaceSource } from '../common/engineProtocol';

/** Codicons, by the kind of workspace. */
export const workspaceIcons: Readonly<Record<WorkspaceSource['kind'], string>> = {
  sample: 'beaker',
  folder: 'folder-library',
  logAnalytics: 'azure',
};
