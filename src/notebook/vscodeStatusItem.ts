import * as vscode from 'vscode';

/** An item below a cell, at its left; with a command, it can be chosen. */
export function item(text: string, tooltip: string, command?: vscode.Command): vscode.NotebookCellStatusBarItem {
  const made = new vscode.NotebookCellStatusBarItem(text, vscode.NotebookCellStatusBarAlignment.Left);
  made.tooltip = tooltip;
  if (command) made.command = command;
  return made;
}

/** `$(…)` draws an icon in a status item: a name that holds it stays text. */
export function plain(text: string): string {
  return text.replaceAll('$(', '$\u200B(');
}
