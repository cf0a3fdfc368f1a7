import { chartQuestion, MAX_ROWS } from '../../common/charts/chartQuestion';
import type { ChartSource } from '../../common/charts/chartModel';
import type { ChartSpec } from '../../common/charts/chartSpec';
import { localChartData } from '../../common/charts/localChartData';
import type { WireRow } from '../../common/kqlTypes';
import type { View } from '../../common/resultViews';
import type { ResultContext } from '../resultTab';
import { LocalRows } from '../table/localRows';
import { plural } from '../table/values';

export interface ReadSource {
  readonly source: ChartSource;
  /** What people have to know of rows that are not here; '' when all are. */
  readonly note: string;
}

/**
 * The points of a chart: of all rows of the view when the engine holds them, else of those that the file keeps.
 * @throws RequestFailure when they are held and could not be read.
 */
export async function readChartSource(context: Readable, spec: ChartSpec): Promise<ReadSource> {
  const { saved, messenger, view } = context;
  const isKeptWhole = saved.preview.rows.length >= saved.rowCount && saved.preview.cuts.length === 0;
  if (!messenger.connected || isKeptWhole) return keptSource(context, spec, view.current);
  try {
    return { source: await heldSource(context, spec), note: '' };
  } catch (thrown) {
    if (isGone(thrown)) return keptSource(context, spec, view.current);
    throw thrown;
  }
}

type Readable = Pick<ResultContext, 'saved' | 'messenger' | 'view'>;

async function heldSource({ saved, messenger, view }: Readable, spec: ChartSpec): Promise<ChartSource> {
  const viewed = { resultId: saved.resultId, view: view.current };
  const question = chartQuestion(spec);
  if (question) return { data: await messenger.ask('readChart', { ...viewed, ...question }) };
  const { rows, total } = await messenger.readPage({ ...viewed, offset: 0, count: MAX_ROWS });
  return { rows, totalRows: total };
}

/** The class of the failure is another bundle's: this one has a copy of its own, which no failure is an instance of. */
function isGone(thrown: unknown): boolean {
  return thrown instanceof Error && 'gone' in thrown && thrown.gone === true;
}

function keptSource({ saved }: Pick<ResultContext, 'saved'>, spec: ChartSpec, view: View): ReadSource {
  const kept = new LocalRows(saved.preview, saved.columns, view);
  const rows = Array.from({ length: kept.total }, (_, index): WireRow => kept.row(index) ?? []);
  const question = chartQuestion(spec);
  const count = saved.preview.rows.length;
  const isAll = count >= saved.rowCount;
  const note = isAll ? '' : `Drawn from the first ${plural(count, 'row')} of ${plural(saved.rowCount, 'row')}: those kept in the file.`;
  if (!question) return { source: { rows: rows.slice(0, MAX_ROWS), totalRows: rows.length }, note };
  return { source: { data: localChartData(saved.columns, rows, question) }, note };
}
