import { monitorEventLoopDelay } from 'node:perf_hooks';
import * as vscode from 'vscode';
import { RESULT_MIME, readSavedResult } from '../../../src/common/savedResult';
import { report } from './report';

const ROWS = 50_000;

/** The longest time the extension host's event loop is blocked while a large result arrives; the baseline is a result of one row. */
export async function run(): Promise<void> {
  const cell = (text: string): vscode.NotebookCellData => new vscode.NotebookCellData(vscode.NotebookCellKind.Code, text, 'kusto');
  const texts = ['print warm = 1', 'print small = 1', `SecurityEvent | take ${ROWS}`];
  const document = await vscode.workspace.openNotebookDocument('jupyter-notebook', new vscode.NotebookData(texts.map(cell)));
  await vscode.window.showNotebookDocument(document);
  await vscode.commands.executeCommand('notebook.selectKernel', { id: 'huntbook.kql', extension: 'huntbook.huntbook' });
  await execute(document.cellAt(0));
  const baseline = await longestBlock(() => execute(document.cellAt(1)));
  const value = await longestBlock(() => execute(document.cellAt(2)));
  const rows = rowCount(document.cellAt(2));
  if (rows !== ROWS) throw new Error(`the result has ${String(rows)} rows instead of ${ROWS}`);
  report({ value, baseline });
}

/** Milliseconds. */
async function longestBlock(work: () => Promise<void>): Promise<number> {
  const monitor = monitorEventLoopDelay({ resolution: 5 });
  monitor.enable();
  await work();
  monitor.disable();
  return monitor.max / 1e6;
}

/** Runs a cell and waits until it is done. */
async function execute(cell: vscode.NotebookCell): Promise<void> {
  const done = new Promise<void>((resolve) => {
    const listener = vscode.workspace.onDidChangeNotebookDocument(({ cellChanges }) => {
      const summary = cellChanges.find((change) => change.cell === cell)?.executionSummary;
      if (summary?.success === undefined) return;
      listener.dispose();
      resolve();
    });
  });
  await vscode.commands.executeCommand('notebook.cell.execute', { start: cell.index, end: cell.index + 1 });
  await done;
  if (cell.executionSummary?.success !== true) {
    throw new Error(`"${cell.document.getText()}" failed: ${cell.outputs.flatMap((output) => output.items).map(itemText).join('\n')}`);
  }
}

function rowCount(cell: vscode.NotebookCell): number | undefined {
  const item = cell.outputs.flatMap((output) => output.items).find(({ mime }) => mime === RESULT_MIME);
  return item && readSavedResult(JSON.parse(itemText(item)))?.result.rowCount;
}

function itemText({ data }: vscode.NotebookCellOutputItem): string {
  return new TextDecoder().decode(data);
}
