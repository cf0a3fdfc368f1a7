import { routine, type Routine } from './routine';
import { fitLine } from './seriesLines';
import { mean, numbersOf, percentile, readSeries, realsJson, listJson, realJson } from './seriesValues';

interface Period {
  readonly period: number;
  readonly score: number;
}

/** Shortest period looked for, in points. */
const SHORTEST = 4;

function autocorrelation(values: readonly number[]): (lag: number) => number {
  const average = mean(values);
  const total = values.reduce((sum, value) => sum + (value - average) ** 2, 0) / values.length;
  return (lag) => {
    const count = values.length - lag;
    if (count <= 0 || total === 0) return 0;
    let sum = 0;
    for (let index = 0; index < count; index++) sum += ((values[index] ?? 0) - average) * ((values[index + lag] ?? 0) - average);
    return sum / count / total;
  };
}

/** How well a series repeats after a period, and after two: 0 to 1. */
function periodScore(values: readonly number[], period: number, correlation: (lag: number) => number): number {
  if (period < SHORTEST || period > values.length / 2 || !Number.isInteger(period)) return 0;
  const twice = 2 * period < values.length ? correlation(2 * period) : 0;
  return Math.max(0, Math.min(1, correlation(period), twice));
}

/** The best periods: peaks of the autocorrelation, those that repeat a better one left out. */
export function detectPeriods(values: readonly number[], from: number, to: number, count: number): Period[] {
  const correlation = autocorrelation(values);
  const peaks: Period[] = [];
  // Less than this comes by chance in one of twenty series without a period.
  const noise = 2 / Math.sqrt(values.length);
  const last = Math.min(to, values.length / 2);
  for (let period = Math.max(SHORTEST, Math.ceil(from)); period <= last; period++) {
    const here = correlation(period);
    if (here < correlation(period - 1) || here < correlation(period + 1)) continue;
    const score = periodScore(values, period, correlation);
    if (score > noise) peaks.push({ period, score });
  }
  peaks.sort((a, b) => b.score - a.score || a.period - b.period);
  const found: Period[] = [];
  for (const peak of peaks) {
    if (found.length >= count) break;
    if (!found.some(({ period }) => peak.period % period === 0)) found.push(peak);
  }
  return found;
}

function median(values: readonly number[]): number {
  return percentile([...values].sort((a, b) => a - b), 50);
}

/** Median of the points in the same phase. */
function seasonalOf(values: readonly number[], learned: readonly number[], period: number): number[] {
  if (period <= 0) return values.map(() => 0);
  const phases = Array.from({ length: period }, (_, phase) => learned.filter((_value, index) => index % period === phase));
  const medians = phases.map((points) => (points.length === 0 ? 0 : median(points)));
  return values.map((_, index) => medians[index % period] ?? 0);
}

interface Settings {
  readonly seasonality: number;
  readonly trend: string;
  readonly testPoints: number;
  readonly threshold: number;
}

interface Decomposition {
  readonly baseline: readonly number[];
  readonly seasonal: readonly number[];
  readonly trend: readonly number[];
  readonly residual: readonly number[];
}

function decompose(values: readonly number[], { seasonality, trend, testPoints, threshold }: Settings): Decomposition {
  const learned = values.slice(0, Math.max(1, values.length - testPoints));
  let period = seasonality;
  if (seasonality < 0) {
    const [best] = detectPeriods(learned, SHORTEST, learned.length / 2, 1);
    period = best && best.score >= threshold ? best.period : 0;
  }
  const seasonal = seasonalOf(values, learned, period);
  const flat = learned.map((value, index) => value - (seasonal[index] ?? 0));
  const line = fitLine(flat);
  const average = mean(flat);
  const trends = values.map((_, index) => (trend === 'none' ? 0 : trend === 'linefit' ? line.interception + line.slope * index : average));
  const baseline = values.map((_, index) => (seasonal[index] ?? 0) + (trends[index] ?? 0));
  return { baseline, seasonal, trend: trends, residual: values.map((value, index) => value - (baseline[index] ?? 0)) };
}

function partsJson({ baseline, seasonal, trend, residual }: Decomposition): string {
  return listJson([baseline, seasonal, trend, residual].map(realsJson));
}

