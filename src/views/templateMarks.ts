import type * as vscode from 'vscode';
import type { TemplateEntry } from '../common/templates';

const FAVOURITES = 'huntbook.favouriteTemplates';
const SEEN = 'huntbook.seenTemplates';

/** What people marked, and which templates they have had before their eyes; kept for all windows. */
export class TemplateMarks {
  readonly #memory: vscode.Memento;

  constructor(memory: vscode.Memento) {
    this.#memory = memory;
  }

  isFavourite(id: string): boolean {
    return this.#favourites().includes(id);
  }

  async setFavourite(id: string, favourite: boolean): Promise<void> {
    const others = this.#favourites().filter((other) => other !== id);
    await this.#memory.update(FAVOURITES, favourite ? [...others, id] : others);
  }

  /**
   * Ids that a source did not have when the view was last looked at. All of a source that is seen for the first time are known already:
   * that it came is no news.
   */
  async newIds(source: string, entries: readonly TemplateEntry[]): Promise<readonly string[]> {
    const seen = this.#seen()[source];
    if (!seen) {
      if (entries.length > 0) await this.see(source, entries);
      return [];
    }
    const known = new Set(seen);
    return entries.map(({ id }) => id).filter((id) => !known.has(id));
  }

  async see(source: string, entries: readonly TemplateEntry[]): Promise<void> {
    await this.#memory.update(SEEN, { ...this.#seen(), [source]: entries.map(({ id }) => id) });
  }

  #favourites(): readonly string[] {
    return this.#memory.get<readonly string[]>(FAVOURITES, []);
  }

  #seen(): Readonly<Record<string, readonly string[]>> {
    return this.#memory.get<Readonly<Record<string, readonly string[]>>>(SEEN, {});
  }
}
