import type { SentinelView } from '../views/sentinelView';
import type { Command } from './command';

/** Reads watchlists, hunting queries and bookmarks anew. */
export class RefreshSentinel implements Command {
  readonly id = 'huntbook.refreshSentinel';
  readonly #view: SentinelView;

  constructor(view: SentinelView) {
    this.#view = view;
  }

  async run(): Promise<void> {
    this.#view.refresh();
  }
}
