import * as vscode from 'vscode';
import type { ResultNotice } from '../common/engineProtocol';
import type { HuntError } from '../common/errors';
import { ageText, isWarning, noticeText } from '../common/notices';
import { timespanText } from './timespanText';
import { visibleText } from '../common/visibleText';
import { item, plain } from './vscodeStatusItem';

const { t } = vscode.l10n;

/** What the service did other than people may expect, each with what can be done about it; what is missing comes first. */
export function noticeStatus(notices: readonly ResultNotice[], cell: vscode.NotebookCell): vscode.NotebookCellStatusBarItem[] {
  const inOrder = [...notices.filter(isWarning), ...notices.filter((notice) => !isWarning(notice))];
  return inOrder.flatMap((notice) => noticeItems(notice, cell));
}

/** Why a cell failed, where something can be done about it right here. */
export function failureStatus({ data }: HuntError, cell: vscode.NotebookCell): vscode.NotebookCellStatusBarItem[] {
  switch (data.kind) {
    case 'signInNeeded':
      return [item(`$(azure) ${t('Sign in')}`, data.message, act('huntbook.runAgain', t('Sign in and run the cell'), cell))];
    case 'forbidden':
      return [item(`$(lock) ${plain(t('needs the role {0}', data.role))}`, data.message)];
    case 'throttled':
    case 'timeout':
    case 'network':
      return [item(`$(refresh) ${t('Run again')}`, t('Run the cell again'), act('huntbook.runAgain', t('Run the cell again'), cell))];
    default:
      return [];
  }
}

function noticeItems(notice: ResultNotice, cell: vscode.NotebookCell): vscode.NotebookCellStatusBarItem[] {
  const tooltip = visibleText(noticeText(notice));
  switch (notice.kind) {
    case 'partial':
      return [item(`$(warning) ${t('not all rows')}`, tooltip)];
    case 'truncated': {
      const shown = item(`$(warning) ${t('cut off')}`, tooltip);
      if (notice.parts === undefined) return [shown];
      const title = t('Ask in {0} parts of the time range and put the answers together', notice.parts);
      return [shown, item(`$(split-horizontal) ${t('Split the time range')}`, title, act('huntbook.runInParts', title, cell, notice.parts))];
    }
    case 'cached': {
      const title = t('Run fresh: ask the service anew');
      return [item(`$(history) ${t('cached, {0} old', ageText(notice.ageSeconds))}`, `${tooltip}\n${title}`, act('huntbook.runFresh', title, cell))];
    }
    case 'timespan': {
      const text = `$(calendar) ${plain(timespanText(notice.timespan))}`;
      if (notice.from === 'cell') return [item(text, tooltip)];
      const title = t('Change the time range of the notebook');
      return [item(text, `${tooltip}\n${title}`, { command: 'huntbook.setTimespan', title })];
    }
    case 'searched':
      return [item(`$(search) ${t('{0} table', notice.plan)}`, tooltip)];
  }
}

/** A command on this cell, with what else it takes. */
function act(command: string, title: string, cell: vscode.NotebookCell, ...more: readonly unknown[]): vscode.Command {
  return { command, title, arguments: [cell.document.uri.toString(), ...more] };
}
