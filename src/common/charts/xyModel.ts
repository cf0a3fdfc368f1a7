import type { WireValue } from '../kqlTypes';
import type { ChartData, ChartSeries } from '../resultViews';
import { chartHead, type ChartHead, columnName, nameOf, seriesName } from './chartModel';
import { kindFacts } from './chartKinds';
import { dataRemarks } from './chartRemarks';
import type { ChartSpec } from './chartSpec';
import { wireMs, wireNumber } from './wireNumbers';

/** Panels of `ysplit=panels`; Kusto draws as many. */
const maxPanels = 5;

/** Lines, areas, bars, or points over an x axis. */
export interface XyModel extends ChartHead {
  readonly shape: 'xy';
  readonly scale: 'time' | 'duration' | 'number' | 'text';
  /** Of a scale of texts: what stands along the axis; points name them by their place. */
  readonly categories: readonly string[];
  /** The values of `categories`. */
  readonly places: readonly WireValue[];
  readonly series: readonly XySeries[];
  readonly xTitle: string;
  /** One for each value axis; a chart of panels has one axis a panel. */
  readonly yTitles: readonly string[];
  readonly panels: boolean;
  readonly sideways: boolean;
  readonly stacked: boolean;
  /** Values are percents of all at one x. */
  readonly percent: boolean;
  readonly legend: boolean;
  readonly xLog: boolean;
  readonly yLog: boolean;
  readonly yMin: number | undefined;
  readonly yMax: number | undefined;
  readonly xMin: number | undefined;
  readonly xMax: number | undefined;
  /** Width of the bins of x; milliseconds or units of x. */
  readonly bin: number | undefined;
}

export interface XySeries {
  readonly name: string;
  readonly mark: 'line' | 'area' | 'bar' | 'point' | 'anomaly';
  /** Index of its value axis. */
  readonly axis: number;
  /** By x, which is milliseconds, a number, or a place among the categories. */
  readonly points: readonly (readonly [x: number, y: number | null])[];
}

export function xyModel(spec: ChartSpec, data: ChartData): XyModel {
  const scale = scaleOf(spec);
  const facts = kindFacts(spec.kind);
  const stacked = spec.stacking !== 'none' && facts.mark !== 'line' && facts.mark !== 'point';
  const percent = stacked && spec.stacking === 'stacked100';
  const places = placesOf(scale, data.series);
  const plain = data.series.map((series) => ({ series, points: pointsOf(series, scale, places.byName) }));
  const values = plain.filter(({ series }) => !isAnomaly(spec, series));
  const running = spec.wish.accumulate ? values.map((one) => ({ ...one, points: accumulated(one.points) })) : values;
  const aligned = stacked ? alignPoints(running) : running;
  const drawn = percent ? shares(aligned) : aligned;
  const axisOf = (y: number): number => (spec.wish.ySplit === 'none' ? 0 : Math.min(y, maxPanels - 1));
  const series = drawn.map(
    ({ series: { keys, y }, points }): XySeries => ({ name: seriesName(spec, keys, y), mark: facts.mark ?? 'line', axis: axisOf(y), points }),
  );
  const count = spec.wish.ySplit === 'none' ? 1 : Math.max(1, Math.min(maxPanels, valueColumns(spec).length));
  return {
    ...chartHead(spec, dataRemarks(spec, data)),
    shape: 'xy',
    scale,
    categories: places.names,
    places: places.values,
    series: [...series, ...anomalies(spec, plain)],
    xTitle: spec.wish.xTitle ?? columnName(spec, spec.x),
    yTitles: Array.from({ length: count }, (_, axis) => yTitle(spec, axis, count)),
    panels: spec.wish.ySplit === 'panels' && count > 1,
    sideways: facts.sideways === true,
    stacked,
    percent,
    legend: spec.wish.legend && series.length > (spec.wish.ySplit === 'panels' ? count : 1),
    // What is zero or less has no place on a logarithmic axis.
    xLog: spec.wish.xLog && scale === 'number',
    yLog: spec.wish.yLog && !percent,
    yMin: spec.wish.yMin,
    yMax: spec.wish.yMax,
    xMin: limit(spec.wish.xMin, scale),
    xMax: limit(spec.wish.xMax, scale),
    bin: data.bin,
  };
}

