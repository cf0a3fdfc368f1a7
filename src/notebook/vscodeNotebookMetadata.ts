import * as vscode from 'vscode';
import { type JsonObject, isObject } from './json';

const OURS = 'huntbook';
const WORKSPACE = 'workspace';

/** Name of the workspace that a notebook chose for itself, kept in its file: `metadata.huntbook.workspace`. */
export function notebookWorkspace(notebook: vscode.NotebookDocument): string | undefined {
  const ours = fileMetadata(notebook)[OURS];
  const name = isObject(ours) ? ours[WORKSPACE] : undefined;
  return typeof name === 'string' && name !== '' ? name : undefined;
}

/** Writes the choice into the notebook; undefined takes it out. */
export async function setNotebookWorkspace(notebook: vscode.NotebookDocument, name: string | undefined): Promise<void> {
  const { [OURS]: ours, ...others } = fileMetadata(notebook);
  // The notebook is saved as JSON, which leaves undefined out.
  const changed: JsonObject = { ...(isObject(ours) ? ours : {}), [WORKSPACE]: name };
  const metadata = { ...others, [OURS]: changed };
  const edit = new vscode.WorkspaceEdit();
  edit.set(notebook.uri, [vscode.NotebookEdit.updateNotebookMetadata({ ...notebook.metadata, metadata })]);
  await vscode.workspace.applyEdit(edit);
}

/** The file's own `metadata`, which VS Code's ipynb support keeps one level down. */
function fileMetadata(notebook: vscode.NotebookDocument): JsonObject {
  const metadata: unknown = notebook.metadata['metadata'];
  return isObject(metadata) ? metadata : {};
}
