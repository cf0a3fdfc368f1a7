import { kqlCell } from '../common/nbformat';
import type { ActiveHunt } from '../notebook/vscodeActiveHunt';
import type { HuntNotebooks } from '../notebook/vscodeHuntNotebooks';
import { watchlistQuery } from '../sentinel/watchlistRows';
import type { Command } from './command';
import { aliasOf } from './watchlistTarget';

/** Shows the rows of a watchlist, in the active hunt notebook or a new one. Takes a node of the Sentinel view or `{alias}`. */
export class OpenWatchlist implements Command {
  readonly id = 'huntbook.openWatchlist';
  readonly #notebooks: HuntNotebooks;
  readonly #hunt: ActiveHunt;

  constructor(notebooks: HuntNotebooks, hunt: ActiveHunt) {
    this.#notebooks = notebooks;
    this.#hunt = hunt;
  }

  async run(given?: unknown): Promise<void> {
    const alias = aliasOf(given);
    if (alias === undefined) return;
    const text = watchlistQuery(alias);
    const { editor } = this.#hunt;
    if (editor) await this.#notebooks.runNewCell(editor, text);
    else await this.#notebooks.runCell(await this.#notebooks.openNew([kqlCell('watchlist', text)]), 0);
  }
}
