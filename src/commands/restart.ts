import * as vscode from 'vscode';
import type { CellDiagnostics } from '../notebook/vscodeDiagnostics';
import type { NotebookSessions } from '../notebook/vscodeSessions';
import type { Command } from './command';

/** Forgets what the cells of the active notebook have found and defined. Outputs stay as previews until cells run again. */
export class Restart implements Command {
  readonly id = 'huntbook.restart';
  readonly #sessions: NotebookSessions;
  readonly #diagnostics: CellDiagnostics;

  constructor(sessions: NotebookSessions, diagnostics: CellDiagnostics) {
    this.#sessions = sessions;
    this.#diagnostics = diagnostics;
  }

  async run(): Promise<void> {
    const notebook = vscode.window.activeNotebookEditor?.notebook;
    if (!notebook) return;
    await vscode.commands.executeCommand('notebook.cancelExecution');
    await this.#sessions.restart(notebook);
    this.#diagnostics.clearNotebook(notebook);
    vscode.window.setStatusBarMessage(vscode.l10n.t('Huntbook: all results of this notebook are forgotten.'), 5000);
  }
}
