import type { Visualization } from '../engineProtocol';
import type { WireValue } from '../kqlTypes';
import type { Stacking } from './chartKinds';

/**
 * The properties of `render` as their values are meant. What is not said is absent.
 * Source: https://learn.microsoft.com/kusto/query/render-operator#supported-properties
 */
export interface ChartWish {
  readonly title?: string | undefined;
  readonly xTitle?: string | undefined;
  readonly yTitle?: string | undefined;
  readonly xColumn?: string | undefined;
  readonly yColumns: readonly string[];
  readonly series: readonly string[];
  readonly anomalyColumns: readonly string[];
  readonly xLog: boolean;
  readonly yLog: boolean;
  readonly ySplit: 'none' | 'axes' | 'panels';
  readonly legend: boolean;
  readonly stacking?: Stacking | undefined;
  readonly accumulate: boolean;
  readonly yMin?: number | undefined;
  readonly yMax?: number | undefined;
  readonly xMin?: number | string | undefined;
  readonly xMax?: number | string | undefined;
}

type Property = WireValue | readonly string[] | undefined;

/** Reads the properties of a visualization, whose names differ in case between services. */
export function readWish(visualization: Pick<Visualization, 'title' | 'properties'>): ChartWish {
  const entries = Object.entries(visualization.properties).map(([name, value]): [string, Property] => [name.toLowerCase(), value]);
  const properties = new Map(entries);
  const text = (name: string): string | undefined => textOf(properties.get(name));
  const word = (name: string): string => (text(name) ?? '').toLowerCase();
  return {
    title: visualization.title ?? text('title'),
    xTitle: text('xtitle'),
    yTitle: text('ytitle'),
    xColumn: text('xcolumn'),
    yColumns: listOf(properties.get('ycolumns')),
    series: listOf(properties.get('series')),
    anomalyColumns: listOf(properties.get('anomalycolumns')),
    xLog: word('xaxis') === 'log',
    yLog: word('yaxis') === 'log',
    ySplit: word('ysplit') === 'axes' ? 'axes' : word('ysplit') === 'panels' ? 'panels' : 'none',
    legend: word('legend') !== 'hidden',
    stacking: stackings[word('kind')],
    accumulate: properties.get('accumulate') === true || word('accumulate') === 'true',
    yMin: numberOf(properties.get('ymin')),
    yMax: numberOf(properties.get('ymax')),
    xMin: limitOf(properties.get('xmin')),
    xMax: limitOf(properties.get('xmax')),
  };
}

const stackings: Readonly<Record<string, Stacking | undefined>> = { unstacked: 'none', stacked: 'stacked', stacked100: 'stacked100' };

function textOf(value: Property): string | undefined {
  if (value === undefined || value === null || Array.isArray(value)) return undefined;
  const text = String(value);
  return text === '' ? undefined : text;
}

/** Lists come as lists, or as text with commas. */
function listOf(value: Property): readonly string[] {
  const names = Array.isArray(value) ? (value as readonly string[]) : (textOf(value) ?? '').split(',');
  return names.map((name) => name.trim()).filter((name) => name !== '');
}

function numberOf(value: Property): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  const text = textOf(value);
  if (text === undefined || text.trim() === '') return undefined;
  const number = Number(text);
  return Number.isFinite(number) ? number : undefined;
}

function limitOf(value: Property): number | string | undefined {
  return numberOf(value) ?? textOf(value);
}
