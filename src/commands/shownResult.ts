import * as vscode from 'vscode';
import { HuntError } from '../common/errors';
import { type Viewed, wholeView } from '../common/resultViews';
import type { SavedResult } from '../common/savedResult';
import { readCellOptions } from '../kql/cellOptions';
import { standaloneQuery } from '../notebook/standaloneQuery';
import { isKqlCell, type ShownResults } from '../notebook/vscodeCells';
import type { ResultOrigin } from '../notebook/resultOrigin';
import { NotebookOrigin } from '../notebook/vscodeNotebookOrigin';
import { notebookTimespan } from '../notebook/vscodeNotebookMetadata';
import { cellAt } from './cellTarget';
import { field, textField } from './command';

/** A result as a cell shows it, with the view and the rows that people chose of it. */
export interface ShownResult {
  readonly cell: vscode.NotebookCell;
  readonly saved: SavedResult;
  readonly viewed: Viewed;
  /** Numbers in the view; absent: nobody chose. */
  readonly rows?: readonly number[] | undefined;
}

/**
 * The result that a command is about: of `{cell, viewed, rows}`, where `cell` is the URI of its document; of the cell whose menu it is;
 * else of the cell selected in the active notebook.
 * @throws HuntError `refused` where there is none.
 */
export function shownResult(shown: ShownResults, given: unknown): ShownResult {
  const cell = cellAt(textField(given, 'cell') ?? given);
  const saved = cell && shown.of(cell);
  if (!saved) {
    throw new HuntError({ kind: 'refused', message: vscode.l10n.t('Select a cell with a result first: this cell has none. Run it, then try again.') });
  }
  const viewed = field(given, 'viewed') as Viewed | undefined;
  const rows = field(given, 'rows');
  return {
    cell,
    saved,
    viewed: viewed ?? { resultId: saved.result.resultId, view: wholeView },
    ...(Array.isArray(rows) ? { rows: rows as readonly number[] } : {}),
  };
}

/** Runs a command on rows that people chose in a result of a notebook. @throws HuntError `refused` for a result of anything else. */
export async function runOnRows(command: string, origin: ResultOrigin, { viewed, rows }: Pick<ShownResult, 'viewed' | 'rows'>): Promise<void> {
  const cell = origin instanceof NotebookOrigin ? origin.cell(viewed.resultId) : undefined;
  if (!cell) throw new HuntError({ kind: 'refused', message: vscode.l10n.t('Rows are written from a notebook: run the query in one.') });
  await vscode.commands.executeCommand(command, { cell: cell.document.uri.toString(), viewed, rows });
}

/** The query of a cell with what it needs of earlier ones: it runs outside of the notebook. */
export function queryOf(cell: vscode.NotebookCell): string {
  const cells = cell.notebook.getCells().filter(isKqlCell);
  return standaloneQuery(cells.map(({ document }) => document.getText()), cells.indexOf(cell)).query;
}

/** The time range that the cell's query is sent with, ISO 8601; undefined when the query itself says it. */
export function timespanOf(cell: vscode.NotebookCell): string | undefined {
  return readCellOptions(cell.document.getText()).options.timespan ?? notebookTimespan(cell.notebook);
}

/** What people know a result by. */
export function titleOf({ saved, cell }: ShownResult): string {
  return saved.name ?? vscode.l10n.t('Result of cell {0}', cell.index + 1);
}
