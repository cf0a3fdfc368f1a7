import * as vscode from 'vscode';
import { HuntError } from '../common/errors';
import { stripOutputs } from '../notebook/vscodeStripResults';
import { NOTEBOOK_TYPE } from '../notebook/vscodeCells';
import type { Command } from './command';

/**
 * Takes what comes from the data out of the active notebook, so that it can be shared. The rows stay at hand until the notebook is closed;
 * undo brings the outputs back. @returns how many cells had something.
 */
export class StripResults implements Command {
  readonly id = 'huntbook.stripResults';

  async run(): Promise<number> {
    const notebook = vscode.window.activeNotebookEditor?.notebook;
    if (notebook?.notebookType !== NOTEBOOK_TYPE) throw new HuntError({ kind: 'notFound', what: 'notebook', name: 'in the active editor' });
    const stripped = await stripOutputs(notebook);
    const message =
      stripped === 0
        ? vscode.l10n.t('The notebook keeps nothing of its results.')
        : vscode.l10n.t('Rows, previews, pictures and views were taken out of {0} cells. Save the notebook to share it.', stripped);
    void vscode.window.showInformationMessage(message);
    return stripped;
  }
}
