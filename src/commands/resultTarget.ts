import * as vscode from 'vscode';
import { HuntError } from '../common/errors';
import type { ShownResults } from '../notebook/vscodeCells';
import { NotebookOrigin } from '../notebook/vscodeNotebookOrigin';
import { cellAt } from './cellTarget';
import { textField } from './command';

/** The result of a cell, and the notebook that it belongs to. */
export interface ResultTarget {
  readonly origin: NotebookOrigin;
  readonly resultId: string;
}

/**
 * The result of the cell given by a menu or as `{cell: URI}`, or of the selected cell.
 * @throws HuntError when it shows none.
 */
export function resultAt(given: unknown, shown: ShownResults): ResultTarget {
  const cell = cellAt(textField(given, 'cell') ?? given);
  const saved = cell && shown.of(cell);
  if (saved) return { origin: new NotebookOrigin(cell.notebook, shown), resultId: saved.result.resultId };
  throw new HuntError({ kind: 'refused', message: vscode.l10n.t('This cell shows no result. Run it first.') });
}
