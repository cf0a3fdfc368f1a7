import type { Column, WireRow, WireValue } from '../kqlTypes';
import type { ChartData, ChartSeries, ReadChart } from '../resultViews';
import { decimalStep, numberBin, timeBin, timeStep } from './binSteps';
import { timespanMs, wireMs, wireNumber, wireSeconds, wireTime } from './wireNumbers';

/**
 * The points of a chart of rows that are at hand: what the store answers to `readChart`, for the few rows that a file keeps. All of them
 * fit into a chart.
 */
export function localChartData(columns: readonly Column[], rows: readonly WireRow[], read: Omit<ReadChart, 'resultId' | 'view'>): ChartData {
  const points = rows.flatMap((row, number) => pointsOf(columns, row, number, read));
  const kept = points.filter(({ x }) => x !== null || scaleOf(columns, read) === 'text');
  const groups = new Map<string, Point[]>();
  for (const point of kept) {
    const key = JSON.stringify(point.keys);
    const group = groups.get(key);
    if (group) group.push(point);
    else groups.set(key, [point]);
  }
  const values = Math.max(1, read.y.length);
  const most = Math.max(1, Math.floor(read.maxSeries / values));
  const chosen = [...groups.values()].sort((a, b) => b.length - a.length).slice(0, most);
  const total = { totalSeries: groups.size * values, rows: new Set(kept.map(({ row }) => row)).size };
  if (read.aggregate === 'none') return { ...total, series: chosen.flatMap((group) => plainSeries(group, values, scaleOf(columns, read))) };
  return { ...total, ...gathered(chosen, columns, read) };
}

interface Point {
  readonly row: number;
  readonly x: WireValue;
  readonly keys: readonly WireValue[];
  readonly values: readonly (number | null)[];
}

type Scale = 'time' | 'number' | 'text';

function isArrays(columns: readonly Column[], read: Pick<ReadChart, 'x' | 'y'>): boolean {
  return read.y.length > 0 && [read.x, ...read.y].every((index) => columns[index]?.type === 'dynamic');
}

function scaleOf(columns: readonly Column[], read: Pick<ReadChart, 'x' | 'y'>): Scale {
  if (isArrays(columns, read)) return 'time';
  const type = columns[read.x]?.type;
  if (type === 'datetime' || type === 'timespan') return 'time';
  return type === 'int' || type === 'long' || type === 'real' || type === 'decimal' ? 'number' : 'text';
}

function pointsOf(columns: readonly Column[], row: WireRow, number: number, read: Pick<ReadChart, 'x' | 'y' | 'series'>): readonly Point[] {
  const keys = read.series.map((index) => row[index] ?? null);
  const at = (index: number): WireValue => row[index] ?? null;
  if (!isArrays(columns, read)) {
    const valueOf = (index: number): number | null => (columns[index]?.type === 'timespan' ? wireSeconds(at(index)) : wireNumber(at(index)));
    const x = scaleOf(columns, read) === 'number' ? wireNumber(at(read.x)) : at(read.x);
    return [{ row: number, x, keys, values: read.y.map(valueOf) }];
  }
  const xs = elements(at(read.x));
  const ys = read.y.map((index) => elements(at(index)));
  return xs.map((x, index) => ({ row: number, x, keys, values: ys.map((list) => wireNumber(list[index] ?? null)) }));
}

/** An array of `dynamic`; one that was cut has its whole elements. */
function elements(value: WireValue): readonly WireValue[] {
  const text = String(value);
  const list = parsed(text) ?? parsed(`${text.slice(0, Math.max(0, text.lastIndexOf(',')))}]`);
  return Array.isArray(list) ? list.map((item: unknown) => (typeof item === 'object' ? null : (item as WireValue))) : [];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function plainSeries(group: readonly Point[], values: number, scale: Scale): readonly ChartSeries[] {
  const ordered = scale === 'text' ? group : [...group].sort((a, b) => compareX(a.x, b.x));
  return Array.from({ length: values }, (_, y) => ({
    keys: group[0]?.keys ?? [],
    y,
    x: ordered.map(({ x }) => x),
    values: ordered.map((point) => point.values[y] ?? null),
  }));
}

function gathered(groups: readonly (readonly Point[])[], columns: readonly Column[], read: Omit<ReadChart, 'resultId' | 'view'>): Pick<ChartData, 'series' | 'bin' | 'leftOut'> {
  const scale = scaleOf(columns, read);
  const isSpan = columns[read.x]?.type === 'timespan';
  const xs = [...new Set(groups.flat().map(({ x }) => x))];
  const values = Math.max(1, read.y.length);
  const most = Math.max(8, Math.floor(Math.min(read.maxPoints / Math.max(1, groups.length * values), read.maxBins ?? Infinity)));
  const needsBins = scale !== 'text' && xs.length > most;
  const numbers = needsBins ? xs.map((x) => (scale === 'time' ? wireMs(x) : (wireNumber(x) ?? 0))) : [];
  const range = numbers.length === 0 ? 0 : Math.max(...numbers) - Math.min(...numbers);
  const bin = !needsBins ? undefined : scale === 'time' ? timeStep(range, most) : decimalStep(range, most);
  const binOf = (x: WireValue): WireValue => {
    if (bin === undefined) return x;
    if (scale === 'number') return numberBin(wireNumber(x) ?? 0, bin);
    return isSpan ? timespanMs(numberBin(wireMs(x), bin)) : wireTime(timeBin(wireMs(x), bin));
  };
  const places = placesOf(groups.flat(), binOf, read.aggregate);
  const kept = scale === 'text' ? places.slice(0, most) : [...places].sort(compareX);
  const series = groups.flatMap((group) =>
    Array.from({ length: values }, (_, y): ChartSeries => {
      const byX = new Map<WireValue, Point[]>();
      for (const point of group) byX.set(binOf(point.x), [...(byX.get(binOf(point.x)) ?? []), point]);
      const own = kept.filter((x) => byX.has(x));
      return { keys: group[0]?.keys ?? [], y, x: own, values: own.map((x) => together(byX.get(x) ?? [], read, y)) };
    }),
  );
  const leftOut = places.length - kept.length;
  return { series, ...(bin === undefined ? {} : { bin }), ...(leftOut > 0 ? { leftOut } : {}) };
}

/** Values of x, as they come; most frequent first when rows are counted. */
function placesOf(points: readonly Point[], binOf: (x: WireValue) => WireValue, aggregate: ReadChart['aggregate']): readonly WireValue[] {
  const counts = new Map<WireValue, number>();
  for (const { x } of points) counts.set(binOf(x), (counts.get(binOf(x)) ?? 0) + 1);
  const places = [...counts.keys()];
  return aggregate === 'count' ? places.sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0)) : places;
}

function together(points: readonly Point[], read: Pick<ReadChart, 'y' | 'aggregate'>, y: number): number | null {
  if (read.y.length === 0) return points.length;
  const numbers = points.flatMap(({ values }) => values[y] ?? []);
  const sum = numbers.reduce((total, value) => total + value, 0);
  switch (read.aggregate) {
    case 'count':
      return numbers.length;
    case 'sum':
    case 'none':
      return numbers.length === 0 ? null : sum;
    case 'mean':
      return numbers.length === 0 ? null : sum / numbers.length;
    case 'min':
      return numbers.length === 0 ? null : Math.min(...numbers);
    case 'max':
      return numbers.length === 0 ? null : Math.max(...numbers);
  }
}

function compareX(a: WireValue, b: WireValue): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return wireMs(a) - wireMs(b) || (String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0);
}
