import { describe, expect, it } from 'vitest';
import type { Visualization } from '../../../src/common/engineProtocol';
import type { XyModel } from '../../../src/common/charts/xyModel';
import { gallery, modelOf, render, sample, type Sample, samples } from './samples';

function xy(data: Sample, visualization: Visualization): XyModel {
  const model = modelOf(data, visualization);
  if (model.shape !== 'xy') throw new Error(model.shape);
  return model;
}

const small = sample('Day:string, Kind:string, N:long', ['Mon', 'a', 1], ['Mon', 'b', 3], ['Tue', 'a', 2], ['Wed', 'b', -6]);
const numbers = sample('X:long, N:long', [3, 10], [1, 5], [2, null]);

/** `name: x=y x=y` a line. */
function drawn({ series }: XyModel): readonly string[] {
  return series.map(({ name, points }) => `${name}: ${points.map(([x, y]) => `${x}=${y}`).join(' ')}`);
}

describe('properties of render are obeyed', () => {
  it.each<readonly [string, Sample, Visualization, readonly string[]]>([
    ['series of a text', small, render('columnchart'), ['a: 0=1 1=2', 'b: 0=3 2=-6']],
    ['stacked: nothing is zero', small, render('columnchart', { kind: 'stacked' }), ['a: 0=1 1=2 2=0', 'b: 0=3 1=0 2=-6']],
    ['stacked100', small, render('columnchart', { kind: 'stacked100' }), ['a: 0=25 1=100 2=0', 'b: 0=75 1=0 2=-100']],
    ['x in order, gaps stay', numbers, render('linechart'), ['N: 1=5 2=null 3=10']],
    ['accumulate', numbers, render('linechart', { accumulate: true }), ['N: 1=5 2=null 3=15']],
  ])('%s', (_, data, visualization, expected) => {
    expect(drawn(xy(data, visualization))).toEqual(expected);
  });

  it.each<readonly [string, Visualization, Partial<XyModel>]>([
    ['title', render('columnchart', {}, 'Who'), { title: 'Who' }],
    ['xtitle, ytitle', render('columnchart', { xTitle: 'Where', yTitle: 'How many' }), { xTitle: 'Where', yTitles: ['How many'] }],
    ['no titles', render('columnchart', { yColumns: ['Failed'] }), { xTitle: 'Country', yTitles: ['Failed'], title: undefined }],
    ['legend hidden', render('columnchart', { legend: 'hidden' }), { legend: false }],
    ['legend', render('columnchart'), { legend: true }],
    ['one series needs no legend', render('columnchart', { yColumns: ['Failed'] }), { legend: false }],
    ['ymin, ymax', render('columnchart', { yMin: 10, yMax: '500' }), { yMin: 10, yMax: 500 }],
    ['what the service sends for none', render('columnchart', { yMin: 'NaN', yMax: 'NaN' }), { yMin: undefined, yMax: undefined }],
    ['yaxis=log', render('columnchart', { yAxis: 'log' }), { yLog: true }],
    ['xaxis=log of texts is none', render('columnchart', { xAxis: 'log' }), { xLog: false }],
    ['ysplit=axes', render('columnchart', { ySplit: 'axes' }), { panels: false, yTitles: ['Succeeded', 'Failed'] }],
    ['ysplit=panels', render('columnchart', { ySplit: 'panels' }), { panels: true, yTitles: ['Succeeded', 'Failed'] }],
    ['barchart', render('barchart'), { sideways: true }],
    ['kind=unstacked', render('stackedareachart', { kind: 'unstacked' }), { stacked: false }],
  ])('%s', (_, visualization, expected) => {
    expect(xy(samples.byText, visualization)).toMatchObject(expected);
  });

  it('anomalies are points of the line', () => {
    const { series } = xy(samples.made, render('anomalychart', { anomalyColumns: ['Anomalies'] }));
    const marked = series.find(({ mark }) => mark === 'anomaly')!;
    expect(marked.points).toEqual([[Date.UTC(2024, 4, 7, 6), 300]]);
  });
});

describe('names', () => {
  it.each([
    ['', '(empty)'],
    [null, '(null)'],
    ['a\u202Eb', 'a\\u{202e}b'],
    ['x'.repeat(500), `${'x'.repeat(119)}…`],
    ['__proto__', '__proto__'],
  ])('%j is %j', (value, name) => {
    expect(xy(sample('A:guid, N:long', [value, 1]), render('columnchart')).categories).toEqual([name]);
  });
});

it('slices beyond what can be told apart are one', () => {
  const rows = Array.from({ length: 40 }, (_, index) => [`a${index}`, index - 1] as const);
  const model = modelOf(sample('A:string, N:long', ...rows), render('piechart'));
  if (model.shape !== 'pie') throw new Error(model.shape);
  expect(model.parts).toHaveLength(25);
  expect(model.parts.at(-1)).toMatchObject({ name: 'Others (14)', value: 105 });
  expect(model.remarks).toEqual(['2 values of zero or less have no size and are not drawn.']);
});

it.each(gallery)('%s has something to draw', (_name, data, visualization) => {
  expect(JSON.stringify(modelOf(data, visualization)).length).toBeGreaterThan(150);
});
