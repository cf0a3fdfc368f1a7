import * as vscode from 'vscode';
import type { ResultInfo } from '../common/engineProtocol';
import type { HuntError } from '../common/errors';
import { type OutputItem, type SavedOutput, errorOutput, resultItems } from './outputs';
import type { ResultSources } from './resultSources';
import type { CellOutcome } from './session';

/** The outputs of a cell that ran. What it defined stands in its status, see CellStatus. */
export function outcomeOutputs(
  outcome: CellOutcome,
  notebook: vscode.NotebookDocument,
  sources: ResultSources,
): vscode.NotebookCellOutput[] {
  switch (outcome.kind) {
    case 'empty':
    case 'definitions':
      return [];
    case 'result':
      return [resultOutput(outcome.result, outcome.name, savedOutput(notebook, sources.of(outcome.result.resultId)))];
  }
}

/** The output of a cell that failed; one that was stopped on purpose is no error. */
export function failureOutputs(error: HuntError, cellText: string): vscode.NotebookCellOutput[] {
  if (error.data.kind === 'cancelled') return [new vscode.NotebookCellOutput([vscode.NotebookCellOutputItem.text(error.message)])];
  return [new vscode.NotebookCellOutput([vscode.NotebookCellOutputItem.error(errorOutput(error, cellText))])];
}

/** The output that shows a result. */
export function resultOutput(result: ResultInfo, name: string | undefined, saved: SavedOutput): vscode.NotebookCellOutput {
  return toOutput(resultItems(result, name, saved));
}

function toOutput(items: readonly OutputItem[]): vscode.NotebookCellOutput {
  return new vscode.NotebookCellOutput(
    items.map((item) => ('json' in item ? vscode.NotebookCellOutputItem.json(item.json, item.mime) : vscode.NotebookCellOutputItem.text(item.text, item.mime))),
  );
}

/** What a notebook's file keeps of a result: as the strictest of its workspaces has it in the settings. */
function savedOutput(notebook: vscode.NotebookDocument, sources: ReadonlySet<string>): SavedOutput {
  const settings = vscode.workspace.getConfiguration('huntbook', notebook.uri);
  const usual = settings.get<string>('notebook.savedOutput') === 'nothing' ? 'nothing' : 'preview';
  const byWorkspace = settings.get<Readonly<Record<string, unknown>>>('results.keep', {});
  const wishes = new Map(Object.entries(byWorkspace).map(([name, wish]) => [name.toLowerCase(), wish]));
  const kept = [...sources].map((name) => wishes.get(name.toLowerCase()) ?? usual);
  return kept.includes('nothing') || (kept.length === 0 && usual === 'nothing') ? 'nothing' : 'preview';
}
