import * as vscode from 'vscode';
import { HuntError } from '../common/errors';
import { cellAt } from './cellTarget';
import { textField } from './command';

/** The KQL cell that a command is about: of `{cell}`, of a menu, or the selected one. @throws HuntError `refused` where there is none. */
export function neededCell(given: unknown): vscode.NotebookCell {
  const cell = cellAt(textField(given, 'cell') ?? given);
  if (cell) return cell;
  throw new HuntError({ kind: 'refused', message: vscode.l10n.t('Select a KQL cell first.') });
}
