import { routine, type Routine } from './routine';
import { mean, numbersOf, readSeries, realJson, realsJson, variance } from './seriesValues';

export interface Line {
  readonly rsquare: number;
  readonly slope: number;
  readonly variance: number;
  readonly rvariance: number;
  readonly interception: number;
  readonly fit: readonly number[];
}

/** Least squares over the positions 0, 1, …. */
export function fitLine(values: readonly number[]): Line {
  const size = values.length;
  const center = (size - 1) / 2;
  const average = mean(values);
  let [xy, xx] = [0, 0];
  values.forEach((value, index) => {
    xy += (index - center) * (value - average);
    xx += (index - center) ** 2;
  });
  const slope = xx === 0 ? 0 : xy / xx;
  const interception = average - slope * center;
  const fit = values.map((_, index) => interception + slope * index);
  const total = variance(values);
  const rvariance = variance(values.map((value, index) => value - (fit[index] ?? 0)));
  return { rsquare: total === 0 ? 1 : 1 - rvariance / total, slope, variance: total, rvariance, interception, fit };
}

interface TwoLines {
  readonly split: number;
  readonly rsquare: number;
  readonly variance: number;
  readonly rvariance: number;
  readonly fit: readonly number[];
  readonly left: Line;
  readonly right: Line;
}

/** The split into two lines with the best fit. */
function fitTwoLines(values: readonly number[]): TwoLines | undefined {
  const total = variance(values);
  let best: TwoLines | undefined;
  for (let split = 1; split < values.length - 1; split++) {
    const left = fitLine(values.slice(0, split + 1));
    const right = fitLine(values.slice(split + 1));
    const fit = [...left.fit, ...right.fit];
    const rvariance = variance(values.map((value, index) => value - (fit[index] ?? 0)));
    const rsquare = total === 0 ? 1 : 1 - rvariance / total;
    if (!best || rsquare > best.rsquare) best = { split, rsquare, variance: total, rvariance, fit, left, right };
  }
  return best;
}

const object = (entries: readonly (readonly [string, string])[]): string => `{${entries.map(([name, json]) => `"${name}":${json}`).join(',')}}`;

function lineEntries(line: Line): [string, string][] {
  return [
    ['rsquare', realJson(line.rsquare)],
    ['slope', realJson(line.slope)],
    ['variance', realJson(line.variance)],
    ['rvariance', realJson(line.rvariance)],
    ['interception', realJson(line.interception)],
  ];
}

function statistics(series: string | null | undefined, ignore: boolean): string | null {
  const all = readSeries(series);
  const items = all?.map(({ value }, index) => ({ value, index })).filter(({ value }) => !ignore || Number.isFinite(value));
  if (!all || !items) return null;
  const values = items.map(({ value }) => value);
  const names = ['min', 'min_idx', 'max', 'max_idx', 'avg', 'stdev', 'variance', 'sum', 'len'] as const;
  if (values.length === 0 || values.some((value) => !Number.isFinite(value))) {
    return object(names.map((name) => [name, name === 'len' ? String(all.length) : 'null']));
  }
  const [min, max] = [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
  const spread = variance(values);
  const at = (wanted: number): string => String(items.find(({ value }) => value === wanted)?.index ?? 0);
  const sum = values.reduce((total, value) => total + value, 0);
  return object([
    ['min', realJson(min)],
    ['min_idx', at(min)],
    ['max', realJson(max)],
    ['max_idx', at(max)],
    ['avg', realJson(mean(values))],
    ['stdev', realJson(Math.sqrt(spread))],
    ['variance', realJson(spread)],
    ['sum', realJson(sum)],
    ['len', String(values.length)],
  ]);
}

/** Statistics of a series, and lines fitted to it, as bags. */
export const seriesLineRoutines: readonly Routine[] = [
  routine('series_stats', 2, (series, ignore) => statistics(series, ignore === 'true')),
  routine('series_fit_line', 1, (series) => {
    const values = numbersOf(series);
    if (!values) return null;
    const line = fitLine(values);
    return object([...lineEntries(line), ['line_fit', realsJson(line.fit)]]);
  }),
  routine('series_fit_2lines', 1, (series) => {
    const values = numbersOf(series);
    const lines = values && fitTwoLines(values);
    if (!lines) return null;
    return object([
      ['rsquare', realJson(lines.rsquare)],
      ['split_idx', String(lines.split)],
      ['variance', realJson(lines.variance)],
      ['rvariance', realJson(lines.rvariance)],
      ['line_fit', realsJson(lines.fit)],
      ...(['right', 'left'] as const).map((side): [string, string] => [side, object(lineEntries(lines[side]))]),
    ]);
  }),
];
