import * as vscode from 'vscode';
import { RESULT_MIME } from '../common/savedResult';
import { readOutput } from './vscodeCells';
import { hasView, withView } from './vscodeKeptViews';
import { resultOutput } from './vscodeOutputs';

/**
 * Takes what comes from the data out of a notebook's outputs, as `huntbook strip` does for a file.
 * @returns how many cells had something.
 */
export async function stripOutputs(notebook: vscode.NotebookDocument): Promise<number> {
  const changed = notebook.getCells().flatMap((cell) => {
    const outputs = cell.outputs.flatMap(stripOutput);
    const isSameList = outputs.length === cell.outputs.length && outputs.every((output, at) => isSame(output, cell.outputs[at]));
    return isSameList && !hasView(cell) ? [] : [{ cell, outputs }];
  });
  // The API changes outputs of cells that run, or replaces cells.
  const edits = changed.map(({ cell, outputs }) => {
    const data = new vscode.NotebookCellData(cell.kind, cell.document.getText(), cell.document.languageId);
    data.outputs = outputs;
    data.metadata = withView(cell, undefined);
    if (cell.executionSummary) data.executionSummary = cell.executionSummary;
    return vscode.NotebookEdit.replaceCells(new vscode.NotebookRange(cell.index, cell.index + 1), [data]);
  });
  if (edits.length === 0) return 0;
  const edit = new vscode.WorkspaceEdit();
  edit.set(notebook.uri, edits);
  await vscode.workspace.applyEdit(edit);
  return changed.length;
}

function stripOutput(output: vscode.NotebookCellOutput): readonly vscode.NotebookCellOutput[] {
  if (!output.items.some(({ mime }) => mime === RESULT_MIME)) return [output];
  const saved = readOutput(output);
  return saved ? [resultOutput(saved.result, saved.name, 'nothing')] : [];
}

function isSame(one: vscode.NotebookCellOutput, other: vscode.NotebookCellOutput | undefined): boolean {
  if (one === other) return true;
  const texts = (output: vscode.NotebookCellOutput | undefined): string =>
    (output?.items ?? []).map(({ mime, data }) => `${mime}\n${new TextDecoder().decode(data)}`).join('\n');
  return texts(one) === texts(other);
}
