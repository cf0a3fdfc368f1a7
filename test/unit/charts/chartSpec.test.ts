import { describe, expect, it } from 'vitest';
import type { Visualization } from '../../../src/common/engineProtocol';
import { chartSpec, isChart } from '../../../src/common/charts/chartSpec';
import { columnsOf, render, samples, specOf } from './samples';

/** What is drawn of which columns: `x | y, y | series`. */
function chosen(columns: string, visualization: Visualization): string {
  const spec = chartSpec({ columns: columnsOf(columns), rows: [] }, visualization);
  if (!isChart(spec)) return spec.problem;
  const names = (indexes: readonly number[]): string => indexes.map((index) => spec.columns[index]!.name).join(', ');
  return `${names([spec.x])} | ${names(spec.y)} | ${names(spec.series)}`;
}

const logons = 'Account:string, TimeGenerated:datetime, Count:long, Failed:real';

describe('columns are chosen as documented', () => {
  it.each<readonly [string, string, Visualization, string]>([
    ['timechart: the first datetime, numbers, the first text', logons, render('timechart'), 'TimeGenerated | Count, Failed | Account'],
    ['timechart: further texts are ignored', 'T:datetime, A:string, B:string, N:int', render('timechart'), 'T | N | A'],
    ['timechart needs a datetime', 'A:string, N:long', render('timechart'), 'A time chart needs a column of datetimes, and the result has none.'],
    ['columnchart: the first column', 'A:string, T:datetime, N:long', render('columnchart'), 'A | N | '],
    ['columnchart: a text before a number', 'N:long, A:string', render('columnchart'), 'A | N | '],
    ['barchart: a second text makes series', 'A:string, B:string, N:long', render('barchart'), 'A | N | B'],
    ['linechart: numbers alone', 'X:long, Y:real', render('linechart'), 'X | Y | '],
    ['scatterchart: the first number', 'A:string, X:long, Y:real', render('scatterchart'), 'X | Y | A'],
    ['piechart: one number', 'A:string, N:long, M:long', render('piechart'), 'A | N | '],
    ['treemap: from the outermost', 'A:string, B:string, C:string, N:long', render('treemap'), 'A | N | B, C'],
    ['ladderchart: the last two', 'A:string, S:datetime, E:datetime', render('ladderchart'), 'S | S, E | A'],
    ['graph: from and to', 'A:string, B:string, N:long', render('graph'), 'A |  | B'],
    ['timepivot: rows are counted', 'T:datetime, A:string, N:long', render('timepivot'), 'T |  | A'],
    ['xcolumn', logons, render('columnchart', { xColumn: 'TimeGenerated' }), 'TimeGenerated | Count, Failed | Account'],
    ['ycolumns as a list', logons, render('timechart', { yColumns: ['Failed'] }), 'TimeGenerated | Failed | Account'],
    ['ycolumns as text', logons, render('timechart', { ycolumns: 'Failed, Count' }), 'TimeGenerated | Failed, Count | Account'],
    ['series', 'T:datetime, A:string, B:string, N:int', render('timechart', { series: ['A', 'B'] }), 'T | N | A, B'],
    ['names that differ in case', logons, render('timechart', { yColumns: ['failed'] }), 'TimeGenerated | Failed | Account'],
    ['anomalycolumns', 'T:datetime, N:long, Flag:int', render('anomalychart', { anomalyColumns: 'Flag' }), 'T | N, Flag | '],
    ['a column that is not there', logons, render('timechart', { yColumns: ['Nope'] }), 'The result has no column “Nope”, which the chart is to show.'],
    ['a column without numbers', logons, render('timechart', { yColumns: ['Account'] }), 'The column “Account” holds no numbers to be drawn.'],
    ['no numbers', 'T:datetime, A:string', render('timechart'), 'The result has no column of numbers to be drawn.'],
    ['no columns', '', render('columnchart'), 'The result has no column of numbers to be drawn.'],
    ['a kind that nobody draws', logons, render('plotly'), 'Charts of the kind “plotly” cannot be drawn.'],
  ])('%s', (_, columns, visualization, expected) => {
    expect(chosen(columns, visualization)).toBe(expected);
  });

  it('of what make-series makes', () => {
    const spec = specOf(samples.made, render('anomalychart', { anomalyColumns: ['Anomalies'] }));
    expect(spec).toMatchObject({ x: 1, y: [2, 4, 3], series: [0], anomalies: [3], aggregate: 'none' });
  });
});

describe('rows of one x', () => {
  it.each([
    ['timechart', {}, 'none'],
    ['scatterchart', {}, 'none'],
    ['columnchart', {}, 'sum'],
    ['areachart', {}, 'none'],
    ['areachart', { kind: 'stacked' }, 'sum'],
    ['stackedareachart', {}, 'sum'],
    ['piechart', {}, 'sum'],
    ['timepivot', {}, 'count'],
  ])('of a %s with %j: %s', (kind, properties, aggregate) => {
    expect(specOf(samples.byHour, render(kind, properties)).aggregate).toBe(aggregate);
  });
});
