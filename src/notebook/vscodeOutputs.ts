import * as vscode from 'vscode';
import type { HuntError } from '../common/errors';
import { type OutputItem, type SavedOutput, errorOutput, resultItems } from './outputs';
import type { CellOutcome } from './session';

/** The outputs of a cell that ran. What it defined stands in its status, see CellStatus. */
export function outcomeOutputs(outcome: CellOutcome, notebook: vscode.NotebookDocument): vscode.NotebookCellOutput[] {
  switch (outcome.kind) {
    case 'empty':
    case 'definitions':
      return [];
    case 'result':
      return [toOutput(resultItems(outcome.result, outcome.name, savedOutput(notebook)))];
  }
}

/** The output of a cell that failed; one that was stopped on purpose is no error. */
export function failureOutputs(error: HuntError, cellText: string): vscode.NotebookCellOutput[] {
  if (error.data.kind === 'cancelled') return [new vscode.NotebookCellOutput([vscode.NotebookCellOutputItem.text(error.message)])];
  return [new vscode.NotebookCellOutput([vscode.NotebookCellOutputItem.error(errorOutput(error, cellText))])];
}

function toOutput(items: readonly OutputItem[]): vscode.NotebookCellOutput {
  return new vscode.NotebookCellOutput(
    items.map((item) => ('json' in item ? vscode.NotebookCellOutputItem.json(item.json, item.mime) : vscode.NotebookCellOutputItem.text(item.text, item.mime))),
  );
}

function savedOutput(notebook: vscode.NotebookDocument): SavedOutput {
  return vscode.workspace.getConfiguration('huntbook', notebook.uri).get<string>('notebook.savedOutput') === 'nothing' ? 'nothing' : 'preview';
}
