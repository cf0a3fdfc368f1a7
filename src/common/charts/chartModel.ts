import type { ChartData } from '../resultViews';
import type { WireRow, WireValue } from '../kqlTypes';
import { shorten, visibleText } from '../visibleText';
import type { CardModel } from './cardModel';
import { type ChartKind, kindFacts } from './chartKinds';
import type { ChartSpec } from './chartSpec';
import type { GraphModel } from './graphModel';
import type { LadderModel } from './ladderModel';
import type { PartsModel } from './partsModel';
import type { XyModel } from './xyModel';

/** What a chart shows, in numbers and texts: everything is decided but colours and sizes. */
export type ChartModel = XyModel | PartsModel | LadderModel | CardModel | GraphModel;

export interface ChartHead {
  readonly kind: ChartKind;
  readonly title: string | undefined;
  /** What the drawing does not show by itself, as sentences: what was put together or left out. */
  readonly remarks: readonly string[];
}

/** Where the points come from. */
export type ChartSource =
  | { readonly data: ChartData }
  | { readonly rows: readonly WireRow[]; readonly totalRows: number };

const longestName = 120;

/** A value as the name of a series, a slice or a place on an axis. */
export function nameOf(value: WireValue): string {
  if (value === null) return '(null)';
  const text = String(value);
  return text === '' ? '(empty)' : shorten(visibleText(text), longestName);
}

export function columnName(spec: Pick<ChartSpec, 'columns'>, index: number | undefined): string {
  return visibleText(spec.columns[index ?? -1]?.name ?? '');
}

/** The name of a series: its keys, and the column of its values where there are several. */
export function seriesName(spec: ChartSpec, keys: readonly WireValue[], y: number): string {
  const value = spec.y.length === 0 ? 'Count' : columnName(spec, spec.y[y]);
  const key = keys.map(nameOf).join(', ');
  if (key === '') return value;
  return spec.y.length > 1 ? `${key}: ${value}` : key;
}

export function chartHead(spec: ChartSpec, remarks: readonly string[]): ChartHead {
  return { kind: spec.kind, title: spec.wish.title === undefined ? undefined : visibleText(spec.wish.title), remarks };
}

/** How people call the chart: its title, else what it is of what. */
export function chartLabel(spec: ChartSpec): string {
  if (spec.wish.title !== undefined) return visibleText(spec.wish.title);
  const values = spec.y.length === 0 ? 'number of rows' : spec.y.map((index) => columnName(spec, index)).join(', ');
  return `${kindFacts(spec.kind).label} of ${values} by ${columnName(spec, spec.x)}`;
}
