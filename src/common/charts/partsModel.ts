import type { WireValue } from '../kqlTypes';
import type { ChartData } from '../resultViews';
import { chartHead, type ChartHead, columnName, nameOf } from './chartModel';
import { dataRemarks } from './chartRemarks';
import type { ChartSpec } from './chartSpec';

/** Slices beyond these are one. */
const maxSlices = 24;

/** Parts of a whole: a pie, or rectangles within rectangles. */
export interface PartsModel extends ChartHead {
  readonly shape: 'pie' | 'treemap';
  readonly parts: readonly Part[];
  readonly total: number;
  readonly legend: boolean;
  readonly valueTitle: string;
}

export interface Part {
  readonly name: string;
  readonly value: number;
  readonly parts: readonly Part[];
}

export function pieModel(spec: ChartSpec, data: ChartData): PartsModel {
  const [series] = data.series;
  const all = (series?.x ?? []).map((x, index): Part => ({ name: nameOf(x), value: series?.values[index] ?? 0, parts: [] }));
  const drawn = all.filter(({ value }) => value > 0).sort((a, b) => b.value - a.value);
  const others = drawn.slice(maxSlices);
  const rest: Part = { name: `Others (${others.length})`, value: sumOf(others), parts: [] };
  const parts = others.length > 0 ? [...drawn.slice(0, maxSlices), rest] : drawn;
  return { ...partsHead(spec, data, all.length - drawn.length), shape: 'pie', parts, total: sumOf(parts) };
}

export function treemapModel(spec: ChartSpec, data: ChartData): PartsModel {
  const leaves = data.series.flatMap(({ keys, x, values }) =>
    x.map((outer, index) => ({ path: [outer, ...keys], value: values[index] ?? 0 })),
  );
  const drawn = leaves.filter(({ value }) => value > 0);
  const parts = nested(drawn);
  return { ...partsHead(spec, data, leaves.length - drawn.length), shape: 'treemap', parts, total: sumOf(parts) };
}

interface Leaf {
  readonly path: readonly WireValue[];
  readonly value: number;
}

function nested(leaves: readonly Leaf[]): readonly Part[] {
  const groups = new Map<WireValue, Leaf[]>();
  for (const { path: [outer = null, ...inner], value } of leaves) {
    const group = groups.get(outer);
    if (group) group.push({ path: inner, value });
    else groups.set(outer, [{ path: inner, value }]);
  }
  return [...groups].map(([outer, inner]) => ({
    name: nameOf(outer),
    value: sumOf(inner),
    parts: inner.some(({ path }) => path.length > 0) ? nested(inner) : [],
  }));
}

function sumOf(parts: readonly { readonly value: number }[]): number {
  return parts.reduce((sum, { value }) => sum + value, 0);
}

function partsHead(spec: ChartSpec, data: ChartData, unseen: number): ChartHead & Pick<PartsModel, 'legend' | 'valueTitle'> {
  const remarks = [...dataRemarks(spec, data), ...(unseen > 0 ? [`${unseen} values of zero or less have no size and are not drawn.`] : [])];
  return { ...chartHead(spec, remarks), legend: spec.wish.legend, valueTitle: spec.y.length === 0 ? 'Count' : columnName(spec, spec.y[0]) };
}
