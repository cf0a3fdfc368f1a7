import { huntbookMetadata, kqlCell, markdownCell, notebookText } from '../common/nbformat';
import type { HuntNotebooks } from '../notebook/vscodeHuntNotebooks';
import { markdownCode, markdownQuote, markdownText } from '../sentinel/markdownText';
import type { Command } from './command';
import { bookmarkOf } from './bookmarkTarget';

/** Makes a notebook of a bookmark: its notes, its entities, its query. Takes a node of the Sentinel view. */
export class OpenBookmark implements Command {
  readonly id = 'huntbook.openBookmark';
  readonly #notebooks: HuntNotebooks;

  constructor(notebooks: HuntNotebooks) {
    this.#notebooks = notebooks;
  }

  async run(given?: unknown): Promise<void> {
    const bookmark = bookmarkOf(given);
    if (!bookmark) return;
    const { name, notes, entities, query, tactics, techniques, queryStart, queryEnd } = bookmark;
    const known = entities.map(({ kind, value }) => `- ${kind}: ${markdownCode(value)}`).join('\n');
    const about = [`# ${markdownText(name)}`, ...(notes === '' ? [] : [markdownQuote(notes)]), ...(known === '' ? [] : [known])].join('\n\n');
    const timespan = queryStart === undefined || queryEnd === undefined ? '' : `//| timespan: ${queryStart}/${queryEnd}\n`;
    const cells = [markdownCell('about', about), kqlCell('query', `${timespan}${query}`)];
    const metadata = { ...huntbookMetadata, huntbook: { tactics, techniques } };
    await this.#notebooks.openUntitled(notebookText({ cells, metadata, nbformat: 4, nbformat_minor: 5 }), '');
  }
}
