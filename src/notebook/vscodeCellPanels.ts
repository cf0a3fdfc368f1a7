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
      if (origin instanceof NotebookOrigin) this.show(origin, resultId);
    });
    this.#store.add(
      vscode.workspace.onDidChangeNotebookDocument(({ cellChanges }) => {
        for (const { cell, outputs } of cellChanges) if (outputs) this.#follow(cell);
      }),
    );
  }

  /** Opens the panel of the cell that shows a result, or brings the one that is open to the front. */
  show(origin: NotebookOrigin, resultId: string): void {
    const cell = origin.cell(resultId);
    const saved = cell && this.#shown.of(cell);
    if (!saved) return;
    const open = this.#open.get(cell);
    if (open) {
      open.panel.reveal();
      return;
    }
    const panel = this.#panels.show(saved, origin.title(resultId), { origin });
    this.#open.set(cell, { panel, resultId });
    panel.onClose(() => this.#open.delete(cell));
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
