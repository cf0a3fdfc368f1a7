import * as vscode from 'vscode';
import { HuntError } from '../common/errors';
import type { Watchlist, WatchlistRow } from '../common/sentinelService';
import { viewColumns, viewRows } from '../notebook/viewRows';
import { matchColumns, textRows } from '../sentinel/watchlistRows';
import { lineOfData } from '../views/dataText';
import { type Command, textField } from './command';
import type { Findings } from './findings';
import { rowNumbers } from './watchlistTarget';
import { untilWritten } from './retry';
import { shownResult, type ShownResult } from './shownResult';

/** Adds rows of a result to a watchlist. Takes `{cell, viewed, rows, alias}`; all rows when none are named; asks for what is missing. */
export class AddToWatchlist implements Command {
  readonly id = 'huntbook.addToWatchlist';
  readonly #findings: Findings;

  constructor(findings: Findings) {
    this.#findings = findings;
  }

  async run(given?: unknown): Promise<void> {
    const findings = this.#findings;
    const result = shownResult(findings.shown, given);
    const workspaceId = await findings.connect(result.saved.result.workspace.id);
    const watchlists = await findings.call('listWatchlists', { workspaceId });
    const watchlist = await pickWatchlist(watchlists, textField(given, 'alias'));
    if (!watchlist) return;
    const columns = viewColumns(result.saved.result.columns, result.viewed);
    const wanted = watchlist.columns.map(({ name }) => name);
    const matched = matchColumns(wanted, columns);
    const filled = matched.every((index) => index === undefined) || textField(given, 'alias') === undefined ? await askColumns(wanted, matched, result) : matched;
    if (!filled) return;
    const rows = textRows(wanted, filled, await viewRows(findings.engine, result.viewed, rowNumbers(result)));
    const added = await this.#add(workspaceId, watchlist.alias, rows);
    if (added === 0) return;
    await findings.record(result.cell.notebook, workspaceId, { what: 'watchlist', text: `${watchlist.alias}: ${added} rows` });
    vscode.window.setStatusBarMessage(vscode.l10n.t('{0} rows added to the watchlist {1}.', added, watchlist.alias), 8000);
  }

  /** Trying again goes on behind what is added. @returns how many are. */
  async #add(workspaceId: string, alias: string, rows: readonly WatchlistRow[]): Promise<number> {
    let added = 0;
    const rest = async (): Promise<void> => {
      const answer = await this.#findings.call('addWatchlistRows', { workspaceId, alias, rows: rows.slice(added) });
      added += answer.added;
      if (answer.failure !== undefined) throw new HuntError({ kind: 'refused', message: answer.failure });
    };
    await untilWritten(rest, () => vscode.l10n.t('{0} of {1} rows are written, the others are not.', added, rows.length));
    return added;
  }
}

async function pickWatchlist(watchlists: readonly Watchlist[], alias: string | undefined): Promise<Watchlist | undefined> {
  if (alias !== undefined) {
    const named = watchlists.find((watchlist) => watchlist.alias === alias);
    if (!named) throw new HuntError({ kind: 'notFound', what: 'watchlist', name: alias });
    return named;
  }
  const items = watchlists.map((watchlist) => ({
    label: lineOfData(watchlist.alias),
    description: lineOfData(watchlist.name),
    detail: lineOfData(watchlist.columns.map(({ name }) => name).join(', ')),
    watchlist,
  }));
  const title = items.length === 0 ? vscode.l10n.t('The workspace has no watchlist yet') : vscode.l10n.t('Watchlist that gets the rows');
  return (await vscode.window.showQuickPick(items, { title, matchOnDetail: true }))?.watchlist;
}

/** Asks, for each column of the watchlist, which column of the result fills it; those of the same name are suggested. */
async function askColumns(
  wanted: readonly string[],
  matched: readonly (number | undefined)[],
  result: ShownResult,
): Promise<readonly (number | undefined)[] | undefined> {
  const { t } = vscode.l10n;
  const columns = viewColumns(result.saved.result.columns, result.viewed);
  const filled: (number | undefined)[] = [];
  for (const [nth, name] of wanted.entries()) {
    const suggested = matched[nth];
    const choices = columns.map(({ name: label }, index) => ({ label: lineOfData(label), description: index === suggested ? t('same name') : '', index }));
    const first = choices.filter(({ index }) => index === suggested);
    const items = [...first, { label: t('Leave empty'), description: '', index: undefined }, ...choices.filter(({ index }) => index !== suggested)];
    const picked = await vscode.window.showQuickPick(items, { title: t('{0} of {1}: what fills the column {2}?', nth + 1, wanted.length, name) });
    if (!picked) return undefined;
    filled.push(picked.index);
  }
  return filled;
}
