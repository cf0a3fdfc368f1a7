import type { ChartModel } from '../chartModel';
import type { GraphModel } from '../graphModel';
import type { LadderModel } from '../ladderModel';
import type { PartsModel } from '../partsModel';
import type { XyModel } from '../xyModel';
import { longNumber, percentText, spanText, timeText } from './numberText';

/** Values under the pointer, or where the keyboard is. */
export interface ChartTip {
  readonly title: string;
  readonly lines: readonly TipLine[];
}

export interface TipLine {
  /** Of the series; absent where none tells it apart. */
  readonly colour?: string | undefined;
  readonly name: string;
  readonly value: string;
}

/** What the library says is under the pointer, as far as it is read here. */
export interface Hovered {
  readonly seriesIndex?: number;
  readonly dataIndex?: number;
  readonly dataType?: string;
  readonly color?: unknown;
  readonly name?: string;
  readonly value?: unknown;
  readonly treePathInfo?: readonly { readonly name?: string }[];
}

/** Values that a tip lists; the largest. */
const most = 14;

export function chartTip(model: ChartModel, hovered: readonly Hovered[], utc: boolean): ChartTip {
  const [first = {}] = hovered;
  switch (model.shape) {
    case 'xy':
      return xyTip(model, hovered, utc);
    case 'pie':
    case 'treemap':
      return partTip(model, first);
    case 'ladder':
      return ladderTip(model, first, utc);
    case 'graph':
      return graphTip(model, first);
    case 'card':
      return { title: '', lines: [] };
  }
}

function xyTip(model: XyModel, hovered: readonly Hovered[], utc: boolean): ChartTip {
  const found = hovered.flatMap(({ seriesIndex, dataIndex, color }) => {
    const series = model.series[seriesIndex ?? -1];
    const [x, y] = series?.points[dataIndex ?? -1] ?? [];
    if (series === undefined || x === undefined || y === null || y === undefined) return [];
    return [{ x, y, name: series.name, colour: typeof color === 'string' ? color : undefined }];
  });
  const shown = found.length > most ? [...found].sort((a, b) => Math.abs(b.y) - Math.abs(a.y)).slice(0, most) : found;
  const lines = shown.map(({ colour, name, y }): TipLine => ({ colour, name, value: valueText(model, y) }));
  const more = found.length - shown.length;
  return {
    title: found[0] ? placeText(model, found[0].x, utc) : '',
    lines: more > 0 ? [...lines, { name: `and ${more} more`, value: '' }] : lines,
  };
}

function partTip(model: PartsModel, { name = '', value, color, treePathInfo = [] }: Hovered): ChartTip {
  const number = typeof value === 'number' ? value : 0;
  const path = treePathInfo.map((step) => step.name ?? '').filter((step) => step !== '');
  const colour = typeof color === 'string' ? color : undefined;
  const text = `${longNumber(number)} (${percentText(number, model.total)})`;
  return { title: path.length > 1 ? path.join(' › ') : name, lines: [{ colour, name: model.valueTitle, value: text }] };
}

function ladderTip(model: LadderModel, { dataIndex }: Hovered, utc: boolean): ChartTip {
  const bar = model.bars[dataIndex ?? -1];
  if (!bar) return { title: '', lines: [] };
  const isTime = model.scale === 'time';
  const text = (value: number): string => (isTime ? timeText(value, utc) : longNumber(value));
  const length = bar.to - bar.from;
  const lines = [
    { name: 'from', value: text(bar.from) },
    { name: 'to', value: text(bar.to) },
    { name: 'length', value: isTime ? spanText(length) : longNumber(length) },
  ];
  return { title: bar.name, lines };
}

function graphTip(model: GraphModel, { dataType, dataIndex }: Hovered): ChartTip {
  const node = dataType === 'node' ? model.nodes[dataIndex ?? -1] : undefined;
  if (node) return { title: node.name, lines: [{ name: 'edges', value: longNumber(node.edges) }] };
  const edge = dataType === 'edge' ? model.edges[dataIndex ?? -1] : undefined;
  if (!edge) return { title: '', lines: [] };
  const nameAt = (index: number): string => model.nodes[index]?.name ?? '';
  return { title: `${nameAt(edge.from)} → ${nameAt(edge.to)}`, lines: [{ name: 'value', value: longNumber(edge.value) }] };
}

export function valueText({ percent }: Pick<XyModel, 'percent'>, y: number): string {
  return percent ? `${longNumber(Math.round(y * 100) / 100)}%` : longNumber(y);
}

/** A place on the x axis, for people. */
export function placeText({ scale, categories, bin }: Pick<XyModel, 'scale' | 'categories' | 'bin'>, x: number, utc: boolean): string {
  switch (scale) {
    case 'text':
      return categories[x] ?? '';
    case 'time':
      return timeText(x, utc, bin);
    case 'duration':
      return spanText(x);
    case 'number':
      return longNumber(x);
  }
}
