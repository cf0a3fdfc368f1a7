import * as vscode from 'vscode';
import { HuntError } from '../common/errors';
import { KQL_LANGUAGE } from '../notebook/ipynb';
import { watchlistQuery } from '../sentinel/watchlistRows';
import type { Command } from './command';
import { aliasOf } from './watchlistTarget';

/** Writes `_GetWatchlist('alias')` where people write KQL. Takes a node of the Sentinel view or `{alias}`. */
export class UseWatchlist implements Command {
  readonly id = 'huntbook.useWatchlist';

  async run(given?: unknown): Promise<void> {
    const alias = aliasOf(given);
    const editor = vscode.window.activeTextEditor;
    if (alias === undefined) return;
    if (editor?.document.languageId !== KQL_LANGUAGE) {
      throw new HuntError({ kind: 'refused', message: vscode.l10n.t('Put the cursor into a KQL cell first: the watchlist is written there.') });
    }
    await editor.edit((edit) => editor.selections.forEach((selection) => edit.replace(selection, watchlistQuery(alias))));
  }
}
