import type { CancellationToken } from '../common/cancellation';
import { chartQuestion, MAX_ROWS } from '../common/charts/chartQuestion';
import type { ChartSource } from '../common/charts/chartModel';
import { type ChartSpec, chartSpec, isChart } from '../common/charts/chartSpec';
import { chartModel } from '../common/charts/makeModel';
import type { Visualization } from '../common/engineProtocol';
import type { Column, WireRow } from '../common/kqlTypes';
import { wholeView } from '../common/resultViews';
import { readChart } from './chartData';
import type { ResultStore } from './resultStore';

/** Longest picture, in bytes of JSON text: what a notebook's file has room for. */
const MAX_BYTES = 40_000;
/** Points that are tried, until the picture is small enough. */
const POINTS: readonly number[] = [1000, 300, 100];
const MAX_SERIES = 12;
/** On paper nobody scrolls. */
const PAPER_ROWS = Math.min(40, MAX_ROWS);

export interface ImageSubject {
  readonly resultId: string;
  readonly columns: readonly Column[];
  /** The first rows, to learn what `dynamic` columns hold. */
  readonly rows: readonly WireRow[];
  readonly visualization: Visualization;
}

/**
 * The chart that a query asks for, for readers of its file: SVG of shapes and texts alone. undefined when there is none to draw, or none
 * that is small enough.
 */
export async function chartImage(store: ResultStore, subject: ImageSubject, token: CancellationToken): Promise<string | undefined> {
  const spec = chartSpec(subject, subject.visualization);
  if (!isChart(spec)) return undefined;
  // The library is large, and most queries draw nothing.
  const { chartSvg, isDrawn } = await import('../common/charts/drawing/chartSvg');
  for (const points of POINTS) {
    const model = chartModel(spec, await sourceOf(store, spec, subject.resultId, points, token));
    if (!isDrawn(model)) return undefined;
    const svg = chartSvg(model);
    if (Buffer.byteLength(JSON.stringify(svg)) <= MAX_BYTES) return svg;
  }
  return undefined;
}

async function sourceOf(
  store: ResultStore,
  spec: ChartSpec,
  resultId: string,
  points: number,
  token: CancellationToken,
): Promise<ChartSource> {
  const viewed = { resultId, view: wholeView };
  const question = chartQuestion(spec);
  if (!question) {
    const { rows, total } = await store.readPage({ ...viewed, offset: 0, count: PAPER_ROWS }, token);
    return { rows, totalRows: total };
  }
  const limits = {
    maxPoints: Math.min(points, question.maxPoints),
    maxBins: Math.min(points, question.maxBins ?? points),
    maxSeries: Math.min(MAX_SERIES, question.maxSeries),
  };
  return { data: await readChart(await store.viewed(viewed, token), { ...viewed, ...question, ...limits }, token) };
}
