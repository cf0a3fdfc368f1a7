import type * as vscode from 'vscode';
import { huntbookMetadata, kqlCell, markdownCell, notebookText } from '../common/nbformat';
import type { HuntingQuery } from '../common/sentinelService';
import type { HuntNotebooks } from '../notebook/vscodeHuntNotebooks';
import { markdownText } from '../sentinel/markdownText';
import { type Command, field } from './command';

/** Makes a notebook of a hunting query. Takes a node of the Sentinel view or `{query, run}`. */
export class OpenHuntingQuery implements Command {
  readonly id = 'huntbook.openHuntingQuery';
  readonly #notebooks: HuntNotebooks;

  constructor(notebooks: HuntNotebooks) {
    this.#notebooks = notebooks;
  }

  async run(given?: unknown): Promise<void> {
    const query = field(given, 'query') as HuntingQuery | undefined;
    if (!query) return;
    const editor = await openQuery(this.#notebooks, query);
    if (field(given, 'run') === true) await this.#notebooks.runCell(editor, 1);
  }
}

/** The query in a notebook of its own, with what it is about. */
async function openQuery(notebooks: HuntNotebooks, saved: HuntingQuery): Promise<vscode.NotebookEditor> {
  const { name, description, query, tactics, techniques } = saved;
  const about = [`# ${markdownText(name)}`, ...(description === '' ? [] : [markdownText(description, 2000)])].join('\n\n');
  const metadata = { ...huntbookMetadata, huntbook: { tactics, techniques } };
  const cells = [markdownCell('about', about), kqlCell('query', query)];
  return notebooks.openUntitled(notebookText({ cells, metadata, nbformat: 4, nbformat_minor: 5 }), '');
}
