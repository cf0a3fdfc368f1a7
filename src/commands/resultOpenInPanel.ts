import type { CellPanels } from '../notebook/vscodeCellPanels';
import type { ShownResults } from '../notebook/vscodeCells';
import type { Command } from './command';
import { resultAt } from './resultTarget';

/** Shows the result of a cell in an editor tab beside the notebook. Takes a cell, the URI of its document, or the selected cell. */
export class OpenResultInPanel implements Command {
  readonly id = 'huntbook.openResultInPanel';
  readonly #panels: CellPanels;
  readonly #shown: ShownResults;

  constructor(panels: CellPanels, shown: ShownResults) {
    this.#panels = panels;
    this.#shown = shown;
  }

  run(given?: unknown): void {
    const { origin, resultId } = resultAt(given, this.#shown);
    this.#panels.show(origin, resultId);
  }
}
