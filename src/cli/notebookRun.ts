import type { CancellationToken } from '../common/cancellation';
import { type HuntError, toHuntError } from '../common/errors';
import { isKqlCell, type Notebook, type NotebookCell, withCellRun } from '../notebook/ipynb';
import { definitionItems, errorOutput, resultItems, type SavedOutput, toNotebookError, toNotebookOutput } from '../notebook/outputs';
import type { CellOutcome, HuntSession } from '../notebook/session';

/** ISO 8601. */
export interface Times {
  readonly startedAt: string;
  readonly finishedAt: string;
}

/** What became of a cell. */
export type CellReport =
  | { readonly kind: 'markdown'; readonly cell: NotebookCell }
  /** Code in a language that Huntbook does not run. */
  | { readonly kind: 'skipped'; readonly cell: NotebookCell; readonly number: number }
  | { readonly kind: 'ran'; readonly cell: NotebookCell; readonly number: number; readonly outcome: CellOutcome; readonly times: Times }
  | { readonly kind: 'failed'; readonly cell: NotebookCell; readonly number: number; readonly error: HuntError; readonly times: Times }
  /** After a cell that failed. */
  | { readonly kind: 'notRun'; readonly cell: NotebookCell; readonly number: number };

export interface NotebookRun {
  /** With the outputs of this run. */
  readonly notebook: Notebook;
  readonly cells: readonly CellReport[];
  readonly failure: HuntError | undefined;
  readonly startedAt: Date;
  readonly finishedAt: Date;
}

/**
 * Runs the KQL cells of a notebook in order and stops at the first that fails, as Papermill does.
 * @param onCell Called after each cell.
 * @param progress Called with a sentence for people while a cell runs.
 */
export async function runNotebook(
  notebook: Notebook,
  session: HuntSession,
  saved: SavedOutput,
  token: CancellationToken,
  onCell: (report: CellReport) => void,
  progress: (sentence: string) => void = () => undefined,
): Promise<NotebookRun> {
  const startedAt = new Date();
  let executed = withoutOutputs(notebook);
  let failure: HuntError | undefined;
  let executionCount = 0;
  const cells: CellReport[] = [];
  for (const [index, cell] of notebook.cells.entries()) {
    const report = failure ? leftOut(cell, index + 1) : await runCell(cell, index + 1, session, token, progress);
    if (report.kind === 'ran' || report.kind === 'failed') {
      executed = withCellRun(executed, index, { ...outputsOf(report, saved), ...report.times, executionCount: ++executionCount });
    }
    if (report.kind === 'failed') failure = report.error;
    cells.push(report);
    onCell(report);
  }
  return { notebook: executed, cells, failure, startedAt, finishedAt: new Date() };
}

type RanCell = Extract<CellReport, { kind: 'ran' | 'failed' }>;

async function runCell(
  cell: NotebookCell,
  number: number,
  session: HuntSession,
  token: CancellationToken,
  progress: (sentence: string) => void,
): Promise<RanCell | Extract<CellReport, { kind: 'markdown' | 'skipped' }>> {
  if (cell.kind !== 'code') return { kind: 'markdown', cell };
  if (!isKqlCell(cell)) return { kind: 'skipped', cell, number };
  const startedAt = new Date().toISOString();
  const times = (): Times => ({ startedAt, finishedAt: new Date().toISOString() });
  try {
    const outcome = await session.run({ key: String(number), number, text: cell.source }, token, progress);
    return { kind: 'ran', cell, number, outcome, times: times() };
  } catch (thrown) {
    return { kind: 'failed', cell, number, error: toHuntError(thrown), times: times() };
  }
}

function leftOut(cell: NotebookCell, number: number): CellReport {
  if (cell.kind !== 'code') return { kind: 'markdown', cell };
  return isKqlCell(cell) ? { kind: 'notRun', cell, number } : { kind: 'skipped', cell, number };
}

/** Outputs of an earlier run would look like this one's. */
function withoutOutputs(notebook: Notebook): Notebook {
  return notebook.cells.reduce(
    (cleared, cell, index) => (isKqlCell(cell) ? withCellRun(cleared, index, { outputs: [], executionCount: null }) : cleared),
    notebook,
  );
}

function outputsOf(report: RanCell, saved: SavedOutput): { readonly outputs: readonly ReturnType<typeof toNotebookOutput>[] } {
  if (report.kind === 'failed') return { outputs: [toNotebookError(errorOutput(report.error, report.cell.source))] };
  const { outcome } = report;
  switch (outcome.kind) {
    case 'empty':
      return { outputs: [] };
    case 'definitions':
      return { outputs: [toNotebookOutput(definitionItems(outcome.names))] };
    case 'result':
      return { outputs: [toNotebookOutput(resultItems(outcome.result, outcome.name, saved))] };
  }
}
