import { describe, expect, it } from 'vitest';
import { type ChartChoice, choiceOf, firstChoice, readChoice, renderOperator, renderOperators } from '../../../src/common/charts/chartChoice';
import { rangeFilter, rangeOperator, withFilter } from '../../../src/common/charts/chartRange';
import { columnsOf, modelOf, render, sample, type Sample, samples, specOf } from './samples';

const raw = sample('TimeGenerated:datetime, A:string, B:string, C:string, Code:int', ['2024-05-06T00:00:00.0000000Z', 'x', 'y', 'z', 1]);
const texts = sample('Id:string, Kind:string, A:string, B:string, C:string', ['1', 'a', '', '', ''], ['2', 'a', '', '', ''], ['3', 'b', '', '', '']);

describe('a result without render begins with', () => {
  it.each<readonly [string, Sample, ChartChoice]>([
    ['its numbers over time', samples.byHour, { kind: 'timechart', x: 0, y: [2], series: [1] }],
    ['its rows counted over time', raw, { kind: 'columnchart', x: 0, y: [], series: [], aggregate: 'count' }],
    ['its numbers by text', samples.byText, { kind: 'columnchart', x: 0, y: [1, 2], series: [] }],
    ['rows counted by the text that repeats most', texts, { kind: 'barchart', x: 1, y: [], series: [], aggregate: 'count' }],
    ['arrays of make-series', samples.made, { kind: 'timechart', x: 1, y: [2, 3, 4], series: [0] }],
    ['a cloud of two numbers', sample('X:long, Y:real', [1, 2]), { kind: 'scatterchart', x: 0, y: [1], series: [] }],
  ])('%s', (_, data, expected) => {
    expect(firstChoice(data)).toEqual(expected);
  });
});

describe('the query of a chart', () => {
  const columns = columnsOf('TimeGenerated:datetime, Account:string, Bytes sent:long, N:long');
  it.each<readonly [ChartChoice, number | undefined, string]>([
    [{ kind: 'timechart', x: 0, y: [3], series: [1] }, undefined, 'render timechart with (xcolumn=TimeGenerated, ycolumns=N, series=Account)'],
    [{ kind: 'columnchart', x: 1, y: [2, 3], series: [] }, undefined, 'render columnchart with (xcolumn=Account, ycolumns=["Bytes sent"], N)'],
    [
      { kind: 'columnchart', x: 0, y: [], series: [1], aggregate: 'count' },
      3_600_000,
      'summarize Count = count() by bin(TimeGenerated, 1h), Account\n| render columnchart',
    ],
    [{ kind: 'barchart', x: 1, y: [], series: [], aggregate: 'count' }, undefined, 'summarize Count = count() by Account\n| order by Count desc\n| render barchart'],
    [{ kind: 'linechart', x: 3, y: [2], series: [], aggregate: 'mean' }, 10, 'summarize avg(["Bytes sent"]) by bin(N, 10)\n| render linechart'],
  ])('%j', (choice, bin, expected) => {
    expect(renderOperators(choice, { columns }, undefined, bin)).toBe(expected);
  });

  it('keeps what the query said, and lets nothing into it', () => {
    const asked = render('timechart', { yTitle: 'a") | take 1 //', kind: 'stacked) | take 1', yMin: 0, legend: 'hidden' }, 'It\'s "so"');
    expect(renderOperator(asked)).toBe('render timechart with (title="It\'s \\"so\\"", ytitle="a\\") | take 1 //", ymin=0, legend=hidden)');
  });

  it('is that of what is drawn', () => {
    const choice = choiceOf(specOf(samples.byHour, render('timechart')));
    expect(choice).toEqual({ kind: 'timechart', x: 0, y: [2], series: [1] });
    expect(readChoice(JSON.parse(JSON.stringify(choice)), 3)).toEqual(choice);
  });

  it.each([null, 7, {}, { kind: 'nope', x: 0, y: [], series: [] }, { kind: 'timechart', x: 9, y: [], series: [] }, { kind: 'timechart', x: 0, y: ['a'], series: [] }])(
    'nothing that was remembered is trusted: %j',
    (value) => {
      expect(readChoice(value, 3)).toBeUndefined();
    },
  );
});

describe('a range of the axis', () => {
  function on(data: Sample, kind: string, from: number, to: number) {
    const spec = specOf(data, render(kind));
    const model = modelOf(data, render(kind));
    if (model.shape !== 'xy') throw new Error(model.shape);
    return { filter: rangeFilter(spec, model, { from, to }), operator: rangeOperator(spec, model, { from, to }) };
  }

  it('of times', () => {
    const { filter, operator } = on(samples.byHour, 'timechart', Date.UTC(2024, 4, 6, 1), Date.UTC(2024, 4, 6, 3, 30));
    expect(filter).toEqual({ column: 0, kind: 'range', from: '2024-05-06T01:00:00.0000000Z', to: '2024-05-06T03:30:00.0000000Z' });
    expect(operator).toBe('where TimeGenerated between (datetime(2024-05-06T01:00:00.0000000Z) .. datetime(2024-05-06T03:30:00.0000000Z))');
  });

  it('of texts', () => {
    const { filter, operator } = on(samples.byText, 'columnchart', 3, 4);
    expect(filter).toEqual({ column: 0, kind: 'values', values: ['Brazil', ''] });
    expect(operator).toBe('where Country in ("Brazil", "")');
  });

  it('of numbers', () => {
    expect(on(samples.cloud, 'scatterchart', 10.5, 20).operator).toBe('where Bytes between (10.5 .. 20)');
  });

  it('of arrays filters no rows', () => {
    expect(on(samples.made, 'timechart', 0, 1).filter).toBeUndefined();
  });

  it('takes the place of an earlier one', () => {
    const view = { sort: [], filter: 'a', columnFilters: [{ column: 0, kind: 'empty' }, { column: 0, kind: 'range', from: 1 }] } as const;
    expect(withFilter(view, { column: 0, kind: 'range', from: 2 }).columnFilters).toEqual([{ column: 0, kind: 'empty' }, { column: 0, kind: 'range', from: 2 }]);
  });
});
