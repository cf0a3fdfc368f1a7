import type { ChartData } from '../resultViews';
import { chartHead, type ChartHead, nameOf } from './chartModel';
import { dataRemarks } from './chartRemarks';
import type { ChartSpec } from './chartSpec';

/** Nodes more than these are a cloud. */
const maxNodes = 300;

export interface GraphModel extends ChartHead {
  readonly shape: 'graph';
  readonly nodes: readonly { readonly name: string; readonly edges: number }[];
  readonly edges: readonly { readonly from: number; readonly to: number; readonly value: number }[];
}

/** Edges by where they begin (x) and end (the series), as heavy as their value, or as many as there are. */
export function graphModel(spec: ChartSpec, data: ChartData): GraphModel {
  const all = data.series.flatMap(({ keys, x, values }) =>
    x.map((from, index) => ({ from: nameOf(from), to: nameOf(keys[0] ?? null), value: values[index] ?? 0 })),
  );
  const degrees = new Map<string, number>();
  for (const { from, to } of all) for (const name of new Set([from, to])) degrees.set(name, (degrees.get(name) ?? 0) + 1);
  const kept = [...degrees].sort(([, a], [, b]) => b - a).slice(0, maxNodes);
  const places = new Map(kept.map(([name], index) => [name, index]));
  const edges = all.flatMap(({ from, to, value }) => {
    const start = places.get(from);
    const end = places.get(to);
    return start === undefined || end === undefined ? [] : [{ from: start, to: end, value }];
  });
  const left = degrees.size - kept.length;
  const remarks = [...dataRemarks(spec, data), ...(left > 0 ? [`${left} more nodes, those with fewest edges, are not drawn.`] : [])];
  return { ...chartHead(spec, remarks), shape: 'graph', nodes: kept.map(([name, count]) => ({ name, edges: count })), edges };
}
