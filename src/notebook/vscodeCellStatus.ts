import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../common/disposable';
import { statisticsLines } from '../common/notices';
import type { SavedResult } from '../common/savedResult';
import { countOf, duration } from './resultSummary';
import { visibleText } from '../common/visibleText';
import { failureStatus, noticeStatus } from './vscodeNoticeStatus';
import { item, plain } from './vscodeStatusItem';
import { NOTEBOOK_TYPE, type ShownResults, isKqlCell } from './vscodeCells';
import type { RunningCells } from './vscodeRunningCells';
import type { NotebookSessions } from './vscodeSessions';

/** Below each KQL cell: what its run is doing, or rows, time, workspace, name, warnings and notices of its result. */
export class CellStatus implements vscode.NotebookCellStatusBarItemProvider, Disposable {
  readonly #sessions: NotebookSessions;
  readonly #running: RunningCells;
  readonly #shown: ShownResults;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new vscode.EventEmitter<void>());

  readonly onDidChangeCellStatusBarItems = this.#changed.event;

  constructor(sessions: NotebookSessions, running: RunningCells, shown: ShownResults) {
    this.#sessions = sessions;
    this.#running = running;
    this.#shown = shown;
    this.#store.add(running.onDidChange(() => this.#changed.fire()));
    this.#store.add(sessions.onDidForget(() => this.#changed.fire()));
    this.#store.add(vscode.notebooks.registerNotebookCellStatusBarItemProvider(NOTEBOOK_TYPE, this));
  }

  provideCellStatusBarItems(cell: vscode.NotebookCell): vscode.NotebookCellStatusBarItem[] {
    if (!isKqlCell(cell)) return [];
    const sentence = this.#running.sentence(cell);
    if (sentence !== undefined) return [item(`$(sync~spin) ${plain(sentence)}`, sentence)];
    const names = this.#sessions.existing(cell.notebook)?.definedBy(cell);
    if (names && names.length > 0) return [definitionStatus(names)];
    const failure = this.#running.failure(cell);
    if (failure) return failureStatus(failure, cell);
    const saved = this.#shown.of(cell);
    if (!saved) return [];
    return [...resultStatus(saved, cell.executionSummary?.timing !== undefined), ...noticeStatus(saved.result.notices ?? [], cell)];
  }

  dispose(): void {
    this.#store.dispose();
  }
}

function definitionStatus(names: readonly string[]): vscode.NotebookCellStatusBarItem {
  const list = names.join(', ');
  return item(`$(symbol-variable) ${plain(vscode.l10n.t('defined {0}', list))}`, vscode.l10n.t('Later cells can use {0}', list));
}

/** @param timed VS Code shows the time of a cell that ran here; that of one that ran before the notebook was opened is ours to show. */
function resultStatus({ result, name }: SavedResult, timed: boolean): vscode.NotebookCellStatusBarItem[] {
  const { t } = vscode.l10n;
  const { service } = result.statistics;
  return [
    item(countOf(result.rowCount, 'row'), t('{0} rows, {1} columns', result.rowCount, result.columns.length)),
    ...(timed && !service ? [] : [item(duration(result.statistics.elapsedMs), timeTooltip(result))]),
    item(`$(database) ${plain(result.workspace.name)}`, workspaceTooltip(result.workspace.name, result.usedResults)),
    ...(name === undefined ? [] : [item(`$(symbol-variable) ${plain(name)}`, t('Later cells can use this result as the table {0}', name))]),
    ...(result.warnings.length === 0 ? [] : [item(`$(warning) ${plain(warningLabel(result.warnings))}`, result.warnings.join('\n'))]),
  ];
}

function timeTooltip({ finishedAt, statistics }: SavedResult['result']): string {
  const finished = vscode.l10n.t('Time the query took, finished at {0}', new Date(finishedAt).toLocaleString());
  return [finished, ...statisticsLines(statistics.service)].map(visibleText).join('\n');
}

function workspaceTooltip(workspace: string, usedResults: readonly string[]): string {
  if (usedResults.length === 0) return vscode.l10n.t('Workspace {0}', workspace);
  return vscode.l10n.t('Workspace {0}, with the results {1}', workspace, usedResults.join(', '));
}

function warningLabel(warnings: readonly string[]): string {
  return warnings.length === 1 ? vscode.l10n.t('1 warning') : vscode.l10n.t('{0} warnings', warnings.length);
}
