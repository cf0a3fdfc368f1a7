import type { Grid } from './grid';
import type { TableContext } from './tableContext';
import { countText } from './values';

/** Jumps from hit to hit of a text, leaving all rows where they are. */
export class Finder {
  readonly #table: TableContext;
  readonly #grid: Grid;
  readonly #show: (count: string) => void;
  #text = '';
  #asked = 0;
  /** Each step begins where the one before ended. */
  #steps: Promise<void> = Promise.resolve();

  /** @param show says where the search is: `3 of 120`, '' when there is none */
  constructor(table: TableContext, grid: Grid, show: (count: string) => void) {
    this.#table = table;
    this.#grid = grid;
    this.#show = show;
  }

  get text(): string {
    return this.#text;
  }

  /** Looks for another text, from the active cell on; '' ends the search. */
  find(text: string): void {
    this.#text = text;
    this.#asked += 1;
    this.#show('');
    this.#table.model.needle = text === '' ? this.#table.view.filter : text;
    this.#grid.draw(true);
    if (text !== '') this.#steps = this.#go(false, true);
  }

  next(backwards: boolean): void {
    if (this.#text !== '') this.#steps = this.#steps.then(() => this.#go(backwards, false));
  }

  async #go(backwards: boolean, orHere: boolean): Promise<void> {
    const { model, grouping, ask } = this.#table;
    const { view } = model.source;
    if (grouping.by.length > 0) {
      this.#table.say('Find looks through rows: take the groups away, or filter.');
      return;
    }
    this.#asked += 1;
    const mine = this.#asked;
    const columns = model.columns.shown;
    const { row, column: place } = model.selection.active;
    const from = orHere ? before(row, place, columns) : { row, column: columns[place] ?? -1 };
    try {
      const { hit, ordinal, total } = await ask('findInView', { view, text: this.#text, from, backwards, columns });
      if (mine !== this.#asked) return;
      this.#show(hit ? `${countText(ordinal)} of ${countText(total)}` : 'No hit');
      this.#table.say(hit ? `Hit ${countText(ordinal)} of ${countText(total)}` : `No value contains “${this.#text}”`);
      if (hit) this.#grid.activate({ row: hit.row, column: columns.indexOf(hit.column) });
    } catch (thrown) {
      if (mine === this.#asked) this.#table.say(`Could not search. ${thrown instanceof Error ? thrown.message : String(thrown)}`);
    }
  }
}

/** The cell before a place, so that a search after it begins at the place itself. */
function before(row: number, place: number, columns: readonly number[]): { readonly row: number; readonly column: number } {
  if (place > 0) return { row, column: columns[place - 1] ?? -1 };
  return { row: row - 1, column: columns.at(-1) ?? -1 };
}
