import * as vscode from 'vscode';
import { viewColumns, viewRows } from '../notebook/viewRows';
import { aliasProblem, textRows, watchlistColumns } from '../sentinel/watchlistRows';
import { type Command, textField } from './command';
import type { Findings } from './findings';
import { rowNumbers } from './watchlistTarget';
import { untilWritten } from './retry';
import { shownResult, titleOf } from './shownResult';

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
