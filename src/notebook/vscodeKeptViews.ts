import * as vscode from 'vscode';
import { MAX_STATE_CHARS } from '../common/rendererProtocol';
import { type JsonObject, isObject } from './json';

/**
 * How the result of a cell is looked at, kept with the cell in the file: `metadata.huntbook.view`, with the id of the result that it fits.
 * What another result left behind does not count.
 */
export function keptView(cell: vscode.NotebookCell, resultId: string): unknown {
  const view = ours(cell)['view'];
  return isObject(view) && view['result'] === resultId ? view['state'] : undefined;
}

/** Keeps how a result is looked at; null forgets it. What is there already is not written: the file would be dirty for it. */
export async function keepView(cell: vscode.NotebookCell, resultId: string, state: unknown): Promise<void> {
  const text = JSON.stringify(state ?? null);
  if (text.length > MAX_STATE_CHARS || text === JSON.stringify(keptView(cell, resultId) ?? null)) return;
  await write(cell, text === 'null' ? undefined : { result: resultId, state: JSON.parse(text) as JsonObject });
}

async function write(cell: vscode.NotebookCell, view: JsonObject | undefined): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.set(cell.notebook.uri, [vscode.NotebookEdit.updateCellMetadata(cell.index, withView(cell, view))]);
  await vscode.workspace.applyEdit(edit);
}

/** Is anything kept of how the cell's result is looked at? */
export function hasView(cell: vscode.NotebookCell): boolean {
  return ours(cell)['view'] !== undefined;
}

/** The cell's metadata with a view, or without one. */
export function withView(cell: vscode.NotebookCell, view: JsonObject | undefined): Record<string, unknown> {
  // What is undefined is left out of the file.
  const huntbook = { ...ours(cell), view };
  const isEmpty = Object.values(huntbook).every((value) => value === undefined);
  return { ...cell.metadata, metadata: { ...fileMetadata(cell), huntbook: isEmpty ? undefined : huntbook } };
}

function ours(cell: vscode.NotebookCell): JsonObject {
  const found = fileMetadata(cell)['huntbook'];
  return isObject(found) ? found : {};
}

/** The cell's own `metadata` in the file, which VS Code's ipynb support keeps one level down. */
function fileMetadata(cell: vscode.NotebookCell): JsonObject {
  const metadata: unknown = cell.metadata['metadata'];
  return isObject(metadata) ? metadata : {};
}
