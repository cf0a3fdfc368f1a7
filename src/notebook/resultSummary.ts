import type { ResultInfo } from '../common/engineProtocol';

const integers = new Intl.NumberFormat('en-US');

/** `1,234 rows × 5 columns · Contoso · 0.42 s`: one line about a result. */
export function resultSummary(result: ResultInfo): string {
  return [
    `${countOf(result.rowCount, 'row')} × ${countOf(result.columns.length, 'column')}`,
    result.workspace.name,
    duration(result.statistics.elapsedMs),
  ].join(' · ');
}

export function countOf(count: number, thing: string): string {
  return `${integers.format(count)} ${thing}${count === 1 ? '' : 's'}`;
}

export function duration(milliseconds: number): string {
  if (milliseconds < 60_000) return `${(milliseconds / 1000).toFixed(2)} s`;
  return `${Math.floor(milliseconds / 60_000)} min ${Math.round((milliseconds % 60_000) / 1000)} s`;
}
