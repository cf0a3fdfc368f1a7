import * as vscode from 'vscode';
import { HuntError } from '../common/errors';
import type { CellPanels } from '../notebook/vscodeCellPanels';
import { cellAt } from './cellTarget';
import type { Command } from './command';

/** Shows the result of a cell in an editor tab beside the notebook. Takes the URI of the cell's document, or the selected cell. */
export class OpenResultInPanel implements Command {
  readonly id = 'huntbook.openResultInPanel';
  readonly #panels: CellPanels;

  constructor(panels: CellPanels) {
    this.#panels = panels;
  }

  async run(given?: unknown): Promise<void> {
    const cell = cellAt(given);
    if (cell && this.#panels.show(cell)) return;
    throw new HuntError({ kind: 'refused', message: vscode.l10n.t('This cell shows no result. Run it first.') });
  }
}
