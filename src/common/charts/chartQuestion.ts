import type { ReadChart } from '../resultViews';
import { kindFacts } from './chartKinds';
import type { ChartSpec } from './chartSpec';

/** Most points that a chart is drawn of. */
export const MAX_POINTS = 5_000;
/** Most lines, or colours of bars, that a chart is drawn of. */
export const MAX_SERIES = 50;
/** Most bars beside each other; more can be seen by zooming, but not made out. */
const MAX_BARS = 400;
/** Rows that are counted come in so many bins of time: bars wide enough to be told apart. */
const COUNTED_BINS = 120;
const MAX_RECTANGLES = 500;
/** Most rows of a kind that draws rows: a ladder's bars. */
export const MAX_ROWS = 300;

/** What to ask the store for a chart; undefined for kinds that are drawn of rows. */
export function chartQuestion(spec: ChartSpec): Omit<ReadChart, 'resultId' | 'view'> | undefined {
  const { shape, mark } = kindFacts(spec.kind);
  if (shape === 'card' || shape === 'ladder') return undefined;
  const { x, y, series, aggregate } = spec;
  const read = { x, y, series, aggregate, maxPoints: MAX_POINTS };
  if (shape !== 'xy') return { ...read, maxSeries: MAX_RECTANGLES, maxBins: MAX_RECTANGLES };
  const isTime = spec.columns[x]?.type !== 'string';
  if (aggregate === 'count' && isTime) return { ...read, maxSeries: MAX_SERIES, maxBins: COUNTED_BINS };
  return { ...read, maxSeries: MAX_SERIES, ...(mark === 'bar' ? { maxBins: MAX_BARS } : {}) };
}
