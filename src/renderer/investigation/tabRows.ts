import type { Column, WireRow } from '../../common/kqlTypes';
import type { ResultContext } from '../resultTab';
import { plural } from '../table/values';

/** Most rows that a tab draws of. */
const MOST_ROWS = 100_000;
/** Most that one question answers, see {@link import('../../common/resultViews').ReadColumns}. */
const ROWS_AT_ONCE = 20_000;

export interface TabRows {
  readonly columns: readonly Column[];
  /** Values of the columns that were asked for, in their order. */
  readonly rows: readonly WireRow[];
  /** What people have to know of rows that are not here; '' when all are. */
  readonly note: string;
}

/**
 * The chosen columns of all rows of the view that is looked at, as far as they can be had: without an engine that holds them, those that
 * the file keeps.
 * @throws RequestFailure when they are held and could not be read.
 */
export async function readTabRows({ saved, messenger, view }: ResultContext, chosen: readonly number[]): Promise<TabRows> {
  const columns = chosen.flatMap((index) => saved.columns[index] ?? []);
  const isHeld = messenger.connected && (await messenger.attach(saved.resultId));
  if (!isHeld) {
    const rows = saved.preview.rows.map((row) => chosen.map((index) => row[index] ?? null));
    const note = rows.length < saved.rowCount ? `Of the first ${plural(rows.length, 'row')}, which the file keeps, of ${plural(saved.rowCount, 'row')}.` : '';
    return { columns, rows, note };
  }
  const rows: WireRow[] = [];
  let total = 0;
  do {
    const question = { resultId: saved.resultId, view: view.current, columns: chosen, offset: rows.length, count: ROWS_AT_ONCE };
    const answer = await messenger.ask('readColumns', question);
    total = answer.total;
    if (answer.rows.length === 0) break;
    for (const row of answer.rows) rows.push(row);
  } while (rows.length < Math.min(total, MOST_ROWS));
  const note = rows.length < total ? `Of the first ${plural(rows.length, 'row')} of ${plural(total, 'row')}: filter the table to see others.` : '';
  return { columns, rows, note };
}
