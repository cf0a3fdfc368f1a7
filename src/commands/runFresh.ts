import type { RunWishes } from '../notebook/vscodeRunWishes';
import { cellAt, runCell } from './cellTarget';
import type { Command } from './command';

/** Runs a cell and asks the service anew, whatever its cache holds. Takes the URI of the cell's document, or the selected cell. */
export class RunFresh implements Command {
  readonly id = 'huntbook.runFresh';
  readonly #wishes: RunWishes;

  constructor(wishes: RunWishes) {
    this.#wishes = wishes;
  }

  async run(uri?: unknown): Promise<void> {
    const cell = cellAt(uri);
    if (!cell) return;
    this.#wishes.set(cell, { fresh: true });
    await runCell(cell);
  }
}