/** Distance from the percentiles in units of their range; 0 between them. */
function tukey(values: readonly number[], learned: readonly number[], low: number, high: number): number[] {
  const sorted = [...learned].sort((a, b) => a - b);
  const [bottom, top] = [percentile(sorted, low), percentile(sorted, high)];
  const score = (distance: number): number => (distance === 0 ? 0 : distance / (top - bottom));
  return values.map((value) => (value > top ? score(value - top) : value < bottom ? score(value - bottom) : 0));
}

type Text = string | null | undefined;

function settings(seasonality: Text, trend: Text, testPoints: Text, threshold: Text): Settings {
  return { seasonality: Math.trunc(Number(seasonality ?? '-1')), trend: trend ?? 'avg', testPoints: Number(testPoints ?? '0'), threshold: Number(threshold ?? '0.6') };
}

/** Series taken apart into season, trend and rest; what sticks out. */
export const seriesDecompositionRoutines: readonly Routine[] = [
  routine('series_decompose', 5, (series, seasonality, trend, testPoints, threshold) => {
    const values = numbersOf(series);
    if (!values) return null;
    return partsJson(decompose(values, settings(seasonality, trend, testPoints, threshold)));
  }),
  routine('series_decompose_anomalies', 7, (series, limit, seasonality, trend, testPoints, method, threshold) => {
    const values = numbersOf(series);
    if (!values) return null;
    const set = settings(seasonality, trend, testPoints, threshold);
    const { baseline, residual } = decompose(values, set);
    const [low, high] = method === 'tukey' ? [25, 75] : [10, 90];
    const scores = tukey(residual, residual.slice(0, Math.max(1, values.length - set.testPoints)), low, high);
    const bound = Number(limit ?? '1.5');
    const flags = scores.map((score) => (score > bound ? '1' : score < -bound ? '-1' : '0'));
    return listJson([listJson(flags), realsJson(scores), realsJson(baseline)]);
  }),
  routine('series_decompose_forecast', 5, (series, points, seasonality, trend, threshold) => {
    const items = readSeries(series);
    const ahead = Number(points ?? '0');
    // The points to forecast may be missing.
    const values = items?.map(({ value }, index) => (index >= items.length - ahead && Number.isNaN(value) ? 0 : value));
    if (!values || values.length === 0 || values.some(Number.isNaN)) return null;
    return partsJson(decompose(values, settings(seasonality, trend, points, threshold)));
  }),
  routine('series_seasonal', 2, (series, period) => {
    const values = numbersOf(series);
    if (!values) return null;
    let length = Number(period ?? '-1');
    if (length === -1) {
      const [best] = detectPeriods(values, SHORTEST, values.length / 2, 1);
      length = best && best.score >= 0.7 ? best.period : 0;
    }
    return realsJson(seasonalOf(values, values, length));
  }),
  routine('series_outliers', 6, (series, kind, ignored, low, high, testPoints) => {
    const items = readSeries(series);
    if (!items) return null;
    const skip = Number(ignored ?? Number.NaN);
    const counts = items.map(({ value }) => !Number.isNaN(value) && value !== skip);
    const values = items.filter((_, index) => counts[index]).map(({ value }) => value);
    if (values.length === 0) return listJson(items.map(() => '0.0'));
    const [from, to] = kind === 'tukey' ? [25, 75] : [Number(low ?? '10'), Number(high ?? '90')];
    // Points at the end that are tested, not learned from.
    const learned = counts.filter((count, index) => count && index < items.length - Number(testPoints ?? '0')).length;
    const scores = tukey(values, values.slice(0, Math.max(1, learned)), from, to);
    return listJson(counts.map((count) => realJson(count ? (scores.shift() ?? 0) : 0)));
  }),
  /** Periods and scores, filled up with zeros. */
  routine('series_periods_detect', 4, (series, from, to, count) => {
    const values = numbersOf(series);
    if (!values) return null;
    const wanted = Number(count ?? '1');
    const found = detectPeriods(values, Number(from ?? '0'), Number(to ?? '0'), wanted);
    const fill = Array.from({ length: Math.max(0, wanted - found.length) }, () => 0);
    return listJson([realsJson([...found.map(({ period }) => period), ...fill]), realsJson([...found.map(({ score }) => score), ...fill])]);
  }),
  routine('series_periods_validate', 2, (series, periods) => {
    const [values, wanted] = [numbersOf(series), numbersOf(periods)];
    if (!values || !wanted) return null;
    const correlation = autocorrelation(values);
    return listJson([realsJson(wanted), realsJson(wanted.map((period) => periodScore(values, period, correlation)))]);
  }),
];
