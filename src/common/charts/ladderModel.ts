import type { WireRow } from '../kqlTypes';
import { chartHead, type ChartHead, columnName, nameOf } from './chartModel';
import type { ChartSpec } from './chartSpec';
import { wireMs, wireNumber } from './wireNumbers';

/** Bars from where something began to where it ended, one below the other. */
export interface LadderModel extends ChartHead {
  readonly shape: 'ladder';
  readonly scale: 'time' | 'number';
  readonly bars: readonly LadderBar[];
  readonly xTitle: string;
}

export interface LadderBar {
  readonly name: string;
  /** Milliseconds, or numbers. */
  readonly from: number;
  readonly to: number;
}

export function ladderModel(spec: ChartSpec, rows: readonly WireRow[], totalRows: number): LadderModel {
  const [from = 0, to = 0] = spec.y;
  const isTime = spec.columns[from]?.type === 'datetime' || spec.columns[from]?.type === 'timespan';
  const bars = rows.flatMap((row): readonly LadderBar[] => {
    const start = row[from] ?? null;
    const end = row[to] ?? null;
    if (start === null || end === null) return [];
    const read = (value: typeof start): number => (isTime ? wireMs(value) : (wireNumber(value) ?? 0));
    return [{ name: spec.series.map((index) => nameOf(row[index] ?? null)).join(', '), from: read(start), to: read(end) }];
  });
  const left = rows.length - bars.length;
  const remarks = [
    ...(rows.length < totalRows ? [`The first ${rows.length} of ${totalRows} rows are drawn.`] : []),
    ...(left > 0 ? [`${left} rows without a beginning or an end are not drawn.`] : []),
  ];
  const xTitle = spec.wish.xTitle ?? `${columnName(spec, from)} – ${columnName(spec, to)}`;
  return { ...chartHead(spec, remarks), shape: 'ladder', scale: isTime ? 'time' : 'number', bars, xTitle };
}
