import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../common/disposable';
import type { ShownResults } from './vscodeCells';
import { NotebookOrigin } from './vscodeNotebookOrigin';
import type { ResultActions } from './vscodeResultActions';
import type { ResultPanel, ResultPanels } from './vscodeResultPanels';

/** Results of cells in panels: one panel a cell, which shows what the cell shows, also after another run. */
export class CellPanels implements Disposable {
  readonly #panels: ResultPanels;
  readonly #shown: ShownResults;
  readonly #open = new Map<vscode.NotebookCell, { readonly panel: ResultPanel; resultId: string }>();
  readonly #store = new DisposableStore();

  constructor(panels: ResultPanels, actions: ResultActions, shown: ShownResults) {
    this.#panels = panels;
    this.#shown = shown;
    actions.on('openPanel', async ({ resultId }, { origin }) => {
      const cell = origin instanceof NotebookOrigin ? origin.cell(resultId) : undefined;
      if (cell) this.show(cell);
    });
    this.#store.add(
      vscode.workspace.onDidChangeNotebookDocument(({ cellChanges }) => {
        for (const { cell, outputs } of cellChanges) if (outputs) this.#follow(cell);
      }),
    );
  }

  /** Opens the panel of a cell, or shows the one that is open. @returns false when the cell shows no result. */
  show(cell: vscode.NotebookCell, column?: vscode.ViewColumn): boolean {
    const open = this.#open.get(cell);
    if (open) {
      open.panel.reveal();
      return true;
    }
    const saved = this.#shown.of(cell);
    if (!saved) return false;
    const { resultId } = saved.result;
    const origin = new NotebookOrigin(cell.notebook, this.#shown);
    const panel = this.#panels.show(saved, origin.title(resultId), { origin, column });
    this.#open.set(cell, { panel, resultId });
    panel.onClose(() => this.#open.delete(cell));
    return true;
  }

  dispose(): void {
    this.#store.dispose();
  }

  #follow(cell: vscode.NotebookCell): void {
    const open = this.#open.get(cell);
    const saved = open && this.#shown.of(cell);
    // A run begins by clearing the output: what was there stays until there is something new.
    if (!saved || saved.result.resultId === open.resultId) return;
    open.resultId = saved.result.resultId;
    open.panel.update(saved, new NotebookOrigin(cell.notebook, this.#shown).title(open.resultId));
  }
}