function scaleOf({ columns, roles, x }: ChartSpec): XyModel['scale'] {
  if (roles[x] === 'time' || roles[x] === 'times') return 'time';
  if (columns[x]?.type === 'timespan') return 'duration';
  return roles[x] === 'number' || roles[x] === 'numbers' ? 'number' : 'text';
}

function valueColumns({ y, anomalies }: ChartSpec): readonly number[] {
  return y.filter((index) => !anomalies.includes(index));
}

function yTitle(spec: ChartSpec, axis: number, count: number): string {
  const columns = valueColumns(spec);
  if (count > 1) return columnName(spec, columns[axis]);
  if (spec.wish.yTitle !== undefined) return spec.wish.yTitle;
  if (columns.length === 0) return 'Count';
  return columns.length === 1 ? columnName(spec, columns[0]) : '';
}

function limit(wish: number | string | undefined, scale: XyModel['scale']): number | undefined {
  if (wish === undefined || scale === 'text') return undefined;
  if (typeof wish === 'number') return scale === 'number' ? wish : undefined;
  const ms = scale === 'number' ? Number.NaN : Date.parse(wish.replace(/^datetime\((.*)\)$/u, '$1'));
  return Number.isNaN(ms) ? undefined : ms;
}

interface Places {
  readonly values: readonly WireValue[];
  readonly names: readonly string[];
  readonly byName: ReadonlyMap<string, number>;
}

function placesOf(scale: XyModel['scale'], series: readonly ChartSeries[]): Places {
  if (scale !== 'text') return { values: [], names: [], byName: new Map() };
  const values = [...new Map(series.flatMap(({ x }) => x).map((value) => [String(value), value])).values()];
  return { values, names: values.map(nameOf), byName: new Map(values.map((value, index) => [String(value), index])) };
}

type Points = XySeries['points'];

interface Drawn {
  readonly series: ChartSeries;
  readonly points: Points;
}

function pointsOf({ x, values }: ChartSeries, scale: XyModel['scale'], places: ReadonlyMap<string, number>): Points {
  return x.flatMap((value, index) => {
    const at = scale === 'text' ? places.get(String(value)) : scale === 'number' ? wireNumber(value) : wireMs(value);
    return at === undefined || at === null ? [] : [[at, values[index] ?? null] as const];
  });
}

/** Each value with all before it. */
function accumulated(points: Points): Points {
  let sum = 0;
  return points.map(([x, y]) => {
    sum += y ?? 0;
    return [x, y === null ? null : sum];
  });
}

/** What is stacked has a value at every x that any series has one at: without rows there, it is nothing. */
function alignPoints(drawn: readonly Drawn[]): readonly Drawn[] {
  const xs = [...new Set(drawn.flatMap(({ points }) => points.map(([x]) => x)))].sort((a, b) => a - b);
  return drawn.map(({ series, points }) => {
    const known = new Map(points);
    return { series, points: xs.map((x) => [x, known.get(x) ?? 0] as const) };
  });
}

function shares(drawn: readonly Drawn[]): readonly Drawn[] {
  const totals = new Map<number, number>();
  for (const { points } of drawn) for (const [x, y] of points) totals.set(x, (totals.get(x) ?? 0) + Math.abs(y ?? 0));
  return drawn.map(({ series, points }) => ({
    series,
    points: points.map(([x, y]) => [x, (100 * (y ?? 0)) / (totals.get(x) ?? 1 ? totals.get(x) ?? 1 : 1)] as const),
  }));
}

function isAnomaly(spec: ChartSpec, { y }: ChartSeries): boolean {
  return spec.anomalies.includes(spec.y[y] ?? -1);
}

/** Where a column of anomalies is not zero, points on the first line of the same keys. */
function anomalies(spec: ChartSpec, drawn: readonly Drawn[]): readonly XySeries[] {
  return drawn.flatMap(({ series, points }) => {
    if (!isAnomaly(spec, series)) return [];
    const keys = JSON.stringify(series.keys);
    const line = drawn.find((one) => !isAnomaly(spec, one.series) && JSON.stringify(one.series.keys) === keys);
    const heights = new Map(line?.points);
    const marked = points.filter(([, y]) => y !== null && y !== 0).map(([x]) => [x, heights.get(x) ?? null] as const);
    return [{ name: seriesName(spec, series.keys, series.y), mark: 'anomaly' as const, axis: 0, points: marked }];
  });
}
