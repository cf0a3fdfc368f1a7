import * as vscode from 'vscode';
import type { FromRenderer } from '../common/rendererProtocol';
import { KQL_LANGUAGE } from './ipynb';
import type { ShownResults } from './vscodeCells';

/** What a renderer asks to be done with a result: everything that it does not show itself. */
export type ResultAction = Exclude<FromRenderer, { readonly type: 'readPage' | 'readValue' | 'attach' | 'ask' | 'runAgain' | 'copy' }>;

/** Does in the editor what people choose on a result. */
export class ResultActions {
  readonly #shown: ShownResults;

  constructor(shown: ShownResults) {
    this.#shown = shown;
  }

  async perform(notebook: vscode.NotebookDocument, action: ResultAction): Promise<void> {
    if (action.type === 'newCell') await this.#newCell(notebook, action.resultId, action.text);
  }

  /** A cell below the one that shows the result; nothing runs. */
  async #newCell(notebook: vscode.NotebookDocument, resultId: string, text: string): Promise<void> {
    const below = notebook.getCells().find((cell) => this.#shown.of(cell)?.result.resultId === resultId);
    const edit = new vscode.WorkspaceEdit();
    const cell = new vscode.NotebookCellData(vscode.NotebookCellKind.Code, text, KQL_LANGUAGE);
    const at = below ? below.index + 1 : notebook.cellCount;
    edit.set(notebook.uri, [vscode.NotebookEdit.insertCells(at, [cell])]);
    await vscode.workspace.applyEdit(edit);
  }
}
