import type { ChartData } from '../resultViews';
import { durationText } from './binSteps';
import { columnName } from './chartModel';
import type { ChartSpec } from './chartSpec';

const counts = new Intl.NumberFormat('en-US');

/** What was put together or left out between the rows and the drawing. */
export function dataRemarks(spec: ChartSpec, { bin, leftOut, rows, series, totalSeries }: ChartData): readonly string[] {
  const remarks: string[] = [];
  if (bin !== undefined) {
    const isTime = ['datetime', 'timespan', 'dynamic'].includes(spec.columns[spec.x]?.type ?? '');
    const width = isTime ? durationText(bin) : `${counts.format(bin)} of ${columnName(spec, spec.x)}`;
    remarks.push(`${counts.format(rows)} rows, ${gathered[spec.aggregate]} every ${width}.`);
  }
  if (series.length < totalSeries) {
    remarks.push(`${counts.format(series.length)} of ${counts.format(totalSeries)} series are drawn: those with most rows.`);
  }
  if (leftOut !== undefined) remarks.push(`${counts.format(leftOut)} more values of ${columnName(spec, spec.x)} are not drawn.`);
  return remarks;
}

const gathered: Readonly<Record<ChartSpec['aggregate'], string>> = {
  none: 'the lowest and the highest value of',
  sum: 'added up for',
  mean: 'their mean for',
  min: 'the lowest value of',
  max: 'the highest value of',
  count: 'counted for',
};
