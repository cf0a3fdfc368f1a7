import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { HuntError } from '../common/errors';
import type { Column } from '../common/kqlTypes';
import type { SavedResult } from '../common/savedResult';
import type { EngineClient } from './engineClient';
import type { ResultOrigin } from './resultOrigin';
import { resultSummary } from './resultSummary';
import type { ResultPanels } from './vscodeResultPanels';

/** What to compare a result with; what is missing is asked for. */
export interface WantedDiff {
  readonly left: string;
  readonly right?: string | undefined;
  /** Names of columns; empty: all that both have. */
  readonly keys?: readonly string[] | undefined;
}

/** Compares two results of one origin; what only one of them has is shown in a panel. */
export class ResultDiff {
  readonly #client: EngineClient;
  readonly #panels: ResultPanels;

  constructor(client: EngineClient, panels: ResultPanels) {
    this.#client = client;
    this.#panels = panels;
  }

  /** @throws HuntError */
  async compare(wanted: WantedDiff, origin: ResultOrigin): Promise<void> {
    const left = found(origin, wanted.left);
    const right = wanted.right === undefined ? await askResult(left, origin) : found(origin, wanted.right);
    if (!right) return;
    const common = commonColumns(left, right);
    if (common.length === 0) {
      throw new HuntError({ kind: 'refused', message: vscode.l10n.t('The two results have no column of the same name and type.') });
    }
    const keys = wanted.keys ?? (await askKeys(common));
    if (!keys) return;
    const [leftTitle, rightTitle] = [left, right].map((saved) => origin.title(saved.result.resultId));
    const title = `${leftTitle ?? ''} \u2194 ${rightTitle ?? ''}`;
    const resultId = randomUUID();
    const ids = { left: left.result.resultId, right: right.result.resultId, resultId, notebookId: `diff:${resultId}` };
    const shown = { location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Comparing {0}', title), cancellable: true };
    const result = await vscode.window.withProgress(shown, (_progress, token) => this.#client.call('diffResults', { ...ids, keys }, token));
    const panel = this.#panels.show({ version: 1, result }, title, { origin });
    panel.onClose(() => void this.#client.call('forget', { resultIds: [resultId] }).catch(() => undefined));
  }
}

function found(origin: ResultOrigin, resultId: string): SavedResult {
  const saved = origin.find(resultId);
  if (saved) return saved;
  throw new HuntError({ kind: 'resultGone', resultId });
}

async function askResult(left: SavedResult, origin: ResultOrigin): Promise<SavedResult | undefined> {
  const others = origin.results().filter(({ result }) => result.resultId !== left.result.resultId);
  if (others.length === 0) throw new HuntError({ kind: 'refused', message: vscode.l10n.t('There is no other result to compare with. Run another cell.') });
  const items = others.map((saved) => ({
    label: origin.title(saved.result.resultId),
    description: resultSummary(saved.result),
    iconPath: new vscode.ThemeIcon('table'),
    saved,
  }));
  const title = vscode.l10n.t('Compare {0} with', origin.title(left.result.resultId));
  return (await vscode.window.showQuickPick(items, { title, matchOnDescription: true }))?.saved;
}

async function askKeys(common: readonly Column[]): Promise<readonly string[] | undefined> {
  const items = common.map(({ name, type }) => ({ label: name, description: type }));
  const title = vscode.l10n.t('Columns by which rows are the same');
  const placeHolder = vscode.l10n.t('None chosen: all columns that both have');
  const picked = await vscode.window.showQuickPick(items, { title, placeHolder, canPickMany: true });
  return picked?.map(({ label }) => label);
}

function commonColumns(left: SavedResult, right: SavedResult): readonly Column[] {
  const types = new Map(right.result.columns.map(({ name, type }) => [name, type]));
  return left.result.columns.filter(({ name, type }) => types.get(name) === type);
}
