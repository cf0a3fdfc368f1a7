import * as vscode from 'vscode';
import { type Json, type JsonObject, isObject } from './json';

const OURS = 'huntbook';

/** A workspace as a notebook names it. */
export interface NotebookWorkspace {
  readonly name: string;
  /** Of a workspace in Azure, whose name others may have too. */
  readonly id?: string | undefined;
}

/** The workspace that a notebook chose for itself, kept in its file: `metadata.huntbook.workspace` and `workspaceId`. */
export function notebookWorkspace(notebook: vscode.NotebookDocument): NotebookWorkspace | undefined {
  const { workspace, workspaceId } = ourMetadata(notebook);
  if (typeof workspace !== 'string' || workspace === '') return undefined;
  return { name: workspace, ...(typeof workspaceId === 'string' && workspaceId !== '' ? { id: workspaceId } : {}) };
}

/** Writes the choice into the notebook; undefined takes it out. */
export async function setNotebookWorkspace(notebook: vscode.NotebookDocument, workspace: NotebookWorkspace | undefined): Promise<void> {
  await change(notebook, { workspace: workspace?.name, workspaceId: workspace?.id });
}

/** The time range, ISO 8601, of the notebook's queries in Azure that name none: `metadata.huntbook.timespan`. */
export function notebookTimespan(notebook: vscode.NotebookDocument): string | undefined {
  const { timespan } = ourMetadata(notebook);
  return typeof timespan === 'string' && timespan !== '' ? timespan : undefined;
}

/** Writes the time range into the notebook; undefined takes it out. */
export async function setNotebookTimespan(notebook: vscode.NotebookDocument, timespan: string | undefined): Promise<void> {
  await change(notebook, { timespan });
}

/** The incident that a notebook hunts from or writes to: `metadata.huntbook.incident`. */
export interface NotebookIncident {
  readonly number: number;
  readonly title: string;
  /** Absent in notebooks of older versions: the notebook's workspace. */
  readonly workspaceId?: string | undefined;
}

export function notebookIncident(notebook: vscode.NotebookDocument): NotebookIncident | undefined {
  const { incident } = ourMetadata(notebook);
  if (!isObject(incident) || typeof incident['number'] !== 'number') return undefined;
  const { number, title, workspaceId } = incident;
  return {
    number,
    title: typeof title === 'string' ? title : '',
    ...(typeof workspaceId === 'string' && workspaceId !== '' ? { workspaceId } : {}),
  };
}

/** Links the notebook with an incident; undefined takes the link out. */
export async function setNotebookIncident(notebook: vscode.NotebookDocument, incident: NotebookIncident | undefined): Promise<void> {
  await change(notebook, { incident: incident && { number: incident.number, title: incident.title, workspaceId: incident.workspaceId } });
}

/** What was written from the notebook to the service, the oldest first: `metadata.huntbook.written`. */
export function notebookWritten(notebook: vscode.NotebookDocument): readonly Json[] {
  const { written } = ourMetadata(notebook);
  return Array.isArray(written) ? (written as readonly Json[]) : [];
}

/** Adds to what was written from the notebook. */
export async function addNotebookWritten(notebook: vscode.NotebookDocument, entry: JsonObject): Promise<void> {
  await change(notebook, { written: [...notebookWritten(notebook), entry] });
}

function ourMetadata(notebook: vscode.NotebookDocument): JsonObject {
  const ours = fileMetadata(notebook)[OURS];
  return isObject(ours) ? ours : {};
}

async function change(notebook: vscode.NotebookDocument, fields: JsonObject): Promise<void> {
  // The notebook is saved as JSON, which leaves undefined out.
  const metadata = { ...fileMetadata(notebook), [OURS]: { ...ourMetadata(notebook), ...fields } };
  const edit = new vscode.WorkspaceEdit();
  edit.set(notebook.uri, [vscode.NotebookEdit.updateNotebookMetadata({ ...notebook.metadata, metadata })]);
  await vscode.workspace.applyEdit(edit);
}

/** The file's own `metadata`, which VS Code's ipynb support keeps one level down. */
function fileMetadata(notebook: vscode.NotebookDocument): JsonObject {
  const metadata: unknown = notebook.metadata['metadata'];
  return isObject(metadata) ? metadata : {};
}
