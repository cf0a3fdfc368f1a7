import * as vscode from 'vscode';
import { HuntError } from '../common/errors';
import type { Watchlist, WatchlistRow } from '../common/sentinelService';
import { kqlCell } from '../common/nbformat';
import { KQL_LANGUAGE } from '../notebook/ipynb';
import { viewColumns, viewRows } from '../notebook/viewRows';
import type { ActiveHunt } from '../notebook/vscodeActiveHunt';
import type { HuntNotebooks } from '../notebook/vscodeHuntNotebooks';
import { aliasProblem, matchColumns, textRows, watchlistColumns, watchlistQuery } from '../sentinel/watchlistRows';
import { lineOfData } from '../views/dataText';
import { type Command, field, textField } from './command';
import type { Findings } from './findings';
import { untilWritten } from './retry';
import { type ShownResult, shownResult, titleOf } from './shownResult';

/** Most rows written at once; a larger set belongs in a file that the portal uploads. */
const MOST = 1000;

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

/** Makes a watchlist of the rows of a result. Takes `{cell, viewed, rows, alias, name, searchKey}`; asks for what is missing. */
export class CreateWatchlist implements Command {
  readonly id = 'huntbook.createWatchlist';
  readonly #findings: Findings;

  constructor(findings: Findings) {
    this.#findings = findings;
  }

  async run(given?: unknown): Promise<void> {
    const { t } = vscode.l10n;
    const findings = this.#findings;
    const result = shownResult(findings.shown, given);
    const columns = viewColumns(result.saved.result.columns, result.viewed);
    const names = watchlistColumns(columns);
    const alias = textField(given, 'alias') ?? (await askAlias());
    if (alias === undefined) return;
    const name = textField(given, 'name') ?? (await vscode.window.showInputBox({ title: t('Name of the watchlist'), value: alias }));
    if (name === undefined || name.trim() === '') return;
    const searchKey = textField(given, 'searchKey') ?? (await vscode.window.showQuickPick([...names], { title: t('Column by which it is searched most: its search key') }));
    if (searchKey === undefined) return;
    const workspaceId = await findings.connect(result.saved.result.workspace.id);
    const all = names.map((_name, index) => index);
    const rows = textRows(names, all, await viewRows(findings.engine, result.viewed, rowNumbers(result)));
    const description = t('From the result {0}', titleOf(result));
    const made = await untilWritten(() => findings.call('createWatchlist', { workspaceId, alias, name, description, searchKey, rows }));
    if (!made) return;
    await findings.record(result.cell.notebook, workspaceId, { what: 'watchlist', text: `${alias}: ${rows.length} rows` });
    vscode.window.setStatusBarMessage(t('The watchlist {0} has {1} rows.', alias, rows.length), 8000);
  }
}

function aliasOf(given: unknown): string | undefined {
  return textField(field(given, 'watchlist'), 'alias') ?? textField(given, 'alias');
}

/** Those that people chose, or all. @throws HuntError `refused` for more than can be written at once. */
function rowNumbers({ rows, saved }: ShownResult): readonly number[] {
  const count = rows?.length ?? saved.result.rowCount;
  if (count > MOST) {
    const message = vscode.l10n.t('{0} rows are too many: {1} can be written at once. Select fewer, or filter.', count.toLocaleString(), MOST.toLocaleString());
    throw new HuntError({ kind: 'refused', message });
  }
  return rows ?? Array.from({ length: count }, (_, number) => number);
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

function askAlias(): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: vscode.l10n.t('Alias of the watchlist'),
    prompt: vscode.l10n.t("As queries name it: _GetWatchlist('alias')"),
    validateInput: (alias) => {
      const problem = aliasProblem(alias);
      return problem === undefined ? undefined : vscode.l10n.t('An alias has {0}', problem);
    },
  });
}
