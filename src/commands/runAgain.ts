import { cellAt, runCell } from './cellTarget';
import type { Command } from './command';

/** Runs a cell again, as a click on what its failure offers. Takes the URI of the cell's document, or the selected cell. */
export class RunAgain implements Command {
  readonly id = 'huntbook.runAgain';

  async run(uri?: unknown): Promise<void> {
    const cell = cellAt(uri);
    if (cell) await runCell(cell);
  }
}
